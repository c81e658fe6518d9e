"""``orchestrator compare``: what changed between two snapshots."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.cli.output import put
from orchestrator.export.comparison_text import comparison_json, comparison_table
from orchestrator.freezing import open_both
from orchestrator.model.comparison import compare

__all__ = ["run"]


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Two large snapshots are millions of values and no circles: looking for circles takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def run(options: argparse.Namespace) -> int:
    """Open two snapshots and say what is different in the second."""
    with _rarely_collecting():
        before, after = open_both(options.before, options.after)
    lineage = {}
    if options.pack is not None:
        from orchestrator.study import open_pack

        missions = open_pack(options.pack, keep_valid=options.keep_valid)["missions"]
        lineage = dict(zip(missions["mission_id"], missions["follows"], strict=True))
    found = compare(before, after, lineage)
    put(comparison_json(found) if options.format == "json" else comparison_table(found), options.out)
    return 0
