"""A good choice at once: the body that adds most per cost, again and again."""

from __future__ import annotations

import heapq
from collections.abc import Callable

import numpy as np

from orchestrator.partners.problem import Problem, Tally

__all__ = ["by_ratio", "greedy", "guided", "without_idle"]

_TINY = 1e-9


def greedy(problem: Problem) -> Tally:
    """A choice by gain per cost, or by gain alone where that turns out better.

    Raises ValueError where the least numbers of groups cannot be had within the limits.
    """
    best = by_ratio(problem)
    if problem.limits.budget is None or (problem.cost == problem.cost[:1]).all():
        return best
    by_gain = _run(problem, np.ones(problem.bodies))
    return by_gain if by_gain.value > best.value + _TINY else best


def by_ratio(problem: Problem) -> Tally:
    """A choice by gain per cost with lazy evaluation.

    What a body adds only shrinks as others come in, so a body whose figure is still the greatest after it was worked
    out again is the best of all: most figures are never worked out twice (Minoux 1978). Bodies that the least numbers
    of groups ask for come first. Equals: whoever stands first. Cost grows with units, and with how often figures are
    worked out again. Raises ValueError where the least numbers cannot be had within the limits.
    """
    return _run(problem, problem.cost)


def guided(problem: Problem, toll: np.ndarray) -> Tally:
    """A choice by gain per toll: what each body uses up of all limits together, as the relaxation prices them.

    Where several limits bind, cost alone misleads: cheap bodies fill the numbers that are allowed. Half the toll for a
    body that the relaxation takes whole did best on made instances. Raises ValueError as ``greedy`` does.
    """
    return _run(problem, np.maximum(toll, _TINY * max(1.0, toll.max(initial=0.0))))


def _run(problem: Problem, cost: np.ndarray) -> Tally:
    choice = _Choice(problem, cost)
    if problem.limits.least.any() and not choice.fill_least():
        choice = _Choice(problem, cost)
        if not choice.fill_least(cheapest=True):
            raise ValueError("the least numbers of groups cannot be had within the other limits")
    choice.grow(np.ones(problem.bodies, np.bool_), choice.fits)
    return without_idle(choice.tally)


class _Choice:
    """A tally with how much of each limit is left."""

    def __init__(self, problem: Problem, cost: np.ndarray) -> None:
        limits = problem.limits
        self.problem, self.tally = problem, Tally(problem)
        self.per = np.maximum(cost, _TINY)
        self.bodies = problem.bodies if limits.bodies is None else limits.bodies
        self.budget = np.inf if limits.budget is None else limits.budget * (1 + 1e-12)
        self.group = limits.group if len(limits.least) else np.full(problem.bodies, -1)
        self.left, self.owed = limits.most.copy(), limits.least.copy()

    def fits(self, body: int) -> bool:
        """Is there room for this body in every limit?"""
        group = self.group[body]
        return bool(self.bodies > 0 and self.problem.cost[body] <= self.budget and (group < 0 or self.left[group] > 0))

    def _owed(self, body: int) -> bool:
        return self.fits(body) and self.owed[self.group[body]] > 0

    def fill_least(self, *, cheapest: bool = False) -> bool:
        """Take the least number of each group. False where that cannot be had so."""
        asked = np.isin(self.group, np.flatnonzero(self.owed))
        if cheapest:
            for body in np.argsort(self.problem.cost, kind="stable").tolist():
                if asked[body] and self._owed(body):
                    self._take(body)
        else:
            self.grow(asked, self._owed, idle=True)
        return not self.owed.any()

    def _take(self, body: int) -> None:
        self.tally.add(body)
        self.bodies -= 1
        self.budget -= self.problem.cost[body]
        if self.group[body] >= 0:
            self.left[self.group[body]] -= 1
            self.owed[self.group[body]] = max(0, self.owed[self.group[body]] - 1)

    def _gains(self) -> np.ndarray:
        if self.problem.carries is None:
            return self.tally.gains()
        return np.array([self.tally.gain(body) for body in range(self.problem.bodies)])

    def grow(self, wanted: np.ndarray, fits: Callable[[int], bool], *, idle: bool = False) -> None:
        """Take the best of those ``wanted`` (bool) that fits until none adds anything (``idle``: even then)."""
        first = -self._gains() / self.per
        heap = [(ratio, b) for b, ratio in enumerate(first.tolist()) if wanted[b] and b not in self.tally.taken]
        heapq.heapify(heap)
        while heap and self.bodies > 0:
            was, body = heapq.heappop(heap)
            if was >= 0 and not idle:
                return
            if not fits(body):
                continue
            now = -self.tally.gain(body) / self.per[body]
            if heap and (now, body) > heap[0]:
                heapq.heappush(heap, (now, body))
            elif now < 0 or idle:
                self._take(body)


def without_idle(tally: Tally) -> Tally:
    """The same choice without bodies that nothing is lost without: the dearest first, then whoever stands last.

    Least numbers of groups stay kept to.
    """
    problem = tally.problem
    limits = problem.limits
    spare = np.zeros(len(limits.least), np.int64)
    if len(spare):
        groups = limits.group[tally.chosen]
        spare = np.bincount(groups[groups >= 0], minlength=len(spare)) - limits.least
    for body in sorted(tally.taken, key=lambda b: (-problem.cost[b], -b)):
        group = limits.group[body] if len(spare) else -1
        if tally.loss(body) <= _TINY * max(1.0, problem.everything) and (group < 0 or spare[group] > 0):
            tally.remove(body)
            if group >= 0:
                spare[group] -= 1
    return tally
