"""What if? A named list of changes, applied to a mission graph, gives another mission graph."""

from orchestrator.scenario.apply import Refusal, apply_scenario, apply_what_can_be, what_cannot_be
from orchestrator.scenario.change import CHANGES, Change, Scenario
from orchestrator.scenario.file import changes_in_a_line, read_change, read_changes, read_scenario, scenario_text

__all__ = [
    "CHANGES",
    "Change",
    "Refusal",
    "Scenario",
    "apply_scenario",
    "apply_what_can_be",
    "changes_in_a_line",
    "read_change",
    "read_changes",
    "read_scenario",
    "scenario_text",
    "what_cannot_be",
]
