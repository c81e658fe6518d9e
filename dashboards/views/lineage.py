"""Where a mission comes from and what became of it: missions are renamed, split and merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.selection import Selection
from orchestrator.model.wording import listed, sentence
from orchestrator.tables.cells import split_list

__all__ = ["Kin", "LineageView", "lineage_view"]


@dataclass(frozen=True)
class Kin:
    """A mission that this one follows or that follows it, with the set and the time that it was announced for."""

    title: str
    about: str
    address: str


@dataclass(frozen=True)
class LineageView:
    """Missions before, the nearest first, and after; a sentence that says so. Both may be empty."""

    sentence: str
    before: tuple[Kin, ...]
    after: tuple[Kin, ...]


def lineage_view(missions: pd.DataFrame, selection: Selection) -> LineageView:
    """What does this mission follow, and what follows it, over every step that is recorded?"""
    rows = {row["mission_id"]: row for row in missions.to_dict("records")}
    follows = {name: split_list(row["follows"]) for name, row in rows.items()}
    followed = {name: tuple(other for other, before in follows.items() if name in before) for name in rows}
    before, after = (_chain(selection.mission_id, ways) for ways in (follows, followed))
    kin = [tuple(_kin(rows[name], selection) for name in some if name in rows) for some in (before, after)]
    return LineageView(_sentence(rows, follows, followed, selection.mission_id), kin[0], kin[1])


def _chain(start: str, ways: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Everything that can be reached, the nearest first, each once."""
    found: dict[str, None] = {}
    step = [start]
    while step:
        step = [name for here in step for name in ways.get(here, ()) if name not in found and name != start]
        found.update(dict.fromkeys(step))
    return list(found)


def _kin(row: Mapping[Any, Any], selection: Selection) -> Kin:
    known = [(word, row[column]) for word, column in (("from", "starts"), ("to", "ends")) if not pd.isna(row[column])]
    times = [f"{word} {day:%-d %B %Y}" for word, day in known]
    about = ", ".join(part for part in (str(row["mission_set"]), " ".join(times)) if part)
    return Kin(str(row["title"]), about, selection.to("overview", mission_id=row["mission_id"]).address())


def _sentence(
    rows: Mapping[str, Any],
    follows: Mapping[str, tuple[str, ...]],
    followed: Mapping[str, tuple[str, ...]],
    mission_id: str,
) -> str:
    def titles(some: tuple[str, ...]) -> str:
        return listed([str(rows[name]["title"]) for name in some if name in rows])

    before, after = titles(follows.get(mission_id, ())), titles(followed.get(mission_id, ()))
    if not before and not after:
        return "No mission before or after it is recorded."
    return sentence(
        f"it follows {before}" if before else "nothing before it is recorded",
        f"and {after} follows it" if after else "",
    )
