"""The address and the choice are one: each says the other, and what cannot be read is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.selection import MISSION_PAGES, Selection, read_selection

#: What can stand in an address: any text that can be written as UTF-8.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
PICKS = st.one_of(st.just(""), TEXTS)
CHOICES = st.builds(
    Selection,
    page=st.sampled_from(sorted(MISSION_PAGES.values())),
    mission_id=TEXTS.filter(lambda name: "/" not in name),
    on=st.none() | st.dates(),
    level=st.integers(1, 4),
    body=PICKS,
    capability=PICKS,
    place=PICKS,
    sheet=st.integers(1, 999_999),
)


def read(address: str) -> Selection:
    path, _, query = address.partition("?")
    return read_selection(path, query)


@given(CHOICES)
def test_an_address_restores_exactly_the_choice_that_wrote_it(chosen: Selection) -> None:
    assert read(chosen.address()) == chosen


@given(st.none() | st.dates(), st.integers(1, 4))
def test_the_page_of_all_missions_keeps_day_and_level(on: date | None, level: int) -> None:
    chosen = Selection(on=on, level=level)
    assert read(chosen.address()) == chosen


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_address_is_read_as_something(path: str, query: str) -> None:
    chosen = read_selection(path, query)
    assert chosen.page in ("", "missions", *MISSION_PAGES.values())
    assert chosen.level in (1, 2, 3, 4)
    assert chosen.sheet >= 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?on=tomorrow", "'tomorrow' is not a day, so today is shown. Write a day like 2026-11-23."),
        ("?on=2026-02-30", "'2026-02-30' is not a day, so today is shown. Write a day like 2026-11-23."),
        ("?on=23/11/2026", "'23/11/2026' is not a day, so today is shown. Write a day like 2026-11-23."),
        ("?level=5", "'5' is not a level of ties, so level 2 is used. Use 1 to 4."),
        ("?level=two", "'two' is not a level of ties, so level 2 is used. Use 1 to 4."),
        ("?sheet=0", "'0' is not a sheet of the table, so the first is shown. Use 1 or more."),
        ("?sheet=-1", "'-1' is not a sheet of the table, so the first is shown. Use 1 or more."),
        ("?sheet=12345678", "'12345678' is not a sheet of the table, so the first is shown. Use 1 or more."),
    ],
)
def test_a_value_that_cannot_be_read_is_told_and_the_usual_one_used(query: str, told: str) -> None:
    chosen = read_selection("/mission/m/network", query)
    assert chosen.problems == (told,)
    assert (chosen.on, chosen.level, chosen.sheet) == (None, 2, 1)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(read_selection("/mission/m", "?on=x&level=x&sheet=x").problems) == 3


@pytest.mark.parametrize("path", ["/mission", "/mission/m/nothing", "/mission/m/network/more", "/else", "/Mission/m"])
def test_an_address_of_no_page_is_no_page(path: str) -> None:
    assert read_selection(path, "").page == ""


def test_another_page_keeps_day_and_level_and_drops_what_was_picked() -> None:
    chosen = Selection(
        "coverage", "m", date(2026, 1, 2), 3, "b", "c", "p", 4, pack="k", more=(("by", "sector"),), problems=("told",)
    )
    assert chosen.to("network") == Selection("network", "m", date(2026, 1, 2), 3, pack="k")
    assert chosen.to("network", body="x").body == "x"


def test_a_blank_day_is_today() -> None:
    assert read_selection("/", "?on=").day == date.today()


@pytest.mark.parametrize(
    "address",
    [
        "/across?pack=k",
        "/data",
        "/data/match",
        "/organisation/department%20x?on=2026-01-02",
        "/mission/m/scenario?change=a&undo=b",
        "/mission/m/export",
    ],
)
def test_every_page_has_an_address_that_restores_it(address: str) -> None:
    path, _, query = address.partition("?")
    assert read_selection(path, query).address() == address
