"""Strict reading of a published table: told by its headings, never guessed; every problem named at once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.decoding import open_text, text_problem
from orchestrator.intake.quoting import quoting_problem
from orchestrator.intake.registers.contribution import SourceFile

__all__ = ["Layout", "Record", "read_json", "read_table", "tell_layout", "tell_unknown_fields"]

_SHOWN: Final = 6


@dataclass(frozen=True)
class Layout:
    """The published shape of a table: what it is ``called``, its headings, and those of them that it may lack."""

    called: str
    headings: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    def fits(self, headings: Iterable[str]) -> bool:
        """Are these its headings?"""
        given = set(headings)
        return given <= set(self.headings) and set(self.headings) - self.optional <= given


@dataclass(frozen=True)
class Record:
    """One row of a published table: its cells by heading, without surrounding spaces."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


def tell_layout(file: SourceFile, layouts: Sequence[Layout]) -> Layout:
    """Which of these layouts has this file? Raises BadData that names what is unknown or missing."""
    headings = _rows(file)[0]
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    if twice:
        raise BadData([Problem("the heading stands twice.", file.name, 1, name, name) for name in twice])
    for layout in layouts:
        if layout.fits(headings):
            return layout
    nearest = max(layouts, key=lambda layout: len(set(headings) & set(layout.headings)))
    raise BadData(_heading_problems(file.name, headings, nearest, layouts))


def _heading_problems(file: str, headings: Sequence[str], layout: Layout, all_of: Sequence[Layout]) -> list[Problem]:
    allowed = f"{layout.called[0].upper()}{layout.called[1:]} has {', '.join(layout.headings[:_SHOWN])}"
    allowed += " …" if len(layout.headings) > _SHOWN else "."
    if not set(headings) & set(layout.headings):
        shown = ", ".join(quoted(heading) for heading in headings[:_SHOWN])
        wanted = " or ".join(each.called for each in all_of)
        return [Problem(f"this is not {wanted}: its first row is {shown}.", file, 1, allowed=allowed)]
    unknown = [heading for heading in headings if heading not in layout.headings]
    missing = [each for each in layout.headings if each not in headings and each not in layout.optional]
    hint = "Has the publisher changed the file? Then this format has to learn it first."
    return [
        *(Problem("the heading is not known.", file, 1, name, name, allowed, hint) for name in unknown),
        *(Problem("the heading is missing.", file, 1, name, name, allowed, hint) for name in missing),
    ]


def read_table(file: SourceFile, layout: Layout | None = None, *, width: int = 0) -> list[Record]:
    """The records of a table with this layout; without one, of a table of ``width`` columns that has no headings.

    Columns without headings are called "1", "2" and so on. Blank rows are skipped. Raises BadData with every row
    that has too many or too few cells.
    """
    rows = _rows(file)
    headings = rows[0] if layout else [str(number + 1) for number in range(width)]
    problems, records = [], []
    for number, cells in enumerate(rows[1:] if layout else rows, start=2 if layout else 1):
        if not any(cells):
            continue
        if len(cells) != len(headings):
            what = f"the row has {len(cells)} cells."
            problems.append(Problem(what, file.name, number, allowed=f"Each row has {len(headings)}."))
        else:
            records.append(Record(number, dict(zip(headings, cells, strict=True))))
    if problems:
        raise BadData(problems)
    return records


def _rows(file: SourceFile) -> list[list[str]]:
    """All rows with surrounding spaces taken off; tabs separate where the first line has one and no comma."""
    problem = text_problem(file.name, file.content)
    if problem is not None:
        raise BadData([problem])
    first = next(iter(open_text(file.content)), "")
    tabs = "\t" in first and "," not in first
    try:
        reader = csv.reader(open_text(file.content), delimiter="\t" if tabs else ",", strict=True)
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise BadData([quoting_problem(file.name, lambda: open_text(file.content))]) from error
    return rows


def read_json(file: SourceFile) -> Any:
    """The value in a JSON file. Raises BadData with the line where it is none."""
    try:
        return json.loads(file.content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadData([Problem("this is not UTF-8.", file.name, allowed="A JSON file is UTF-8.")]) from error
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg.lower()}."
        raise BadData([Problem(what, file.name, line=error.lineno, allowed="The whole file is one value.")]) from error
    except (RecursionError, ValueError) as error:
        raise BadData([Problem("this JSON is nested too deep or has too large a number.", file.name)]) from error


def tell_unknown_fields(file: str, row: int, found: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """What is wrong with the fields of an entry? Those that are not known and those that are missing, by name."""
    given, wanted = set(found), set(known)
    return [
        *(Problem("the field is not known.", file, row, name, name) for name in sorted(given - wanted)),
        *(Problem("the field is missing.", file, row, name, name) for name in sorted(wanted - given)),
    ]
