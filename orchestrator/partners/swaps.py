"""One body of a choice for another: whom else could we take, and who of equals is preferred?"""

from __future__ import annotations

import numpy as np

from orchestrator.partners.problem import Problem, Tally

__all__ = ["may_take_its_place", "settled"]

_TINY = 1e-9


def may_take_its_place(problem: Problem, chosen: np.ndarray, leaving: int) -> np.ndarray:
    """Which bodies outside the choice could come in for this one within the limits? bool a body."""
    limits = problem.limits
    may = np.ones(problem.bodies, np.bool_)
    may[chosen] = False
    if limits.budget is not None:
        may &= problem.spent(chosen) - problem.cost[leaving] + problem.cost <= limits.budget * (1 + 1e-12)
    if len(limits.least):
        groups = limits.group[chosen[chosen != leaving]]
        count = np.bincount(groups[groups >= 0], minlength=len(limits.least))
        short = np.flatnonzero(count < limits.least)
        if len(short):
            may &= limits.group == short[0]
        may &= (limits.group < 0) | (count < limits.most)[limits.group]
    return may


def settled(tally: Tally) -> Tally:
    """Exchange until no chosen body has an equal that is cheaper, or as cheap and stands before it.

    Whoever stands last is asked first. Each exchange makes the choice cheaper or moves it forward, so it ends. Cost
    grows with exchanges times units.
    """
    problem = tally.problem
    tiny = _TINY * max(1.0, problem.everything)
    changed = True
    while changed:
        changed = False
        for body in sorted(tally.taken, reverse=True):
            may = may_take_its_place(problem, tally.chosen, body)
            loss = tally.loss(body)
            tally.remove(body)
            equal = may & (tally.gains() >= loss - tiny) & (problem.cost <= problem.cost[body])
            equal[body:] &= problem.cost[body:] < problem.cost[body]
            others = np.flatnonzero(equal)
            if len(others):
                tally.add(int(others[np.lexsort((others, problem.cost[others]))[0]]))
                changed = True
            else:
                tally.add(body)
    return tally
