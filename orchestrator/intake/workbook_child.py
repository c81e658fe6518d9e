"""The child process that reads a workbook: started as a script of its own, so that nothing it does can harm more.

Standard input holds the workbook, the arguments name its sheets, standard output gets one line of JSON for each row:
the number of the sheet among the arguments, then the cells as text. The last line is ``"end"``: without it the
reading broke off. It imports nothing of the project, so that it starts quickly.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from python_calamine import CalamineWorkbook

try:
    import resource
except ImportError:  # a system without limits: the clock of the parent has to do
    resource = None  # type: ignore[assignment]

MOST_MEMORY: Final = 1 << 30
MOST_CHARACTERS: Final = 256 << 20
#: Beyond this, a number with a decimal point cannot hold every whole number.
EXACT_WHOLE: Final = 2**53

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta


def cell_text(cell: Cell) -> str:
    """What does this cell say, as text? Numbers in the shortest exact form, dates as ISO, yes and no.

    >>> cell_text(2.0), cell_text(0.1), cell_text(True), cell_text(datetime.date(2026, 11, 23))
    ('2', '0.1', 'yes', '2026-11-23')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= EXACT_WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (datetime.date, datetime.time)) else str(cell)


def sheet_rows(workbook: CalamineWorkbook, sheet: str) -> Iterator[list[str]]:
    """The rows of a sheet from its first row and column on, as texts."""
    found = workbook.get_sheet_by_name(sheet)
    before = [""] * (found.start[1] if found.start else 0)
    for row in found.iter_rows():
        yield before + [cell_text(cell) for cell in row]


def _limit_memory() -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(sheets: list[str]) -> int:
    """Read these sheets. The exit code is 0, or 3 where the texts of the cells are too long taken together."""
    _limit_memory()
    workbook = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    written = 0
    for number, sheet in enumerate(sheets):
        for row in sheet_rows(workbook, sheet):
            line = json.dumps([number, row], separators=(",", ":"))
            written += len(line)
            if written > MOST_CHARACTERS:
                return 3
            sys.stdout.write(line + "\n")
    sys.stdout.write('"end"\n')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
