"""What a graph file says of every organisation and every tie row: the columns of the tables, and some computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import kind_of, texts_of

__all__ = ["SCORES", "GraphColumn", "counts", "edge_columns", "node_columns"]

#: Measures of members that go along, where the snapshot holds them.
SCORES: Final = (
    "hops", "routes", "weight_lost", "sole_provider_weight", "rooted_dependency", "betweenness", "constraint",
    "effective_size", "load",
)  # fmt: skip


@dataclass(frozen=True)
class GraphColumn:
    """A column: ``kind`` is text, number, date or boolean; ``texts`` one a row, "" for blank.

    ``computed`` columns follow from the others and are not read back.
    """

    name: str
    kind: str
    texts: list[str]
    computed: bool = False


def node_columns(snapshot: Snapshot) -> list[GraphColumn]:
    """The columns of all organisations; computed: is it a ``member`` of the mission graph, and measures of members."""
    graph = snapshot.graph
    bodies = graph.organisations
    found = _columns(bodies)
    members = set(graph.members)
    ids = bodies["organisation_id"].tolist()
    found.append(GraphColumn("member", "boolean", _yes_no(body in members for body in ids), computed=True))
    rows = {row["organisation_id"]: row for row in snapshot.findings.get("organisations", ())}
    if rows:
        for score in SCORES:
            values = [rows.get(body, {}).get(score) for body in ids]
            found.append(GraphColumn(score, "number", ["" if v is None else repr(v) for v in values], computed=True))
    return list(_apart(found))


def edge_columns(snapshot: Snapshot) -> list[GraphColumn]:
    """The columns of all tie rows; computed: does the row ``count`` in the mission graph of the day?"""
    rows = snapshot.graph.tie_rows
    found = _columns(rows)
    found.append(GraphColumn("counts", "boolean", _yes_no(counts(snapshot.graph).tolist()), computed=True))
    return list(_apart(found))


def counts(graph: MissionGraph) -> np.ndarray:
    """Which tie rows make up the mission graph: active, of the level asked for, between two members?"""
    rows = graph.tie_rows
    members = list(graph.members)
    inside = (
        rows["source_id"].isin(members) & rows["target_id"].isin(members) & (rows["source_id"] != rows["target_id"])
    )
    return np.asarray(active_on(rows, graph.as_of) & (rows["level"] >= graph.min_level).to_numpy() & inside.to_numpy())


def _columns(table: pd.DataFrame) -> list[GraphColumn]:
    return [GraphColumn(str(name), kind_of(table[name]), texts_of(table[name])) for name in table.columns]


def _yes_no(answers: Iterable[bool]) -> list[str]:
    return ["true" if each else "false" for each in answers]


def _apart(columns: list[GraphColumn]) -> Iterator[GraphColumn]:
    """A computed column gets another name where a column of the table has it already."""
    taken = {column.name for column in columns if not column.computed}
    for column in columns:
        name = column.name
        while column.computed and name in taken:
            name += " (computed)"
        yield GraphColumn(name, column.kind, column.texts, column.computed)
