"""Steps, shortest routes and the ties that rest on the ring map. Arrays in, arrays out; all of it O(m log m)."""

from __future__ import annotations

import numpy as np

from orchestrator.drawing.ring_frame import FloatArray, IntArray, RingFrame

CENTRE, FIRST, LAST, NO_ROUTE = 0, 1, 4, 5
"""Ring numbers: the middle, one step, four or more steps, and beyond the dashed line."""


def ring_numbers(hops: IntArray, centre: int) -> IntArray:
    """On which ring does each body sit? 0 the centre, 1 to 3 its steps, 4 four or more, 5 no route.

    >>> ring_numbers(np.array([0, 1, 7, -1]), 0).tolist()
    [0, 1, 4, 5]
    """
    ring = np.where(hops < 0, NO_ROUTE, np.clip(hops, FIRST, LAST))
    if centre >= 0:
        ring[centre] = CENTRE
    return ring


def both_ways(ties: IntArray) -> IntArray:
    """Every tie seen from both its ends, without self-ties: 2m rows of (body, other)."""
    real = ties[ties[:, 0] != ties[:, 1]]
    return np.concatenate([real, real[:, ::-1]])


def parents(frame: RingFrame) -> IntArray:
    """Over whom does one of each body's shortest routes to the centre run? Position of the next body, -1 for none.

    Of several such bodies: one of the same sector first, then the one most relied on, then the first in the frame.
    """
    parent = np.full(len(frame), -1, dtype=np.int64)
    ends = both_ways(frame.ties)
    body, other = ends[frame.hops[ends[:, 0]] == frame.hops[ends[:, 1]] + 1].T
    nearer = frame.hops[other] >= 0
    body, other = body[nearer], other[nearer]
    sector = _codes(frame.sector)
    order = np.lexsort((other, -frame.dependency[other], sector[body] != sector[other], body))
    first = np.ones(len(order), dtype=bool)
    first[1:] = body[order][1:] != body[order][:-1]
    parent[body[order][first]] = other[order][first]
    return parent


def anchors(parent: IntArray, ring: IntArray) -> IntArray:
    """Which body of a ring further in does each body hang from? -1 for none. Long chains cost log n rounds."""
    inside = np.where(parent < 0, -1, parent)
    for _ in range(int(np.ceil(np.log2(max(len(parent), 2)))) + 1):
        stuck = (inside >= 0) & (ring[inside] == ring)
        if not stuck.any():
            break
        inside = np.where(stuck, inside[inside], inside)
    return inside


def resting_ties(frame: RingFrame, parent: IntArray, most: int, others: int) -> tuple[IntArray, int]:
    """Which ties are drawn at rest? First the tie to the next body on the route, most relied on first, then others.

    `most` bounds the whole, `others` the ties off the routes. Returns (k x 2 positions, how many of them are routes).
    """
    child = np.flatnonzero(parent >= 0)
    child = child[np.argsort(-frame.dependency[child], kind="stable")][:most]
    routes = np.column_stack([child, parent[child]])
    one, other = frame.ties.T
    off_route = (parent[one] != other) & (parent[other] != one) & (one != other)
    rest = frame.ties[off_route]
    rest = rest if len(rest) <= min(others, most - len(routes)) else rest[:0]
    return np.concatenate([routes, rest]), len(routes)


def importance(dependency: FloatArray) -> FloatArray:
    """How large is each disc between the smallest (0) and the largest (1)? By area, so the root of the share."""
    top = dependency.max(initial=0.0)
    return np.sqrt(np.clip(dependency, 0, None) / top) if top > 0 else np.zeros(len(dependency))


def _codes(words: tuple[str, ...]) -> IntArray:
    return np.unique(np.asarray(words, dtype=object).astype(str), return_inverse=True)[1].reshape(-1).astype(np.int64)
