"""What is asked of a board follows from what is on record, and every finding says where it can be seen."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboards.selection import Selection
from dashboards.views.board import BoardView, board_view
from dashboards.views.lineage import LineageView, lineage_view
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, SHAPES, library, mission, referee

CHOSEN = Selection("overview", MISSION, DAY)


def board_of(tables: Tables) -> BoardView:
    shelf = library(tables)
    try:
        advice: Advice | None = shelf.advice(MISSION, DAY)
    except BadData:
        advice = None
    return board_view(shelf.results(MISSION, DAY), CHOSEN, shelf.pack["missions"], advice, "" if advice else "Nobody.")


@pytest.mark.parametrize("shape", SHAPES)
def test_decisions_are_asked_only_where_something_is_on_record_for_them(shape: str) -> None:
    truth, view = referee(SHAPES[shape]), board_of(SHAPES[shape])
    states = Counter(truth.state(row) for row in truth.requirements)
    asked = [one.asked.split(" ")[0] for one in view.decisions]
    assert ("Ask" in asked) == bool(states["on-paper"])
    held = any(truth.cut_off(body) or truth.weight_lost(body) for body in truth.members if body != truth.centre)
    assert not held or any(one.asked.startswith("Find a second") for one in view.decisions)
    first = f"{states['covered']} of "
    assert view.states_sentence.startswith(first) == bool(truth.requirements)
    if not view.decisions:
        assert view.decisions_sentence.startswith("Nothing that is on record asks for a decision.")


def test_each_decision_names_whom_and_what_it_is_about() -> None:
    tables = mission("ca cb ad", "s-w s-e t-w:1 u-w", works="a:s-w d:t-w", paper="b:s-e", could="g:u-w")
    view = board_of(tables)
    assert [one.asked for one in view.decisions] == [
        "Ask Body B for a firm commitment or a route to the centre.",
        "Bring in Body B and Body G.",
        "Find a second partner beside Body A for Skill s in Place w and Skill t in Place w.",
    ]
    assert view.decisions[0].why == "One requirement is met on paper only: Skill s in Place e."
    assert view.decisions[0].address.endswith("/coverage?on=2026-06-01&state=on-paper")
    assert "Body G would close Skill u in Place w." in view.decisions[1].why
    assert view.decisions[2].why == (
        "If it left, one body would lose every route and two requirements would be worse off: 50% of the requirement "
        "weight."
    )
    assert view.decisions_sentence == "Three decisions that what is on record asks for."


def test_a_fund_that_carries_needs_and_a_body_that_carries_too_much_are_asked_about() -> None:
    tables = mission("ca", "s-w", works="a:s-w")
    tables["ties"][0] |= {"fund": "Bridge Fund", "ends": "2026-12-31"}
    for row in tables["organisations"]:
        row["capacity"] = "0" if row["organisation_id"] == "a" else ""
    asked = [one.asked for one in board_of(tables).decisions]
    assert "Settle what follows Bridge Fund before 31 December 2026." in asked
    assert "Agree with Body A what to hand on." in asked


@pytest.mark.parametrize("shape", SHAPES)
def test_every_finding_can_be_seen_somewhere(shape: str) -> None:
    shelf = library(SHAPES[shape])
    view, found = board_of(SHAPES[shape]), shelf.results(MISSION, DAY).findings
    assert set(view.seen) == {one.finding_id for one in found}
    assert all(address.startswith("/") and words.startswith("See ") for address, words in view.seen.values())


# ── lineage ───────────────────────────────────────────────────────────────────────────────────────


def lineage_of(follows: dict[str, str], mission_id: str) -> LineageView:
    tables = mission()
    tables["missions"] = [
        {"mission_id": name, "title": f"Mission {name}", "centre_id": "c", "follows": before, "starts": "2024-07-05"}
        for name, before in follows.items()
    ]
    return lineage_view(library(tables).pack["missions"], Selection("overview", mission_id, DAY))


def test_lineage_goes_through_splits_and_mergers_the_nearest_first() -> None:
    ways = {"a": "", "b": "", "m": "a|b", "x": "m", "y": "m", "z": "x"}
    merged = lineage_of(ways, "m")
    assert merged.sentence == "It follows Mission a and Mission b, and Mission x and Mission y follows it."
    assert [kin.title for kin in merged.after] == ["Mission x", "Mission y", "Mission z"]
    last = lineage_of(ways, "z")
    assert [kin.title for kin in last.before] == ["Mission x", "Mission m", "Mission a", "Mission b"]
    assert last.before[0].about == "from 5 July 2024"
    assert last.before[0].address == "/mission/x?on=2026-06-01"


def test_a_mission_without_kin_says_so() -> None:
    alone = lineage_of({"a": ""}, "a")
    assert (alone.sentence, alone.before, alone.after) == ("No mission before or after it is recorded.", (), ())
    assert lineage_of({"a": "", "b": "a"}, "a").sentence == "Nothing before it is recorded, and Mission b follows it."
