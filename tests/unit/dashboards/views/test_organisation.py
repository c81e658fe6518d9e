"""The page of one body says what the rows say: its offers, its part in missions, its ties, and what hangs on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from dashboards.app import create_app
from dashboards.selection import Selection
from dashboards.views.organisation import OrganisationView, organisation_view
from orchestrator.errors import UnknownName
from tests.laws.oracle import Row, Tables
from tests.packs import DAY, EMOJI, HTML, LONG, RIGHT_TO_LEFT, SHAPES, library, mission, referee

CHAIN: Final = mission(ties="ca ab bd", needs="s-w s-e", works="a:s-w d:s-e", could="e:s-w")


def changed(table: str, key: str, body: str, /, **cells: str) -> Tables:
    """The chain with some cells of one row changed."""
    blank = dict.fromkeys(cells, "")
    rows: list[Row] = [{**blank, **row, **(cells if row[key] == body else {})} for row in CHAIN[table]]
    return {**CHAIN, table: rows}


def view(body: str, tables: Tables = CHAIN, **more: object) -> OrganisationView:
    chosen = Selection("organisation", on=DAY, organisation_id=body)
    packed = library(tables)
    return organisation_view(
        packed.pack,
        replace(chosen, **more),  # type: ignore[arg-type]
        lambda mission_id: packed.results(mission_id, DAY),
    )


def test_what_hangs_on_it_is_what_the_referee_says() -> None:
    truth = referee(CHAIN)
    for body in ("a", "b", "d"):
        (there,) = view(body).missions
        assert {one.organisation_id for one in there.cut_off} == set(truth.cut_off(body))
    assert view("a").headline == "Body A takes part in one mission; others rely on it there"
    assert view("a").hanging_sentence == (
        "If it left, two bodies would lose every route to a centre and two requirements would be worse off."
    )


def test_a_centre_is_told_as_one_and_a_body_in_no_mission_as_that() -> None:
    assert view("c").headline == "Body C orchestrates one mission"
    assert view("c").hanging_sentence.startswith("It is the orchestrating centre.")
    outside = view("e")
    assert outside.headline == "Body E takes part in no mission"
    assert outside.hanging_sentence == "It is a member of no mission on this day, so nothing hangs on it."
    assert outside.ties_sentence == "No tie of it to anybody is recorded."
    assert [(line.capability, line.places) for line in outside.offers] == [("Skill s", ("Place w",))]


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        ("", "How much it could carry is not recorded"),
        ("0", "It can carry 0: that is 1 more than it can."),
        ("1", "It can carry 1: nothing is left (100% used)."),
        ("4", "It can carry 4: 3 left (25% used)."),
    ],
)
def test_its_load_stands_against_what_it_can_carry(capacity: str, said: str) -> None:
    told = view("a", changed("organisations", "organisation_id", "a", capacity=capacity))
    assert told.load_sentence.startswith("It carries one unit of load over one mission. ")
    assert said in told.load_sentence
    assert (told.share is None) == (capacity in ("", "0"))


def test_a_tie_says_what_it_is_from_where_one_stands_and_on_whose_word() -> None:
    said = {"kind": "funds", "starts": "2025-01-02", "fund": "Big fund", "reported_by": "the unit", "confidence": "0.5"}
    tables = changed("ties", "source_id", "a", **said)
    (here,) = [tie for tie in view("a", tables).ties if tie.other.organisation_id == "b"]
    (there,) = [tie for tie in view("b", tables).ties if tie.other.organisation_id == "a"]
    assert (here.kind, there.kind) == ("funds", "funded by")
    assert (here.level, here.since, here.fund, here.mission) == ("cooperation", "2 January 2025", "Big fund", "Ours")
    assert here.word == "reported by the unit, not confirmed; 50% sure"


def test_a_tie_that_is_over_comes_last_and_is_not_counted() -> None:
    told = view("b", changed("ties", "source_id", "a", ends="2026-01-01"))
    assert [(tie.other.name, tie.now) for tie in told.ties] == [("Body D", True), ("Body A", False)]
    assert told.ties_sentence == "One recorded tie holds on this day, with Body D. One more does not."


def test_parents_and_parts_find_each_other() -> None:
    tables = changed("organisations", "organisation_id", "b", parent_id="a")
    parent = view("b", tables).parent
    assert parent is not None
    assert parent.name == "Body A"
    assert [part.name for part in view("a", tables).parts] == ["Body B"]


def test_an_unknown_body_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName):
        view("zz")
    client = create_app(library(changed("organisations", "organisation_id", "a", name="Energy Regulator"))).server
    answer = client.test_client().get("/organisation/energy-regulater")
    assert answer.status_code == 404
    assert 'href="/organisation/a"' in answer.text
    assert "Energy Regulator" in answer.text


@pytest.mark.parametrize(("body", "name"), [("a", HTML), ("b", EMOJI), ("d", RIGHT_TO_LEFT), ("e", LONG)])
def test_a_name_of_any_kind_stays_a_name(body: str, name: str) -> None:
    assert view(body, SHAPES["awkward names"]).headline.startswith(name.strip())
    answer = create_app(library(SHAPES["awkward names"])).server.test_client().get(f"/organisation/{body}")
    assert answer.status_code == 200
    assert "<img" not in answer.text


def test_the_page_says_of_which_day_it_speaks() -> None:
    answer = create_app(library(CHAIN)).server.test_client().get("/organisation/a?on=2026-06-01")
    assert "Data as on 1 June 2026." in answer.text
    assert "Choose a mission" not in answer.text
