"""The nearest names: the likest first, none where none is near, and never a long wait."""

from __future__ import annotations

import pytest

from orchestrator.tables import nearest

NAMES = ("nhs-england", "nhs-wales", "ofgem", "desnz", "DESNZ2")


def test_the_likest_comes_first() -> None:
    assert nearest("nhs-englnd", NAMES)[0] == "nhs-england"


def test_capitals_do_not_make_a_name_unlike() -> None:
    assert nearest("OFGEM", NAMES, most=1) == ("ofgem",)


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert nearest("qqqq", NAMES) == ()
    assert nearest("ofgem", ()) == ()


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_are_offered_than_asked_for(most: int) -> None:
    assert len(nearest("nhs", ["nhs-a", "nhs-b", "nhs-c", "nhs-d"], most=most)) == most


def test_among_very_many_names_none_is_looked_for() -> None:
    many = [f"body-{number}" for number in range(50_001)]
    assert nearest("body-7", many) == ()
    assert nearest("body-7", many[:50_000], most=1) == ("body-7",)


def test_a_very_long_name_is_compared_by_its_beginning() -> None:
    assert nearest("ofgem" + " " * 300 + "x" * 100_000, ["ofgem" + " " * 195], most=1) == ("ofgem" + " " * 195,)


def test_the_keys_of_a_mapping_are_names_too() -> None:
    assert nearest("desn", {"desnz": 1, "ofgem": 2}, most=1) == ("desnz",)
