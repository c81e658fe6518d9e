"""What is left within reach of the centre as members leave one after the other?"""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["reach_left"]


@part
def _root(up: np.ndarray, v: int) -> int:
    while up[v] != v:
        up[v] = up[up[v]]
        v = up[v]
    return v


@kernel(work=cells_times(4))
def reach_left(offsets: np.ndarray, neighbours: np.ndarray, centre: int, leaving: np.ndarray) -> np.ndarray:
    """How many members, the centre included, can reach the centre after each of the removals?

    ``leaving`` are positions in the order in which they leave, the centre not among them, none twice. int64, one more
    than ``leaving``: the first before anybody left. Union–find from the last removal backwards, so the cost is that
    of one pass over the ties however many leave.

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(3, np.array([[0, 1], [1, 2]]))
    >>> reach_left(rows.offsets, rows.neighbours, 0, np.array([1])).tolist()
    [3, 1]
    """
    n = len(offsets) - 1
    up = np.arange(n)
    size = np.ones(n, np.int64)
    gone = np.zeros(n, np.bool_)
    for v in leaving:
        gone[v] = True
    left = np.zeros(len(leaving) + 1, np.int64)
    for step in range(len(leaving), -1, -1):
        first, last = 0, n
        if step < len(leaving):
            first = leaving[step]
            last = first + 1
            gone[first] = False
        for v in range(first, last):
            if gone[v]:
                continue
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if not gone[w]:
                    a, b = _root(up, v), _root(up, w)
                    if a != b:
                        if size[a] < size[b]:
                            a, b = b, a
                        up[b] = a
                        size[a] += size[b]
        left[step] = size[_root(up, centre)]
    return left
