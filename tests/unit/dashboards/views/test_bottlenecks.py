"""The page of who is relied on: equals stand equal, how sure it is, who else could, and what else it hangs on."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

import pytest

from dashboards.markup import markup
from dashboards.pages.bottlenecks import layout
from dashboards.selection import Selection
from dashboards.views.bodies import Bodies
from dashboards.views.bottlenecks import SHEET, BottlenecksView, bottlenecks_view
from dashboards.views.holding import centre_view, groups_view, single_ties_view
from dashboards.views.reliance import reliance
from dashboards.views.sureness import Sureness, worlds_asked
from orchestrator.study import advise, with_worlds
from tests.laws.oracle import Oracle, Tables
from tests.packs import DAY, MISSION, SHAPES, mission, referee, results

RIVALS: Final = mission(ties="ca cb ad", needs="s-w t-w", works="a:s-w d:t-w", paper="b:s-w", could="e:s-w e:t-w f:t-w")
CHOSEN: Final = Selection("bottlenecks", MISSION, DAY)


def view(tables: Tables) -> BottlenecksView:
    return bottlenecks_view(results(tables), CHOSEN)


@pytest.mark.parametrize("shape", SHAPES)
def test_equals_share_the_better_rank_and_say_so(shape: str) -> None:
    entries = reliance(Bodies(results(SHAPES[shape])))
    losses = [(entry.weight_lost, len(entry.cut_off)) for entry in entries]
    counts = Counter(losses)
    for entry, loss in zip(entries, losses, strict=True):
        better = sum(other > loss for other in losses)
        assert entry.place == f"{better + 1}" + ("=" if counts[loss] > 1 else "")


def test_who_else_could_is_told_with_where_each_stands() -> None:
    line = next(line for line in view(RIVALS).lines if line.reliance.body.organisation_id == "a")
    assert set(line.worsened) == {"Skill s in Place w", "Skill t in Place w"}
    told = {one.body.organisation_id: (one.needs, one.standing) for one in line.instead}
    assert told == {
        "b": (1, "in on paper only"),
        "d": (1, "at work in the mission"),
        "e": (2, "not in yet"),
        "f": (1, "not in yet"),
    }
    assert line.instead[0].body.organisation_id == "e"
    assert line.instead[0].words == "for two of them; not in yet"


def test_introductions_are_those_that_secure_who_hangs_on_it() -> None:
    found = results(RIVALS)
    line = bottlenecks_view(found, CHOSEN, advise(found.graph)).lines[0]
    assert [one.organisation_id for one in line.cut_off] == ["d"]
    assert all("that would secure Body D." in words for words in line.introductions)
    assert line.introductions
    assert bottlenecks_view(found, CHOSEN).lines[0].introductions == ()


# ── how sure ──────────────────────────────────────────────────────────────────────────────────────


def test_without_worlds_the_page_offers_to_work_them_out_and_claims_nothing() -> None:
    shown = view(RIVALS)
    assert shown.ask_how_sure == f"/mission/{MISSION}/bottlenecks?on=2026-06-01&worlds=200"
    assert {(line.sure, line.bounds) for line in shown.lines} == {("", "")}


def test_what_is_certain_holds_in_every_world_and_what_hangs_on_a_doubtful_tie_does_not() -> None:
    doubtful = {**RIVALS, "ties": [{**row, "confidence": "0.3"} for row in RIVALS["ties"]]}
    certain = bottlenecks_view(with_worlds(results(RIVALS), 20), CHOSEN)
    assert {line.sure for line in certain.lines} == {"robust"}
    assert all("all worlds are the same" in line.bounds for line in certain.lines)
    shaky = with_worlds(results(doubtful), 60)
    told = bottlenecks_view(shaky, CHOSEN)
    sure = Sureness(shaky)
    for line in told.lines:
        name = line.reliance.body.organisation_id
        at = shaky.graph.members.index(name)
        assert shaky.worlds is not None
        share = float(shaky.worlds.shares["bites"][at])
        assert line.sure == ("robust" if share >= 0.9 else "likely" if share >= 0.5 else "cannot tell")
        assert line.bounds == sure.sentence_on(name)
    assert any(line.sure != "robust" for line in told.lines)
    assert told.ask_how_sure == ""
    assert "60 worlds" in told.sure_note


@pytest.mark.parametrize(("asked", "worlds"), [("200", 200), ("0", 0), ("-1", 0), ("many", 0), ("9999", 0), ("", 0)])
def test_an_address_asks_for_worlds_that_there_can_be(asked: str, worlds: int) -> None:
    assert worlds_asked(CHOSEN.asking(worlds=asked)) == worlds


# ── single ties, the centre, small groups ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("shape", SHAPES)
def test_a_single_tie_cuts_off_whom_the_mission_without_it_does_not_reach(shape: str) -> None:
    truth, shown = referee(SHAPES[shape]), single_ties_view(results(SHAPES[shape]))
    found = {}
    for pair in truth.ties:
        left = [row for row in SHAPES[shape]["ties"] if {row["source_id"], row["target_id"]} != set(pair)]
        after = Oracle({**SHAPES[shape], "ties": left}, MISSION, truth.day)
        lost = {
            body
            for body in truth.members
            if truth.hops(body) is not None and (body not in after.members or after.hops(body) is None)
        }
        if lost:
            found[tuple(sorted(pair))] = len(lost)
    told = {(tie.one.organisation_id, tie.other.organisation_id): len(tie.cut_off) for tie in shown.ties}
    assert told == found
    assert shown.sentence.endswith(".")


def test_without_the_centre_the_groups_and_the_lonely_add_up() -> None:
    tables = mission(ties="ca cb cd ce ab fd hg")
    shown = centre_view(results(tables))
    assert (shown.pieces, shown.alone, shown.others) == ((2, 2), 1, 5)
    assert shown.sentence.startswith(
        "If Body C stepped out, 2 of the 5 members that reach it today would stay in touch"
    )
    whole = centre_view(results(mission(ties="ca cb ab")))
    assert (
        whole.sentence
        == "If Body C stepped out, all 2 members that reach it today would stay in touch with one another."
    )
    assert centre_view(results(mission())).sentence == "Nobody reaches Body C today, so nobody would lose touch."


def test_small_groups_are_told_in_words_and_too_few_members_too() -> None:
    shown = groups_view(results(SHAPES["a chain with a ring"]))
    assert [line.size for line in shown.key_sets] == [1, 2, 3]
    assert shown.sentence.startswith("If ")
    assert all(line.members for line in shown.gateways)
    assert groups_view(results(mission())).sentence == (
        "The mission has too few members for groups of two or three to mean anything."
    )


def test_a_page_stays_small_where_everybody_hangs_on_everybody_before() -> None:
    crowd = ["c", *(chr(0x4E00 + at) for at in range(400))]
    chain = mission(ties=" ".join(one + other for one, other in pairwise(crowd)))
    shown = view(chain)
    assert (shown.everybody, len(shown.lines), shown.sheets) == (399, SHEET, 8)
    text = markup(layout(shown, CHOSEN))
    assert "and 299 more" in text
    assert len(text) < 2_500_000
