"""What does one cell say? Text in, typed value out; what cannot be read says what is wrong and what is allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import quoted
from orchestrator.tables.nearest import nearest
from orchestrator.tables.schema import Column

__all__ = ["LIST_SEPARATOR", "LONGEST_CELL", "UnreadableError", "parser", "split_list"]

LIST_SEPARATOR = "|"
LONGEST_CELL = 32_767
LONGEST_ID = 200
#: Beyond this a float no longer counts in ones; and sums of numbers up to here stay finite, however many there are.
LARGEST_NUMBER = 1e15

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YES_NO: Final = MappingProxyType({"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False})


class UnreadableError(ValueError):
    """A cell that breaks a rule: ``what`` is wrong, what is ``allowed``, and a ``hint`` on what to try."""

    def __init__(self, what: str, allowed: str, hint: str = "") -> None:
        self.what, self.allowed, self.hint = what, allowed, hint
        super().__init__(f"{what} {allowed}")


def split_list(cell: str) -> tuple[str, ...]:
    """What does a cell with a list hold? Its parts without surrounding spaces, blank ones left out.

    >>> split_list("DESNZ| Energy department |")
    ('DESNZ', 'Energy department')
    """
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())


def _text(cell: str, _column: Column) -> str:
    if len(cell) > LONGEST_CELL:
        raise UnreadableError(
            f"a text of {len(cell):,} characters is too long.", f"At most {LONGEST_CELL:,} are allowed."
        )
    found = _CONTROL.search(cell)
    if found:
        raise UnreadableError(f"{quoted(cell)} holds a control character.", "Only printable characters are allowed.")
    return cell


def _name(cell: str, column: Column) -> str:
    name = _text(cell, column).strip()
    if LIST_SEPARATOR in name or "\n" in name or "\r" in name or "\t" in name:
        raise UnreadableError(f"{quoted(name)} cannot be an id.", "An id holds no | , no tab and no line break.")
    if len(name) > LONGEST_ID:
        raise UnreadableError(f"{quoted(name)} is too long for an id.", f"At most {LONGEST_ID} characters are allowed.")
    return name


def _choice(cell: str, column: Column) -> str:
    word = cell.strip()
    if word not in column.choices:
        near = nearest(word, column.choices, most=1)
        hint = f"Did you mean {quoted(near[0])}?" if near else ""
        raise UnreadableError(f"{quoted(word)} is not a {column.name}.", f"Use {_either(column.choices)}.", hint)
    return word


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _number(cell: str, column: Column) -> float:
    text = cell.strip()
    allowed = f"Use a finite number{f' {column.interval}' if column.interval else ''}, written like 12 or 0.5."
    if not _NUMBER.fullmatch(text):
        raise UnreadableError(f"{quoted(text)} is not a number.", allowed)
    number = float(text)
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise UnreadableError(f"{quoted(text)} is too large.", allowed, f"Numbers go up to {LARGEST_NUMBER:g} here.")
    if column.interval is not None and number not in column.interval:
        raise UnreadableError(f"{quoted(text)} is out of range.", allowed)
    return number


def _integer(cell: str, column: Column) -> float:
    allowed = f"Use a whole number{f' {column.interval}' if column.interval else ''}."
    try:
        number = _number(cell, column)
    except UnreadableError as unreadable:
        raise UnreadableError(unreadable.what.replace("a number", "a whole number"), allowed) from None
    if not number.is_integer():
        raise UnreadableError(f"{quoted(cell.strip())} is not a whole number.", allowed)
    return number


def _date(cell: str, _column: Column) -> date:
    text = cell.strip()
    allowed = "Use year-month-day, such as 2026-11-23."
    if not _ISO_DATE.fullmatch(text):
        raise UnreadableError(f"{quoted(text)} is not a date.", allowed)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"{quoted(text)} is not a day of the calendar.", allowed) from None


def _yes_no(cell: str, _column: Column) -> str:
    word = cell.strip().casefold()
    if word not in _YES_NO:
        raise UnreadableError(f"{quoted(cell.strip())} is neither yes nor no.", "Use yes or no.")
    return "yes" if _YES_NO[word] else "no"


def _answer(cell: str, column: Column) -> str:
    try:
        return _date(cell, column).isoformat()
    except UnreadableError:
        pass
    try:
        return _yes_no(cell, column)
    except UnreadableError:
        raise UnreadableError(
            f"{quoted(cell.strip())} is neither a date nor yes nor no.", "Use a day such as 2026-11-23, yes or no."
        ) from None


def _list(cell: str, column: Column) -> str:
    return LIST_SEPARATOR.join(split_list(_text(cell, column)))


Parser = Callable[[str, Column], Any]
_PARSERS: Final = MappingProxyType[str, Parser](
    {
        "id": _name,
        "reference": _name,
        "references": _list,
        "source": _list,
        "list": _list,
        "text": _text,
        "choice": _choice,
        "number": _number,
        "integer": _integer,
        "date": _date,
        "yes-no": _yes_no,
        "answer": _answer,
    }
)


def parser(kind: str) -> Parser:
    """The function that reads cells of a column type: (cell, column) → value; raises UnreadableError.

    >>> from orchestrator.tables.schema import read_schema
    >>> parser("number")("0.5", read_schema()["ties"].column("confidence"))
    0.5
    """
    return _PARSERS[kind]
