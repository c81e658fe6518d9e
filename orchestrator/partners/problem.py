"""The choice as plain arrays: who could fill which need, what that is worth, what it costs, which limits hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

__all__ = ["Limits", "Problem", "Tally"]


@dataclass(frozen=True)
class Limits:
    """What a choice must keep to: at most so many bodies, so much cost, and so many of each group.

    ``group`` numbers the group of each body (−1: in none); ``least`` and ``most`` bound each group.
    """

    bodies: int | None = None
    budget: float | None = None
    group: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    least: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    most: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def none(self) -> bool:
        """Does nothing limit the choice?"""
        return self.bodies is None and self.budget is None and not len(self.least)


@dataclass(frozen=True)
class Problem:
    """Bodies, needs, and between them units: one family that could newly fill one need.

    ``body`` and ``unit`` are parallel: this body supplies this unit; sorted by body. ``need`` says which need a unit
    fills. ``first`` is what the first new family is worth to a need, ``further`` each one after it (never more than
    ``first``), up to ``room`` of them. ``cost`` of each body. Bodies stand in the order in which equals are preferred.
    ``carries``: how many needs a body can serve at once (None: all that it offers).
    """

    cost: np.ndarray
    body: np.ndarray
    unit: np.ndarray
    need: np.ndarray
    first: np.ndarray
    further: np.ndarray
    room: np.ndarray
    limits: Limits = field(default_factory=Limits)
    carries: np.ndarray | None = None

    @property
    def bodies(self) -> int:
        """How many bodies there are to choose from."""
        return len(self.cost)

    @cached_property
    def starts(self) -> np.ndarray:
        """Where the units of each body start in ``unit``."""
        return np.searchsorted(self.body, np.arange(self.bodies + 1))

    def units_of(self, body: int) -> np.ndarray:
        """The units that a body supplies."""
        return self.unit[self.starts[body] : self.starts[body + 1]]

    def filled(self, chosen: np.ndarray) -> np.ndarray:
        """How many new families would each need have? Positions of bodies in, a count a need out."""
        here = np.zeros(self.bodies, np.bool_)
        here[chosen] = True
        units = np.unique(self.unit[here[self.body]])
        return np.bincount(self.need[units], minlength=len(self.room))

    def worth(self, filled: np.ndarray) -> np.ndarray:
        """What are so many new families worth to each need?"""
        counted = np.minimum(filled, self.room)
        return np.where(counted > 0, self.first + (counted - 1) * self.further, 0.0)

    def value(self, chosen: np.ndarray) -> float:
        """What is this choice worth, beyond what there is today?"""
        return float(self.worth(self.filled(chosen)).sum())

    @cached_property
    def everything(self) -> float:
        """What would all of them together be worth? No choice is worth more."""
        return self.value(np.arange(self.bodies))

    def spent(self, chosen: np.ndarray) -> float:
        """What does this choice cost?"""
        return float(self.cost[chosen].sum())

    def allows(self, chosen: np.ndarray) -> bool:
        """Does this choice keep to every limit?"""
        limits = self.limits
        if limits.bodies is not None and len(chosen) > limits.bodies:
            return False
        if limits.budget is not None and self.spent(chosen) > limits.budget * (1 + 1e-12):
            return False
        if not len(limits.least):
            return True
        groups = limits.group[chosen]
        count = np.bincount(groups[groups >= 0], minlength=len(limits.least))
        return bool((count >= limits.least).all() and (count <= limits.most).all())

    def among(self, bodies: np.ndarray) -> Problem:
        """The same choice with these bodies only (positions, ascending); needs and units stay as they are."""
        at = np.full(self.bodies, -1, np.int64)
        at[bodies] = np.arange(len(bodies))
        stays = at[self.body] >= 0
        limits = self.limits
        return replace(
            self,
            cost=self.cost[bodies],
            body=at[self.body[stays]],
            unit=self.unit[stays],
            limits=replace(limits, group=limits.group[bodies]) if len(limits.least) else limits,
            carries=None if self.carries is None else self.carries[bodies],
        )


class Tally:
    """A choice that grows or shrinks body by body, and what each further body would add to it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.supplied = np.zeros(len(problem.need), np.int64)
        self.filled = np.zeros(len(problem.room), np.int64)
        self.taken: dict[int, np.ndarray] = {}

    def next_worth(self) -> np.ndarray:
        """What would one more family be worth to each need?"""
        return self._worth_of(slice(None))

    def _worth_of(self, needs: np.ndarray | slice) -> np.ndarray:
        problem, filled = self.problem, self.filled[needs]
        more = np.where(filled == 0, problem.first[needs], problem.further[needs])
        return np.where(filled < problem.room[needs], more, 0.0)

    def gains(self) -> np.ndarray:
        """What would each body add? For all bodies at once; bodies that carry all they offer only."""
        problem = self.problem
        unit_worth = np.where(self.supplied == 0, self.next_worth()[problem.need], 0.0)
        return np.bincount(problem.body, weights=unit_worth[problem.unit], minlength=problem.bodies)

    def gain(self, body: int) -> float:
        """What would this body add?"""
        return float(self._best_units(body)[1].sum())

    def _best_units(self, body: int) -> tuple[np.ndarray, np.ndarray]:
        units = self.problem.units_of(body)
        units = units[self.supplied[units] == 0]
        worth = self._worth_of(self.problem.need[units])
        if self.problem.carries is not None and len(units) > self.problem.carries[body]:
            best = np.argsort(-worth, kind="stable")[: int(self.problem.carries[body])]
            return units[best], worth[best]
        return units, worth

    def add(self, body: int) -> None:
        """Take a body in."""
        carried = self.problem.units_of(body) if self.problem.carries is None else self._best_units(body)[0]
        new = carried[self.supplied[carried] == 0]
        self.supplied[carried] += 1
        self.filled[self.problem.need[new]] += 1
        self.taken[body] = carried

    def remove(self, body: int) -> None:
        """Leave a body out again."""
        carried = self.taken.pop(body)
        self.supplied[carried] -= 1
        gone = carried[self.supplied[carried] == 0]
        self.filled[self.problem.need[gone]] -= 1

    def loss(self, body: int) -> float:
        """What would be lost without this body of the choice?"""
        carried = self.taken[body]
        needs = self.problem.need[carried[self.supplied[carried] == 1]]
        filled, problem = self.filled[needs], self.problem
        less = np.where(filled == 1, problem.first[needs], problem.further[needs])
        return float(np.where(filled <= problem.room[needs], less, 0.0).sum())

    @property
    def chosen(self) -> np.ndarray:
        """The bodies of the choice, ascending."""
        return np.array(sorted(self.taken), np.int64)

    @property
    def value(self) -> float:
        """What the choice is worth."""
        return float(self.problem.worth(self.filled).sum())
