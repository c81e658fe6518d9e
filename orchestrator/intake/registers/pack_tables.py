"""A pack folder as tables of text that can be changed and written back, sorted so that differences are readable."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.folder import read_folder
from orchestrator.intake.reading import file_label
from orchestrator.tables.check import check_pack
from orchestrator.tables.protect import protect
from orchestrator.tables.raw import RawPack, RawTable
from orchestrator.tables.schema import read_schema

__all__ = ["KEYS", "Table", "check_tables", "read_remembered", "read_tables", "table_bytes"]

#: The tables that a register may add to, and the columns that name their rows.
KEYS: Final = MappingProxyType(
    {
        "sources": ("source_id",),
        "places": ("place_id",),
        "organisations": ("organisation_id",),
        "ties": ("source_id", "target_id", "mission_id", "kind"),
    }
)

Cells = dict[str, str]


@dataclass
class Table:
    """One table of text: its columns in order, and its rows by what names them (rows of one name in their order)."""

    name: str
    columns: list[str]
    rows: dict[tuple[str, ...], list[Cells]] = field(default_factory=dict)

    def key(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """What names this row?"""
        return tuple(cells.get(column, "").strip() for column in KEYS[self.name])

    def add(self, cells: Cells) -> None:
        """Put a row in, behind others of its name."""
        self.rows.setdefault(self.key(cells), []).append(cells)

    def every(self) -> Iterable[Cells]:
        """All rows."""
        return (cells for rows in self.rows.values() for cells in rows)


def read_tables(folder: Path) -> tuple[RawPack, dict[str, Table]]:
    """The pack of a folder as it is, and those of its tables that a register may add to, empty where there is none.

    Raises BadData with every problem where there is no folder or a table cannot be read.
    """
    if not folder.is_dir():
        allowed = "Rows are added to a folder of CSV files."
        hint = "Unpack an archive first; make an empty folder to start a new pack."
        raise BadData([Problem("there is no such folder.", file_label(folder), allowed=allowed, hint=hint)])
    raw = read_folder(folder)
    there = {table.name: table for table in raw.tables}
    problems = [each for each in raw.problems if (folder / each.file).exists()]
    problems += [each for table in raw.tables for each in table.ragged]
    if problems:
        raise BadData(problems)
    return RawPack(raw.name, raw.tables), {name: _table(name, there.get(name)) for name in KEYS}


def read_remembered(folder: Path) -> dict[str, Table]:
    """What a format said the last time, by table; empty where nothing is remembered. Raises BadData."""
    found = {}
    for name in KEYS:
        path = folder / f"{name}.csv"
        if path.is_file():
            reading = read_csv(name, f"{folder.name}/{path.name}", path.read_bytes())
            if reading.table is None or reading.table.ragged:
                raise BadData([*reading.problems, *(reading.table.ragged if reading.table else ())])
            found[name] = _table(name, reading.table)
    return found


def _table(name: str, raw: RawTable | None) -> Table:
    if raw is None:
        return Table(name, list(read_schema()[name].column_names))
    table = Table(name, list(raw.columns))
    for row in zip(*raw.cells, strict=True):
        table.add(dict(zip(raw.columns, row, strict=True)))
    return table


def table_bytes(table: Table) -> bytes:
    """The table as a CSV file: UTF-8, LF, rows sorted by what names them, then by everything else."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    rows = [
        (key, [cells.get(column, "") for column in table.columns]) for key, all_ in table.rows.items() for cells in all_
    ]
    for _, cells in sorted(rows):
        writer.writerow([protect(cell) for cell in cells])
    return text.getvalue().encode()


def check_tables(raw: RawPack, changed: Mapping[str, Table]) -> list[Problem]:
    """What would be wrong with the pack if these tables stood in it? Tables that it still lacks are no problem."""
    kept = [table for table in raw.tables if table.name not in changed]
    fresh = [_raw(table) for table in changed.values()]
    have = {table.name for table in (*kept, *fresh)}
    empty = [
        RawTable(each.name, f"{each.name}.csv", each.column_names, tuple([] for _ in each.columns), [])
        for each in read_schema().tables
        if each.required and each.name not in have
    ]
    _, report = check_pack(RawPack(raw.name, (*kept, *fresh, *empty)))
    return list(report.problems)


def _raw(table: Table) -> RawTable:
    rows = list(table.every())
    cells = tuple([row.get(column, "") for row in rows] for column in table.columns)
    return RawTable(table.name, f"{table.name}.csv", tuple(table.columns), cells, range(2, len(rows) + 2))
