"""What the network page says beside the map: one body's surroundings, who works with whom, who is called like that."""

from __future__ import annotations

import json
from typing import Final

import pytest

from dashboards.app import create_app
from dashboards.figures.matrix import MatrixCell
from dashboards.selection import Selection, read_selection
from dashboards.views.finding_bodies import FoundView, found_view
from dashboards.views.missing import lettered
from dashboards.views.mixing import mixing_view
from dashboards.views.network import ring_frame
from dashboards.views.sources import Sources
from dashboards.views.surroundings import MOST, SurroundingsView, surroundings_frame, surroundings_view
from orchestrator.drawing.ring import ring_json, ring_layout
from orchestrator.study import advise, analyse
from tests.laws.oracle import Tables
from tests.packs import DAY, HTML, MISSION, SHAPES, library, mission, referee, results

NUMERALS: Final = ("no", "one", "two", "three", "four", "five", "six")
CHAIN: Final = mission(ties="ca cb ab bd de ef", needs="s-w", works="a:s-w", could="g:s-w")


def around(body: str, tables: Tables = CHAIN, steps: int = 1) -> SurroundingsView:
    chosen = Selection("network", MISSION, DAY, body=body).asking(around=str(steps))
    view = surroundings_view(results(tables), chosen, Sources(library(tables).pack["sources"]))
    assert view is not None
    return view


def asked(words: str, tables: Tables = CHAIN) -> FoundView:
    view = found_view(results(tables), Selection("network", MISSION, DAY).asking(find=words))
    assert view is not None
    return view


# ── one body's surroundings ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("body", "abcdef")
def test_the_ties_in_the_table_are_those_of_the_body_and_who_is_further_comes_with_whom_it_is_reached_over(
    body: str,
) -> None:
    pairs = [tuple(pair) for pair in referee(CHAIN).ties]
    near = {other for pair in pairs if body in pair for other in pair} - {body}
    view = around(body, steps=2)
    assert {tie.other.organisation_id for tie in view.ties} == near
    over = {
        (end, middle)
        for pair in pairs
        for middle, end in (pair, pair[::-1])
        if middle in near and end not in near | {body}
    }
    told = {(line.body.organisation_id, name[-1].lower()) for line in view.far for name in line.over}
    assert told == over
    assert view.found == len(near) + len({end for end, _ in over})


def test_the_sentence_counts_both_steps() -> None:
    assert around("b").sentence == (
        "Body B works with three organisations, of Central government and Local government. One more is two steps away."
    )
    assert around("f", steps=2).sentence.endswith("One more is two steps away.")
    alone = mission(works="a:s-w", needs="s-w")
    assert around("a", alone).sentence == "Body A has no tie in this mission on this day."


@pytest.mark.parametrize(("steps", "drawn"), [(1, "bacd"), (2, "bacde")])
def test_the_picture_holds_whoever_is_so_near_with_the_body_in_its_middle(steps: int, drawn: str) -> None:
    frame = surroundings_frame(results(CHAIN), "b", steps)
    assert set(frame.organisation_id) == set(drawn)
    assert (frame.organisation_id[0], frame.centre, frame.middle) == ("b", 0, "Body B")
    assert dict(zip(frame.organisation_id, frame.hops.tolist(), strict=True))["d"] == 1
    ring_json(ring_layout(frame))


def test_of_a_crowd_only_so_many_are_drawn_and_the_sentence_says_so() -> None:
    crowd = "".join(chr(0x4E00 + k) for k in range(MOST + 30))
    tables = mission(ties=" ".join(f"c{one}" for one in crowd))
    view = around("c", tables)
    assert (view.found, view.drawn) == (MOST + 30, MOST)
    assert view.sentence.endswith(f"The {MOST} nearest are drawn.")
    assert len(surroundings_frame(results(tables), "c", 1)) == MOST + 1


def test_nobody_of_the_mission_picked_is_no_surroundings() -> None:
    chosen = Selection("network", MISSION, DAY, body="g")
    assert surroundings_view(results(CHAIN), chosen, Sources(library(CHAIN).pack["sources"])) is None
    client = create_app(library(CHAIN)).server.test_client()
    assert client.get(f"/mission/{MISSION}/network.json?body=g&around=1").status_code == 404
    ring = json.loads(client.get(f"/mission/{MISSION}/network.json?body=b&around=1").data)
    assert sorted(ring["bodies"]["id"]) == ["a", "b", "c", "d"]
    assert ring["middle"] == "Body B"


# ── missing partners ──────────────────────────────────────────────────────────────────────────────


def test_the_letters_are_those_of_the_advice_and_a_member_keeps_its_place() -> None:
    tables = mission(ties="ca cb", needs="s-w t-w", works="a:u-w", paper="b:s-w e:s-w", could="d:t-w")
    found = analyse(library(tables).graph(MISSION, DAY))
    advice = advise(found.graph)
    shown = lettered(found, advice)
    assert [one.body.organisation_id for one in shown] == [one.organisation_id for one in advice.chosen]
    assert [one.letter for one in shown] == ["A", "B"]
    frame = ring_frame(found, advice)
    inside = {frame.organisation_id[at]: letter for at, letter in frame.lettered}
    outside = {circle.organisation_id: circle.letter for circle in frame.missing}
    assert inside | outside == {one.body.organisation_id: one.letter for one in shown}
    assert (len(inside), set(outside)) == (1, {"d"})


def test_where_nobody_can_be_said_to_be_missing_the_page_says_why() -> None:
    without = create_app(library(mission(ties="ca"))).server.test_client().get(f"/mission/{MISSION}/network").text
    assert "No requirements are recorded, so nobody can be said to be missing." in without
    found = create_app(library(CHAIN)).server.test_client().get(f"/mission/{MISSION}/network").text
    assert "nobody can be said to be missing" not in found


# ── who works with whom ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shape", ["many gaps", "one of each", "no ties", "nobody but the centre", "two worst places"])
def test_the_matrix_counts_every_tie_once(shape: str) -> None:
    view = mixing_view(results(SHAPES[shape]), Selection("network", MISSION, DAY))
    groups = [group for group, _ in view.frame.groups]
    once = [view.frame.cells[a, b].seen for i, a in enumerate(groups) for b in groups[i:]]
    ties = len(referee(SHAPES[shape]).ties)
    assert sum(once) == ties
    assert all(view.frame.cells[a, b] == view.frame.cells[b, a] for a in groups for b in groups)
    said = {0: "There is no tie between members with a sector.", 1: "of one tie ("}
    assert said.get(ties, f" of {NUMERALS[ties]} ties (") in view.sentence


def test_the_sentence_of_the_matrix_names_the_emptiest_pair() -> None:
    tables = mission(ties=" ".join(f"c{k}" for k in "abdefghi") + " ab de fg hi ad be")
    rows = [
        {**row, "sector": "firm" if row["organisation_id"] in "abde" else row["sector"]}
        for row in tables["organisations"]
    ]
    view = mixing_view(results({**tables, "organisations": rows}), Selection("network", MISSION, DAY))
    cell = view.frame.cells["firm", "local"]
    assert cell.seen == 0
    about = f"no ties where random mixing would give about {cell.expected:.0f}."
    assert view.sentence.endswith(f"Furthest below that are Local government and Firms: {about}")


def test_what_may_be_chance_is_no_hole() -> None:
    looks = [MatrixCell(seen, expected).look for seen, expected in ((0, 0.4), (1, 0.3), (0, 4.0), (1, 5.0), (2, 5.0))]
    assert looks == ["", "even", "fewer", "hole", "fewer"]
    assert [MatrixCell(seen, 5.0).look for seen in (5, 8, 15)] == ["even", "more", "many"]


def test_the_address_says_by_which_groups() -> None:
    view = mixing_view(results(SHAPES["many gaps"]), read_selection(f"/mission/{MISSION}/network", "?groups=place"))
    assert [(words, here) for words, _, here in view.ways] == [("By sector", False), ("By place", True)]


# ── who is called like that ───────────────────────────────────────────────────────────────────────


def test_a_search_finds_members_first_and_anybody_of_the_register() -> None:
    found = asked("body")
    assert [one.body.name for one in found.bodies] == [f"Body {letter}" for letter in "ABCDEFG"]
    assert [one.is_member for one in found.bodies] == [True] * 6 + [False]
    assert found.sentence == "Seven organisations called like 'body', 6 of them in this mission:"
    assert found.bodies[0].address == f"/mission/{MISSION}/network?on=2026-06-01&body=a"
    assert found.bodies[-1].address == "/organisation/g?on=2026-06-01"


def test_a_search_for_nobody_says_so_and_a_slip_finds_the_nearest() -> None:
    assert asked("qqqqqqqq").sentence == "Nobody in the register is called 'qqqqqqqq'."
    assert "Body B" in [one.body.name for one in asked("Bdy B").bodies]
    assert found_view(results(CHAIN), Selection("network", MISSION, DAY)) is None


def test_a_search_for_markup_is_a_search_for_its_letters() -> None:
    (one,) = asked("<img src=x", SHAPES["awkward names"]).bodies
    assert one.body.name == HTML
