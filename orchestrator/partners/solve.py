"""The best choice within the limits: greedy first, then a bound, then exactly, then the cheapest and the preferred."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orchestrator.partners.bound import Relaxed, lattice, relaxed, rounded_down
from orchestrator.partners.greedy import greedy, guided, without_idle
from orchestrator.partners.highs import exactly
from orchestrator.partners.linear import Model, cheapest, linear_model, narrowed
from orchestrator.partners.problem import Problem, Tally
from orchestrator.partners.swaps import settled

__all__ = ["Solution", "likely", "solve", "tallied"]

#: Above so many filled cells the search looks among the bodies that the relaxation points to only.
_CELLS_SEARCHED = 60_000
_BODIES_SEARCHED = 1_500
_LIKELY = 700
#: Seconds that the bound may take at least.
_FOR_A_BOUND = 20.0
_TINY = 1e-9

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Solution:
    """Positions of the bodies that were chosen (ascending), and what is proved about them.

    ``value``: what they add; no choice within the limits adds more than ``bound``. ``cost``: what they cost; no choice
    that adds as much costs less than ``cost_bound``. ``method`` says how it was found.
    """

    chosen: np.ndarray
    value: float
    bound: float
    cost: float
    cost_bound: float
    method: str


@dataclass(frozen=True)
class _Search:
    """What a search came to: a choice that is better than the one at hand (None: none was found), and the bound."""

    chosen: np.ndarray | None
    bound: float
    how: str


def solve(problem: Problem, seconds: float = 20.0, progress: Progress | None = None) -> Solution:
    """Which bodies add most within the limits, and of those choices, which is cheapest?

    Among equals the bodies that stand first: no chosen one could be exchanged for one that is cheaper, or as cheap and
    stands before it, without losing anything. ``seconds`` bounds each of the two exact searches (the
    second starts only where the first was proved); what is not proved in time is the best found, and the bounds say how
    far off it can be. ``progress`` is told each step before it starts;
    to cancel, let it raise. Raises ValueError where no choice keeps to the limits.
    """
    tell = progress or (lambda _: None)
    tell("choosing by what each body adds for its cost")
    tally = greedy(problem)
    tiny = _TINY * max(1.0, problem.everything)
    model, method, bound = linear_model(problem), "greedy", problem.everything
    if tally.value < problem.everything - tiny:
        tell("working out how good any choice could be")
        loose = relaxed(model, max(_FOR_A_BOUND, 2 * seconds), likely(tally))
        if loose is not None and problem.carries is None:
            dear = loose.toll * (1 - np.clip(loose.shares, 0, 1) / 2)
            tally = max(tally, guided(problem, dear), key=lambda one: one.value)
        found = _searched(model, loose, problem, tally.value, lattice(model.gain), seconds, tell)
        bound, method = min(bound, found.bound), found.how
        tally = _better(problem, tally, found.chosen)
    bound = tally.value if bound <= tally.value + tiny else bound
    tell("looking for fewer or cheaper bodies that do the same")
    spare = seconds if bound <= tally.value else 0.0
    tally, cost_bound, how = _cheapest(problem, model, tally, spare, tell)
    if problem.carries is None:
        tally = settled(tally)
    chosen = tally.chosen
    cost = problem.spent(chosen)
    return Solution(chosen, tally.value, max(bound, tally.value), cost, min(cost, cost_bound), f"{method}; {how}")


def _better(problem: Problem, tally: Tally, chosen: np.ndarray | None) -> Tally:
    if chosen is None:
        return tally
    other = without_idle(tallied(problem, chosen))
    return other if other.value > tally.value else tally


def tallied(problem: Problem, chosen: np.ndarray) -> Tally:
    """A choice as a tally."""
    tally = Tally(problem)
    for body in chosen.tolist():
        tally.add(body)
    return tally


def _cheapest(problem: Problem, model: Model, tally: Tally, seconds: float, tell: Progress) -> tuple[Tally, float, str]:
    tiny = _TINY * max(1.0, problem.everything)
    asked = cheapest(model, problem.cost, tally.value, problem.everything, tiny)
    cost = problem.spent(tally.chosen)
    if not cost:
        return tally, 0.0, "nobody to save"
    loose = relaxed(asked, max(_FOR_A_BOUND, 2 * seconds), likely(tally))
    found = _searched(asked, loose, problem, -cost, lattice(problem.cost), seconds, tell)
    if found.chosen is not None:
        other = without_idle(tallied(problem, found.chosen))
        if other.value >= tally.value - tiny and problem.spent(other.chosen) < cost:
            tally = other
    return tally, max(0.0, -found.bound), f"fewest {found.how}"


def _searched(
    model: Model,
    loose: Relaxed | None,
    problem: Problem,
    have: float,
    step: float | None,
    seconds: float,
    tell: Progress,
) -> _Search:
    """A choice that is better than the one at hand, worth ``have``, or the proof that there is none, or the best in
    time with its bound. In no time at all: the bound only."""
    ends = time.monotonic() + seconds
    if loose is None:
        return _Search(None, float("inf"), "without a bound")
    bound = max(have, rounded_down(loose.bound, step))
    if bound <= have + _TINY * max(1.0, abs(have)):
        return _Search(None, have, "proved by the relaxation")
    if seconds <= 0:
        return _Search(None, bound, "not searched")
    kept, all_that_count = _kept(loose, have, step, problem)
    tell(f"searching among {len(kept):,} of {model.bodies:,} bodies")
    gap = 0.0 if step is None else 0.9 * step / max(1.0, abs(bound))
    found = exactly(narrowed(model, np.isin(np.arange(model.bodies), kept)), max(1.0, ends - time.monotonic()), gap)
    if not all_that_count:
        return _Search(found.chosen(model.bodies), bound, "searched among the bodies that the relaxation points to")
    proved = max(have, min(bound, rounded_down(found.bound, step)))
    if found.columns is not None and found.proved:
        proved = max(have, min(proved, rounded_down(float(model.gain @ np.round(found.columns, 9)), step)))
    how = "searched exactly" if found.proved else "searched until time ran out"
    return _Search(found.chosen(model.bodies), proved, how)


def likely(tally: Tally) -> np.ndarray:
    """The bodies of the choice, and those that would add most for their cost at the start and now."""
    problem = tally.problem
    per = np.maximum(problem.cost, _TINY)
    first = Tally(problem).gains() / per
    return np.union1d(tally.chosen, np.argsort(-np.stack([first, tally.gains() / per]), axis=1)[:, :_LIKELY])


def _kept(loose: Relaxed, have: float, step: float | None, problem: Problem) -> tuple[np.ndarray, bool]:
    """The bodies worth searching, and whether the others are proved to be in no better choice.

    Whoever the relaxation leaves out costs it ``price`` when taken: where that pulls the bound below what would be
    better, no better choice holds the body.
    """
    better = have if step is None else have + step / 2
    slack = 1e-7 * max(1.0, abs(loose.bound))
    counts = loose.bound + loose.price + slack >= better
    cells = int(counts[problem.body].sum())
    if cells <= _CELLS_SEARCHED:
        return np.flatnonzero(counts), True
    order = np.lexsort((loose.price, loose.shares))[::-1]
    order = order[counts[order]][:_BODIES_SEARCHED]
    return np.sort(order), False
