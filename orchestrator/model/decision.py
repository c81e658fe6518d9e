"""A decision on a piece of advice, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.model.mission_graph import MissionGraph, active_on

__all__ = ["COLUMNS", "DECISIONS", "Decision", "became"]

#: What can be decided of a recommendation.
DECISIONS: Final = ("accepted", "declined")

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
