"""Columns come back from texts and values to the last bit; what does not fit is told with its row."""

from __future__ import annotations

import math
import struct

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.tables.columns import MisfitError, column_of, texts_of, values_of
from orchestrator.tables.escapes import escape_for_csv, escape_for_workbook, escape_for_xml, unescape

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(NUMBERS, max_size=5))
def test_every_bit_of_a_number_comes_back(numbers: list[float]) -> None:
    column = pd.Series(numbers, dtype="float64")
    for again in (column_of("number", texts_of(column)), column_of("number", values_of(column))):
        assert [struct.pack("<d", each) for each in again] == [struct.pack("<d", each) for each in numbers]


@given(st.lists(st.dates(), max_size=5))
def test_every_day_comes_back(days: list[object]) -> None:
    column = column_of("date", [str(day) for day in days] + [""])
    assert texts_of(column) == [str(day) for day in days] + [""]


@given(st.text(st.characters()))
def test_every_text_comes_back(text: str) -> None:
    for way in (escape_for_csv, escape_for_workbook, escape_for_xml):
        assert unescape(way(text)) == text


@pytest.mark.parametrize(
    ("kind", "values", "row"),
    [
        ("number", ["1", "x"], 1),
        ("number", [1.0, True], 1),
        ("number", ["1e999"], 0),
        ("number", [10**400], 0),
        ("number", [[1]], 0),
        ("number", ["٣"], 0),
        ("number", [math.inf], 0),
        ("date", ["2026-01-01", "2026-02-30"], 1),
        ("date", ["2026-1-1"], 0),
        ("date", [20260101], 0),
        ("text", ["a", None], 1),
        ("text", ["a", 1], 1),
    ],
)
def test_what_does_not_fit_is_told_with_its_row(kind: str, values: list[object], row: int) -> None:
    with pytest.raises(MisfitError) as told:
        column_of(kind, values)
    assert told.value.row == row
    assert told.value.allowed
