"""Dates as publishers write them. Whether day or month comes first is asked of the whole column, not of a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from orchestrator.errors import quoted
from orchestrator.tables.cells import UnreadableError

__all__ = ["DATE_ORDERS", "DAY_FIRST", "MONTH_FIRST", "DateColumn", "DateRule", "month_only", "sum_of"]

DAY_FIRST: Final = "day-month-year"
MONTH_FIRST: Final = "month-day-year"
#: What a mapping file may say of numeric dates.
DATE_ORDERS: Final = (DAY_FIRST, MONTH_FIRST)

_MONTHS: Final = MappingProxyType(
    {
        spelling: number
        for number, name in enumerate(
            (
                "january",
                "february",
                "march",
                "april",
                "may",
                "june",
                "july",
                "august",
                "september",
                "october",
                "november",
                "december",
            ),
            start=1,
        )
        for spelling in {name, name[:3]} | ({"sept"} if name == "september" else set())
    }
)
_TIME: Final = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.]?)(\d{{2}})\2(\d{{2}}){_TIME}", re.ASCII | re.IGNORECASE)
_NUMERIC: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII | re.IGNORECASE)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[-/. ,]*([a-z]{{3,9}})\.?[-/. ,]*(\d{{4}}|\d{{2}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE
)
_MONTH_ONLY: Final = re.compile(r"([a-z]{3,9})[-/. ,]+(\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
_ALLOWED: Final = "Write it like 2020-04-30, 30/04/2020, 30-Apr-20 or 30 April 2020."
#: Longer texts are no dates, however much time a pattern would take to find out.
_LONGEST: Final = 60
_EARLIEST: Final = 1900
_LATEST: Final = 2100


@dataclass(frozen=True)
class DateRule:
    """How the dates of a column are to be read.

    ``stated`` is what a mapping file says of numeric dates, ``default`` what publishers of the format write where a
    column leaves it open, ``months`` whether April 2020 may stand for its first day.
    """

    stated: str = ""
    default: str = ""
    months: bool = False


@dataclass
class DateColumn:
    """The dates of one column, or of that part of it that one publisher's file makes up.

    First ``look`` at every text; then ``problem`` says whether the column can be read, and ``read`` reads.

    >>> column = DateColumn(DateRule())
    >>> for text in ("03/04/2020", "30/04/2020"):
    ...     column.look(text)
    >>> column.order, column.read("03/04/2020")
    ('day-month-year', '2020-04-03')
    """

    rule: DateRule
    counts: Counter[str] = field(default_factory=Counter)
    known: dict[str, str] = field(default_factory=dict)
    first: str = ""

    def look(self, text: str, count: int = 1) -> None:
        """Count what a text like 03/04/2020 allows: only the day first, only the month first, or either."""
        found = _NUMERIC.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if found is not None:
            allows = _allows(int(found[1]), int(found[3]))
            self.counts[allows] += count
            if allows == "either" and not self.first:
                self.first = text.strip()

    @property
    def order(self) -> str:
        """Which comes first in numeric dates, day or month? '' where the column does not tell."""
        if self.rule.stated:
            return self.rule.stated
        if self.contradictory:
            return ""
        if self.counts[DAY_FIRST] or self.counts[MONTH_FIRST]:
            return DAY_FIRST if self.counts[DAY_FIRST] else MONTH_FIRST
        return self.rule.default

    @property
    def contradictory(self) -> bool:
        """Are there dates with only the day first and others with only the month first?"""
        return bool(self.counts[DAY_FIRST] and self.counts[MONTH_FIRST])

    @property
    def open(self) -> bool:
        """Can all of its numeric dates be read both ways, and does nothing say which is meant?"""
        return bool(self.counts["either"]) and not self.order and not self.contradictory

    @property
    def decision(self) -> str:
        """In one word, how numeric dates are read; columns with the same can be told together."""
        return "each by itself" if self.contradictory and not self.rule.stated else self.order

    def notice(self) -> str:
        """What was decided about the column; '' where nothing had to be."""
        either = self.counts["either"]
        if self.rule.stated:
            return ""
        if self.contradictory:
            first, other = self.counts[DAY_FIRST], self.counts[MONTH_FIRST]
            return f"dates with the day first: {first:,}, with the month first: {other:,}; each as it can only be read."
        if self.order == MONTH_FIRST:
            also = f"; {either:,} that could be read either way follow them" if either else ""
            return f"the month comes first in dates: {self.counts[MONTH_FIRST]:,} can only be read so{also}."
        if either and not self.counts[DAY_FIRST]:
            return f"the day comes first in dates, as this format has it: {either:,} could be read either way."
        return ""

    def read(self, text: str) -> str:
        """The day as ISO text. Raises UnreadableError for what is no date, and for one that can be read both ways."""
        found = self.known.get(text)
        if found is None:
            found = self._read(text.strip()).isoformat()
            if len(self.known) < 100_000:
                self.known[text] = found
        return found

    def _read(self, text: str) -> date:
        if len(text) > _LONGEST:
            raise UnreadableError(f"{quoted(text)} is not a date.", _ALLOWED)
        year_first = _YEAR_FIRST.fullmatch(text)
        if year_first is not None:
            return _day(text, int(year_first[1]), int(year_first[3]), int(year_first[4]))
        numeric = _NUMERIC.fullmatch(text)
        if numeric is not None:
            return self._numeric(text, int(numeric[1]), int(numeric[3]), _year(numeric[4]))
        return self._written(text)

    def _numeric(self, text: str, first: int, second: int, year: int) -> date:
        order = self.order
        if not order:
            allows = _allows(first, second)
            if allows == "either":
                what = f"{quoted(text)} can be read as day and month or as month and day."
                hint = f'Say in the mapping file: dates = "{DAY_FIRST}" or dates = "{MONTH_FIRST}".'
                raise UnreadableError(what, "The column holds both.", hint)
            order = allows
        return _day(text, year, second, first) if order != MONTH_FIRST else _day(text, year, first, second)

    def _written(self, text: str) -> date:
        found = _DAY_MONTH.fullmatch(text)
        if found is not None and found[2].lower() in _MONTHS:
            return _day(text, _year(found[3]), _MONTHS[found[2].lower()], int(found[1]))
        found = _MONTH_DAY.fullmatch(text)
        if found is not None and found[1].lower() in _MONTHS:
            return _day(text, int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
        found = _MONTH_ONLY.fullmatch(text) if self.rule.months else None
        if found is not None and found[1].lower() in _MONTHS:
            return _day(text, _year(found[2]), _MONTHS[found[1].lower()], 1)
        raise UnreadableError(f"{quoted(text)} is not a date.", _ALLOWED, _hint(text))


def sum_of(columns: Sequence[DateColumn]) -> DateColumn:
    """Columns that are read alike, told as one; at least one.

    >>> both = sum_of([DateColumn(DateRule(), Counter({MONTH_FIRST: 2})), DateColumn(DateRule(), Counter(either=1))])
    >>> both.notice()
    'the month comes first in dates: 2 can only be read so; 1 that could be read either way follow them.'
    """
    counts = Counter[str]()
    for each in columns:
        counts.update(each.counts)
    return DateColumn(columns[0].rule, counts)


def month_only(text: str) -> bool:
    """Does this name a month without a day?

    >>> month_only("April 2020"), month_only("3 April 2020")
    (True, False)
    """
    return _MONTH_ONLY.fullmatch(text.strip()) is not None


def _allows(first: int, second: int) -> str:
    if first == second and 1 <= first <= 12:
        return "same"
    day_first, month_first = 1 <= second <= 12, 1 <= first <= 12
    if day_first and month_first:
        return "either"
    return DAY_FIRST if day_first else MONTH_FIRST if month_first else "neither"


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnreadableError(f"{quoted(text)} is not a day of the calendar.", _ALLOWED) from None
    if not _EARLIEST <= found.year <= _LATEST:
        raise UnreadableError(f"{quoted(text)} is out of range.", f"Years go from {_EARLIEST} to {_LATEST}.")
    return found


def _hint(text: str) -> str:
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", text, re.ASCII):
        return "This looks like a spreadsheet's count of days: format the column as dates and save it again."
    return ""
