"""What was decided of a mission's advice, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestrator.errors import quoted
from orchestrator.model.decision import became, standing_decisions
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["Decided", "decided"]


@dataclass(frozen=True)
class Decided:
    """A decision that stands: on what, what, and what has become of it by the day that is looked at."""

    organisation_id: str
    partner_id: str
    title: str
    taken: bool
    said: str
    reason: str
    became: str


def decided(rows: Iterable[Mapping[str, Any]], graph: MissionGraph) -> dict[tuple[str, str], Decided]:
    """What is decided today, by what it is about: a body and a blank, or two bodies in the order of their ids."""
    standing = standing_decisions(rows, graph.mission_id)
    return {key: _decided(key, row, graph) for key, row in standing.items()}


def _decided(key: tuple[str, str], row: Mapping[str, Any], graph: MissionGraph) -> Decided:
    names = " and ".join(_name(graph, body) for body in key if body)
    decision = str(row.get("decision", ""))
    on = _day(str(row.get("decided_on", "")))
    return Decided(
        key[0],
        key[1],
        f"Introduce {names}" if key[1] else f"Bring in {names}",
        decision == "accepted",
        f"{decision[:1].upper()}{decision[1:]}{on}.",
        str(row.get("reason", "")),
        became(graph, row),
    )


def _name(graph: MissionGraph, body: str) -> str:
    try:
        return graph.name_of(body)
    except KeyError:
        return quoted(body)


def _day(text: str) -> str:
    try:
        return f" on {date.fromisoformat(text):%-d %B %Y}"
    except ValueError:
        return f" on {text}" if text else ""
