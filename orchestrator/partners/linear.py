"""The choice as a linear model: one column a body, one row a need, one row a limit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from orchestrator.partners.problem import Problem

__all__ = ["Model", "at_least", "cheapest", "linear_model", "narrowed"]


@dataclass(frozen=True)
class Model:
    """Maximise ``gain`` · columns, with rows and columns within their bounds. The first ``bodies`` columns are bodies.

    Behind them stand first families and further ones of needs, units that several bodies supply, and shares of bodies
    that cannot carry all they offer. ``whole`` marks columns that must be whole numbers. The cells of the rows are
    ``row``, ``column`` and ``value``, one entry each.
    """

    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    gain: np.ndarray
    whole: np.ndarray
    bodies: int


class _Columns:
    """Where each kind of column stands."""

    def __init__(self, problem: Problem) -> None:
        suppliers = np.bincount(problem.unit, minlength=len(problem.need))
        available = np.bincount(problem.need[suppliers > 0], minlength=len(problem.room))
        room = np.minimum(problem.room, available)
        self.suppliers = suppliers
        self.needs = np.flatnonzero((room > 0) & (problem.first > 0))
        alike = problem.first[self.needs] == problem.further[self.needs]
        self.first_most = np.where(alike, room[self.needs], 1).astype(float)
        more = ~alike & (room[self.needs] > 1) & (problem.further[self.needs] > 0)
        self.again = self.needs[more]
        self.again_most = room[self.again] - 1.0
        self.shared = np.flatnonzero((suppliers > 1) & np.isin(problem.need, self.needs))
        carried = np.zeros(len(problem.body), np.bool_)
        if problem.carries is not None:
            offered = np.bincount(problem.body, minlength=problem.bodies)
            carried = (offered > problem.carries)[problem.body]
        self.carried = np.flatnonzero(carried & np.isin(problem.need[problem.unit], self.needs))
        sizes = [problem.bodies, len(self.needs), len(self.again), len(self.shared), len(self.carried)]
        self.at = np.concatenate([[0], np.cumsum(sizes)])


class _Rows:
    """Rows as they are gathered: cells, and the bounds of each row."""

    def __init__(self) -> None:
        self.cells: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self.low: list[np.ndarray] = []
        self.high: list[np.ndarray] = []
        self.count = 0

    def add(self, count: int, high: float = 0.0, low: float = -np.inf) -> int:
        """So many rows with these bounds; returns the number of the first."""
        self.low.append(np.full(count, low))
        self.high.append(np.full(count, high))
        self.count += count
        return self.count - count

    def put(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray | float) -> None:
        """Values in cells of rows that were added."""
        self.cells.append((rows, columns, np.broadcast_to(np.asarray(values, float), rows.shape)))


def linear_model(problem: Problem) -> Model:
    """Whoever is chosen counts 1. First and further families of a need are at most the units supplied to it.

    Families beyond the first are worth no more than the first, so nothing has to force their order. Cost grows with
    units.
    """
    columns, rows = _Columns(problem), _Rows()
    _needs_and_units(problem, columns, rows)
    _limits(problem, rows)
    width = int(columns.at[-1])
    gain, most = np.zeros(width), np.ones(width)
    gain[columns.at[1] : columns.at[2]] = problem.first[columns.needs]
    gain[columns.at[2] : columns.at[3]] = problem.further[columns.again]
    most[columns.at[1] : columns.at[2]] = columns.first_most
    most[columns.at[2] : columns.at[3]] = columns.again_most
    whole = np.zeros(width, np.int64)
    whole[: problem.bodies] = 1
    whole[columns.at[4] :] = 1
    parts = list(zip(*rows.cells, strict=True)) or [[np.zeros(0, np.int64)]] * 2 + [[np.zeros(0)]]
    row, column, value = (np.concatenate(part) for part in parts)
    return Model(
        row=row,
        column=column,
        value=value,
        low=np.concatenate(rows.low or [np.zeros(0)]),
        high=np.concatenate(rows.high or [np.zeros(0)]),
        least=np.zeros(width),
        most=most,
        gain=gain,
        whole=whole,
        bodies=problem.bodies,
    )


def _needs_and_units(problem: Problem, columns: _Columns, rows: _Rows) -> None:
    need_row = np.full(len(problem.room), -1, np.int64)
    need_row[columns.needs] = rows.add(len(columns.needs)) + np.arange(len(columns.needs))
    rows.put(need_row[columns.needs], columns.at[1] + np.arange(len(columns.needs)), 1.0)
    rows.put(need_row[columns.again], columns.at[2] + np.arange(len(columns.again)), 1.0)
    # What supplies a unit: the body, or the share of it that is spent on this need.
    supplier = problem.body.copy()
    supplier[columns.carried] = columns.at[4] + np.arange(len(columns.carried))
    wanted = need_row[problem.need[problem.unit]] >= 0
    alone = np.flatnonzero(wanted & (columns.suppliers[problem.unit] == 1))
    rows.put(need_row[problem.need[problem.unit[alone]]], supplier[alone], -1.0)
    shared_row = np.full(len(problem.need), -1, np.int64)
    shared_row[columns.shared] = rows.add(len(columns.shared)) + np.arange(len(columns.shared))
    shared_column = columns.at[3] + np.arange(len(columns.shared))
    rows.put(need_row[problem.need[columns.shared]], shared_column, -1.0)
    rows.put(shared_row[columns.shared], shared_column, 1.0)
    among = np.flatnonzero(wanted & (columns.suppliers[problem.unit] > 1))
    rows.put(shared_row[problem.unit[among]], supplier[among], -1.0)
    if problem.carries is not None and len(columns.carried):
        _carried(problem, columns, rows, supplier)


def _carried(problem: Problem, columns: _Columns, rows: _Rows, supplier: np.ndarray) -> None:
    """A body spends no more of itself than it carries, and nothing unless it is chosen."""
    bodies, which = np.unique(problem.body[columns.carried], return_inverse=True)
    first = rows.add(len(bodies))
    rows.put(first + which, supplier[columns.carried], 1.0)
    assert problem.carries is not None
    rows.put(first + np.arange(len(bodies)), bodies, -problem.carries[bodies])
    each = rows.add(len(columns.carried)) + np.arange(len(columns.carried))
    rows.put(each, supplier[columns.carried], 1.0)
    rows.put(each, problem.body[columns.carried], -1.0)


def _limits(problem: Problem, rows: _Rows) -> None:
    limits, bodies = problem.limits, np.arange(problem.bodies)
    if limits.bodies is not None:
        row = rows.add(1, float(limits.bodies))
        rows.put(np.full(problem.bodies, row), bodies, 1.0)
    if limits.budget is not None:
        row = rows.add(1, limits.budget)
        rows.put(np.full(problem.bodies, row), bodies, problem.cost)
    for group, (least, most) in enumerate(zip(limits.least.tolist(), limits.most.tolist(), strict=True)):
        mine = np.flatnonzero(limits.group == group)
        row = rows.add(1, most, least)
        rows.put(np.full(len(mine), row), mine, 1.0)


def narrowed(model: Model, inside: np.ndarray) -> Model:
    """The same model with these bodies only (bool a body); the others stay as columns without cells, at 0."""
    if inside.all():
        return model
    open_ = np.ones(len(model.gain), np.bool_)
    open_[: model.bodies] = inside
    cells = open_[model.column]
    return replace(
        model,
        row=model.row[cells],
        column=model.column[cells],
        value=model.value[cells],
        most=np.where(open_, model.most, 0.0),
        gain=np.where(open_, model.gain, 0.0),
        whole=np.where(open_, model.whole, 0),
    )


def at_least(model: Model, gain: float) -> Model:
    """The same model with one more row: the gain must not be below this."""
    columns = np.flatnonzero(model.gain)
    return replace(
        model,
        row=np.append(model.row, np.full(len(columns), len(model.low))),
        column=np.append(model.column, columns),
        value=np.append(model.value, model.gain[columns]),
        low=np.append(model.low, gain),
        high=np.append(model.high, np.inf),
    )


def cheapest(model: Model, cost: np.ndarray, gain: float, everything: float, slack: float) -> Model:
    """Ask for the least cost at which the gain is had. Where it is all that can be had, every need is full."""
    if gain >= everything - slack:
        least = np.where(model.gain > 0, model.most, model.least)
        found = replace(model, least=least)
    else:
        found = at_least(model, gain - slack)
    price = np.zeros(len(model.gain))
    price[: len(cost)] = -cost
    return replace(found, gain=price)
