"""A choice in which new ties cost something too: bodies must be within so many steps of the centre, over ties that are
there or that are made."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from orchestrator.partners.highs import exactly
from orchestrator.partners.linear import Model, cheapest, linear_model
from orchestrator.partners.problem import Problem

__all__ = ["Making", "Network", "with_new_ties"]

_TINY = 1e-7


@dataclass(frozen=True)
class Network:
    """Everybody by position, ties between them with the ``cost`` of making each (0: it is there), and the most
    ``steps`` that a body may be from the centre. ``of_body``: where each body of the problem stands."""

    size: int
    centre: int
    ends: np.ndarray
    cost: np.ndarray
    steps: int
    of_body: np.ndarray


@dataclass(frozen=True)
class Making:
    """The bodies chosen, the ties to make (positions in ``ends``), what it is worth, and what it costs with ties."""

    chosen: np.ndarray
    ties: np.ndarray
    value: float
    cost: float


class _Grown:
    """A model that gets more columns and rows."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def columns(self, count: int, *, most: float = 1.0, least: float = 0.0, whole: bool = False) -> np.ndarray:
        model, first = self.model, len(self.model.gain)
        self.model = replace(
            model,
            least=np.append(model.least, np.full(count, least)),
            most=np.append(model.most, np.full(count, most)),
            gain=np.append(model.gain, np.zeros(count)),
            whole=np.append(model.whole, np.full(count, int(whole))),
        )
        return first + np.arange(count)

    def row(self, columns: list[int] | np.ndarray, values: list[float] | np.ndarray, high: float = 0.0) -> None:
        model = self.model
        self.model = replace(
            model,
            row=np.append(model.row, np.full(len(columns), len(model.low))),
            column=np.append(model.column, np.asarray(columns, dtype=np.int64)),
            value=np.append(model.value, np.asarray(values, dtype=float)),
            low=np.append(model.low, -np.inf),
            high=np.append(model.high, high),
        )


def with_new_ties(problem: Problem, network: Network, seconds: float = 20.0) -> Making:
    """The choice that is worth most within the limits, and of those the cheapest, ties that are made included.

    A body may be chosen if it is within the steps of the centre over ties that are there and ties that are made. For
    small networks: cost grows with steps times ties, and the search beyond that. Raises ValueError where no choice
    keeps to the limits in time.
    """
    grown = _Grown(linear_model(replace(problem, limits=replace(problem.limits, budget=None))))
    made = _reach(grown, network)
    price = np.zeros(len(grown.model.gain))
    price[: problem.bodies] = problem.cost
    price[made] = network.cost[network.cost > 0]
    if problem.limits.budget is not None:
        grown.row(np.flatnonzero(price), price[price > 0], problem.limits.budget)
    best = exactly(grown.model, seconds)
    if best.columns is None:
        raise ValueError("no choice keeps to the limits")
    value = float(grown.model.gain @ best.columns)
    least = exactly(cheapest(grown.model, price, value, np.inf, _TINY), seconds)
    columns = best.columns if least.columns is None else least.columns
    ties = np.flatnonzero(network.cost > 0)[columns[made] > 0.5]
    chosen = np.flatnonzero(columns[: problem.bodies] > 0.5)
    cost = float(problem.cost[chosen].sum() + network.cost[ties].sum())
    return Making(chosen, ties, float(grown.model.gain @ columns), cost)


def _reach(grown: _Grown, network: Network) -> np.ndarray:
    """Columns for each tie that can be made, and rows that let a body in only if it is reached."""
    creatable = np.flatnonzero(network.cost > 0)
    made = grown.columns(len(creatable), whole=True)
    tie_column = dict(zip(creatable.tolist(), made.tolist(), strict=True))
    reached = grown.columns(network.size, most=0.0)
    grown.model.most[reached[network.centre]] = 1.0
    for _ in range(network.steps):
        after = grown.columns(network.size)
        onward: list[list[int]] = [[int(reached[v])] for v in range(network.size)]
        for tie, (a, b) in enumerate(network.ends.tolist()):
            for here, there in ((a, b), (b, a)):
                if tie not in tie_column:
                    onward[there].append(int(reached[here]))
                    continue
                over = int(grown.columns(1)[0])
                grown.row([over, int(reached[here])], [1.0, -1.0])
                grown.row([over, tie_column[tie]], [1.0, -1.0])
                onward[there].append(over)
        for v in range(network.size):
            grown.row([int(after[v]), *onward[v]], [1.0] + [-1.0] * len(onward[v]))
        reached = after
    for body, at in enumerate(network.of_body.tolist()):
        grown.row([body, int(reached[at])], [1.0, -1.0])
    return made
