"""A mission graph from tables that came out of a file: looked at before anything is computed from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from orchestrator.errors import BadData, Problem, WrongUsage, quoted
from orchestrator.model.marking import marking_of
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.snapshot import FORM, FORM_VERSION, Snapshot
from orchestrator.tables.cells import split_list
from orchestrator.tables.circles import circles
from orchestrator.tables.columns import kind_of
from orchestrator.tables.schema import Column, TableSchema, read_schema

__all__ = ["GRAPH_TABLES", "column_kind", "restore"]

#: The tables of a mission graph. The mission itself is one row of ``missions``.
GRAPH_TABLES = (
    "organisations",
    "places",
    "capabilities",
    "requirements",
    "offers",
    "engagements",
    "ties",
    "responses",
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST = 20
_OWN = ("mission_id", "title", "centre_id")


def column_kind(table: str, column: str) -> str:
    """What does a column of a mission graph hold: text, number or date? Unknown columns hold text.

    >>> column_kind("ties", "strength"), column_kind("ties", "ends"), column_kind("ties", "colour")
    ('number', 'date', 'text')
    """
    schema = read_schema()[table]
    if column not in schema.column_names:
        return "text"
    return {"number": "number", "integer": "number", "date": "date"}.get(schema.column(column).kind, "text")


def restore(
    header: Mapping[str, str],
    mission: Mapping[str, str],
    tables: Mapping[str, pd.DataFrame],
    file: str,
    rest: Mapping[str, Any] = MappingProxyType({}),
) -> Snapshot:
    """The snapshot that a file holds: its header, the mission, the tables; ``rest`` are further parts of a Snapshot.

    Raises BadData if the header lacks something, if a table breaks a rule of the schema, or if the tables have another
    digest than the header says.
    """
    as_of, min_level, marking = _header(header, file)
    problems = [*_mission_problems(mission, tables, file), *_table_problems(tables, file)]
    if problems:
        raise BadData(problems[:_MOST])
    graph = MissionGraph.from_tables(mission, tables, as_of, min_level)
    snapshot = Snapshot(
        graph,
        marking=marking,
        pack=header.get("pack", ""),
        version=header.get("version", ""),
        scores_left_out=header.get("scores_left_out") == "yes",
        **rest,
    )
    snapshot.check_digest(header["digest"], file)
    return snapshot


def _header(header: Mapping[str, str], file: str) -> tuple[date, int, str]:
    def refuse(what: str, allowed: str) -> BadData:
        return BadData([Problem(what, file, allowed=allowed)])

    if header.get("form") != FORM:
        raise refuse("it does not say that it is a snapshot of a mission.", f"Its form is {FORM}.")
    if header.get("form_version") != str(FORM_VERSION):
        said = quoted(header.get("form_version", ""))
        raise refuse(f"it is of version {said} of the form.", f"This program reads version {FORM_VERSION}.")
    if not _DIGEST.fullmatch(header.get("digest", "")):
        raise refuse("it has no digest.", "A digest is 64 hexadecimal digits.")
    if header.get("min_level") not in ("1", "2", "3", "4"):
        raise refuse(f"{quoted(header.get('min_level', ''))} is not a level of ties.", "Use 1, 2, 3 or 4.")
    try:
        as_of = date.fromisoformat(header.get("as_of", ""))
        marking = marking_of(header.get("marking", ""))
    except (ValueError, WrongUsage) as error:
        raise refuse(f"its header cannot be read: {error}.", "It has a day and a marking.") from None
    return as_of, int(header["min_level"]), marking


def _mission_problems(mission: Mapping[str, str], tables: Mapping[str, pd.DataFrame], file: str) -> Iterator[Problem]:
    for name in _OWN:
        if not mission.get(name):
            yield Problem(f"the mission has no {name}.", file, allowed=f"A mission has {', '.join(_OWN)}.")
    bodies = tables.get("organisations")
    centre = mission.get("centre_id", "")
    if centre and bodies is not None and "organisation_id" in bodies and centre not in set(bodies["organisation_id"]):
        what = f"the centre {quoted(centre)} is not among the organisations."
        yield Problem(what, file, allowed="The centre is an organisation of the register.")


def _table_problems(tables: Mapping[str, pd.DataFrame], file: str) -> list[Problem]:
    schema = read_schema()
    problems = []
    for name in GRAPH_TABLES:
        if name not in tables:
            problems.append(Problem(f"the table {name} is missing.", file, allowed=f"{', '.join(GRAPH_TABLES)}."))
        else:
            problems += _columns(schema[name], tables[name], file)
    return problems or [problem for name in GRAPH_TABLES for problem in _rows(schema[name], tables, file)]


def _columns(schema: TableSchema, table: pd.DataFrame, file: str) -> Iterator[Problem]:
    for column in schema.columns:
        if column.name not in table:
            yield Problem("the column is missing.", f"{file}: {schema.name}", column=column.name)
        elif kind_of(table[column.name]) != column_kind(schema.name, column.name):
            kind = column_kind(schema.name, column.name)
            yield Problem("the column is of another kind.", f"{file}: {schema.name}", column=column.name, allowed=kind)


def _rows(schema: TableSchema, tables: Mapping[str, pd.DataFrame], file: str) -> Iterator[Problem]:
    """The rules that everything computed rests on: ids, references, numbers in their range, no circle of parents."""
    table = tables[schema.name]
    for column in schema.columns:
        wrong, what, allowed = _wrong(column, table[column.name], tables)
        for row in np.flatnonzero(wrong)[:3].tolist():
            value = str(table[column.name].iloc[row])
            where = f"{file}: {schema.name}"
            yield Problem(f"{quoted(value)} {what}", where, row + 2, column.name, value, allowed)
    if schema.key and "parent_id" in table:
        cells = zip(table[schema.key].tolist(), table["parent_id"].tolist(), strict=True)
        for name, parent in circles({name: split_list(cell) for name, cell in cells if cell}):
            what = f"{quoted(parent)} lies inside {quoted(name)} itself."
            yield Problem(what, f"{file}: {schema.name}", allowed="Parents form no circle.")


def _wrong(column: Column, cells: pd.Series, tables: Mapping[str, pd.DataFrame]) -> tuple[np.ndarray, str, str]:
    if column.kind == "id":
        return (cells.duplicated() | (cells == "")).to_numpy(), "stands twice or is blank.", "Each id once."
    if column.interval is not None:
        low, high = column.interval.low, column.interval.high
        numbers = cells.to_numpy()
        above = numbers >= low if column.interval.with_low else numbers > low
        below = numbers <= high if column.interval.with_high else numbers < high
        needed = column.required or column.default or column.name in ("level", "strength")
        outside = ~(above & below) & ~(np.isnan(numbers) & (not needed))
        return outside, "is out of range.", f"Use a number {column.interval}."
    if column.choices:
        blank = () if column.required else ("",)
        strange = set(cells.tolist()).difference(column.choices, blank)
        return _among(cells, strange), "is not allowed here.", ", ".join(column.choices)
    if column.refers_to in GRAPH_TABLES:
        return _unknown(cells, column, tables), f"is not in the table {column.refers_to}.", ""
    return np.zeros(len(cells), dtype=bool), "", ""


def _unknown(cells: pd.Series, column: Column, tables: Mapping[str, pd.DataFrame]) -> np.ndarray:
    key = read_schema()[column.refers_to].key or ""
    there = set(tables[column.refers_to][key].tolist())
    if not column.required:
        there.add("")

    strange = set(cells.tolist()) - there
    if column.kind == "references":
        strange = {cell for cell in strange if not there.issuperset(split_list(cell))}
    return _among(cells, strange)


def _among(cells: pd.Series, strange: set[str]) -> np.ndarray:
    """Which cells hold one of these? Mostly there is none, and then nothing is looked at."""
    return cells.isin(list(strange)).to_numpy() if strange else np.zeros(len(cells), dtype=bool)
