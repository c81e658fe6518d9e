"""``orchestrator analyse``: every question of a mission."""

from __future__ import annotations

import argparse
import sys
from types import MappingProxyType

from orchestrator.cli.output import put, say
from orchestrator.export import findings_csv, findings_json, findings_table
from orchestrator.model import MissionGraph
from orchestrator.study import analyse, chosen_analyses, open_pack, with_worlds

__all__ = ["run"]

_FORMS = MappingProxyType({"json": findings_json, "table": findings_table, "csv": findings_csv})


def run(options: argparse.Namespace) -> int:
    """Analyse one mission on one day and give the findings in the form that was asked for."""
    chosen_analyses(options.only)
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    graph = MissionGraph.from_pack(pack, options.mission, options.as_of, options.min_level)
    results = analyse(graph, options.only, progress=say if sys.stderr.isatty() else None)
    if options.worlds is not None:
        results = with_worlds(results, options.worlds, options.seed, progress=_tell)
    put(_FORMS[options.format](results), options.out)
    return 0


def _tell(done: int, of: int) -> None:
    """At every tenth of the worlds."""
    if done * 10 // of > (done - 1) * 10 // of:
        say(f"{done:,} of {of:,} worlds")
