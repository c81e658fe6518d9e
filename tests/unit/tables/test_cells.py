"""What a cell says: what is read, exactly as it stands, and what is refused, in words that help."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.tables import read_schema, split_list
from orchestrator.tables.cells import UnreadableError, parser


def read(table: str, column: str, cell: str) -> Any:
    of = read_schema()[table].column(column)
    return parser(of.kind)(cell, of)


def refused(table: str, column: str, cell: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(table, column, cell)
    return caught.value


@pytest.mark.parametrize(
    "name", ["007", "NA", "nan", "None", "null", "1e5", "TRUE", "2024-01-01", "=SUM(A1)", "-", "ö"]
)
def test_what_looks_like_something_else_stays_a_name(name: str) -> None:
    assert read("organisations", "organisation_id", name) == name
    assert read("ties", "source_id", name) == name
    assert read("organisations", "name", name) == name


def test_spaces_around_an_id_do_not_belong_to_it() -> None:
    assert read("organisations", "organisation_id", "  nhs england ") == "nhs england"


@pytest.mark.parametrize("cell", ["a|b", "a\tb", "a\nb", "x" * 201, "a\x00b", "a\x1bb"])
def test_an_id_holds_no_separator_no_break_no_control_character_and_has_an_end(cell: str) -> None:
    refused("organisations", "organisation_id", cell)


def test_a_text_keeps_its_line_breaks_and_has_an_end() -> None:
    assert read("missions", "aim", "one\ntwo") == "one\ntwo"
    assert "32,768" in refused("missions", "aim", "x" * 32_768).what


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12.0), ("0.5", 0.5), (" 1.5 ", 1.5), (".5", 0.5), ("5.", 5.0), ("1e2", 100.0), ("+3", 3.0)],
)
def test_numbers_are_read_as_people_write_them(cell: str, number: float) -> None:
    assert read("ties", "strength", cell) == number


@pytest.mark.parametrize(
    "cell",
    ["NaN", "nan", "inf", "-inf", "Infinity", "1e999", "high", "1,5", "1_000", "0x1F", "٣", "１", "--1", "1e", "£5"],
)
def test_what_is_not_finite_or_not_a_number_is_refused_with_its_value_and_what_is_allowed(cell: str) -> None:
    why = refused("ties", "strength", cell)
    assert f"'{cell}'" in why.what
    assert "finite number above 0" in why.allowed


@pytest.mark.parametrize(
    ("table", "column", "inside", "outside"),
    [
        ("ties", "strength", ["0.0001", "1e6"], ["0", "-1", "1e-999"]),
        ("ties", "confidence", ["0.001", "1"], ["0", "1.001", "-0.5"]),
        ("ties", "level", ["1", "4"], ["0", "5"]),
        ("organisations", "capacity", ["0", "0.5"], ["-0.1"]),
        ("requirements", "minimum", ["1", "40"], ["0", "-1"]),
        ("requirements", "weight", ["0", "2.5"], ["-1"]),
        ("engagements", "load", ["0", "3"], ["-3"]),
    ],
)
def test_a_number_has_the_range_of_its_column(table: str, column: str, inside: list[str], outside: list[str]) -> None:
    assert [read(table, column, cell) for cell in inside] == [float(cell) for cell in inside]
    for cell in outside:
        refused(table, column, cell)


def test_a_number_so_large_that_sums_could_run_out_is_refused() -> None:
    assert read("ties", "strength", "1e15") == 1e15
    assert refused("ties", "strength", "1.1e15").hint == "Numbers go up to 1e+15 here."
    assert refused("organisations", "capacity", "9" * 400).what.endswith("is too large.")
    assert refused("places", "tile_row", "-1e300").what == "'-1e300' is too large."


def test_a_whole_number_may_be_written_as_spreadsheets_do() -> None:
    assert [read("ties", "level", cell) for cell in ("2", "2.0", "2.", "2e0")] == [2.0] * 4
    assert refused("ties", "level", "2.5").what == "'2.5' is not a whole number."
    assert refused("ties", "level", "high").what == "'high' is not a whole number."


def test_a_date_is_year_month_day() -> None:
    assert read("ties", "starts", " 2024-02-29 ") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "cell", ["20241123", "2024-W07-1", "23.11.2024", "23/11/2024", "2024-11", "2024-1-2", "٢٠٢٤-٠١-٠١"]
)
def test_a_date_in_another_form_is_refused(cell: str) -> None:
    assert refused("ties", "starts", cell).what == f"'{cell}' is not a date."


@pytest.mark.parametrize("cell", ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused(cell: str) -> None:
    assert refused("ties", "starts", cell).what == f"'{cell}' is not a day of the calendar."


def test_a_word_of_a_list_is_written_as_the_list_writes_it_and_the_nearest_is_offered() -> None:
    assert read("organisations", "sector", " civil-society ") == "civil-society"
    why = refused("organisations", "sector", "civil society")
    assert why.what == "'civil society' is not a sector."
    assert why.allowed == "Use central, regional, local, firm, civil-society or research."
    assert why.hint == "Did you mean 'civil-society'?"


@pytest.mark.parametrize(("cell", "said"), [("yes", "yes"), ("No", "no"), ("TRUE", "yes"), ("0", "no")])
def test_yes_and_no_have_a_few_spellings(cell: str, said: str) -> None:
    assert read("engagements", "board_seat", cell) == said


def test_anything_between_yes_and_no_is_refused() -> None:
    assert refused("engagements", "board_seat", "perhaps").what == "'perhaps' is neither yes nor no."


@pytest.mark.parametrize(("cell", "said"), [("2026-01-05", "2026-01-05"), ("yes", "yes"), ("false", "no")])
def test_an_answer_is_a_day_or_yes_or_no(cell: str, said: str) -> None:
    assert read("responses", "asked", cell) == said


def test_an_answer_of_another_sort_is_refused() -> None:
    assert "neither a date nor yes nor no" in refused("responses", "asked", "last week").what


def test_a_list_keeps_its_parts_without_the_space_around_them() -> None:
    assert split_list(" DESNZ| Energy  department ||") == ("DESNZ", "Energy  department")
    assert read("organisations", "aliases", "A | B|") == "A|B"


@given(st.lists(st.text(alphabet="aZ09 -é", min_size=1).map(str.strip).filter(bool)))
def test_a_list_that_was_put_together_comes_apart_the_same(parts: list[str]) -> None:
    assert split_list(" | ".join(parts)) == tuple(parts)


@given(st.floats(min_value=1e-300, max_value=1e15))
def test_every_number_that_can_be_written_is_read_back_to_its_last_bit(number: float) -> None:
    assert read("ties", "strength", repr(number)) == number


@given(st.text(max_size=30), st.sampled_from(["strength", "level", "starts", "kind", "source_id", "fund", "source"]))
def test_any_text_is_read_or_refused_with_a_reason(cell: str, column: str) -> None:
    try:
        read("ties", column, cell)
    except UnreadableError as why:
        said = (why.what, why.allowed)
    else:
        said = ("read", "as it is")
    assert all(said)
