"""Which members have three vertex-disjoint routes to the centre?

A flow for each member would be quadratic. Four facts make the whole near to linear:

- A member with three disjoint paths to *distinct* members that are known to have three routes (or to the centre, which
  may end several) has three itself: whatever two bodies leave, one path still ends at a member that still reaches the
  centre. So a flow stops at whoever is known, and knowledge spreads like a rumour: three known neighbours are enough.
- A flow that stops at two decides the whole group behind that cut, since nobody in it can do better.
- The cut is then pushed on as far as it goes: a body of the cut joins the group unless the group with it finds a third
  path. So a long ladder falls with the first body that is asked, wherever it stands.
- Members are asked in a shuffled order. After t of them are known, a search among n of them meets a known one after
  about n / t steps, whatever the shape; over all t that adds up to n log n. (In order of place, a ladder between two
  known ends would cost its length for every rung.)
"""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["three_routes"]


@part
def _spread(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    start: int,
    state: np.ndarray,
    touches: np.ndarray,
    pending: np.ndarray,
) -> None:
    """Let every open member that touches three known ones become known, and so on."""
    pending[0] = start
    count = 1
    while count > 0:
        count -= 1
        v = pending[count]
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if state[w] == 1:
                touches[w] += 1
                if touches[w] >= 3:
                    state[w] = 2
                    pending[count] = w
                    count += 1


@part
def _search(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    centre: int,
    member: int,
    state: np.ndarray,
    came: np.ndarray,
    ends: np.ndarray,
    seen: np.ndarray,
    stamp: int,
    before: np.ndarray,
    queue: np.ndarray,
    at: int,
    last: int,
) -> tuple[int, int]:
    """Breadth first through what the flow leaves over. Body v is entered at 2v and left from 2v + 1, one path each.

    Goes on with the queue from ``at``. Returns the entrance of a known body that ends no path yet (−1: there is none),
    and where the queue ended.
    """
    while at < last:
        step = queue[at]
        at += 1
        v = step // 2
        if step % 2 == 0:
            after = 2 * came[v] + 1 if came[v] >= 0 else step + 1
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
            if state[w] == 0 or w == member or came[w] == v or seen[2 * w] == stamp:
                continue
            if w == centre and ends[v] > 0:
                continue
            if w != centre:
                seen[2 * w] = stamp
            before[2 * w] = step
            if state[w] == 2 and (w == centre or came[w] < 0):
                return 2 * w, last
            if w != centre:
                queue[last] = 2 * w
                last += 1
    return -1, last


@part
def _lay(
    goal: int,
    member: int,
    centre: int,
    before: np.ndarray,
    came: np.ndarray,
    ends: np.ndarray,
    used: np.ndarray,
    in_use: int,
) -> int:
    """Lay one more path along the search; what was gone back along leaves the flow. Returns how many are in use."""
    step = goal
    while step != 2 * member + 1:
        previous = before[step]
        if step % 2 == 1 and step // 2 != previous // 2:
            came[previous // 2] = -1
        step = previous
    step = goal
    while step != 2 * member + 1:
        previous = before[step]
        v, u = step // 2, previous // 2
        if step % 2 == 0 and v != u:
            if v == centre:
                ends[u] = 1
            else:
                came[v] = u
                used[in_use] = v
                in_use += 1
        step = previous
    return in_use


@part
def _decide_group(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    centre: int,
    member: int,
    state: np.ndarray,
    came: np.ndarray,
    ends: np.ndarray,
    seen: np.ndarray,
    stamp: int,
    before: np.ndarray,
    queue: np.ndarray,
    last: int,
) -> None:
    """Push the cut on as far as it goes, then write down that nobody behind it has three routes."""
    at = 0
    while at < last:
        v = queue[at] // 2
        if queue[at] % 2 == 0 and seen[2 * v + 1] != stamp and state[v] != 2:
            seen[2 * v + 1] = stamp
            queue[last] = 2 * v + 1
            goal, reached = _search(
                offsets, neighbours, centre, member, state, came, ends, seen, stamp, before, queue, last, last + 1
            )
            if goal < 0:
                last = reached
            else:
                seen[goal] = 0
                for i in range(last, reached):
                    seen[queue[i]] = 0
        at += 1
    for i in range(last):
        v = queue[i] // 2
        if queue[i] % 2 == 1 and state[v] == 1:
            state[v] = 3


@kernel(work=cells_times(40))
def three_routes(
    offsets: np.ndarray, neighbours: np.ndarray, centre: int, above: np.ndarray, shuffled: np.ndarray
) -> np.ndarray:
    """Has each member three vertex-disjoint routes to the centre, a direct tie counting as one? bool; centre False.

    ``above`` from the walk (whoever has the centre there has two ways or a direct tie, and nobody else can have
    three); ``shuffled`` the positions of all members in any order, best a random one. Menger (1927).

    >>> import orchestrator.kernels as k
    >>> rows = k.rows_of(4, np.array([[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]))
    >>> three_routes(rows.offsets, rows.neighbours, 0, np.array([-1, 0, 0, 0]), np.arange(4)).tolist()
    [False, True, True, True]
    """
    n = len(offsets) - 1
    state = np.zeros(n, np.uint8)  # 0 elsewhere, 1 open, 2 known to have three routes, 3 known to have fewer
    touches = np.zeros(n, np.int32)
    came = np.full(n, -1, np.int32)  # the body from which the flow comes
    ends = np.zeros(n, np.uint8)  # whose flow goes straight to the centre
    seen = np.zeros(2 * n, np.int64)
    before = np.zeros(2 * n, np.int32)
    queue = np.empty(2 * n + 1, np.int32)
    used = np.empty(3 * n + 1, np.int32)
    for v in range(n):
        if above[v] == centre:
            state[v] = 1 if offsets[v + 1] - offsets[v] >= 3 else 3
    state[centre] = 2
    _spread(offsets, neighbours, centre, state, touches, queue)
    stamp = 0
    for member in shuffled:
        if state[member] != 1:
            continue
        found, in_use, last = 0, 0, 0
        while found < 3:
            stamp += 1
            queue[0] = 2 * member + 1
            seen[queue[0]] = stamp
            goal, last = _search(
                offsets, neighbours, centre, member, state, came, ends, seen, stamp, before, queue, 0, 1
            )
            if goal < 0:
                break
            in_use = _lay(goal, member, centre, before, came, ends, used, in_use)
            found += 1
        if found < 3:
            _decide_group(offsets, neighbours, centre, member, state, came, ends, seen, stamp, before, queue, last)
        else:
            state[member] = 2
        for i in range(in_use):
            came[used[i]] = -1
            ends[used[i]] = 0
        ends[member] = 0
        if found == 3:
            _spread(offsets, neighbours, member, state, touches, queue)
    state[centre] = 0
    three: np.ndarray = state == 2
    return three
