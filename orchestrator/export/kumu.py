"""A Kumu blueprint: elements and connections as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from orchestrator.export.graph_columns import GraphColumn, counts, edge_columns, node_columns
from orchestrator.model.document import json_text
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.cells import split_list

__all__ = ["kumu"]

#: Fields that Kumu reads in a way of its own; a column of that name is put behind "field ".
_ITS_OWN: Final = ("id", "label", "type", "tags", "from", "to", "direction", "image")
_DIRECTED: Final = ("governs", "funds", "commissions", "regulates")


def kumu(snapshot: Snapshot) -> Iterator[bytes]:
    """The blueprint, piece by piece: members as elements, the tie rows of the mission graph as connections.

    Ids are unique over elements and connections, as Kumu asks; connections name elements by id. Kumu shows Markdown, so
    that texts have its signs taken out of force. Dates are fields; the register beyond the members is left out.
    """
    nodes, edges = node_columns(snapshot), edge_columns(snapshot)
    ids = snapshot.graph.organisations["organisation_id"].tolist()
    number = {name: f"organisation-{at}" for at, name in enumerate(ids)}
    members = set(snapshot.graph.members)
    told = "; ".join(f"{name}: {value}" for name, value in snapshot.header.items() if value)
    yield f'{{\n"name":{json_text(_plain(snapshot.graph.title))},\n"description":{json_text(_plain(told))},\n'.encode()
    yield b'"elements":[\n'
    rows = (row for row in _rows(nodes) if row["organisation_id"] in members)
    yield from _listed(_element(row, number) for row in rows)
    yield b'\n],\n"connections":[\n'
    kept = (row for row, inside in zip(_rows(edges), counts(snapshot.graph).tolist(), strict=True) if inside)
    yield from _listed(_connection(at, row, number) for at, row in enumerate(kept))
    yield b"\n]\n}\n"


def _rows(columns: list[GraphColumn]) -> Iterator[dict[str, Any]]:
    names = [column.name for column in columns]
    kinds = [column.kind for column in columns]
    for texts in zip(*(column.texts for column in columns), strict=True):
        cells = zip(names, kinds, texts, strict=True)
        yield {name: float(text) if kind == "number" else text for name, kind, text in cells if text}


def _listed(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for at, row in enumerate(rows):
        yield ((",\n" if at else "") + json_text(row)).encode()


def _element(row: dict[str, Any], number: dict[str, str]) -> dict[str, Any]:
    tags = [_plain(alias) for alias in split_list(str(row.get("aliases", "")))]
    head = {"id": number[row["organisation_id"]], "label": _plain(str(row["name"])), "type": row["sector"]}
    return {**head, **({"tags": tags} if tags else {}), **_fields(row, ("name", "sector", "aliases"))}


def _connection(at: int, row: dict[str, Any], number: dict[str, str]) -> dict[str, Any]:
    head = {
        "id": f"tie-{at}",
        "from": number[row["source_id"]],
        "to": number[row["target_id"]],
        "direction": "directed" if row.get("kind") in _DIRECTED else "undirected",
    }
    kind = {"type": row["kind"]} if row.get("kind") else {}
    return {**head, **kind, **_fields(row, ("source_id", "target_id", "kind"))}


def _fields(row: dict[str, Any], left_out: tuple[str, ...]) -> dict[str, Any]:
    return {
        f"field {name}" if name.casefold() in _ITS_OWN else name: _plain(value) if isinstance(value, str) else value
        for name, value in row.items()
        if name not in left_out
    }


def _plain(text: str) -> str:
    """A text whose signs of Markdown and HTML do nothing."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#!|~" else sign for sign in text)
