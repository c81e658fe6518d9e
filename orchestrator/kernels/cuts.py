"""The smallest group of bodies that stands between the centre and a set of members."""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel

__all__ = ["smallest_cut"]


@kernel(work=cells_times(12))
def smallest_cut(
    offsets: np.ndarray, neighbours: np.ndarray, centre: int, wanted: np.ndarray, most: int
) -> tuple[int, np.ndarray]:
    """Whose leaving parts the centre from all of the ``wanted`` (bool a member)? The wanted may be among them.

    Returns how many, and their positions ascending: the group nearest to the wanted. More than ``most``: −1 and
    nobody. No route to any of them: 0 and nobody. By Menger (1927) the number is that of routes from the centre to
    different wanted members that share nobody; each is one breadth-first search.

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(4, np.array([[0, 1], [1, 2], [1, 3]]))
    >>> smallest_cut(rows.offsets, rows.neighbours, 0, np.array([False, False, True, True]), 5)[1].tolist()
    [1]
    """
    n = len(offsets) - 1
    came = np.full(n, -1, np.int32)
    seen = np.zeros(2 * n, np.int32)
    before = np.zeros(2 * n, np.int32)
    queue = np.empty(2 * n, np.int32)
    # Searched from the wanted towards the centre: body v is entered at 2v and left at 2v + 1; a wanted body is
    # entered from outside once. came[v] is the body from which its path comes, n when that is outside.
    ended = np.zeros(n, np.bool_)
    found = 0
    while True:
        stamp = found + 1
        last = 0
        for v in range(n):
            if wanted[v] and v != centre and came[v] < 0:
                seen[2 * v] = stamp
                before[2 * v] = -1
                queue[last] = 2 * v
                last += 1
        at, goal = 0, -1
        while at < last and goal < 0:
            step = queue[at]
            at += 1
            v = step // 2
            if step % 2 == 0:
                if came[v] < 0:
                    after = step + 1
                elif came[v] < n:
                    after = 2 * came[v] + 1
                else:
                    continue
                if seen[after] != stamp:
                    seen[after] = stamp
                    before[after] = step
                    queue[last] = after
                    last += 1
                continue
            if came[v] >= 0 and seen[2 * v] != stamp:
                seen[2 * v] = stamp
                before[2 * v] = step
                queue[last] = 2 * v
                last += 1
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if w == centre:
                    if not ended[v]:
                        goal = step
                        break
                elif came[w] != v and seen[2 * w] != stamp:
                    seen[2 * w] = stamp
                    before[2 * w] = step
                    queue[last] = 2 * w
                    last += 1
        if goal < 0:
            break
        found += 1
        if found > most:
            return -1, np.zeros(0, np.int64)
        ended[goal // 2] = True
        step = goal
        while before[step] >= 0:
            previous = before[step]
            if step % 2 == 1 and step // 2 != previous // 2:
                came[previous // 2] = -1
            step = previous
        step = goal
        while step >= 0:
            previous = before[step]
            if step % 2 == 0:
                if previous < 0:
                    came[step // 2] = n
                elif previous // 2 != step // 2:
                    came[step // 2] = previous // 2
            step = previous
    stamp = found + 1
    group = np.empty(n, np.int64)
    count = 0
    for v in range(n):
        entered = seen[2 * v] == stamp or (wanted[v] and came[v] == n)
        if came[v] >= 0 and entered and seen[2 * v + 1] != stamp:
            group[count] = v
            count += 1
    return found, group[:count]
