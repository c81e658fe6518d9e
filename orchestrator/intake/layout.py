"""Rows of cells laid under their headings: column by column, equal texts shared, odd rows set aside."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from orchestrator.errors import Problem
from orchestrator.intake.headings import Headings
from orchestrator.intake.reading import Reading, refused
from orchestrator.tables.cells import LONGEST_CELL
from orchestrator.tables.raw import RawTable

__all__ = ["as_written", "lay_out"]

#: Small enough that fresh texts are still in the processor's cache when they are looked up: 4,096 takes twice as long.
_ROWS_AT_ONCE: Final = 256
_SHOWN: Final = 5

Row = Sequence[str]


def as_written(cell: str) -> str:
    """The cell itself: what is done with a cell where nothing is to be taken off.

    >>> as_written("'=1+1")
    "'=1+1"
    """
    return cell


class _TooLongError(Exception):
    """A cell is longer than any cell may be."""


class _Shared(dict[str, str]):
    """Each distinct text once: looked up by what was written, it gives the one copy that every column uses."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__()
        self.clean = clean

    def __missing__(self, cell: str) -> str:
        if len(cell) > LONGEST_CELL:
            raise _TooLongError
        text = self[cell] = self.clean(cell)
        return text


@dataclass
class _Sheet:
    """A table that is being filled."""

    file: str
    headings: Headings
    shared: _Shared
    rows: array[int] = field(default_factory=lambda: array("q"))
    cells: list[list[str]] = field(default_factory=list)
    ragged: list[Problem] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)

    def add(self, block: Sequence[Row], first: int) -> None:
        """Take in rows that follow one another; ``first`` is the number of the first of them."""
        numbers: Iterable[int] = range(first, first + len(block))
        if not self._plain(block):
            block, numbers = self._sifted(block, first)
        try:
            columns = self._columns(block)
        except _TooLongError:
            block, numbers = self._without_long_cells(block, numbers)
            columns = self._columns(block)
        for column, more in zip(self.cells, columns, strict=False):
            column.extend(more)
        self.rows.extend(numbers)

    def _columns(self, block: Sequence[Row]) -> list[list[str]]:
        look_up = self.shared.__getitem__
        return [list(map(look_up, column)) for column in zip(*block, strict=True)]

    def _plain(self, block: Sequence[Row]) -> bool:
        """Has every row the right number of cells and something in the first one?"""
        return set(map(len, block)) == {self.headings.width} and all(row[0] and not row[0].isspace() for row in block)

    def _sifted(self, block: Sequence[Row], first: int) -> tuple[list[Row], list[int]]:
        kept: list[Row] = []
        numbers: list[int] = []
        for number, row in enumerate(block, first):
            if not any(cell and not cell.isspace() for cell in row):
                self.blank.append(number)
            elif len(row) != self.headings.width:
                self.ragged.append(self.headings.ragged_row(self.file, number, row))
            else:
                kept.append(row)
                numbers.append(number)
        return kept, numbers

    def _without_long_cells(self, block: Sequence[Row], numbers: Iterable[int]) -> tuple[list[Row], list[int]]:
        kept: list[Row] = []
        left: list[int] = []
        for number, row in zip(numbers, block, strict=True):
            long = next((at for at, cell in enumerate(row) if len(cell) > LONGEST_CELL), None)
            if long is None:
                kept.append(row)
                left.append(number)
            else:
                self.ragged.append(_long_cell(self.file, number, self.headings.label(long), row[long]))
        return kept, left


def lay_out(
    name: str, file: str, rows: Iterable[Row], clean: Callable[[str], str] = as_written, *, edges_told: bool = True
) -> Reading:
    """What table do these rows make? The first row holds the headings; ``clean`` is applied to every distinct cell.

    Wholly blank rows are left out and told in a notice; those at the end, and blank columns at the right edge, only
    with ``edges_told``: a workbook has them without being asked. Rows with too many or too few cells, and rows with a
    cell of more than 32,767 characters, are set aside in ``ragged``. Blank, missing or double headings refuse the
    table. A heading without rows is an empty table. Cost grows with the number of cells, memory with the distinct ones.

    >>> lay_out("ties", "ties.csv", [["source_id", "target_id"], ["a", "b"]]).table.cells
    (['a'], ['b'])
    """
    source = iter(rows)
    heading = next(source, None)
    headings = Headings.read(file, None if heading is None else [clean(cell) for cell in heading])
    if headings.problems:
        return refused(*headings.problems)
    sheet = _Sheet(file, headings, _Shared(clean), cells=[[] for _ in headings.names])
    for first, block in _blocks(source, 2):
        sheet.add(block, first)
    return _reading(name, sheet, edges_told=edges_told)


def _blocks(rows: Iterator[Row], first: int) -> Iterator[tuple[int, list[Row]]]:
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        yield first, block
        first += len(block)


def _reading(name: str, sheet: _Sheet, *, edges_told: bool) -> Reading:
    unnamed = [at for at, heading in enumerate(sheet.headings.names) if not heading]
    problems = tuple(filter(None, (_without_heading(sheet, at) for at in unnamed)))
    if problems:
        return refused(*problems)
    named = [at for at, heading in enumerate(sheet.headings.names) if heading]
    columns = tuple(sheet.headings.names[at] for at in named)
    cells = tuple(sheet.cells[at] for at in named)
    table = RawTable(name, sheet.file, columns, cells, sheet.rows, tuple(sheet.ragged))
    return Reading(table, notices=tuple(_notices(sheet, *_told(sheet, unnamed, edges_told=edges_told))))


def _without_heading(sheet: _Sheet, at: int) -> Problem | None:
    """A column without a heading that holds something; a wholly blank one does no harm."""
    for number, cell in zip(sheet.rows, sheet.cells[at], strict=True):
        if cell and not cell.isspace():
            where = sheet.headings.label(at)
            what = f"the heading is blank, but row {number} has a cell in this column."
            return Problem(what, sheet.file, 1, where, "", "Every column has a heading.", "Name it or empty it.")
    return None


def _told(sheet: _Sheet, unnamed: Sequence[int], *, edges_told: bool) -> tuple[list[int], int]:
    """Which blank rows, and how many blank columns, are told?"""
    if edges_told:
        return sheet.blank, len(unnamed)
    last_row = max(sheet.rows[-1] if sheet.rows else 1, max((each.row or 0 for each in sheet.ragged), default=1))
    named = [at for at, heading in enumerate(sheet.headings.names) if heading]
    inside = [at for at in unnamed if at < named[-1]]
    return [row for row in sheet.blank if row < last_row], len(inside)


def _notices(sheet: _Sheet, blank: Sequence[int], columns: int) -> Iterator[Problem]:
    if blank:
        shown = ", ".join(map(str, blank[:_SHOWN])) + (" …" if len(blank) > _SHOWN else "")
        count = "1 blank row was skipped: row" if len(blank) == 1 else f"{len(blank):,} blank rows were skipped: rows"
        yield Problem(f"{count} {shown}.", sheet.file)
    if columns:
        count = "1 wholly blank column was" if columns == 1 else f"{columns:,} wholly blank columns were"
        yield Problem(f"{count} left out.", sheet.file)


def _long_cell(file: str, row: int, column: str, cell: str) -> Problem:
    allowed = f"At most {LONGEST_CELL:,} are allowed."
    hint = "Is a quotation mark missing? Otherwise shorten it."
    return Problem(f"a cell of {len(cell):,} characters is too long.", file, row, column, cell[:80], allowed, hint)
