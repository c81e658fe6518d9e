"""An adjacency matrix as a table: names in the first row and the first column, weights between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from orchestrator.errors import quoted
from orchestrator.intake.evidence.graphs.gathering import Gathered, finite, no_tie
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.sheets import Sheet
from orchestrator.intake.evidence.statement import Statement
from orchestrator.tables.cells import UnreadableError

__all__ = ["fits_adjacency", "read_adjacency"]

_MOST: Final = 5_000


def fits_adjacency(opened: Opened) -> bool:
    """Is the corner blank, and is the first name of the first row that of the first column too?"""
    if opened.form != "table" or len(opened.sheets) != 1:
        return False
    first = list(islice(opened.sheets[0].rows(), 2))
    return (
        len(first) == 2
        and all(len(row) > 1 for row in first)
        and not first[0][0].strip()
        and first[0][1].strip() == first[1][0].strip() != ""
    )


def read_adjacency(opened: Opened) -> Iterator[Statement]:
    """A tie for every cell that is neither blank nor 0; where the matrix is the same both ways, one for each pair.

    Raises BadData for a matrix that is not square, whose names differ, or that holds what is no number.
    """
    if opened.form != "table" or len(opened.sheets) != 1:
        raise opened.tally.refuse(
            "this is no table with a single sheet.", "Names in the first row and the first column."
        )
    gathered, sheet = Gathered(opened), opened.sheets[0]
    opened.refuse_windows()
    names, weights = _matrix(gathered, sheet)
    for name in names:
        gathered.body(name, {}, 1)
    for (source, target), weight in weights.items():
        where = sheet.row_label(source + 2)
        gathered.tie(where, names[source], names[target], {"weight": f"{weight:g}"}, source + 2)
    gathered.once_for_both_ways()
    return gathered.statements()


def _matrix(gathered: Gathered, sheet: Sheet) -> tuple[list[str], dict[tuple[int, int], float]]:
    rows = sheet.rows()
    names = [cell.strip() for cell in next(rows, [])][1:]
    if not names or len(names) > _MOST:
        raise gathered.problem(f"the first row has {len(names):,} names.", f"From 1 to {_MOST:,}.", 1)
    weights: dict[tuple[int, int], float] = {}
    count = 0
    for count, row in enumerate(rows, start=1):
        line = count + 1
        if len(row) != len(names) + 1:
            raise gathered.problem(f"row {line} has {len(row):,} cells.", f"Each has {len(names) + 1:,}.")
        if count > len(names) or row[0].strip() != names[count - 1]:
            expected = quoted(names[count - 1]) if count <= len(names) else "nothing more"
            raise gathered.problem(
                f"row {line} is {quoted(row[0])}.", f"In the order of the first row it is {expected}."
            )
        cells = [(at, cell) for at, cell in enumerate(row[1:]) if not no_tie(cell)]
        weights |= {(count - 1, at): weight for at, cell in cells if (weight := _weight(gathered, line, cell))}
    if count < len(names):
        raise gathered.problem(f"there are {count:,} rows for {len(names):,} names.", "As many rows as names.")
    return names, weights


def _weight(gathered: Gathered, line: int, cell: str) -> float:
    try:
        return finite(cell)
    except UnreadableError as unreadable:
        raise gathered.problem(f"row {line}: {unreadable.what}", unreadable.allowed) from None
