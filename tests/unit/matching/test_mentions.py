"""One cell, several bodies: split by stated rules, and shared so that nothing is lost or doubled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.matching import parts_of, shares

KNOWN = {"Oak", "Elm Energy", "Smith, Jones and Brown", "TCP/IP Networks"}


def split(cell: str) -> list[str]:
    return [part.name for part in parts_of([cell], lambda names: names & KNOWN)[cell]]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Oak Power / Elm Energy", ["Oak Power", "Elm Energy"]),
        ("AMEC/ Border Winds", ["AMEC", "Border Winds"]),
        ("EDF/Wind Prospect", ["EDF", "Wind Prospect"]),
        ("One Ltd; Two Ltd; Three Ltd", ["One Ltd", "Two Ltd", "Three Ltd"]),
        ("Balfour Beatty & Vinci JV", ["Balfour Beatty", "Vinci"]),
        ("Icon, EEA Holdings and Oak consortium", ["Icon", "EEA Holdings", "Oak"]),
        ("Oak, Elm Energy", ["Oak", "Elm Energy"]),
        ("Oak and Elm Energy", ["Oak", "Elm Energy"]),
        ("Oak / Oak", ["Oak"]),
    ],
)
def test_joined_names_are_split(cell: str, names: list[str]) -> None:
    assert split(cell) == names


@pytest.mark.parametrize(
    "cell",
    [
        "Smith, Jones and Brown",  # the register knows it as it stands
        "TCP/IP Networks",
        "Oak, York",  # nobody knows York
        "Kier & Sons JV",
        "Parents & Children Consortium",  # many a body is called so
        "Wain Contractor A/S",
        "A/B Ltd",
        "ESB (Cambrian Energy Ltd / Betws Holdings Ltd)",
        "1927",
        "",
    ],
)
def test_one_name_stays_one(cell: str) -> None:
    assert split(cell) == [cell]


@pytest.mark.parametrize(
    ("cell", "name", "also"),
    [
        ("Forsa (formerly Buccleuch/2020)", "Forsa", "Buccleuch/2020"),
        ("Infinis, previously Broadview Energy", "Infinis", "Broadview Energy"),
        ("Whittle Ltd (T/A Hanksinon Whittle)", "Whittle Ltd", "Hanksinon Whittle"),
        ("M PEAKE LTD T/AS TOTTERDOWN", "M PEAKE LTD", "TOTTERDOWN"),
        ("Catamount Energy Ltd c/o Force 9", "Catamount Energy Ltd", "Force 9"),
    ],
)
def test_what_a_body_is_also_called_is_kept_beside_it(cell: str, name: str, also: str) -> None:
    (part,) = parts_of([cell], lambda names: set())[cell]
    assert (part.name, part.also, part.share) == (name, also, 1_000_000)


def test_fifty_suppliers_in_one_cell_are_fifty_parts() -> None:
    cell = " / ".join(f"Supplier {number} Ltd" for number in range(50))
    parts = parts_of([cell], lambda names: set())[cell]
    assert [part.part for part in parts] == list(range(1, 51))
    assert {part.share for part in parts} == {20_000}


@given(st.integers(1, 300))
def test_the_shares_of_a_cell_add_up_to_the_whole(count: int) -> None:
    each = shares(count)
    assert sum(each) == 1_000_000
    assert max(each) - min(each) <= 1
