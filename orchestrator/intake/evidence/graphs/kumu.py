"""A Kumu blueprint: elements are bodies, connections are ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.errors import BadData, Problem
from orchestrator.intake.evidence.graphs.gathering import Gathered
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.walking import Record, part, parts, text
from orchestrator.tables.cells import UnreadableError

__all__ = ["fits_kumu", "read_kumu"]


def fits_kumu(opened: Opened) -> bool:
    """Is this a blueprint?"""
    return "elements" in opened.names and "connections" in opened.names


def read_kumu(opened: Opened) -> Iterator[Statement]:
    """The connections of this blueprint; their ends are named by id or by label. Raises BadData."""
    if not fits_kumu(opened):
        raise opened.tally.refuse(
            "it holds no elements and connections.", 'A blueprint: {"elements": …, "connections": …}.'
        )
    gathered = Gathered(opened)
    try:
        known = _elements(gathered, parts(opened.document, "elements"))
        for number, each in enumerate(parts(opened.document, "connections")):
            source, target = (text(each, end) for end in ("from", "to"))
            said = {**_plain(each, ("label", "type")), **_attributes(each)}
            gathered.tie(f"$.connections[{number}]", known.get(source, source), known.get(target, target), said)
    except UnreadableError as unreadable:
        raise BadData([Problem(unreadable.what, opened.source.name, allowed=unreadable.allowed)]) from None
    return gathered.statements()


def _elements(gathered: Gathered, elements: list[Record]) -> dict[str, str]:
    """Which element does a connection mean by this text? Its id or its label; a label that several have names none."""
    known: dict[str, str] = {}
    labels: dict[str, list[str]] = {}
    for number, each in enumerate(elements):
        name = text(each, "id") or text(each, "_id") or f"element {number}"
        gathered.body(name, {**_plain(each, ("label",)), **_attributes(each)})
        known[name] = name
        labels.setdefault(text(each, "label"), []).append(name)
    return {**{label: names[0] for label, names in labels.items() if len(names) == 1}, **known}


def _plain(record: Record, names: tuple[str, ...]) -> dict[str, str]:
    return {name: found for name in names if (found := text(record, name))}


def _attributes(record: Record) -> dict[str, str]:
    """What fields say, at the top of the record or below ``attributes``; lists and objects are passed over."""
    ours: Mapping[str, Any] = {**record, **part(record, "attributes")}
    skipped = ("id", "_id", "label", "type", "from", "to", "direction", "attributes", "tags", "image")
    return {
        name: str(value) for name, value in ours.items() if name not in skipped and isinstance(value, (str, int, float))
    }
