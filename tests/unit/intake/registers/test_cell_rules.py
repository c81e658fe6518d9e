"""Who has the last word on a cell: a table of cases, and what holds for every list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.intake.registers.cell_rules import merge_cell, merge_list
from orchestrator.intake.registers.naming import clean, distinct, from_capitals, slug
from orchestrator.tables import split_list

CASES = [
    # in the pack, said now, said before, overwrite → stands, conflict
    ("", "new", "", False, "new", False),
    ("same", "same", "", False, "same", False),
    ("old", "new", "old", False, "new", False),
    ("by hand", "new", "old", False, "by hand", True),
    ("by hand", "new", "", False, "by hand", True),
    ("by hand", "new", "old", True, "new", True),
    ("by hand", "", "old", False, "by hand", False),
    ("old", "", "old", True, "old", False),
]


@pytest.mark.parametrize(("current", "said", "before", "overwrite", "stands", "conflict"), CASES)
def test_one_value(current: str, said: str, before: str, overwrite: bool, stands: str, conflict: bool) -> None:
    outcome = merge_cell(current, said, before, overwrite=overwrite)
    assert (outcome.cell, outcome.conflict) == (stands, conflict)


LISTS = st.lists(st.sampled_from("abcABC"), max_size=5).map("|".join)


@given(LISTS, LISTS, LISTS)
def test_a_list_keeps_what_was_made_by_hand_and_holds_all_that_is_said(current: str, said: str, before: str) -> None:
    merged = {each.casefold() for each in split_list(merge_list(current, said, before).cell)}
    by_hand = {each.casefold() for each in split_list(current)} - {each.casefold() for each in split_list(before)}
    assert by_hand <= merged
    assert {each.casefold() for each in split_list(said)} <= merged


@given(LISTS, LISTS, LISTS)
def test_the_same_word_twice_changes_nothing(current: str, said: str, before: str) -> None:
    once = merge_list(current, said, before).cell
    assert merge_list(once, said, said).cell == once


def test_what_the_source_takes_back_goes_and_nothing_else() -> None:
    assert merge_list("hand|old|kept", "kept", "old|kept").cell == "hand|kept"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Prime Minister&#39;s Office, 10 Downing Street", "prime-ministers-office-10-downing-street"),
        ("HM Revenue &amp; Customs", "hm-revenue-and-customs"),
        ("Department for the Economy (Northern Ireland)", "department-for-the-economy-northern-ireland"),
        ("Ørsted", "orsted"),
        ("Ynys Môn", "ynys-mon"),
        ("—", ""),
    ],
)
def test_ids_made_from_names(name: str, wanted: str) -> None:
    assert slug(clean(name)) == wanted


@given(st.text(max_size=60))
def test_an_id_is_plain_and_made_once(name: str) -> None:
    made = slug(name)
    assert slug(made) == made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("capitals", "wanted"),
    [
        ("THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST", None),
        ("LANCASHIRE & SOUTH CUMBRIA NHS FOUNDATION TRUST", "Lancashire & South Cumbria NHS Foundation Trust"),
        ("ST HELENS ON SEA NHS TRUST", "St Helens on Sea NHS Trust"),
    ],
)
def test_capitals_become_a_written_name(capitals: str, wanted: str | None) -> None:
    made = from_capitals(capitals)
    assert made == (wanted or "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust")
    assert made.upper() == capitals


def test_distinct_keeps_the_first_spelling() -> None:
    assert distinct(["Hull", "hull", "HULL City"], but=["x"]) == ("Hull", "HULL City")
