"""Which needs lose their cover with which body?"""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["shared_above", "worsened_by"]


@kernel(work=cells_times(10))
def shared_above(
    above: np.ndarray, enter: np.ndarray, size: np.ndarray, members: np.ndarray, starts: np.ndarray
) -> np.ndarray:
    """The lowest body on which a whole group hangs, itself included where it is alone: int64 a group.

    ``members`` are positions, group g is ``members[starts[g] : starts[g + 1]]``, none empty, all with a route to the
    centre; the first three arrays are those of Tree. Cost grows with members times how deep they hang.
    """
    top = np.empty(len(starts) - 1, np.int64)
    for g in range(len(starts) - 1):
        a = members[starts[g]]
        for i in range(starts[g] + 1, starts[g + 1]):
            b = members[i]
            while not (enter[a] <= enter[b] < enter[a] + size[a]):
                a = above[a]
        top[g] = a
    return top


@part
def _climb(
    above: np.ndarray,
    centre: int,
    tops: np.ndarray,
    starts: np.ndarray,
    enough: np.ndarray,
    needs: np.ndarray,
    bodies: np.ndarray,
) -> int:
    """Walk from every group's body up to the centre; a body that meets enough groups is written down, once."""
    met = np.zeros(len(above), np.int64)
    mark = np.full(len(above), -1, np.int64)
    count = 0
    for need in range(len(starts) - 1):
        for i in range(starts[need], starts[need + 1]):
            v = tops[i]
            while v >= 0 and v != centre:
                if mark[v] != need:
                    mark[v] = need
                    met[v] = 0
                met[v] += 1
                if met[v] == enough[need]:
                    if len(needs) > 0:
                        needs[count], bodies[count] = need, v
                    count += 1
                v = above[v]
    return count


@kernel(work=cells_times(10))
def worsened_by(
    above: np.ndarray, centre: int, tops: np.ndarray, starts: np.ndarray, enough: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which needs get worse when which body leaves with all that hang on it? Two int64 arrays: needs, bodies.

    Need r is served by families that hang on ``tops[starts[r] : starts[r + 1]]``; it gets worse when ``enough[r]`` of
    them go at once. Cost grows with families times how deep they hang, and with the answer.
    """
    none = np.zeros(0, np.int64)
    count = _climb(above, centre, tops, starts, enough, none, none)
    needs, bodies = np.empty(count, np.int64), np.empty(count, np.int64)
    if count > 0:
        _climb(above, centre, tops, starts, enough, needs, bodies)
    return needs, bodies
