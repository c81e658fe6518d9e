"""A decision on a piece of advice, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.model.mission_graph import MissionGraph, active_on

__all__ = ["COLUMNS", "DECISIONS", "UNDONE", "Decision", "about", "became", "standing_decisions"]

#: What can be decided of a recommendation.
DECISIONS: Final = ("accepted", "declined")
#: What is added to a table to take a decision back; the decision itself stays in it.
UNDONE: Final = "undone"

#: The columns of a table of decisions, in order.
COLUMNS: Final = ("decided_on", "mission_id", "organisation_id", "partner_id", "decision", "reason")


@dataclass(frozen=True)
class Decision:
    """On which day which advice was accepted or declined, and why.

    ``organisation_id`` alone is the advice to bring that body in; with ``partner_id`` it is the advice to introduce the
    two to each other.
    """

    decided_on: str
    mission_id: str
    organisation_id: str
    partner_id: str
    decision: str
    reason: str

    def row(self) -> tuple[str, ...]:
        """Its values in the order of ``COLUMNS``."""
        return tuple(str(getattr(self, column)) for column in COLUMNS)


def about(row: Mapping[str, Any]) -> tuple[str, str]:
    """Which advice is a decision about? A body and a blank, or two bodies to introduce, in the order of their ids.

    >>> about({"organisation_id": "b", "partner_id": "a"}), about({"organisation_id": "b"})
    (('a', 'b'), ('b', ''))
    """
    body, partner = str(row.get("organisation_id", "")), str(row.get("partner_id", ""))
    return (min(body, partner), max(body, partner)) if partner else (body, "")


def standing_decisions(rows: Iterable[Mapping[str, Any]], mission_id: str) -> dict[tuple[str, str], Mapping[str, Any]]:
    """What is decided of a mission's advice today, by what it is about: the last row on it, unless that undoes it.

    >>> row = {"mission_id": "m", "organisation_id": "a", "partner_id": "", "decision": "accepted"}
    >>> standing_decisions([row], "m") == {("a", ""): row}, standing_decisions([row, {**row, "decision": UNDONE}], "m")
    (True, {})
    """
    last = {about(row): row for row in rows if row.get("mission_id") in (mission_id, "", None)}
    return {key: row for key, row in last.items() if key[0] and row.get("decision") != UNDONE}


def became(graph: MissionGraph, row: Mapping[str, Any]) -> str:
    """What has become of a decision by the day of this graph? A sentence; blank for a row that names no body.

    A body that was to be brought in is working, in on paper only, withdrawn, or not in; two that were to be introduced
    have an active tie or none.
    """
    body, partner = str(row.get("organisation_id", "")), str(row.get("partner_id", ""))
    if not body:
        return ""
    return _tie(graph, body, partner) if partner else _engagement(graph, body)


def _engagement(graph: MissionGraph, body: str) -> str:
    rows = graph.mission_engagements
    found = sorted(set(rows.loc[rows["organisation_id"] == body, "status"]))
    if body in graph.engaged:
        return f"It takes part on {graph.as_of}: {' and '.join(found)}."
    if body in graph.taking_part:
        return f"It is in on paper only on {graph.as_of}: {' and '.join(found)}."
    return f"It withdrew, as of {graph.as_of}." if found else f"It does not take part on {graph.as_of}."


def _tie(graph: MissionGraph, body: str, partner: str) -> str:
    rows = graph.tie_rows
    rows = rows[active_on(rows, graph.as_of)]
    ends = zip(rows["source_id"], rows["target_id"], strict=True)
    exists = any({source, target} == {body, partner} for source, target in ends)
    return f"They {'have a tie' if exists else 'have no tie'} on {graph.as_of}."
