"""Small missions that once went wrong, or nearly: each with the figures worked out by hand."""

from __future__ import annotations

from tests.laws.judged import column, document, referee
from tests.laws.oracle import Row, Tables
from tests.laws.packs import MISSION, Situation


def mission(
    ties: str,
    engagements: dict[str, str],
    offers: str = "",
    minimum: str = "1",
    families: dict[str, str] | None = None,
) -> Situation:
    """Bodies are letters, c the centre: ``ca ab`` ties c to a and a to b. Who offers, offers what the one requirement
    wants where it wants it."""
    bodies = sorted(set(ties.replace(" ", "")) | set(engagements) | set(offers) | {"c"})
    of = families or {}
    tables: Tables = {
        "organisations": [
            {"organisation_id": body, "name": body, "sector": "local", "family": of.get(body, "")} for body in bodies
        ],
        "places": [{"place_id": "here", "name": "Here", "level": "area"}],
        "capabilities": [{"capability_id": "it", "name": "It"}],
        "missions": [{"mission_id": MISSION, "title": "Ours", "centre_id": "c"}],
        "requirements": [
            {
                "requirement_id": "r",
                "mission_id": MISSION,
                "capability_id": "it",
                "place_id": "here",
                "minimum": minimum,
                "weight": "4",
            }
        ],
        "offers": [{"organisation_id": body, "capability_id": "it", "place_id": "here"} for body in offers],
        "engagements": [
            {"organisation_id": body, "mission_id": MISSION, "status": status} for body, status in engagements.items()
        ],
        "ties": [{"source_id": a, "target_id": b, "mission_id": MISSION} for a, b in ties.split()],
    }
    return Situation(tables)


def bodies(situation: Situation, measure: str) -> dict[str, object]:
    """A measure by body, in ours and the referee's word alike."""
    return dict(column(document(situation)["organisations"], "organisation_id", measure))


def state(situation: Situation) -> str:
    need: Row = document(situation)["requirements"][0]
    assert need["state"] == referee(situation).state(referee(situation).requirements[0])
    return need["state"]


def test_a_body_behind_a_provider_that_does_not_work_yet_still_costs_what_hangs_on_it() -> None:
    line = mission("ca ap pw", {"p": "proposed", "w": "delivering"}, offers="pw")
    assert state(line) == "covered"
    assert bodies(line, "weight_lost") == {"a": 4.0, "c": None, "p": 4.0, "w": 4.0}


def test_a_family_with_the_id_of_a_body_is_another_family() -> None:
    two = mission("ca cb", {"a": "committed", "b": "committed"}, offers="ab", minimum="2", families={"b": "a"})
    assert state(two) == "covered"


def test_two_bodies_of_a_family_are_one_for_redundancy_and_neither_is_missed_alone() -> None:
    sisters = mission(
        "ca cb", {"a": "committed", "b": "committed"}, offers="ab", minimum="2", families={"a": "f", "b": "f"}
    )
    assert state(sisters) == "thin"
    assert bodies(sisters, "weight_lost") == {"a": 0.0, "b": 0.0, "c": None}


def test_the_centre_is_no_provider_but_its_offer_says_that_something_is_known() -> None:
    assert state(mission("ca", {"c": "delivering"}, offers="c")) == "gap"
    assert state(mission("ca", {"c": "delivering"})) == "no-data"


def test_a_provider_without_a_route_is_on_paper_and_leaves_a_gap_when_it_goes() -> None:
    apart = mission("", {"a": "delivering"}, offers="a")
    assert state(apart) == "on-paper"
    assert bodies(apart, "weight_lost") == {"a": 4.0, "c": None}


def test_a_provider_that_withdrew_is_neither_on_paper_nor_a_candidate() -> None:
    gone = mission("ca", {"a": "withdrawn"}, offers="a")
    assert state(gone) == "gap"
    assert document(gone)["requirements"][0]["candidates"] == []


def test_a_centre_alone_has_no_density_no_mixing_and_nobody_to_reach() -> None:
    figures = document(mission("", {}))["mission"]
    nulls = ("density", "density_without_centre", "ei_index", "ei_expected", "reach_1", "reach_3")
    assert [figures[name] for name in ("members", "ties", "components", *nulls)] == [1, 0, 1, *[None] * 6]


def test_a_body_cut_off_already_is_not_cut_off_by_anybody() -> None:
    islands = mission("ca xy yz", {})
    assert bodies(islands, "cut_off") == {"a": [], "c": [], "x": [], "y": [], "z": []}
    assert bodies(islands, "routes") == {"a": 1, "c": None, "x": 0, "y": 0, "z": 0}
    assert column(document(islands)["ties"], "is_bridge", "cut_off") == [(True, ["a"]), (True, []), (True, [])]
