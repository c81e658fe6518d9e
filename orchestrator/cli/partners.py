"""``orchestrator partners``: missing partners and introductions."""

from __future__ import annotations

import argparse
import sys
from types import MappingProxyType

from orchestrator.cli.output import put, say
from orchestrator.export.partners_json import advice_json
from orchestrator.export.partners_text import advice_csv, advice_table
from orchestrator.model import MissionGraph
from orchestrator.partners import Request, read_sectors
from orchestrator.study import advise, advise_in_worlds, open_pack

__all__ = ["run"]

_FORMS = MappingProxyType({"json": advice_json, "table": advice_table, "csv": advice_csv})


def run(options: argparse.Namespace) -> int:
    """Say whom to bring into a mission, whom to introduce to each other, and for what nobody is known."""
    sectors, only = read_sectors(options.sectors) if options.sectors is not None else (MappingProxyType({}), False)
    request = Request(options.max_new, options.budget, options.within, sectors, only)
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    graph = MissionGraph.from_pack(pack, options.mission, options.as_of, options.min_level)
    found = advise(graph, request, progress=say if sys.stderr.isatty() else None)
    if options.worlds is not None:
        found = advise_in_worlds(found, request, options.worlds, options.seed, progress=_tell)
    put(_FORMS[options.format](found), options.out)
    return 0


def _tell(done: int, of: int) -> None:
    """At every tenth of the worlds."""
    if done * 10 // of > (done - 1) * 10 // of:
        say(f"{done:,} of {of:,} worlds")
