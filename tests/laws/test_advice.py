"""Advice against the referee that tries every choice: on random packs, with and without limits."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given

from orchestrator.errors import BadData
from orchestrator.export.partners_json import advice_document
from orchestrator.model import MissionGraph
from orchestrator.model.advice import Advice
from orchestrator.partners import Request, SectorLimit, advice
from orchestrator.partners.candidates import candidates
from orchestrator.partners.greedy import greedy
from orchestrator.partners.grid import grid
from orchestrator.partners.ways import ways
from tests.laws.choosing import Chooser
from tests.laws.effort import tried
from tests.laws.oracle import Oracle, Tables, pair
from tests.laws.packs import DAY, MISSION, SECTORS, checked, packs_and_luck, shuffled

CLOSE = pytest.approx


def outside(tables: Tables, luck: random.Random) -> Tables:
    """The same pack with fewer engagements and more offers, so that there is somebody to choose."""
    for row in tables["requirements"]:
        row["mission_id"] = MISSION
    tables["engagements"] = [row for row in tables["engagements"] if luck.random() < 0.5]
    for row in tables["organisations"]:
        row["capacity"] = luck.choice(("", "", "", "1", "2", "0"))
    some = [row["organisation_id"] for row in tables["organisations"]], [row["place_id"] for row in tables["places"]]
    names = [row["capability_id"] for row in tables["capabilities"]]
    tables["offers"] += [
        {
            "organisation_id": luck.choice(some[0]),
            "capability_id": luck.choice(names),
            "place_id": luck.choice(some[1]),
        }
        for _ in range(luck.choice((4, 8, 12)))
    ]
    return tables


def asked(chooser: Chooser) -> Request:
    only = chooser.only is not None
    sectors = {name: SectorLimit() for name in sorted(chooser.only or ())}
    sectors |= {name: SectorLimit(least, most) for name, least, most in chooser.bounds}
    return Request(chooser.max_new, None, chooser.within, sectors, only)


def advised(tables: Tables, chooser: Chooser) -> Advice:
    graph = MissionGraph.from_pack(checked(tables), MISSION, date.fromisoformat(chooser.oracle.day))
    try:
        return advice(graph, asked(chooser))
    except BadData:
        assume(False)
        raise


def limited(oracle: Oracle, luck: random.Random) -> Chooser:
    return Chooser(
        oracle,
        max_new=luck.choice((None, None, 1, 2, 3)),
        within=luck.choice((None, None, 1, 2)),
        only=luck.choice((None, None, frozenset(luck.sample(SECTORS, 2)))),
        bounds=luck.choice(((), (), ((luck.choice(SECTORS[:3]), 0, 1),))),
    )


def chosen_ids(found: Advice) -> list[str]:
    return [partner.organisation_id for partner in found.chosen]


@pytest.mark.slow
@tried(300)
@given(packs_and_luck())
def test_no_choice_is_better_and_none_as_good_is_smaller(drawn: tuple[Tables, random.Random]) -> None:
    tables, luck = drawn
    tables = outside(tables, luck)
    chooser = limited(Oracle(tables, MISSION, DAY.isoformat()), luck)
    if chooser.only is not None and chooser.bounds:
        chooser = replace(chooser, bounds=())
    found = advised(tables, chooser)
    top, fewest = chooser.best()
    some = chosen_ids(found)
    assert set(some) <= set(chooser.candidates)
    assert chooser.allowed(some)
    assert found.objective == CLOSE(top) == CLOSE(chooser.objective(some))
    assert found.bound >= top - 1e-9
    assert found.bound == CLOSE(top)
    assert found.within_percent == CLOSE(0.0, abs=1e-6)
    assert len(some) == fewest
    assert found.cost_bound <= fewest + 1e-9
    assert found.objective_today == CLOSE(chooser.objective(()))


@tried(120)
@given(packs_and_luck())
def test_reasons_say_exactly_what_is_lost(drawn: tuple[Tables, random.Random]) -> None:
    tables, luck = drawn
    tables = outside(tables, luck)
    chooser = replace(limited(Oracle(tables, MISSION, DAY.isoformat()), luck), only=None, bounds=())
    found = advised(tables, chooser)
    some = chosen_ids(found)
    covered, today = chooser.covered(some), chooser.covered(())
    names = [row["requirement_id"] for row in chooser.oracle.requirements]
    for partner in found.chosen:
        others = [body for body in some if body != partner.organisation_id]
        lost = covered - chooser.covered(others)
        less = {r for r in names if chooser.worth(r, others) < chooser.worth(r, some) - 1e-12}
        assert set(partner.closes) == lost - today
        assert set(partner.strengthens) == less - lost
        assert partner.adds == CLOSE(chooser.objective(some) - chooser.objective(others))
        assert partner.load_before == CLOSE(chooser.oracle.load(partner.organisation_id))
        assert partner.load_after == CLOSE(chooser.load_after(partner.organisation_id))
        assert partner.capacity == chooser.oracle.capacity(partner.organisation_id)
        assert set(partner.only_known_candidate_for) == {
            row["requirement_id"]
            for row in chooser.oracle.requirements
            if row["requirement_id"] not in today
            and chooser.providers_among_candidates(row) == {partner.organisation_id}
        }
        _next_best_is_right(chooser, found, others, partner.organisation_id)
    assert [each.requirement_id for each in found.no_known_candidate] == [
        row["requirement_id"]
        for row in chooser.oracle.requirements
        if row["requirement_id"] not in today and not chooser.providers_among_candidates(row)
    ]
    assert set(found.still_open) == set(names) - covered


def _next_best_is_right(chooser: Chooser, found: Advice, others: list[str], body: str) -> None:
    partner = next(one for one in found.chosen if one.organisation_id == body)
    instead = [other for other in chooser.candidates if other not in (*others, body)]
    values = {other: chooser.objective([*others, other]) for other in instead}
    best = max(values.values(), default=0.0)
    if partner.next_best is None:
        assert best <= chooser.objective(others) + 1e-9
        return
    name = partner.next_best.organisation_id
    assert values[name] == CLOSE(best)
    assert partner.next_best.lost == CLOSE(found.objective - best, abs=1e-8)
    assert set(partner.next_best.opens) == chooser.covered([*others, body]) - chooser.covered([*others, name])


@tried(50)
@given(packs_and_luck())
def test_introducers_stand_on_a_shortest_way(drawn: tuple[Tables, random.Random]) -> None:
    tables, luck = drawn
    tables = outside(tables, luck)
    chooser = Chooser(Oracle(tables, MISSION, DAY.isoformat()))
    for partner in advised(tables, chooser).chosen:
        steps = chooser.steps.get(partner.organisation_id)
        assert partner.steps == steps
        assert [chooser.steps[body] for body in partner.introducers] == list(range(1, steps or 1))


@tried(100)
@given(packs_and_luck())
def test_greedy_never_passes_its_bound(drawn: tuple[Tables, random.Random]) -> None:
    tables, luck = drawn
    tables = outside(tables, luck)
    chooser = Chooser(Oracle(tables, MISSION, DAY.isoformat()), max_new=luck.choice((1, 2)))
    graph = MissionGraph.from_pack(checked(tables), MISSION, DAY)
    if graph.requirements.empty:
        return
    found = grid(graph, candidates(graph, ways(graph)), asked(chooser))
    tally = greedy(found.problem)
    top, _ = chooser.best()
    assert found.today + tally.value <= top + 1e-9
    assert found.today + tally.value == CLOSE(chooser.objective([found.ids[body] for body in tally.chosen]))


@tried(30)
@given(packs_and_luck())
def test_the_order_of_rows_changes_nothing(drawn: tuple[Tables, random.Random]) -> None:
    tables, luck = drawn
    tables = outside(tables, luck)
    chooser = limited(Oracle(tables, MISSION, DAY.isoformat()), luck)
    chooser = replace(chooser, bounds=())
    assert advice_document(advised(tables, chooser)) == advice_document(advised(shuffled(tables, luck), chooser))


def cuts(oracle: Oracle, ties: Iterable[tuple[str, str]]) -> set[str]:
    """Whoever is cut off by one body's leaving, with these ties of members added."""
    more = [{"source_id": a, "target_id": b, "mission_id": MISSION} for a, b in ties]
    grown = Oracle({**oracle.tables, "ties": [*oracle.rows("ties"), *more]}, oracle.mission_id, oracle.day)
    return {body for member in grown.members for body in grown.cut_off(member)}


@tried(100)
@given(packs_and_luck())
def test_introductions_leave_nobody_hanging_on_one_body(drawn: tuple[Tables, random.Random]) -> None:
    tables, _ = drawn
    for row in tables["requirements"]:
        row["mission_id"] = MISSION
    oracle = Oracle(tables, MISSION, DAY.isoformat())
    found = advised(tables, Chooser(oracle))
    pairs = [(tie.source_id, tie.target_id) for tie in found.introductions]
    assert len(pairs) == found.introductions_bound
    assert all(a < b and a in oracle.steps and b in oracle.steps for a, b in pairs)
    assert not {pair(*tie) for tie in pairs} & set(oracle.ties)
    assert not cuts(oracle, pairs)
    for tie in found.introductions:
        others = [other for other in pairs if other != (tie.source_id, tie.target_id)]
        assert set(tie.secures) == cuts(oracle, others) != set()
        both = oracle.neighbours[tie.source_id] & oracle.neighbours[tie.target_id]
        assert set(tie.in_common) == both
