"""A typed column as plain values or texts, and back again to the last bit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from types import NoneType
from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.errors import quoted

__all__ = ["KINDS", "MisfitError", "column_of", "kind_of", "texts_of", "values_of"]

#: What a column can hold.
KINDS: Final = ("text", "number", "date")

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class MisfitError(ValueError):
    """A value that cannot stand in its column: in which row (from 0), what is wrong, what is allowed."""

    def __init__(self, row: int, what: str, allowed: str) -> None:
        self.row, self.what, self.allowed = row, what, allowed
        super().__init__(f"{what} {allowed}")


def kind_of(column: pd.Series) -> str:
    """What does this column hold: text, number or date?

    >>> kind_of(pd.Series([1.5])), kind_of(pd.Series(["a"], dtype="str"))
    ('number', 'text')
    """
    return {"f": "number", "M": "date"}.get(column.dtype.kind, "text")


def values_of(column: pd.Series) -> list[Any]:
    """The plain values of a column: texts, floats, ISO days; a blank number or date is None.

    >>> values_of(pd.Series([0.1, float("nan")]))
    [0.1, None]
    """
    kind = kind_of(column)
    if kind == "number":
        return [None if number != number else number for number in column.to_numpy(dtype=np.float64).tolist()]
    if kind == "date":
        return [None if day == "NaT" else day for day in _days(column)]
    texts: list[str] = column.astype("str").tolist()
    return texts


def texts_of(column: pd.Series) -> list[str]:
    """The same as texts: numbers in the shortest form that gives back every bit, blanks as "".

    >>> texts_of(pd.Series([0.1 + 0.2, 2.0, float("nan")]))
    ['0.30000000000000004', '2', '']
    """
    if kind_of(column) != "number":
        return ["" if value is None else value for value in values_of(column)]
    numbers = values_of(column)
    shown = {number: _number_text(number) for number in set(numbers)}
    return [shown[number] for number in numbers]


def _number_text(number: float | None) -> str:
    if number is None:
        return ""
    text = repr(number)
    return text[:-2] if text.endswith(".0") else text


def _days(column: pd.Series) -> list[str]:
    days: list[str] = np.datetime_as_string(column.to_numpy().astype("datetime64[D]")).tolist()
    return days


def column_of(kind: str, values: Sequence[Any]) -> pd.Series:
    """The typed column of these values or texts; None and "" are blank numbers and dates.

    Raises MisfitError for the first value that is none of its kind: of a number, only a finite one; of a day, only one
    of the calendar, written 2026-11-23.

    >>> column_of("number", ["0.1", "", 2]).tolist()
    [0.1, nan, 2.0]
    """
    if kind == "number":
        numbers = _plain_numbers(values)
        return pd.Series(np.array(_read(values, _number), dtype=np.float64) if numbers is None else numbers)
    if kind == "date":
        return pd.Series(np.array(_read(values, _day), dtype="datetime64[s]"))
    texts = set(map(type, values)) <= {str}
    return pd.Series(list(values) if texts else _read(values, _text), dtype="str")


def _plain_numbers(values: Sequence[Any]) -> np.ndarray | None:
    """Values that are numbers or blanks already, as most are; None where one has to be looked at by itself."""
    if not set(map(type, values)) <= {float, NoneType}:
        return None
    numbers = np.array(values, dtype=np.float64)
    blank = sum(value is None for value in values)
    return numbers if int(np.isfinite(numbers).sum()) == len(numbers) - blank else None


def _read(values: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    """Every distinct value is read once. True would hide behind 1, so that nothing is looked up beside it."""
    try:
        if bool in set(map(type, values)):
            raise TypeError
        meanings = {value: read(value) for value in dict.fromkeys(values)}
        return [meanings[value] for value in values]
    except (TypeError, ValueError):
        for row, value in enumerate(values):
            try:
                read(value)
            except (TypeError, ValueError) as error:
                raise MisfitError(row, *_why(value, error)) from None
        raise


def _why(value: Any, error: Exception) -> tuple[str, str]:
    allowed = error.args[0] if isinstance(error, ValueError) and error.args else "Use text."
    return f"{quoted(str(value))} does not fit.", str(allowed)


def _number(value: Any) -> float:
    if value is None or value == "":
        return math.nan
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("Use a finite number.")
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("Use a finite number, written like 12 or 0.5.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("Use a finite number.")
    return number


def _day(value: Any) -> str:
    if value is None or value == "":
        return "NaT"
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("Use year-month-day, such as 2026-11-23.")
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("Use a day of the calendar, such as 2026-11-23.") from None
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Use text.")
    return value
