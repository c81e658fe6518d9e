"""``orchestrator simulate``: the same findings before and after a list of changes."""

from __future__ import annotations

import argparse

from orchestrator.cli.output import put
from orchestrator.export.difference_text import simulation_json, simulation_table
from orchestrator.model import MissionGraph
from orchestrator.scenario import read_scenario
from orchestrator.study import open_pack, simulate

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Apply the changes of a file to a mission and say what would be different."""
    scenario = read_scenario(options.change)
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    graph = MissionGraph.from_pack(pack, options.mission, options.as_of, options.min_level)
    before, after, found = simulate(graph, scenario)
    if options.format == "json":
        changes = [{"change": change.kind, **change.values} for change in scenario.changes]
        put(simulation_json(scenario.name, changes, before, after, found), options.out)
    else:
        put(simulation_table(scenario.name, before, after, found), options.out)
    return 0
