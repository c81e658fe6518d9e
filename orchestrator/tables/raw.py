"""What a reader hands over: cells as text, exactly as they were written, with where each row stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestrator.errors import Problem

__all__ = ["RawPack", "RawTable"]


@dataclass(frozen=True)
class RawTable:
    """One table as it was read: every cell text, nothing interpreted.

    ``columns`` are the headings in order; ``cells[i]`` holds the column ``columns[i]``, one text a row;
    ``rows[j]`` is the row number of the j-th data row as a spreadsheet counts (the heading is row 1).
    ``ragged`` are the problems of rows that could not be laid under the headings (too many or too few cells); such
    rows count as read and rejected and have no cells here.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    cells: tuple[Sequence[str], ...]
    rows: Sequence[int]
    ragged: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class RawPack:
    """Every table that was found, in no particular order; ``notices`` says what was seen and left alone."""

    name: str
    tables: tuple[RawTable, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = field(default=())
