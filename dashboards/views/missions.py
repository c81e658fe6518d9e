"""Which missions are there, and how does each stand?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.selection import Selection
from orchestrator.model.standing import nobody_on, standing
from orchestrator.model.wording import counted
from orchestrator.tables.cells import split_list

__all__ = ["MissionLine", "MissionsView", "Standing", "missions_view", "states_of"]


_Row = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """How one mission stands on a day: its centre by name, members, and requirements by state."""

    mission_id: str
    centre: str
    members: int
    states: Counter[str]


@dataclass(frozen=True)
class MissionLine:
    """One mission: its title, centre, size, and how many of its requirements are in each state.

    ``lineage`` tells what it follows and what follows it: words, and the missions they are about as (title, address).
    """

    mission_id: str
    title: str
    mission_set: str
    aim: str
    centre: str
    members: int
    requirements: int
    states: Counter[str]
    lineage: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
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


def missions_view(standings: Sequence[Standing], missions: pd.DataFrame, selection: Selection) -> MissionsView:
    """Every mission of the pack on a day, by set and id, with what it follows and what follows it."""
    stands = {one.mission_id: one for one in standings}
    ordered = missions.sort_values(["mission_set", "mission_id"]).to_dict("records")
    rows: dict[str, _Row] = {row["mission_id"]: {str(name): cell for name, cell in row.items()} for row in ordered}
    lines = tuple(_line(stands[name], row, rows, selection) for name, row in rows.items())
    return MissionsView(_headline(lines), _lede(lines), lines)


def _line(stands: Standing, row: _Row, rows: Mapping[str, _Row], selection: Selection) -> MissionLine:
    return MissionLine(
        stands.mission_id,
        row["title"],
        row["mission_set"],
        row["aim"],
        stands.centre,
        stands.members,
        sum(stands.states.values()),
        stands.states,
        _lineage(row, rows, selection),
        selection.to("overview", mission_id=stands.mission_id).address(),
    )


def _lineage(
    row: _Row, rows: Mapping[str, _Row], selection: Selection
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    before = split_list(row["follows"])
    after = [name for name, other in rows.items() if row["mission_id"] in split_list(other["follows"])]

    def named(ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((rows[name]["title"], selection.to("overview", mission_id=name).address()) for name in ids)

    told = (("It continues", before), ("It is continued by", after))
    return tuple((words, named(ids)) for words, ids in told if ids)


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
