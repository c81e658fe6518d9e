"""What if? A named list of changes, applied to a mission graph, gives another mission graph."""

from orchestrator.scenario.apply import apply_scenario
from orchestrator.scenario.change import CHANGES, Change, Scenario
from orchestrator.scenario.file import read_scenario, scenario_text

__all__ = [
    "CHANGES",
    "Change",
    "Scenario",
    "apply_scenario",
    "read_scenario",
    "scenario_text",
]
