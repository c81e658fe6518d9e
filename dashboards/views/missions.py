"""Which missions are there, and how does each stand?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.selection import Selection
from orchestrator.model.coverage import coverage
from orchestrator.model.standing import nobody_on, standing
from orchestrator.model.wording import counted
from orchestrator.study import Library

__all__ = ["MissionLine", "MissionsView", "missions_view", "states_of"]


@dataclass(frozen=True)
class MissionLine:
    """One mission: its title, centre, size, and how many of its requirements are in each state."""

    mission_id: str
    title: str
    mission_set: str
    aim: str
    centre: str
    members: int
    requirements: int
    states: Counter[str]
    address: str

    @property
    def nobody(self) -> int:
        """Requirements that nobody works on: gaps and those on paper only."""
        return nobody_on(self.states)


@dataclass(frozen=True)
class MissionsView:
    """All missions of the pack with a headline. Empty: the pack holds none."""

    headline: str
    lede: str
    missions: tuple[MissionLine, ...]


def missions_view(library: Library, selection: Selection) -> MissionsView:
    """Every mission of the pack on a day, by set and id."""
    rows = library.pack["missions"].sort_values(["mission_set", "mission_id"])
    lines = tuple(_line(library, selection, mission_id) for mission_id in rows["mission_id"])
    return MissionsView(_headline(lines), _lede(lines), lines)


def _line(library: Library, selection: Selection, mission_id: str) -> MissionLine:
    graph = library.graph(mission_id, selection.on, selection.level)
    states = coverage(graph).requirements["state"]
    return MissionLine(
        mission_id,
        graph.title,
        graph.mission.get("mission_set", ""),
        graph.mission.get("aim", ""),
        graph.name_of(graph.centre_id),
        len(graph.members),
        len(states),
        Counter(states),
        selection.to("overview", mission_id=mission_id).address(),
    )


def states_of(lines: Sequence[MissionLine]) -> Counter[str]:
    """How many requirements of these missions are in each state?"""
    return sum((line.states for line in lines), Counter())


def _headline(lines: tuple[MissionLine, ...]) -> str:
    if not lines:
        return "This pack holds no missions"
    missions = counted(len(lines), "mission").capitalize()
    return f"{missions}: {standing(states_of(lines))}"


def _lede(lines: tuple[MissionLine, ...]) -> str:
    if not lines:
        return "Add a row to the table missions and name the body at its centre."
    return "Choose a mission to see who is in, where nobody is, and what hangs on one body."
