"""GEXF 1.3: the graph with the dates of its ties as dynamics, for Gephi."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from orchestrator.export.graph_columns import GraphColumn, edge_columns, node_columns
from orchestrator.export.xml_text import attribute, content, head_and_tables, in_blocks
from orchestrator.model.snapshot import Snapshot

__all__ = ["gexf"]

_TYPES: Final = MappingProxyType({"number": "double", "boolean": "boolean", "text": "string", "date": "string"})
_ENDS: Final = ("source_id", "target_id")
_DAY: Final = np.timedelta64(1, "D")


def gexf(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as GEXF 1.3, piece by piece.

    A tie's ``start`` and ``end`` are the first and the last day on which it holds, since GEXF counts the end in; the
    table's own dates are attributes. Rows between the same two bodies differ in ``kind``, or Gephi would merge them.
    """
    nodes, edges = node_columns(snapshot), edge_columns(snapshot)
    return in_blocks(_lines(snapshot, nodes, edges))


def _lines(snapshot: Snapshot, nodes: list[GraphColumn], edges: list[GraphColumn]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from head_and_tables(snapshot, nodes, edges)
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    yield 'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
    yield from _meta(snapshot)
    yield '<graph mode="dynamic" defaultedgetype="undirected" idtype="string" timeformat="date" '
    yield 'timerepresentation="interval">\n'
    yield from _attributes("node", "o", nodes)
    yield from _attributes("edge", "t", [column for column in edges if column.name not in _ENDS])
    yield "<nodes>\n"
    yield from _nodes(snapshot, nodes)
    yield "</nodes>\n<edges>\n"
    yield from _edges(snapshot, [column for column in edges if column.name not in _ENDS])
    yield "</edges>\n</graph>\n</gexf>\n"


def _meta(snapshot: Snapshot) -> Iterator[str]:
    told = "; ".join(f"{name}: {value}" for name, value in snapshot.header.items() if value)
    yield "<meta>\n<creator>Mission orchestrator</creator>\n"
    if snapshot.marking:
        yield f"<keywords>{snapshot.marking}</keywords>\n"
    yield f"<description>{content(told)}</description>\n</meta>\n"


def _attributes(of: str, prefix: str, columns: list[GraphColumn]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for at, column in enumerate(columns):
        yield f'<attribute id="{prefix}{at}" title="{attribute(column.name)}" type="{_TYPES[column.kind]}"/>\n'
    yield "</attributes>\n"


def _nodes(snapshot: Snapshot, columns: list[GraphColumn]) -> Iterator[str]:
    bodies = snapshot.graph.organisations
    cells = [_cells(f"o{at}", column) for at, column in enumerate(columns)]
    for name, label, *row in zip(bodies["organisation_id"], bodies["name"], *cells, strict=True):
        values = "".join(row)
        yield f'<node id="{attribute(name)}" label="{attribute(label)}"><attvalues>{values}</attvalues></node>\n'


def _edges(snapshot: Snapshot, columns: list[GraphColumn]) -> Iterator[str]:
    rows = snapshot.graph.tie_rows
    cells = [_cells(f"t{at}", column) for at, column in enumerate(columns)]
    names = {name: attribute(name) for name in snapshot.graph.organisations["organisation_id"]}
    sources, targets = ([names[name] for name in rows[end]] for end in _ENDS)
    heads = zip(sources, targets, _kinds(rows), _times(rows), strict=True)
    for at, ((source, target, kind, time), row) in enumerate(zip(heads, zip(*cells, strict=True), strict=True)):
        yield (
            f'<edge id="e{at}" source="{source}" target="{target}" kind="{kind}"{time}>'
            f"<attvalues>{''.join(row)}</attvalues></edge>\n"
        )


def _kinds(rows: pd.DataFrame) -> list[str]:
    """The kind of every tie, counted on where the same two bodies have several of it."""
    ends = np.sort(rows[list(_ENDS)].to_numpy(dtype=object), axis=1)
    kind = rows["kind"].where(rows["kind"] != "", "tie")
    before = pd.DataFrame({"a": ends[:, 0], "b": ends[:, 1], "kind": kind.to_numpy(dtype=object)})
    number = before.groupby(["a", "b", "kind"], sort=False).cumcount().tolist()
    return [f"{each} {n + 1}" if n else each for each, n in zip(kind.tolist(), number, strict=True)]


def _times(rows: pd.DataFrame) -> list[str]:
    """First and last day as attributes. A tie that ends before it starts never holds; it is given its first day."""
    begins = rows["starts"].to_numpy().astype("datetime64[D]")
    finishes = rows["ends"].to_numpy().astype("datetime64[D]") - _DAY
    finishes = np.where(finishes < begins, begins, finishes)
    return [
        ("" if first is None else f' start="{first}"') + ("" if last is None else f' end="{last}"')
        for first, last in zip(begins.tolist(), finishes.tolist(), strict=True)
    ]


def _cells(key: str, column: GraphColumn) -> list[str]:
    """The attvalue of each cell; nothing for a blank one. Every distinct text is written once."""
    written = {text: f'<attvalue for="{key}" value="{attribute(text)}"/>' if text else "" for text in set(column.texts)}
    return [written[text] for text in column.texts]
