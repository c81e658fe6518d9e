"""``orchestrator missions``: the missions of a pack, one line each."""

from __future__ import annotations

import argparse

from orchestrator.cli.output import put
from orchestrator.study import open_pack

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Print id, title and centre of every mission of the pack."""
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    missions = pack["missions"]
    names = pack["organisations"].set_index("organisation_id")["name"]
    width = max((len(name) for name in missions["mission_id"]), default=0)
    lines = [
        f"{mission_id:<{width}}  {title} (centre: {names[centre]})"
        for mission_id, title, centre in zip(
            missions["mission_id"], missions["title"], missions["centre_id"], strict=True
        )
    ]
    put("\n".join(lines) if lines else "This pack holds no missions.", None)
    return 0
