"""Node-link JSON, as networkx reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchestrator.export.graph_columns import GraphColumn, edge_columns, node_columns
from orchestrator.model.document import json_text
from orchestrator.model.snapshot import Snapshot

__all__ = ["node_link"]


def node_link(snapshot: Snapshot) -> Iterator[bytes]:
    """The graph for ``networkx.node_link_graph(…, edges="edges")``, piece by piece: an undirected multigraph.

    Nodes are all organisations, edges all tie rows; blank cells are left out. The other tables are not carried.
    """
    nodes, edges = node_columns(snapshot), edge_columns(snapshot)
    header = {**snapshot.header, "mission": dict(snapshot.graph.mission)}
    yield f'{{"directed":false,"multigraph":true,"graph":{json_text(header)},\n"nodes":[\n'.encode()
    yield from _listed({**row, "id": row["organisation_id"]} for row in _rows(nodes))
    yield b'\n],\n"edges":[\n'
    ends = enumerate(_rows(edges))
    yield from _listed({**row, "source": row["source_id"], "target": row["target_id"], "key": at} for at, row in ends)
    yield b"\n]}\n"


def _rows(columns: list[GraphColumn]) -> Iterator[dict[str, Any]]:
    cells = [[_value(column.kind, text) for text in column.texts] for column in columns]
    names = [column.name for column in columns]
    for row in zip(*cells, strict=True):
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _value(kind: str, text: str) -> Any:
    if not text:
        return None
    if kind == "boolean":
        return text == "true"
    return float(text) if kind == "number" else text


def _listed(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for at, row in enumerate(rows):
        yield ((",\n" if at else "") + json_text(row)).encode()
