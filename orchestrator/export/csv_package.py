"""CSV tables with a Frictionless data package beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

import pandas as pd

from orchestrator.export.findings_json import FINDING_COLUMNS
from orchestrator.model.restoring import GRAPH_TABLES
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import kind_of, texts_of
from orchestrator.tables.escapes import escape_for_csv
from orchestrator.tables.protect import protect
from orchestrator.tables.schema import read_schema

__all__ = ["csv_package"]

_PROFILE: Final = "https://specs.frictionlessdata.io/schemas/"
_TYPES: Final = {"text": "string", "number": "number", "date": "date"}


def csv_package(snapshot: Snapshot) -> Mapping[str, Callable[[BinaryIO], None]]:
    """The files of a folder: ``datapackage.json`` and one CSV file a table, the marking in every file's name.

    UTF-8, commas, CRLF. A text that a spreadsheet would run has an apostrophe before it. ``missions`` is the one
    mission; ``findings``, where the snapshot holds any, is for people and not read back.
    """
    folder = f"{snapshot.stem}-csv"
    ending = f"_{snapshot.marking.replace(' ', '-')}.csv" if snapshot.marking else ".csv"
    tables = _tables(snapshot)
    resources = [_resource(name, f"{name}{ending}", table) for name, table in tables.items()]
    package = json.dumps(_package(snapshot, resources), indent=2, ensure_ascii=True).encode()
    return {
        f"{folder}/datapackage.json": lambda file: file.writelines([package]),
        **{f"{folder}/{name}{ending}": _writer(table) for name, table in tables.items()},
    }


def _tables(snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    mission = {name: pd.Series([value], dtype="str") for name, value in snapshot.graph.mission.items()}
    found = {"missions": pd.DataFrame(mission)}
    found |= {name: snapshot.graph.tables[name] for name in GRAPH_TABLES}
    rows = snapshot.findings.get("findings")
    if rows:
        texts = [{name: _finding_text(row.get(name)) for name in FINDING_COLUMNS} for row in rows]
        found["findings"] = pd.DataFrame(texts, dtype="str")
    return found


def _finding_text(value: Any) -> str:
    return "" if value is None else "|".join(value) if isinstance(value, list | tuple) else str(value)


def _package(snapshot: Snapshot, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "$schema": f"{_PROFILE}tabular-data-package.json",
        "name": "mission-snapshot",
        "title": snapshot.graph.title,
        "description": f"{snapshot.marking + ' – ' if snapshot.marking else ''}The mission on {snapshot.graph.as_of}. "
        "A cell that a spreadsheet would run as a formula has an apostrophe before it.",
        "snapshot": snapshot.header,
        "resources": resources,
    }


def _resource(name: str, path: str, table: pd.DataFrame) -> dict[str, Any]:
    known = read_schema()[name] if name in read_schema().names else None
    fields: list[dict[str, Any]] = []
    for column in table.columns:
        field = {"name": str(column), "type": _TYPES[kind_of(table[column])]}
        if known is not None and column in known.column_names:
            field["description"] = known.column(str(column)).meaning
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if known is not None and known.key:
        schema["primaryKey"] = known.key
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _writer(table: pd.DataFrame) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_guarded(str(name)) for name in table.columns])
        writer.writerows(zip(*(_cells(table[name]) for name in table.columns), strict=True))
        text.flush()
        text.detach()

    return write


def _cells(column: pd.Series) -> list[str]:
    texts = texts_of(column)
    if kind_of(column) != "text":
        return texts
    guarded = {text: _guarded(text) for text in set(texts)}
    return [guarded[text] for text in texts]


def _guarded(text: str) -> str:
    return protect(escape_for_csv(text))
