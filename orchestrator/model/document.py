"""A snapshot as JSON: its parts as text piece by piece, and back. Both the snapshot file and the JSON export hold them.

docs/snapshot.schema.json is the published form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.model.restoring import GRAPH_TABLES, restore
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import KINDS, MisfitError, column_of, kind_of, values_of

__all__ = ["PARTS", "from_parts", "json_text", "part_text", "table_from_json", "table_text"]

#: The parts of a snapshot, in their order.
PARTS: Final = ("manifest", "mission", "tables", "findings", "sources", "decisions")

_ROWS_AT_ONCE: Final = 2_000
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ENCODE_ASCII: Final = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode


def json_text(value: Any) -> str:
    """A value as one line of JSON that can be written in UTF-8; half a surrogate pair is written as its number.

    >>> json_text({"name": "Ö"})
    '{"name":"Ö"}'
    """
    text = _ENCODE(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _ENCODE_ASCII(value)
    return text


def part_text(snapshot: Snapshot, part: str) -> Iterator[str]:
    """One of ``PARTS`` as JSON, piece by piece; joined, the pieces are one value."""
    if part == "manifest":
        yield json.dumps(snapshot.manifest, indent=1, ensure_ascii=True, allow_nan=False)
    elif part == "mission":
        yield json_text(dict(snapshot.graph.mission))
    elif part == "tables":
        yield from _tables_text(snapshot.graph.tables)
    elif part == "findings":
        yield from _object_text(snapshot.findings)
    else:
        yield from _rows_text(map(dict, snapshot.sources if part == "sources" else snapshot.decisions))


def _object_text(found: Mapping[str, Any]) -> Iterator[str]:
    """An object with a line a name, and a line for each entry of a list in it."""
    yield "{"
    for at, (name, value) in enumerate(found.items()):
        yield f"{',' if at else ''}\n{json_text(name)}:"
        if isinstance(value, list):
            yield from _rows_text(value)
        else:
            yield json_text(value)
    yield "\n}"


def _rows_text(rows: Iterable[Any]) -> Iterator[str]:
    """A list with a line for each entry."""
    yield "["
    first, lines = True, list[str]()
    for row in rows:
        lines.append(json_text(row))
        if len(lines) == _ROWS_AT_ONCE:
            yield ("\n" if first else ",\n") + ",\n".join(lines)
            first, lines = False, []
    if lines:
        yield ("\n" if first else ",\n") + ",\n".join(lines)
    yield "\n]"


def _tables_text(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    yield "{"
    for at, name in enumerate(GRAPH_TABLES):
        yield f'{"," if at else ""}\n"{name}":'
        yield from table_text(tables[name])
    yield "\n}"


def table_text(table: pd.DataFrame) -> Iterator[str]:
    """A table as ``{"columns": [{"name", "kind"}], "rows": [[…]]}``, a line each row; blank numbers and dates are null.

    >>> print("".join(table_text(pd.DataFrame({"load": [0.5]}))))
    {"columns":[{"name":"load","kind":"number"}],"rows":[
    [0.5]
    ]}
    """
    columns = [{"name": str(name), "kind": kind_of(table[name])} for name in table.columns]
    yield f'{{"columns":{json_text(columns)},"rows":'
    yield from _rows_text(zip(*(values_of(table[name]) for name in table.columns), strict=True))
    yield "}"


def from_parts(parts: Mapping[str, Any], file: str) -> Snapshot:
    """The snapshot that these parts (as JSON has them) make. Raises BadData for what is not of the published form."""
    for name in PARTS:
        if name not in parts:
            raise _bad(file, f"the part {name} is missing.", f"A snapshot has {', '.join(PARTS)}.")
    manifest, mission, tables = (_object(parts[name], name, file) for name in PARTS[:3])
    for name, value in mission.items():
        if not isinstance(value, str):
            raise _bad(file, f"the mission's {quoted(name)} is no text.", "Every value of the mission is text.")
    header = {name: _as_text(value) for name, value in manifest.items() if isinstance(value, str | int | bool)}
    rest: dict[str, Any] = {
        "findings": MappingProxyType(_findings(_object(parts["findings"], "findings", file), file)),
        **{name: _rows(parts[name], name, file) for name in PARTS[4:]},
    }
    frames = {name: table_from_json(table, f"{file}: {name}") for name, table in tables.items()}
    return restore(header, mission, frames, file, rest)


def _as_text(value: str | int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def table_from_json(found: Any, where: str) -> pd.DataFrame:
    """The table that ``table_text`` wrote, typed. Raises BadData that names row and column."""
    columns = found.get("columns") if isinstance(found, dict) else None
    rows = found.get("rows") if isinstance(found, dict) else None
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise _bad(where, "this is no table.", "A table has columns and rows, each a list.")
    names = [column.get("name") if isinstance(column, dict) else None for column in columns]
    kinds = [column.get("kind") if isinstance(column, dict) else None for column in columns]
    if (
        not all(isinstance(name, str) for name in names)
        or len({*map(str, names)}) < len(names)
        or not {*map(str, kinds)} <= {*KINDS}
    ):
        raise _bad(where, "its columns cannot be read.", f"Each has a name of its own and a kind: {', '.join(KINDS)}.")
    if not {*map(type, rows)} <= {list} or not {*map(len, rows)} <= {len(names)}:
        wrong = next(at for at, row in enumerate(rows) if type(row) is not list or len(row) != len(names))
        raise BadData([Problem("the row does not fit.", where, wrong + 2, allowed=f"A list of {len(names)} cells.")])
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame(
        {
            str(name): _column(str(kind), list(cell), where, str(name))
            for name, kind, cell in zip(names, kinds, cells, strict=True)
        }
    )


def _column(kind: str, cells: list[Any], where: str, name: str) -> pd.Series:
    try:
        return column_of(kind, cells)
    except MisfitError as misfit:
        raise BadData([Problem(misfit.what, where, misfit.row + 2, quoted(name)[1:-1], None, misfit.allowed)]) from None


def _object(value: Any, name: str, file: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _bad(file, f"the part {name} is no object.", "It is an object with names and values.")
    return value


def _findings(found: dict[str, Any], file: str) -> dict[str, Any]:
    for name in ("findings", "requirements", "organisations", "ties"):
        _rows(found.get(name, []), f"findings, {name}", file)
    for finding in found.get("findings", []):
        if not all(isinstance(finding.get(name), str) for name in ("finding_id", "subject_id", "statement")):
            raise _bad(file, "a finding has no finding_id, subject_id or statement.", "Each is text.")
    return found


def _rows(value: Any, name: str, file: str) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise _bad(file, f"the part {name} is no list of rows.", "Each row is an object.")
    return tuple(value)


def _bad(file: str, what: str, allowed: str) -> BadData:
    return BadData([Problem(what, file, allowed=allowed)])
