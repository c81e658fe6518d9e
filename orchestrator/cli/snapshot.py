"""``orchestrator snapshot``: a mission frozen as one file, and in the formats that others read."""

from __future__ import annotations

import argparse
import sys

from orchestrator.cli.output import put, say
from orchestrator.errors import UnknownName
from orchestrator.export.formats import chosen_formats
from orchestrator.freezing import freeze, marked, open_snapshot, read_decisions, write_snapshot
from orchestrator.model import MissionGraph
from orchestrator.model.marking import marking_of
from orchestrator.model.snapshot import Snapshot
from orchestrator.study import analyse, open_pack

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Freeze a mission, or a snapshot anew, and write it with the formats that were asked for."""
    formats = chosen_formats(options.format)
    asked = None if options.marking is None else marking_of(options.marking)
    snapshot = _frozen_anew(options) if options.again else _frozen(options)
    snapshot = marked(snapshot, asked, may_fall=options.lower_marking, leave_out_scores=options.leave_out_scores)
    paths = write_snapshot(snapshot, options.to, formats, progress=say)
    put("\n".join(str(path) for path in paths), None)
    return 0


def _frozen(options: argparse.Namespace) -> Snapshot:
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    decisions = read_decisions(options.decisions) if options.decisions else ()
    graph = MissionGraph.from_pack(pack, options.mission, options.as_of, options.min_level)
    return freeze(pack, analyse(graph, progress=say if sys.stderr.isatty() else None), decisions)


def _frozen_anew(options: argparse.Namespace) -> Snapshot:
    snapshot = open_snapshot(options.again)
    mission = snapshot.graph.mission_id
    if mission != options.mission:
        raise UnknownName("mission in that snapshot", options.mission, [mission])
    return snapshot
