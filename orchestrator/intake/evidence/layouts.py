"""What a published table looks like: its known headings, what each holds, and where the heading row stands.

Headings are compared by their letters and digits alone, so that ``Supplier Name``, ``supplier_name`` and
``SUPPLIERNAME`` are one. Beyond that nothing is guessed: a heading that is not listed is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.evidence.dates import DateRule
from orchestrator.intake.evidence.mapping import IGNORE, EvidenceMapping
from orchestrator.intake.evidence.sheets import Row, Sheet
from orchestrator.intake.headings import column_letters
from orchestrator.tables.nearest import nearest

__all__ = ["LOOKED_FOR", "Headed", "Layout", "ask", "find_headings", "fold", "not_laid_out", "share_missing"]

#: The heading row stands in one of so many first rows.
LOOKED_FOR: Final = 30
#: About so many headings it is asked one by one.
_ASKED: Final = 50


def fold(heading: str) -> str:
    """A heading by its letters and digits alone.

    >>> fold(" Supplier_Name: "), fold("Amount (£)")
    ('suppliername', 'amount')
    """
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


@dataclass(frozen=True)
class Layout:
    """A published table: its format, the kind of evidence, its headings by what they hold, and how it is written.

    ``needed`` lists what must be there; of alternatives one is enough. ``unused`` are known headings that nothing is
    taken from. ``payer_is_publisher``: where no column says who pays, it is whoever published the file.
    ``unique_records``: the publisher names each record once. ``first_filled``: where several columns hold this, the
    first of ``headings`` that is filled counts.
    """

    format: str
    kind: str
    called: str
    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    unused: tuple[str, ...] = ()
    dates: DateRule = field(default_factory=DateRule)
    may_be_windows: bool = False
    payer_is_publisher: bool = False
    unique_records: bool = False
    first_filled: frozenset[str] = frozenset()

    def roles(self, mapping: EvidenceMapping) -> dict[str, str]:
        """What each heading, folded, holds; what a mapping file says goes before what is known."""
        known = {fold(heading): role for role, headings in self.headings.items() for heading in headings}
        known |= {fold(heading): IGNORE for heading in self.unused}
        return known | {fold(heading): role for heading, role in mapping.columns.items()}

    def misses(self, roles: Iterable[str]) -> list[tuple[str, ...]]:
        """Which of what is needed is not there?"""
        given = set(roles)
        return [each for each in self.needed if given.isdisjoint(each)]


@dataclass(frozen=True)
class Headed:
    """A sheet whose headings were found: the number of their row, and what each column holds ('' for blank ones)."""

    sheet: Sheet
    number: int
    headings: tuple[str, ...]
    roles: tuple[str, ...]

    def columns(self, role: str) -> list[int]:
        """The columns that hold this."""
        return [at for at, each in enumerate(self.roles) if each == role]

    def label(self, role: str) -> str:
        """The heading of the first column that holds this."""
        columns = self.columns(role)
        return self.headings[columns[0]].strip() if columns else role

    def records(self) -> Iterator[tuple[int, Row]]:
        """The rows below the headings with their numbers, wholly blank ones left out."""
        rows = islice(self.sheet.rows(), self.number, None)
        for number, row in enumerate(rows, start=self.number + 1):
            if (row and row[0] and not row[0].isspace()) or any(map(str.strip, row)):
                yield number, row


def find_headings(sheet: Sheet, layout: Layout, mapping: EvidenceMapping) -> Headed | None:
    """The headings of this sheet if it is laid out so, None if it is not.

    It is where one of the first 30 rows, or the row that the mapping file names, has everything that is needed.
    Headings that nobody knows are not looked at here: ``ask`` does.
    """
    roles = layout.roles(mapping)
    for number, row in enumerate(islice(sheet.rows(), mapping.heading_row or LOOKED_FOR), start=1):
        if mapping.heading_row in (0, number):
            found = tuple(roles.get(fold(cell), "") for cell in row)
            if not layout.misses((*found, *mapping.fixed)):
                return Headed(sheet, number, tuple(row), found)
    return None


def ask(headed: Headed, layout: Layout, mapping: EvidenceMapping) -> list[Problem]:
    """One problem for each heading that nobody knows; none if all are known or may be passed over."""
    if mapping.other_columns == IGNORE:
        return []
    known = {heading: role for role, headings in layout.headings.items() for heading in headings}
    headings = enumerate(zip(headed.headings, headed.roles, strict=True))
    unknown = [(at, heading.strip()) for at, (heading, role) in headings if heading.strip() and not role]
    problems = [_unknown(headed, at, heading, known) for at, heading in unknown[:_ASKED]]
    if len(unknown) > _ASKED:
        what = f"{len(unknown) - _ASKED:,} more headings are not known."
        problems.append(
            Problem(what, headed.sheet.file, headed.number, allowed="Is this the table that it seems to be?")
        )
    return problems


def _unknown(headed: Headed, at: int, heading: str, known: Mapping[str, str]) -> Problem:
    near = nearest(heading, tuple(known), most=1)
    like = f"It is spelt like {quoted(near[0])}, which holds {known[near[0]]}. " if near else ""
    what = f'{_toml(heading)} = "{IGNORE}", or to_name, title … (docs/evidence.md).'
    hint = f"{like}Say in the mapping file, below [columns], what it holds: {what}"
    file, column = headed.sheet.file, heading[:80] or column_letters(at)
    return Problem(f"the heading {quoted(heading)} is not known.", file, headed.number, column, heading, "", hint)


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def not_laid_out(sheet: Sheet, layout: Layout, mapping: EvidenceMapping) -> Problem:
    """Why is this sheet not laid out so? What is missing in the row that comes nearest."""
    number, row, found = _nearest_row(sheet, layout, mapping)
    missing = layout.misses((*found, *mapping.fixed))
    given = ", ".join(cell.strip() for cell in row if cell.strip())[:400]
    wanted = "; ".join(_either(layout, each) for each in missing)
    what = f"no row has the headings of {layout.called}; row {number} comes nearest: {quoted(given)}."
    hint = "Say in the mapping file, below [columns], which heading holds it. docs/evidence.md shows how."
    if len(row) == 1 and any(separator in row[0] for separator in ";\t|"):
        hint = "Are its cells separated by something else? Save it as 'CSV UTF-8', with a comma between the cells."
    return Problem(what, sheet.file, allowed=f"Missing: {wanted}.", hint=hint)


def share_missing(sheet: Sheet, layout: Layout, mapping: EvidenceMapping) -> float:
    """How much of what the layout needs does the nearest row of this sheet miss? 0 where nothing is missing."""
    _, _, found = _nearest_row(sheet, layout, mapping)
    return len(layout.misses((*found, *mapping.fixed))) / len(layout.needed)


def _either(layout: Layout, roles: Sequence[str]) -> str:
    known = [heading for role in roles for heading in layout.headings.get(role, ())][:3]
    return f"{' or '.join(roles)} (known as {', '.join(map(quoted, known))})" if known else " or ".join(roles)


def _nearest_row(sheet: Sheet, layout: Layout, mapping: EvidenceMapping) -> tuple[int, Row, tuple[str, ...]]:
    roles = layout.roles(mapping)
    best: tuple[int, Row, tuple[str, ...]] = (1, (), ())
    for number, row in enumerate(islice(sheet.rows(), LOOKED_FOR), start=1):
        found = tuple(roles.get(fold(cell), "") for cell in row)
        if not best[1] or sum(map(bool, found)) > sum(map(bool, best[2])):
            best = (number, row, found)
    return best
