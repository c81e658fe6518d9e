"""What stands on the sheets of a workbook, whichever program it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from orchestrator.errors import CannotWrite
from orchestrator.model.restoring import GRAPH_TABLES
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.cells import LONGEST_CELL
from orchestrator.tables.columns import kind_of, values_of
from orchestrator.tables.escapes import escape_for_workbook

__all__ = ["FIRST_SHEET", "MOST_ROWS", "Cell", "Sheet", "sheets"]

FIRST_SHEET: Final = "snapshot"
#: As many as are read back from one sheet.
MOST_ROWS: Final = 200_000
Cell = str | float | None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, its rows of texts and numbers; None is blank."""

    name: str
    headings: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def sheets(snapshot: Snapshot) -> Iterator[Sheet]:
    """The header as names and values, the mission as one row, then a sheet a table. Days are texts, as in the pack.

    Raises CannotWrite for a table with more rows than are read back from a sheet.
    """
    yield Sheet(FIRST_SHEET, ("name", "value"), iter([(n, _text(v)) for n, v in snapshot.header.items()]))
    mission = snapshot.graph.mission
    yield Sheet("missions", tuple(map(_heading, mission)), iter([tuple(_text(value) for value in mission.values())]))
    for name in GRAPH_TABLES:
        table = snapshot.graph.tables[name]
        if len(table) >= MOST_ROWS:
            raise CannotWrite(
                f"The table {name} has {len(table):,} rows; a sheet that is read back has fewer than {MOST_ROWS:,}. "
                "Use csv, json or graphml."
            )
        headings = tuple(_heading(str(column)) for column in table.columns)
        yield Sheet(name, headings, zip(*(_cells(table[column]) for column in table.columns), strict=True))


def _cells(column: pd.Series) -> list[Cell]:
    values = values_of(column)
    if kind_of(column) == "number":
        return values
    texts = {value: _text(value) if value else None for value in set(values)}
    return [texts[value] for value in values]


def _text(text: str) -> str | None:
    if not text:
        return None
    written = escape_for_workbook(text)
    if len(written.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
        raise CannotWrite("A text is longer than a cell of a workbook can be. Use csv, json or graphml.")
    return written


def _heading(name: str) -> str:
    return escape_for_workbook(name)
