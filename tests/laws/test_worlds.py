"""How sure are we? Laws of the worlds: nothing in doubt changes nothing; shares are what probability says they are.

The referee enumerates every set of ties of a small mission and adds up the probabilities of those in which something
holds. An estimate from B worlds may be off by ``WITHIN`` standard errors; a sampler that is wrong is off by more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from math import comb, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from orchestrator.export import findings_document, findings_json
from orchestrator.model import MissionGraph
from orchestrator.model.worlds import Worlds, word
from orchestrator.study import analyse, with_worlds
from orchestrator.tables.vocabulary import STATES
from orchestrator.worlds import worlds
from orchestrator.worlds.answers import Answers, answers
from orchestrator.worlds.drawing import Drawing
from orchestrator.worlds.recompute import drawing_of
from orchestrator.worlds.unreported import unreported
from tests.laws.effort import tried
from tests.laws.judged import graph_of, referee
from tests.laws.oracle import Oracle, Pair, Row, Tables
from tests.laws.packs import MISSION, Situation, situations

DAY = Situation.day
#: Standard errors that an estimate may be off: 1 in 30,000 by luck alone, and the seed is fixed.
WITHIN = 4.0
FAST = ("coverage", "reach", "bottlenecks", "between", "brokers", "shape", "load", "mixing")


def tables(ties: str, *, confidence: str = "", **more: list[Row]) -> Tables:
    """Bodies are letters, c the centre; every one is engaged and offers what the one requirement wants."""
    bodies = sorted(set(ties.replace(" ", "")) | {"c"})
    offering = [body for body in bodies if body != "c"]
    return {
        "organisations": [{"organisation_id": body, "name": body, "sector": "local"} for body in bodies],
        "places": [{"place_id": "here", "name": "Here", "level": "area"}],
        "capabilities": [{"capability_id": "it", "name": "It"}],
        "missions": [{"mission_id": MISSION, "title": "Ours", "centre_id": "c"}],
        "requirements": [
            {"requirement_id": "r", "mission_id": MISSION, "capability_id": "it", "place_id": "here", "minimum": "2"}
        ],
        "offers": [{"organisation_id": body, "capability_id": "it", "place_id": "here"} for body in offering],
        "engagements": [{"organisation_id": body, "mission_id": MISSION, "status": "delivering"} for body in offering],
        "ties": [
            {"source_id": a, "target_id": b, "mission_id": MISSION, "confidence": confidence} for a, b in ties.split()
        ],
        **more,
    }


def responses(answered: str, silent: str = "") -> list[Row]:
    return [
        {"organisation_id": body, "mission_id": MISSION, "asked": "yes", "responded": "yes" if body in answered else ""}
        for body in answered + silent
    ]


def document(graph: MissionGraph, count: int, seed: int = 1) -> dict[str, Any]:
    return findings_document(with_worlds(analyse(graph, FAST), count, seed))


# ── nothing in doubt ────────────────────────────────────────────────────────────────────────────────


def sure(situation: Situation) -> Situation:
    """The same facts, with every tie certain and every body asked and answering."""
    rows = {name: [dict(row) for row in table] for name, table in situation.tables.items()}
    for tie in rows["ties"]:
        tie["confidence"] = "1"
    rows["responses"] = [
        {"organisation_id": row["organisation_id"], "mission_id": MISSION, "asked": "yes", "responded": "2020-01-01"}
        for row in rows["organisations"]
    ]
    return replace(situation, tables=rows)


@given(situations())
@tried(30)
def test_with_nothing_in_doubt_every_world_is_the_plain_result(situation: Situation) -> None:
    certain = sure(situation)
    graph = graph_of(certain.tables, certain.day, certain.min_level)
    said = document(graph, 5)
    plain = findings_document(analyse(graph, FAST))
    for row, told in zip(plain["organisations"], said["worlds"]["organisations"], strict=True):
        for name in ("weight_lost", "sole_provider_weight", "rooted_dependency", "constraint", "effective_size"):
            spread = told["measures"][name]
            assert [spread["low"], spread["median"], spread["high"]] == [pytest.approx(row[name], abs=1e-9)] * 3
        assert told["p_no_route"] == float(row["hops"] is None)
        if row["organisation_id"] != graph.centre_id:
            assert told["measures"]["cut_off"]["median"] == len(row["cut_off"])
            assert told["p_cuts_off"] == float(bool(row["cut_off"]))
        ranks = [measure["rank"] for measure in told["measures"].values() if measure["rank"]]
        assert all(rank["low"] == rank["median"] == rank["high"] for rank in ranks)
    for row, told in zip(plain["requirements"], said["worlds"]["requirements"], strict=True):
        assert told["states"] == {state: float(state == row["state"]) for state in STATES}
    for name, told in said["worlds"]["mission"].items():
        if name in plain["mission"]:
            assert told["median"] == pytest.approx(plain["mission"][name])
    for before, finding in zip(plain["findings"], said["findings"], strict=True):
        assert "(robust: " in finding["statement"]
        assert finding["low"] == finding["high"] == finding["value"] == before["value"]


@given(situations())
@tried(10)
def test_without_worlds_nothing_changes(situation: Situation) -> None:
    graph = graph_of(situation.tables, situation.day, situation.min_level)
    plain, after = findings_document(analyse(graph, FAST)), document(graph, 3)
    assert all(finding["low"] is None and finding["high"] is None for finding in plain["findings"])
    after.pop("worlds")
    assert {**after, "findings": None} == {**plain, "findings": None}
    said = {"statement", "low", "high"}
    bare = [[{k: v for k, v in f.items() if k not in said} for f in doc["findings"]] for doc in (plain, after)]
    assert bare[0] == bare[1]


@given(situations())
@tried(8)
def test_the_same_seed_gives_the_same_document(situation: Situation) -> None:
    texts = [findings_json(with_worlds(analyse(graph_of(situation.tables, situation.day)), 4, 7)) for _ in range(2)]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["worlds"]["seed"] == 7


# ── probabilities ───────────────────────────────────────────────────────────────────────────────────


def within(share: float, probability: float, count: int) -> bool:
    """Is the share of ``count`` worlds near enough to the probability?"""
    return abs(share - probability) <= WITHIN * sqrt(probability * (1 - probability) / count) + 1e-12


def share_without_route(draw: Callable[[int], np.ndarray], bridge: list[int], count: int) -> float:
    """In how many worlds is the bridge not among the ties?"""
    return sum(not (draw(number) == bridge).all(axis=1).any() for number in range(count)) / count


def binomial_bounds(count: int, chance: float, tail: float = 1e-4) -> tuple[int, int]:
    """How many of so many worlds at least and at most, but for a tail on either side? From the exact distribution."""
    weight = [comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(count + 1)]
    up = np.cumsum(weight)
    return int(np.searchsorted(up, tail)), int(np.searchsorted(up, 1 - tail))


def test_a_bridge_of_even_odds_is_gone_as_often_as_the_binomial_says() -> None:
    graph = graph_of(tables("ca ab", responses=responses("abc")) | {"ties": _odds({"ca": "", "ab": "0.5"})}, DAY)
    count = 400
    found = worlds(graph, count, seed=3)
    low, high = binomial_bounds(count, 0.5)
    gone = round(found.shares["no_route"][graph.members.index("b")] * count)
    assert low <= gone <= high
    assert found.shares["no_route"][graph.members.index("a")] == 0
    assert found.shares["cuts_off"][graph.members.index("a")] == 1 - gone / count


def _odds(confidence: dict[str, str]) -> list[Row]:
    return [
        {"source_id": a, "target_id": b, "mission_id": MISSION, "confidence": odds}
        for (a, b), odds in confidence.items()
    ]


@pytest.mark.parametrize("wrong", [0.35, 0.65, 0.25])
def test_a_sampler_with_other_odds_is_found(wrong: float) -> None:
    """The bounds above catch one that keeps a tie of even odds with another chance."""
    graph = graph_of(tables("ca ab", confidence="0.5"), DAY)
    right = drawing_of(graph, answers(graph), 3)
    planted = replace(right, doubt=replace(right.doubt, chance=np.full_like(right.doubt.chance, wrong)))
    count = 1000
    low, high = binomial_bounds(count, 0.5)
    bridge = [graph.members.index("a"), graph.members.index("b")]
    gone = [round(count * share_without_route(lambda n, d=d: d.world(n)[0], bridge, count)) for d in (right, planted)]
    assert low <= gone[0] <= high
    assert not low <= gone[1] <= high


def every_world(oracle: Oracle) -> Iterator[tuple[float, Oracle]]:
    """Every set of ties with its probability, as the referee sees it."""
    pairs: list[Pair] = oracle.ties
    for kept in product((True, False), repeat=len(pairs)):
        chance = 1.0
        for pair, there in zip(pairs, kept, strict=True):
            chance *= oracle.confidence(pair) if there else 1 - oracle.confidence(pair)
        gone = {pair for pair, there in zip(pairs, kept, strict=True) if not there}
        yield chance, _without(oracle, gone)


def _without(oracle: Oracle, gone: set[Pair]) -> Oracle:
    """The members stay, whoever has lost its ties: who takes part is not in doubt."""
    world = replace(oracle)
    left = {pair: rows for pair, rows in oracle.counted_ties.items() if pair not in gone}
    world.__dict__["members"], world.__dict__["counted_ties"] = oracle.members, left
    return world


def exact(oracle: Oracle) -> dict[str, Any]:
    """The probabilities that are estimated, added up over all worlds."""
    found = {"uncovered": {}, "cuts_off": {}, "no_route": {}, "within_2": {}}
    for chance, world in every_world(oracle):
        for need in world.requirements:
            _add(found["uncovered"], need["requirement_id"], chance * (world.state(need) != "covered"))
        for member in world.members:
            hops = world.hops(member)
            _add(found["cuts_off"], member, chance * bool(world.cut_off(member)))
            _add(found["no_route"], member, chance * (hops is None))
            _add(found["within_2"], member, chance * (hops is not None and hops <= 2))
    return found


def _add(sums: dict[str, float], name: str, amount: float) -> None:
    sums[name] = sums.get(name, 0.0) + amount


def estimated(graph: MissionGraph, found: Worlds) -> dict[str, Any]:
    shares = {name: dict(zip(graph.members, found.shares[name].tolist(), strict=True)) for name in found.shares}
    needs = graph.requirements["requirement_id"].tolist()
    uncovered = dict(zip(needs, (1 - found.states[:, STATES.index("covered")]).tolist(), strict=True))
    return {**{name: shares[name] for name in ("cuts_off", "no_route", "within_2")}, "uncovered": uncovered}


def far_off(graph: MissionGraph, oracle: Oracle, found: Worlds) -> list[str]:
    """Estimates that are further from the exact probability than luck allows."""
    told, true = estimated(graph, found), exact(oracle)
    return [
        f"{what} {name}: {told[what][name]} for {probability}"
        for what, by_name in true.items()
        for name, probability in by_name.items()
        if not (what == "cuts_off" and name == oracle.centre)
        and not within(told[what][name], min(1.0, probability), found.count)
    ]


@given(situations())
@tried(40)
def test_estimates_are_near_to_what_every_set_of_ties_adds_up_to(situation: Situation) -> None:
    oracle = referee(situation)
    if len(oracle.ties) > 7:
        return
    graph = graph_of(situation.tables, situation.day, situation.min_level)
    assert far_off(graph, oracle, worlds(graph, 300, seed=11)) == []


def test_the_referee_finds_ties_that_are_drawn_with_other_odds() -> None:
    rows = tables("ca ab cb bd", confidence="0.6")
    situation = Situation(rows)
    graph = graph_of(rows, DAY)
    assert far_off(graph, referee(situation), worlds(graph, 300, seed=11)) == []
    surer = tables("ca ab cb bd", confidence="0.8")
    assert far_off(graph, referee(situation), worlds(graph_of(surer, DAY), 300, seed=11))


def test_the_published_case_of_five_uncertain_ties() -> None:
    """Two bodies with a 0.87 chance to be connected, worked out over all 32 worlds."""
    odds = {"ca": "0.9", "cb": "0.6", "ab": "0.5", "ad": "0.8", "bd": "0.7"}
    rows = tables("ca cb ab ad bd") | {"ties": _odds(odds)}
    found = worlds(graph_of(rows, DAY), 2000, seed=1)
    assert within(1 - found.shares["no_route"][3], 0.87, 2000)
    assert exact(referee(Situation(rows)))["no_route"]["d"] == pytest.approx(0.13)


# ── what goes together, and what is missing ─────────────────────────────────────────────────────────


def _audited() -> Tables:
    """Ten ties of one source; of the same source one that was confirmed, and one that its other end left out."""
    rows = tables("ca cb cd ce cf cg ch ci cj ck cx cy")
    for tie in rows["ties"]:
        confirmed, refuted = tie["target_id"] == "x", tie["target_id"] == "y"
        tie |= {"source": "register", "confirmed_by": "x" if confirmed else "", "reported_by": "c" if refuted else ""}
    return rows | {"responses": responses("y")}


def _kept(drawing: Drawing, count: int) -> np.ndarray:
    """How many of the ties are there, in each world?"""
    return np.array([len(drawing.world(number)[0]) for number in range(count)])


def test_ties_of_one_audited_source_are_wrong_together() -> None:
    graph = graph_of(_audited(), DAY)
    drawing = drawing_of(graph, answers(graph), 5)
    assert (drawing.doubt.confirmed.tolist(), drawing.doubt.refuted.tolist()) == ([1], [1])
    kept = _kept(drawing, 600)
    # θ from Beta(2, 2): eleven rows hang on it, so their number varies by n·θ(1 − θ) and by n²·var θ = 121 / 20.
    alone = 11 * 0.25
    assert kept.var() > 2 * alone
    assert kept.var() == pytest.approx(11 * (0.25 - 0.05) + 121 * 0.05, rel=0.2)
    planted = replace(drawing, doubt=replace(drawing.doubt, source=np.full(12, -1), chance=np.full(12, 0.5)))
    assert _kept(planted, 600).var() < 2 * alone


def test_sources_that_nobody_audited_are_taken_at_their_word() -> None:
    graph = graph_of(tables("ca ab", responses=responses("abc")), DAY)
    assert worlds(graph, 3).certain


def sectors(answered: str, silent: str) -> MissionGraph:
    """A ring of bodies of three sectors: a to d local, e to h firms, i to l research."""
    rows = tables("ca ab bd de ef fg gh hi ij jk kl lc", responses=responses(answered, silent))
    for row in rows["organisations"]:
        name = row["organisation_id"]
        row["sector"] = "local" if name <= "d" else "firm" if name <= "h" else "research"
    return graph_of(rows, DAY)


def test_ties_are_added_only_between_bodies_that_did_not_answer() -> None:
    graph = sectors(answered="cabdef", silent="ghijkl")
    drawing = drawing_of(graph, answers(graph), 1)
    known = {tuple(pair) for pair in graph.ends.tolist()}
    added = {tuple(pair) for n in range(200) for pair in drawing.world(n)[0].tolist()} - known
    silent = {graph.members.index(body) for body in "ghijkl"}
    assert added
    assert {end for pair in added for end in pair} <= silent
    assert all(a < b for a, b in added)
    full = sectors(answered="cabdefghijkl", silent="")
    assert drawing_of(full, answers(full), 1).unreported.blocks == ()


def test_one_silent_body_among_many_that_answered_hides_nothing() -> None:
    """Whoever it works with would have told."""
    graph = sectors(answered="cabdefghijk", silent="l")
    assert drawing_of(graph, answers(graph), 1).unreported.blocks == ()


def test_as_many_ties_are_added_as_the_response_rate_says() -> None:
    """Of 300 bodies half are silent: a quarter of the pairs is; a third more ties are missing than are known."""
    luck = np.random.default_rng(1)
    told = Answers(np.zeros(300, np.int64), np.ones(300, np.bool_), np.arange(300) % 2 == 0)
    ends = np.unique(np.sort(luck.integers(0, 300, (600, 2)), axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    missing = unreported(300, ends, np.ones(len(ends)), told)
    drawn = [len(missing.draw(np.random.default_rng(n))[0]) for n in range(400)]
    (block,) = missing.blocks
    assert block.expected == pytest.approx(len(ends) / 3, rel=0.02)
    assert np.mean(drawn) == pytest.approx(block.expected, rel=0.05)
    assert np.var(drawn) > 1.2 * np.mean(drawn), "how many are missing is not known either"


def test_a_sector_below_half_is_not_ranked_and_says_why() -> None:
    graph = sectors(answered="cabdefij", silent="ghkl")
    said = document(graph, 20)["worlds"]
    assert said["sectors_not_ranked"] == []
    graph = sectors(answered="cabdefgi", silent="hjkl")
    said = document(graph, 20)
    (told,) = said["worlds"]["sectors_not_ranked"]
    assert (told["sector"], told["asked"], told["answered"], told["response_rate"]) == ("research", 4, 1, 0.25)
    assert told["reason"] == (
        "Research and education is not ranked: 1 of the 4 bodies that were asked answered (25%), and at least 50% must."
    )
    for row in said["worlds"]["organisations"]:
        ranked = row["organisation_id"] not in "cijkl"
        assert all((measure["rank"] is not None) == ranked for measure in row["measures"].values())
        assert all((measure["p_top"] is not None) == ranked for measure in row["measures"].values())
    about = [f for f in said["findings"] if f["subject_kind"] == "organisation" and f["subject_id"] in "ijkl"]
    assert about
    assert all("is not ranked" in finding["statement"] for finding in about)


def test_ranks_of_the_others_do_not_count_those_who_are_not_ranked() -> None:
    graph = sectors(answered="cabdefgi", silent="hjkl")
    rank = worlds(graph, 20).measures["rooted_dependency"].rank
    assert np.nanmax(rank.high) <= len([body for body in graph.members if body in "abdefgh"])


def test_older_ties_are_less_sure() -> None:
    rows = tables("ca cb cd")
    for tie, seen in zip(rows["ties"], ("2026-01-01", "2020-06-01", ""), strict=True):
        tie["last_seen"] = seen
    graph = graph_of(rows, DAY)
    assert drawing_of(graph, answers(graph), 1).doubt.chance == pytest.approx([1.0, 0.5, 1.0], abs=1e-3)


def test_the_words() -> None:
    assert [word(share) for share in (1, 0.9, 0.899, 0.5, 0.499, 0)] == [
        "robust", "robust", "likely", "likely", "cannot tell", "cannot tell",
    ]  # fmt: skip
