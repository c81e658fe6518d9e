"""What the brief says is true of the mission, and what is left out is said."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from orchestrator.export.brief import TOP, brief, relied_on
from orchestrator.export.glyphs import MISSING, characters, shown_with, told_missing
from orchestrator.freezing import advised, freeze, marked
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.vocabulary import STATES
from tests.packs import DAY, EMOJI, LONG, MISSION, SHAPES, library, mission, pack, referee

RICH = mission(
    ties="ca cb ad de be bf",
    needs="s-w s-e s-n t-w:2 t-e t-n u-w u-e u-n v-x",
    works="a:s-w e:t-w d:s-n",
    paper="b:u-n f:u-e",
    could="g:t-e",
    tiles=("w", "e", "n"),
    names={"g": "Eastern Works"},
)


def snapshot(shape: str) -> Snapshot:
    tables = SHAPES.get(shape, RICH)
    return advised(freeze(pack(tables), library(tables).results(MISSION, DAY)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_grid_and_the_counts_are_those_of_the_definitions(shape: str) -> None:
    true = referee(SHAPES[shape])
    states = Counter(true.state(requirement) for requirement in true.requirements)
    said = brief(snapshot(shape))
    assert dict(said.states) == {state: states[state] for state in STATES}
    cells = Counter(cell.state for grid in (said.grid, said.elsewhere) for row in grid.rows for cell in row)
    assert sum(cells.values()) - cells[""] <= sum(states.values())
    if sum(cells.values()) - cells[""] == sum(states.values()):  # no two requirements share a cell
        assert {state: cells[state] for state in STATES} == dict(said.states)
    for grid in (said.grid, said.elsewhere):
        assert len(grid.rows) == len(grid.capabilities)
        assert all(len(row) == len(grid.places) for row in grid.rows)


@pytest.mark.parametrize("shape", SHAPES)
def test_who_is_relied_on_is_who_would_be_missed(shape: str) -> None:
    true = referee(SHAPES[shape])
    missed = {body for body in true.members if body != "c" and (true.cut_off(body) or true.weight_lost(body))}
    found = {row["organisation_id"] for row in relied_on(snapshot(shape))}
    assert missed <= found  # a requirement of no weight may be worse off too
    assert "c" not in found


def test_the_brief_says_what_the_page_says() -> None:
    said = brief(snapshot("rich"))
    assert len(said.findings) == TOP
    assert said.partners
    assert {one.head: one.text for one in said.partners}["Eastern Works"] == "Closes Skill t in Place e."
    assert said.look_for
    assert str(len(said.look_for)) in said.partners_sentence


def test_what_is_not_known_is_said() -> None:
    said = " ".join(brief(snapshot("known and unknown")).not_known)
    assert "1 of three requirements cannot be judged: nothing is recorded in Place e." in said
    assert "How much it can carry is not recorded for any member" in said
    assert "No end is recorded for any tie" in said
    assert "Nobody was asked" in said
    alone = " ".join(brief(snapshot("no ties")).not_known)
    assert "Two members have no tie on record" in alone


def test_answers_are_counted() -> None:
    tables = RICH | {
        "responses": [
            {"organisation_id": body, "mission_id": MISSION, "asked": "yes", "responded": answer}
            for body, answer in (("a", "yes"), ("b", "no"), ("d", "yes"))
        ]
    }
    found = freeze(pack(tables), library(tables).results(MISSION, DAY))
    assert "2 of three members that were asked answered" in " ".join(brief(found).not_known)


def test_a_brief_without_scores_names_nobody_but_the_centre() -> None:
    whole = snapshot("rich")
    found = brief(marked(whole, None, leave_out_scores=True))
    told = [found.headline, *(part for one in found.findings for part in (one.text, one.action))]
    told += [*found.look_for, found.partners_sentence, found.introductions_sentence, found.look_for_sentence]
    names = [name for name in whole.graph.organisations["name"] if len(name) > 2 and name != "Body C"]
    assert not [name for name in names for text in told if name in text]
    assert (found.partners, found.introductions) == ((), ())
    assert "left out of this copy" in found.partners_sentence
    assert ("Scores about named bodies", "left out") in found.facts
    assert "left out of this copy" in " ".join(found.not_known)


def test_a_snapshot_without_findings_or_advice_says_so() -> None:
    bare = replace(snapshot("one gap"), findings=MappingProxyType({}), advice=None)
    said = brief(bare)
    assert said.findings_sentence == "There are no findings."
    assert said.partners_sentence == "No advice was asked for."
    nothing = brief(snapshot("no requirements"))
    assert nothing.partners_sentence.startswith("Nobody can be recommended. ")
    assert nothing.grid.sentence == "No requirements are recorded."


def test_a_grid_too_large_for_a_page_says_what_it_leaves_out() -> None:
    needs = " ".join(f"s-{letter}{number}" for letter in "klm" for number in range(10))
    tables = mission(ties="ca", needs=needs, works="a:s-k0")
    said = brief(freeze(pack(tables), library(tables).results(MISSION, DAY))).grid
    assert len(said.places) == 14
    assert "The worst 14 of 30 places and 1 of 1 capabilities are shown" in said.sentence


def test_the_font_has_the_letters_of_these_islands_and_says_what_it_lacks() -> None:
    assert set("ŵŷŴŶâêîôûáéíóúàèìòùäëïöüßçñøåæœłžščŻ–—’“”…→€£§·•") <= characters()
    lacks: set[str] = set()
    assert shown_with(f"{EMOJI}\n\u202e\x07", lacks) == re.sub("[^ -~Å]", MISSING, f"{EMOJI} \u202e\x07")
    assert "\u202e" in lacks
    assert "U+0007" in told_missing(lacks)
    assert told_missing(()) == ""


def test_no_text_of_the_brief_is_without_end() -> None:
    tables = mission(ties="ca", needs="s-w", names={"a": LONG})
    said = brief(freeze(pack(tables), library(tables).results(MISSION, DAY)))
    assert said.headline
