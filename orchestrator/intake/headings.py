"""The first row of a table: its headings, and what can be wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.errors import Problem, quoted

__all__ = ["Headings", "column_letters"]

_OTHER_SEPARATORS: Final = ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars"))
#: As many as a spreadsheet has columns.
_MOST: Final = 16_384
_FIRST_ROW: Final = "The first row holds the headings."


def column_letters(index: int) -> str:
    """How does a spreadsheet name this column (the first is 0)?

    >>> column_letters(0), column_letters(27), column_letters(702)
    ('A', 'AB', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Headings:
    """The headings of a table without surrounding spaces; blank ones are "". ``problems`` refuse the table."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def width(self) -> int:
        """How many cells has each row?"""
        return len(self.names)

    @classmethod
    def read(cls, file: str, row: Sequence[str] | None) -> Headings:
        """Take the first row of a table as its headings; None stands for a table without any row.

        >>> Headings.read("ties.csv", ["source_id", " level "]).names
        ('source_id', 'level')
        >>> print(Headings.read("ties.csv", ["level", "level"]).problems[0])
        ties.csv, row 1, column level: the heading stands twice. Each heading once. Rename or remove one of them.
        """
        if row is None:
            return cls((), (Problem("the table is empty.", file, allowed=_FIRST_ROW),))
        names = tuple(cell.strip() for cell in row)
        return cls(names, tuple(_problems(file, names)))

    def label(self, at: int) -> str:
        """How is this column called in a message? By its heading, or by its letters where the heading is blank."""
        return quoted(self.names[at])[1:-1] or column_letters(at)

    def ragged_row(self, file: str, number: int, row: Sequence[str]) -> Problem:
        """What is wrong with a row that has another number of cells than there are headings?"""
        count = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        allowed = f"Each row has {self.width}, as the heading has."
        return Problem(f"the row has {count}.", file, number, allowed=allowed, hint=_ragged_hint(row, self.width))


def _ragged_hint(row: Sequence[str], width: int) -> str:
    if len(row) < width:
        return "Add the commas of the cells that are missing; a blank cell needs its comma too."
    if not any(cell.strip() for cell in row[width:]):
        return "Remove the commas at its end."
    return "A cell with a comma in it needs quotation marks around it."


def _problems(file: str, names: tuple[str, ...]) -> Iterator[Problem]:
    if len(names) > _MOST:
        yield Problem(f"the first row has {len(names):,} cells.", file, 1, allowed=f"At most {_MOST:,} are allowed.")
        return
    if not any(names):
        yield Problem("the first row is blank.", file, 1, allowed=_FIRST_ROW, hint="Remove the blank rows above it.")
        return
    if len(names) == 1:
        yield from _other_separator(file, names[0])
    for name, count in Counter(names).items():
        if name and count > 1:
            times = "twice" if count == 2 else f"{count} times"
            what, hint = f"the heading stands {times}.", "Rename or remove one of them."
            yield Problem(what, file, 1, quoted(name)[1:-1], name, "Each heading once.", hint)


def _other_separator(file: str, name: str) -> Iterator[Problem]:
    for separator, called in _OTHER_SEPARATORS:
        if separator in name:
            what = f"the cells are separated by {called}: {quoted(name)}."
            hint = "In a spreadsheet choose 'Save as' and 'CSV UTF-8', with a comma between the cells."
            yield Problem(what, file, 1, value=name, allowed="Commas separate the cells.", hint=hint)
            return
