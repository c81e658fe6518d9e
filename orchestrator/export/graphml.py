"""GraphML: every organisation a node, every tie row an edge of its own."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from orchestrator.export.graph_columns import GraphColumn, edge_columns, node_columns
from orchestrator.export.xml_text import attribute, content, head_and_tables, in_blocks, token
from orchestrator.model.snapshot import Snapshot

__all__ = ["graphml"]

_TYPES: Final = MappingProxyType({"number": "double", "boolean": "boolean", "text": "string", "date": "string"})
_XSD: Final = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"


def graphml(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as GraphML 1.0, piece by piece. Ids of nodes are organisation ids, spelt as XML allows.

    Blank cells are left out. The other tables stand in processing instructions, which other programs skip.
    """
    nodes, edges = node_columns(snapshot), edge_columns(snapshot)
    return in_blocks(_lines(snapshot, nodes, edges))


def _lines(snapshot: Snapshot, nodes: list[GraphColumn], edges: list[GraphColumn]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from head_and_tables(snapshot, nodes, edges)
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    yield f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{_XSD}">\n'
    for domain, prefix, columns in (("node", "o", nodes), ("edge", "t", edges)):
        for at, column in enumerate(columns):
            yield _key(f"{prefix}{at}", domain, column.name, _TYPES[column.kind])
    yield _key("label", "node", "label", "string")
    header = {name: value for name, value in snapshot.header.items() if value}
    for name in header:
        yield _key(f"g.{name}", "graph", name, "string")
    yield '<graph id="mission" edgedefault="undirected">\n'
    for name, value in header.items():
        yield f'<data key="g.{name}">{content(value)}</data>\n'
    yield from _nodes(snapshot, nodes)
    yield from _edges(snapshot, edges)
    yield "</graph>\n</graphml>\n"


def _key(name: str, domain: str, title: str, kind: str) -> str:
    return f'<key id="{name}" for="{domain}" attr.name="{attribute(title)}" attr.type="{kind}"/>\n'


def _nodes(snapshot: Snapshot, columns: list[GraphColumn]) -> Iterator[str]:
    bodies = snapshot.graph.organisations
    cells = [_cells(f"o{at}", column) for at, column in enumerate(columns)]
    labels = _cells("label", GraphColumn("label", "text", bodies["name"].tolist()))
    for name, *row in zip(bodies["organisation_id"], *cells, labels, strict=True):
        yield f'<node id="{token(name)}">{"".join(row)}</node>\n'


def _edges(snapshot: Snapshot, columns: list[GraphColumn]) -> Iterator[str]:
    rows = snapshot.graph.tie_rows
    cells = [_cells(f"t{at}", column) for at, column in enumerate(columns) if column.name not in _ENDS]
    names = {name: token(name) for name in snapshot.graph.organisations["organisation_id"]}
    sources, targets = ([names[name] for name in rows[end]] for end in _ENDS)
    for at, (source, target, *row) in enumerate(zip(sources, targets, *cells, strict=True)):
        yield f'<edge id="e{at}" source="{source}" target="{target}">{"".join(row)}</edge>\n'


_ENDS: Final = ("source_id", "target_id")


def _cells(key: str, column: GraphColumn) -> list[str]:
    """What stands in a node or an edge for each cell; nothing for a blank one. Every distinct text is written once."""
    written = {text: f'<data key="{key}">{content(text)}</data>' if text else "" for text in set(column.texts)}
    return [written[text] for text in column.texts]
