"""The solver against every choice there is, on 400 random problems with families, costs and limits of every kind."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from orchestrator.partners import bound
from orchestrator.partners import solve as solving
from orchestrator.partners.bound import relaxed
from orchestrator.partners.greedy import greedy
from orchestrator.partners.linear import linear_model
from orchestrator.partners.problem import Limits, Problem, Tally
from orchestrator.partners.solve import Solution, solve

SEEDS = range(400)


def made(seed: int) -> Problem:
    """Up to nine bodies, some of one family, whole and broken weights, needs that work a little already."""
    luck = np.random.default_rng(seed)
    bodies, needs = int(luck.integers(2, 10)), int(luck.integers(1, 7))
    family = luck.integers(0, bodies, bodies) if luck.random() < 0.5 else np.arange(bodies)
    offers = luck.random((bodies, needs)) < luck.choice([0.25, 0.4, 0.6])
    body, need = np.nonzero(offers)
    units, unit = np.unique(np.column_stack([need, family[body]]), axis=0, return_inverse=True)
    weight = luck.choice([1.0, 2.0, 2.5, 0.0, 5.0, 1 / 3], needs)
    works = luck.random(needs) < 0.3
    cost = np.ones(bodies) if luck.random() < 0.5 else luck.choice([0.5, 1.0, 2.0, 3.0, 0.7], bodies)
    return Problem(
        cost=cost,
        body=body,
        unit=unit.ravel(),
        need=units[:, 0],
        first=np.where(works, weight / 2, weight),
        further=weight / 2,
        room=luck.integers(0, 4, needs),
        limits=limits(luck, bodies, cost),
    )


def limits(luck: np.random.Generator, bodies: int, cost: np.ndarray) -> Limits:
    most = int(luck.integers(1, 5)) if luck.random() < 0.4 else None
    budget = float(luck.uniform(0.5, cost.sum())) if luck.random() < 0.4 else None
    if luck.random() < 0.6:
        return Limits(most, budget)
    group = luck.integers(-1, 2, bodies)
    there = np.array([(group == at).sum() for at in range(2)])
    least = np.minimum(luck.integers(0, 2, 2), there)
    return Limits(most, budget, group, least, np.array([least[0] + luck.integers(0, 3), np.inf], dtype=float))


def every_choice(problem: Problem) -> list[np.ndarray]:
    every = range(problem.bodies)
    some = (np.array(some, np.int64) for count in range(problem.bodies + 1) for some in combinations(every, count))
    return [choice for choice in some if problem.allows(choice)]


def check(problem: Problem, found: Solution, choices: list[np.ndarray]) -> None:
    values = np.array([problem.value(choice) for choice in choices])
    costs = np.array([problem.spent(choice) for choice in choices])
    assert problem.allows(found.chosen)
    assert found.value == pytest.approx(problem.value(found.chosen))
    assert found.value == pytest.approx(values.max())
    assert found.bound >= values.max() - 1e-9
    least = costs[values >= values.max() - 1e-9].min()
    assert found.cost == pytest.approx(least)
    assert found.cost_bound <= least + 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_better_nothing_as_good_is_cheaper(seed: int) -> None:
    problem = made(seed)
    choices = every_choice(problem)
    if not choices:
        with pytest.raises(ValueError, match="least numbers"):
            solve(problem)
        return
    try:
        found = solve(problem)
    except ValueError:  # greedy found no way to the least numbers within a budget
        pytest.skip("no start")
    check(problem, found, choices)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_of_the_relaxation_is_never_passed(seed: int) -> None:
    problem = made(seed)
    choices = every_choice(problem)
    if not choices:
        return
    found = relaxed(linear_model(problem), 10)
    assert found is not None
    assert found.bound >= max(problem.value(choice) for choice in choices) - 1e-9
    for body in range(problem.bodies):
        with_it = [problem.value(choice) for choice in choices if body in choice]
        if found.shares[body] < 1e-9:
            assert max(with_it, default=-np.inf) <= found.bound + found.price[body] + 1e-9


@pytest.mark.parametrize("seed", range(60))
def test_in_rounds_and_among_few_the_bounds_still_hold(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "_AT_ONCE", 0)
    monkeypatch.setattr(bound, "_LET_IN", 1)
    monkeypatch.setattr(solving, "_LIKELY", 1)
    monkeypatch.setattr(solving, "_CELLS_SEARCHED", 3)
    monkeypatch.setattr(solving, "_BODIES_SEARCHED", 3)
    problem = made(seed)
    choices = every_choice(problem)
    try:
        found = solve(problem)
    except ValueError:
        return
    best = max(problem.value(choice) for choice in choices)
    assert found.value <= best + 1e-9 <= found.bound + 2e-9
    as_good = [problem.spent(choice) for choice in choices if problem.value(choice) >= found.value - 1e-9]
    assert found.cost_bound <= min(as_good) + 1e-9


@pytest.mark.parametrize("seed", range(100))
def test_of_equals_nobody_could_be_exchanged_for_one_that_stands_before(seed: int) -> None:
    problem = made(seed)
    try:
        chosen = solve(problem).chosen
    except ValueError:
        return
    for leaving in chosen.tolist():
        for coming in set(range(leaving)) - set(chosen.tolist()):
            other = np.sort(np.append(chosen[chosen != leaving], coming))
            if problem.allows(other) and problem.cost[coming] <= problem.cost[leaving]:
                assert problem.value(other) < problem.value(chosen) - 1e-10


@pytest.mark.parametrize("seed", range(100))
def test_a_tally_says_what_is_added_and_lost(seed: int) -> None:
    problem = made(seed)
    tally, luck = Tally(problem), np.random.default_rng(seed)
    for body in luck.permutation(problem.bodies).tolist():
        before = problem.value(tally.chosen)
        gain = tally.gain(body)
        assert gain == pytest.approx(tally.gains()[body])
        tally.add(body)
        assert problem.value(tally.chosen) == pytest.approx(before + gain) == pytest.approx(tally.value)
    for body in luck.permutation(problem.bodies).tolist():
        loss, before = tally.loss(body), tally.value
        tally.remove(body)
        assert tally.value == pytest.approx(before - loss)


@pytest.mark.parametrize("seed", SEEDS)
def test_greedy_keeps_to_the_limits_and_holds_nobody_idle(seed: int) -> None:
    problem = made(seed)
    try:
        tally = greedy(problem)
    except ValueError:
        return
    assert problem.allows(tally.chosen)
    idle = [body for body in tally.taken if tally.loss(body) <= 0]
    assert not idle or len(problem.limits.least)
