"""What one sheet of a workbook holds: where its cells stand, and which of them cannot be taken as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.headings import column_letters
from orchestrator.intake.reading import Reading
from orchestrator.intake.xml_scan import RefusedError

__all__ = ["MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "Area", "SheetScan", "cell_name", "refuse_double"]

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 8_000_000
_LISTED: Final = 20
_CSV: Final = "Larger tables are read from CSV files."


def cell_name(row: int, column: int) -> str:
    """How does a spreadsheet name this cell? Rows count from 1, columns from 0.

    >>> cell_name(7, 2)
    'C7'
    """
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells: rows count from 1, columns from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{cell_name(self.first_row, self.first_column)}:{cell_name(self.last_row, self.last_column)}"


@dataclass
class SheetScan:
    """What was seen of a sheet while it streamed by. ``file`` is what messages call the sheet."""

    file: str
    last_row: int = 0
    last_column: int = -1
    last_cell: str = ""
    formulas: int = 0
    merged: list[Area] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    fault_count: int = 0

    def content(self, row: int, column: int) -> None:
        """There is something in this cell."""
        if row > self.last_row:
            self.last_row = row
            self.last_cell = cell_name(row, column)
        if column > self.last_column:
            self.last_column = column
            self.last_cell = cell_name(row, column)

    def fault(self, row: int, column: int, what: str, allowed: str, hint: str) -> None:
        """This cell cannot be taken as it is."""
        self.fault_count += 1
        if len(self.faults) < _LISTED:
            self.faults.append(Problem(what, self.file, row, column_letters(column), None, allowed, hint))

    def error_cell(self, row: int, column: int) -> None:
        """This cell shows an error such as #N/A."""
        what = f"the cell {cell_name(row, column)} holds an error such as #N/A."
        self.fault(row, column, what, "Text, numbers, dates, yes and no.", "Write the value itself or leave it blank.")

    def uncomputed(self, row: int, column: int) -> None:
        """This cell holds a formula that no program has computed."""
        what = f"the cell {cell_name(row, column)} holds a formula without its value."
        hint = "Open the workbook in a spreadsheet program and save it, or write the value itself."
        self.fault(row, column, what, "Formulas are not computed here.", hint)

    def unreadable(self, row: int, column: int, what: str) -> None:
        """This cell holds something that would be lost."""
        what = f"the cell {cell_name(row, column)} holds {what}."
        self.fault(row, column, what, "Plain text.", "Take it out.")

    def problems(self) -> Iterator[Problem]:
        """Why can this sheet not be read? Nothing if it can."""
        yield from self._too_far()
        for area in self.merged:
            if area.first_row <= self.last_row and area.first_column <= self.last_column:
                what, hint = f"the cells {area} are merged.", "Split them and fill in each."
                column = column_letters(area.first_column)
                yield Problem(what, self.file, area.first_row, column, None, "One value a cell.", hint)
        yield from self.faults
        if self.fault_count > len(self.faults):
            yield Problem(f"{self.fault_count - len(self.faults):,} more cells like these.", self.file)

    def _too_far(self) -> Iterator[Problem]:
        rows, columns = self.last_row, self.last_column + 1
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            what = f"a cell stands as far out as {self.last_cell}."
            allowed = f"A sheet has at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
            yield Problem(what, self.file, allowed=allowed, hint=f"Is it a stray cell? Then delete it. {_CSV}")
        elif rows * columns > MOST_CELLS:
            what = f"the cells from A1 to {cell_name(rows, columns - 1)} are {rows * columns:,}."
            yield Problem(what, self.file, allowed=f"At most {MOST_CELLS:,} are read.", hint=_CSV)

    def notices(self) -> Iterator[Problem]:
        """What should be known about it although it is read?"""
        if self.formulas:
            cells = "1 cell holds a formula" if self.formulas == 1 else f"{self.formulas:,} cells hold formulas"
            yield Problem(f"{cells}; the value that was last saved is read.", self.file)

    def refusal(self) -> Reading | None:
        """What comes of the sheet if it cannot be read? None if it can."""
        problems = tuple(self.problems())
        return Reading(None, problems, tuple(self.notices())) if problems else None


def refuse_double(file: str, sheet: str, seen: Collection[str]) -> None:
    """Raise RefusedError if a sheet of this name was seen already: nobody could say which of them is read."""
    if sheet in seen:
        raise RefusedError(Problem(f"two sheets are named {quoted(sheet)}.", file, allowed="Each name once."))
