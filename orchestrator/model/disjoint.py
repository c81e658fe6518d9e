"""Which members have three vertex-disjoint routes to the centre?

Asking each member by a flow of its own would be quadratic. Two facts make it cheap:

- A member with three disjoint paths to *distinct* members that are already known to have three routes (or to the
  centre, which may end several) has three routes itself: whatever two bodies leave, one path still ends at a member
  that still reaches the centre. So knowledge spreads outward like a rumour, a tie at a time.
- Where the rumour stalls, one small flow from a member towards the known ones either succeeds, and the rumour goes
  on, or finds two bodies that part a whole group from the centre, and the group is decided at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

__all__ = ["at_least_three_routes"]

ENOUGH = 3
_IN, _OUT = 0, 1
_Step = tuple[int, int]


def at_least_three_routes(neighbours: Sequence[Sequence[int]], centre: int, candidates: Iterable[int]) -> set[int]:
    """Which of the candidates have three vertex-disjoint routes to the centre? A direct tie counts as one route.

    ``neighbours[v]`` are the positions tied to v. Empty where nobody has three.

    >>> k4 = [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]]
    >>> sorted(at_least_three_routes(k4, 0, [1, 2, 3]))
    [1, 2, 3]
    """
    open_ = {v for v in candidates if len(neighbours[v]) >= ENOUGH}
    known = {centre}
    touches = dict.fromkeys(open_, 0)
    _spread(neighbours, centre, known, open_, touches)
    for member in sorted(open_, key=lambda v: (-touches[v], v)):
        if member not in open_:
            continue
        side = _parted_group(neighbours, centre, known, member)
        if side is None:
            known.add(member)
            open_.discard(member)
            _spread(neighbours, member, known, open_, touches)
        else:
            open_ -= side
    return known - {centre}


def _spread(
    neighbours: Sequence[Sequence[int]], start: int, known: set[int], open_: set[int], touches: dict[int, int]
) -> None:
    """Let everyone who touches three known members become known, and so on."""
    news = [start]
    while news:
        for other in neighbours[news.pop()]:
            if other in open_:
                touches[other] += 1
                if touches[other] >= ENOUGH:
                    open_.discard(other)
                    known.add(other)
                    news.append(other)


def _parted_group(neighbours: Sequence[Sequence[int]], centre: int, known: set[int], member: int) -> set[int] | None:
    """The group around a member that two bodies part from the known ones; None if it has three disjoint paths."""
    came: dict[int, int] = {}
    ends_at_centre: set[int] = set()
    for _ in range(ENOUGH):
        before, last = _search(neighbours, centre, known, member, came, ends_at_centre)
        if last is None:
            return {v for v, side in before if side == _OUT} | {member}
        _augment(before, last, centre, came, ends_at_centre)
    return None


def _search(
    neighbours: Sequence[Sequence[int]],
    centre: int,
    known: set[int],
    member: int,
    came: dict[int, int],
    ends_at_centre: set[int],
) -> tuple[dict[_Step, _Step], _Step | None]:
    """Breadth first through the residual network. Every body is split into an entrance and an exit of capacity one.

    ``came[v] = u`` says that flow enters v from u. Returns how each step was reached, and the last step if a known
    member that ends no path yet (or the centre) was reached.
    """
    start = (member, _OUT)
    before: dict[_Step, _Step] = {start: start}
    queue = deque([start])
    while queue:
        step = queue.popleft()
        for after in _onward(neighbours, step, centre, member, came, ends_at_centre):
            if after in before:
                continue
            before[after] = step
            body = after[0]
            if after[1] == _IN and body in known and (body == centre or body not in came):
                return before, after
            queue.append(after)
    return before, None


def _onward(
    neighbours: Sequence[Sequence[int]],
    step: _Step,
    centre: int,
    member: int,
    came: dict[int, int],
    ends_at_centre: set[int],
) -> Iterable[_Step]:
    body, side = step
    if side == _IN:
        # Occupied: the only way on is back along the flow that enters here. Free: through to the exit.
        return [(came[body], _OUT)] if body in came else [(body, _OUT)]
    taken = ends_at_centre if body in ends_at_centre else ()
    ways = [
        (other, _IN)
        for other in neighbours[body]
        if other != member and came.get(other) != body and not (other == centre and taken)
    ]
    if body in came:
        ways.append((body, _IN))
    return ways


def _augment(
    before: dict[_Step, _Step], last: _Step, centre: int, came: dict[int, int], ends_at_centre: set[int]
) -> None:
    """Lay one more path: walk back along the search, adding what it went forward on, removing what it went back on."""
    added: list[tuple[int, int]] = []
    removed: list[int] = []
    step = last
    while before[step] != step:
        previous = before[step]
        (body, side), (from_body, from_side) = step, previous
        if side == _IN and from_side == _OUT and body != from_body:
            added.append((body, from_body))
        elif side == _OUT and from_side == _IN and body != from_body:
            removed.append(from_body)
        step = previous
    for body in removed:
        came.pop(body)
    for body, from_body in added:
        if body == centre:
            ends_at_centre.add(from_body)
        else:
            came[body] = from_body
