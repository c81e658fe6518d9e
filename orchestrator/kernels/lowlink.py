"""One walk through the whole graph: who hangs on whom, which ties are bridges, what each leaving breaks apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["Tree", "best_after", "hanging", "pairs_left", "walk"]


class Tree(NamedTuple):
    """The tree of last passes from the centre: ``order[enter[v] + 1 : enter[v] + size[v]]`` hang on v.

    ``above`` is the last member that every route from the centre passes (−1: the centre, or no route). All int32.
    """

    above: np.ndarray
    order: np.ndarray
    enter: np.ndarray
    size: np.ndarray


@part
def _descend(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    gone: np.ndarray,
    root: int,
    first: int,
    seen: np.ndarray,
    low: np.ndarray,
    parent: np.ndarray,
    onward: np.ndarray,
    order: np.ndarray,
) -> int:
    """Depth first from a root; ``seen`` numbers members from ``first``, in the order that ``order`` lists."""
    count = first
    seen[root] = low[root] = count
    order[count] = root
    count += 1
    v = root
    while v >= 0:
        e = onward[v]
        if e < offsets[v + 1]:
            onward[v] = e + 1
            w = neighbours[e]
            if gone[w]:
                continue
            if seen[w] < 0:
                parent[w] = v
                seen[w] = low[w] = count
                order[count] = w
                count += 1
                v = w
            elif w != parent[v] and seen[w] < low[v]:
                low[v] = seen[w]
        else:
            up = parent[v]
            if up >= 0 and low[v] < low[up]:
                low[up] = low[v]
            v = up
    return count


@kernel(work=cells_times(4))
def walk(
    offsets: np.ndarray, neighbours: np.ndarray, ties: np.ndarray, centre: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Which member is ``above`` each, which ties are bridges, the order of discovery, and how many components?

    Returns ``above`` (int32, see Tree), ``far`` (int32 a tie: the end of a bridge that is away from the root of its
    component, −1 for a tie that is no bridge), ``order`` (members of the centre's component first), and the number of
    components. Hopcroft and Tarjan (1973). Cost grows with members and ties.
    """
    n = len(offsets) - 1
    seen = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    parent = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    onward = offsets[:-1].copy()
    gone = np.zeros(n, np.bool_)
    mine = _descend(offsets, neighbours, gone, centre, 0, seen, low, parent, onward, order)
    count, components = mine, 1
    for root in range(n):
        if seen[root] < 0:
            count = _descend(offsets, neighbours, gone, root, count, seen, low, parent, onward, order)
            components += 1
    above = np.full(n, -1, np.int32)
    for i in range(1, mine):
        v = order[i]
        up = parent[v]
        above[v] = up if low[v] >= seen[up] else above[up]
    far = np.full(len(ties) // 2, -1, np.int32)
    for v in range(n):
        up = parent[v]
        if up >= 0 and low[v] > seen[up]:
            for e in range(offsets[v], offsets[v + 1]):
                if neighbours[e] == up:
                    far[ties[e]] = v
    return above, far, order[:mine], components


@kernel()
def hanging(above: np.ndarray, discovered: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay the tree out so that all who hang on a member are one slice: ``order``, ``enter`` and ``size`` of Tree.

    ``discovered`` lists the centre first and every member after the one above it.
    """
    n = len(above)
    size = np.zeros(n, np.int32)
    for v in discovered:
        size[v] = 1
    for i in range(len(discovered) - 1, 0, -1):
        v = discovered[i]
        size[above[v]] += size[v]
    enter = np.full(n, -1, np.int32)
    free = np.full(n, -1, np.int32)
    order = np.empty(len(discovered), np.int32)
    for i in range(len(discovered)):
        v = discovered[i]
        if i == 0:
            enter[v] = 0
        else:
            enter[v] = free[above[v]]
            free[above[v]] += size[v]
        free[v] = enter[v] + 1
        order[enter[v]] = v
    return order, enter, size


@part
def _pairs_left(offsets: np.ndarray, neighbours: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """How many ordered pairs can still reach each other once a member leaves as well as those that are ``gone``?

    float64 a member: the sum over the components that are left of s(s − 1); −1 for a member that is gone already.
    One walk answers for every member. Cost grows with members and ties.
    """
    n = len(offsets) - 1
    seen = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    parent = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    onward = offsets[:-1].copy()
    size = np.ones(n, np.int64)
    inside = np.zeros(n)
    apart = np.zeros(n, np.int64)
    left = np.full(n, -1.0)
    whole = 0.0
    count = 0
    for root in range(n):
        if gone[root] or seen[root] >= 0:
            continue
        first = count
        count = _descend(offsets, neighbours, gone, root, first, seen, low, parent, onward, order)
        s = count - first
        whole += float(s) * (s - 1)
        for i in range(count - 1, first, -1):
            v = order[i]
            up = parent[v]
            size[up] += size[v]
            if low[v] >= seen[up]:
                inside[up] += float(size[v]) * (size[v] - 1)
                apart[up] += size[v]
        for i in range(first, count):
            v = order[i]
            rest = s - 1 - apart[v]
            left[v] = inside[v] + float(rest) * (rest - 1) - float(s) * (s - 1)
    for v in range(n):
        if not gone[v]:
            left[v] += whole
    return left


def _steps(offsets: np.ndarray, neighbours: np.ndarray, groups: np.ndarray) -> int:
    return 3 * (len(offsets) + len(neighbours)) * len(groups)


@kernel(work=_steps)
def pairs_left(offsets: np.ndarray, neighbours: np.ndarray, group: np.ndarray) -> np.ndarray:
    """How many ordered pairs can still reach each other once a member leaves after a whole ``group`` (positions) has?

    float64 a member: the sum over the components that are left of s(s − 1); −1 for who is in the group. One walk
    answers for every member. Cost grows with members and ties.

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(3, np.array([[0, 1], [1, 2]]))
    >>> pairs_left(rows.offsets, rows.neighbours, np.array([0])).tolist()
    [-1.0, 0.0, 0.0]
    """
    gone = np.zeros(len(offsets) - 1, np.bool_)
    for v in group:
        gone[v] = True
    return _pairs_left(offsets, neighbours, gone)


@kernel(work=_steps)
def best_after(offsets: np.ndarray, neighbours: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every group (a row of positions): whose leaving after it breaks most apart, and how many pairs are left?

    Returns int64 positions, the first of equals (−1: nobody is left to leave), and float64 pairs as ``pairs_left``.
    Cost grows with groups times members and ties.
    """
    n = len(offsets) - 1
    who, left = np.full(len(groups), -1, np.int64), np.full(len(groups), np.inf)
    gone = np.zeros(n, np.bool_)
    for g in range(len(groups)):
        for v in groups[g]:
            gone[v] = True
        pairs = _pairs_left(offsets, neighbours, gone)
        for v in range(n):
            if not gone[v] and pairs[v] < left[g]:
                who[g], left[g] = v, pairs[v]
        for v in groups[g]:
            gone[v] = False
    return who, left
