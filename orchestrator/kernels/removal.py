"""What is left within reach of the centre as members leave one after the other?"""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["reach_left"]


@part
def _onward(
    offsets: np.ndarray, neighbours: np.ndarray, gone: np.ndarray, reached: np.ndarray, queue: np.ndarray, start: int
) -> int:
    """Reach whoever can be reached from here and was not yet; how many are they?"""
    reached[start] = True
    queue[0] = start
    at, last = 0, 1
    while at < last:
        v = queue[at]
        at += 1
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if not reached[w] and not gone[w]:
                reached[w] = True
                queue[last] = w
                last += 1
    return last


@kernel(work=cells_times(3))
def reach_left(offsets: np.ndarray, neighbours: np.ndarray, centre: int, leaving: np.ndarray) -> np.ndarray:
    """How many members, the centre included, can reach the centre after each of the removals?

    ``leaving`` are positions in the order in which they leave, the centre not among them, none twice. int64, one more
    than ``leaving``: the first before anybody left. From the last removal backwards, each who comes back leads on
    to whom nobody else led: the cost is that of one search however many leave.

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(3, np.array([[0, 1], [1, 2]]))
    >>> reach_left(rows.offsets, rows.neighbours, 0, np.array([1])).tolist()
    [3, 1]
    """
    n = len(offsets) - 1
    reached, gone = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    queue = np.empty(n, np.int32)
    for v in leaving:
        gone[v] = True
    left = np.zeros(len(leaving) + 1, np.int64)
    count = _onward(offsets, neighbours, gone, reached, queue, centre)
    left[len(leaving)] = count
    for step in range(len(leaving) - 1, -1, -1):
        v = leaving[step]
        gone[v] = False
        for e in range(offsets[v], offsets[v + 1]):
            if reached[neighbours[e]]:
                count += _onward(offsets, neighbours, gone, reached, queue, v)
                break
        left[step] = count
    return left
