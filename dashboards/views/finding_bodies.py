"""Who is called like that? A search of the whole register, for whoever has no script or looks beyond the mission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from orchestrator.errors import quoted
from orchestrator.model.results import Results
from orchestrator.model.wording import counted
from orchestrator.tables.nearest import nearest

__all__ = ["FoundBody", "FoundView", "found_view"]

MOST: Final = 20


@dataclass(frozen=True)
class FoundBody:
    """A body that was found; a member is picked on the map, anybody else has a page of its own."""

    body: Body
    address: str
    is_member: bool


@dataclass(frozen=True)
class FoundView:
    """What a search found, members of the mission first, then by name."""

    asked: str
    sentence: str
    bodies: tuple[FoundBody, ...]


def found_view(results: Results, selection: Selection) -> FoundView | None:
    """Whose name, other name or id holds what the address asks for, or comes nearest? None where it asks nothing."""
    asked = selection.asked("find").strip()
    if not asked:
        return None
    bodies = Bodies(results)
    names = _called(results.graph.organisations, asked)
    ids = sorted(names, key=lambda name: (not bodies.is_member(name), bodies[name].name, name))
    lines = tuple(_line(bodies, name, selection) for name in ids[:MOST])
    return FoundView(asked, _sentence(asked, len(ids), bodies, ids), lines)


def _called(rows: pd.DataFrame, asked: str) -> list[str]:
    wanted = asked.casefold()
    columns = (rows[name].str.casefold().str.contains(wanted, regex=False) for name in ("name", "aliases"))
    holds = next(columns) | next(columns) | (rows["organisation_id"] == asked)
    found = rows.loc[holds, "organisation_id"].tolist()
    if found:
        return [str(name) for name in found]
    by_name = dict(zip(rows["name"], rows["organisation_id"], strict=True))
    return [str(by_name[name]) for name in nearest(asked, list(by_name))]


def _line(bodies: Bodies, name: str, selection: Selection) -> FoundBody:
    member = bodies.is_member(name)
    here = selection.asking(find="").address(body=name)
    page = selection.to("organisation", mission_id="", organisation_id=name).address()
    return FoundBody(bodies[name], here if member else page, member)


def _sentence(asked: str, found: int, bodies: Bodies, ids: list[str]) -> str:
    if not found:
        return f"Nobody in the register is called {quoted(asked)}."
    inside = sum(bodies.is_member(name) for name in ids)
    who = counted(found, "organisation", "organisations").capitalize()
    where = "in this mission" if inside == found else f"{inside:,} of them in this mission" if inside else "not in it"
    return f"{who} called like {quoted(asked)}, {where}" + (f". The first {MOST}:" if found > MOST else ":")
