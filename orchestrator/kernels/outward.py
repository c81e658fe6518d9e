"""Steps outward from a set of members, and how many shortest routes run through whom."""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel

__all__ = ["only_through", "pieces", "routes_through", "steps_by_layers", "steps_from"]

#: Layers that are looked at one by one.
_LAYERS = 1_000


@kernel()
def steps_from(offsets: np.ndarray, neighbours: np.ndarray, starts: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """How many steps is each member from the nearest start? int32; −1 where no route leads.

    ``starts`` are positions, ``gone`` marks members (bool) that are treated as absent. Breadth first: cost grows with
    members and ties.

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(3, np.array([[0, 1]]))
    >>> steps_from(rows.offsets, rows.neighbours, np.array([0]), np.zeros(3, np.bool_)).tolist()
    [0, 1, -1]
    """
    n = len(offsets) - 1
    steps = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    last = 0
    for start in starts:
        if not gone[start] and steps[start] < 0:
            steps[start] = 0
            queue[last] = start
            last += 1
    at = 0
    while at < last:
        v = queue[at]
        at += 1
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if steps[w] < 0 and not gone[w]:
                steps[w] = steps[v] + 1
                queue[last] = w
                last += 1
    return steps


def steps_by_layers(offsets: np.ndarray, neighbours: np.ndarray, start: int) -> np.ndarray:
    """How many steps is each member from one start? As ``steps_from``, a layer at a time, without anything compiled.

    Loading the compiler costs more than this search of 30,000 members. Long chains have many small layers: beyond a
    thousand the rest is left to the kernel, which looks at each tie once however they hang together.

    >>> steps_by_layers(np.array([0, 1, 2, 2]), np.array([1, 0]), 0).tolist()
    [0, 1, -1]
    """
    steps = np.full(len(offsets) - 1, -1, np.int32)
    steps[start] = 0
    layer = np.array([start])
    for depth in range(1, _LAYERS):
        first, count = offsets[layer], offsets[layer + 1] - offsets[layer]
        before = np.cumsum(count) - count
        met = neighbours[np.repeat(first - before, count) + np.arange(int(count.sum()))]
        layer = np.unique(met[steps[met] < 0])
        if not len(layer):
            return steps
        steps[layer] = depth
    return steps_from(offsets, neighbours, np.array([start]), np.zeros(len(steps), np.bool_))


@kernel()
def routes_through(offsets: np.ndarray, neighbours: np.ndarray, centre: int, steps: np.ndarray) -> np.ndarray:
    """The sum over all t of the share of shortest routes centre–t that run through each member. float64, not halved.

    ``steps`` from the centre. The centre holds 0. One pass outward for the number of routes, one back (Brandes 2001).
    """
    n = len(offsets) - 1
    order = np.argsort(steps, kind="mergesort")
    count = np.zeros(n)
    share = np.zeros(n)
    count[centre] = 1.0
    for v in order:
        if steps[v] > 0:
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if steps[w] == steps[v] - 1:
                    count[v] += count[w]
    for i in range(n - 1, -1, -1):
        v = order[i]
        if steps[v] <= 0:
            continue
        carried = (1.0 + share[v]) / count[v]
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if steps[w] == steps[v] - 1:
                share[w] += count[w] * carried
    share[centre] = 0.0
    return share


@kernel()
def pieces(offsets: np.ndarray, neighbours: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """In which piece is each member, numbered by first member? int32; −1 for who is ``gone`` (bool).

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(3, np.array([[0, 1]]))
    >>> pieces(rows.offsets, rows.neighbours, np.zeros(3, np.bool_)).tolist()
    [0, 0, 1]
    """
    n = len(offsets) - 1
    label = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    count = 0
    for root in range(n):
        if gone[root] or label[root] >= 0:
            continue
        label[root] = count
        queue[0] = root
        at, last = 0, 1
        while at < last:
            v = queue[at]
            at += 1
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if label[w] < 0 and not gone[w]:
                    label[w] = count
                    queue[last] = w
                    last += 1
        count += 1
    return label


@kernel(work=cells_times(8))
def only_through(offsets: np.ndarray, neighbours: np.ndarray, centre: int) -> int:
    """How many pairs of the centre's neighbours have no tie and no other neighbour in common? Each pair once.

    Cost grows with the ties of the neighbours of the centre's neighbours.
    """
    n = len(offsets) - 1
    near = np.zeros(n, np.bool_)
    mark = np.full(n, -1, np.int64)
    degree = offsets[centre + 1] - offsets[centre]
    for e in range(offsets[centre], offsets[centre + 1]):
        near[neighbours[e]] = True
    joined = 0
    for e in range(offsets[centre], offsets[centre + 1]):
        v = neighbours[e]
        mark[v] = v
        for f in range(offsets[v], offsets[v + 1]):
            q = neighbours[f]
            if q == centre:
                continue
            if near[q] and mark[q] != v:
                mark[q] = v
                joined += 1
            for g in range(offsets[q], offsets[q + 1]):
                w = neighbours[g]
                if near[w] and mark[w] != v:
                    mark[w] = v
                    joined += 1
    return int(degree * (degree - 1) // 2 - joined // 2)
