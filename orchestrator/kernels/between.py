"""Betweenness: for many sources at once, one pass over the rows carries the route counts of all of them."""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["LANES", "carried_from", "fold_pendants"]

#: How many sources one pass follows.
LANES = 16


@part
def _outward(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    sources: np.ndarray,
    gather: np.ndarray,
    steps: np.ndarray,
    count: np.ndarray,
    front: np.ndarray,
    fresh: np.ndarray,
    active: np.ndarray,
    open_lanes: np.ndarray,
    listed: np.ndarray,
    bounds: np.ndarray,
) -> int:
    """Breadth first from one source a lane. Lists whom each step reached, in any lane; returns the last step."""
    n, lanes = len(offsets) - 1, len(gather)
    steps[:, :] = -1
    active[:] = -1
    open_lanes[:] = len(sources)
    total = 0
    for lane in range(len(sources)):
        v = sources[lane]
        if active[v] < 0:
            active[v] = 0
            front[v, :] = 0.0
            listed[total] = v
            total += 1
        steps[v, lane] = 0
        count[v, lane] = 1.0
        front[v, lane] = 1.0
        open_lanes[v] -= 1
    bounds[0], bounds[1] = 0, total
    step = 0
    while bounds[step + 1] > bounds[step]:
        for w in range(n):
            if open_lanes[w] == 0:
                continue
            hit = False
            for e in range(offsets[w], offsets[w + 1]):
                v = neighbours[e]
                if active[v] == step:
                    if not hit:
                        hit = True
                        gather[:] = 0.0
                    for lane in range(lanes):
                        gather[lane] += front[v, lane]
            if not hit:
                continue
            reached = 0
            for lane in range(lanes):
                new = steps[w, lane] < 0 and gather[lane] > 0.0
                fresh[w, lane] = gather[lane] if new else 0.0
                if new:
                    steps[w, lane] = step + 1
                    count[w, lane] = gather[lane]
                    reached += 1
            if reached > 0:
                open_lanes[w] -= reached
                listed[total] = w
                total += 1
        step += 1
        bounds[step + 1] = total
        for i in range(bounds[step], total):
            active[listed[i]] = step
        front, fresh = fresh, front
    return step - 1


@part
def _back(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    sizes: np.ndarray,
    gather: np.ndarray,
    steps: np.ndarray,
    count: np.ndarray,
    carried: np.ndarray,
    handed: np.ndarray,
    active: np.ndarray,
    listed: np.ndarray,
    bounds: np.ndarray,
    furthest: int,
) -> None:
    """Add up, from the furthest step back, what hangs on each member in each lane."""
    lanes = len(gather)
    carried[:, :] = 0.0
    active[:] = -1
    for step in range(furthest, 0, -1):
        for i in range(bounds[step], bounds[step + 1]):
            w = listed[i]
            active[w] = step
            for lane in range(lanes):
                if steps[w, lane] == step:
                    handed[w, lane] = (sizes[w] + carried[w, lane]) / count[w, lane]
                else:
                    handed[w, lane] = 0.0
        for i in range(bounds[step - 1], bounds[step]):
            v = listed[i]
            gather[:] = 0.0
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if active[w] == step:
                    for lane in range(lanes):
                        gather[lane] += handed[w, lane]
            for lane in range(lanes):
                if steps[v, lane] == step - 1:
                    carried[v, lane] = count[v, lane] * gather[lane]


def _work(offsets: np.ndarray, neighbours: np.ndarray, _sizes: object, sources: np.ndarray, _weights: object) -> int:
    return 3 * (len(offsets) + len(neighbours)) * len(sources)


@kernel(work=_work)
def carried_from(
    offsets: np.ndarray, neighbours: np.ndarray, sizes: np.ndarray, sources: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How many shortest routes from these sources run through each member, shares added up, and their squares?

    ``sizes`` float64: how many members each stands for, itself and those folded into it; ``weights`` float64: how often
    each source counts. Returns two float64 a member: the sum over sources of weight × what it carries, and the sum of
    the squares of that. A source carries nothing of its own. Brandes (2001), many sources in one pass.
    Cost grows with sources × ties.
    """
    n, lanes = len(offsets) - 1, LANES
    steps = np.empty((n, lanes), np.int16)
    count, front, fresh, carried = (
        np.empty((n, lanes)),
        np.empty((n, lanes)),
        np.empty((n, lanes)),
        np.empty((n, lanes)),
    )
    gather = np.zeros(lanes)
    active, open_lanes = np.empty(n, np.int32), np.empty(n, np.int32)
    listed, bounds = np.empty(n * lanes, np.int32), np.zeros(n + 2, np.int64)
    whole, squares = np.zeros(n), np.zeros(n)
    for first in range(0, len(sources), lanes):
        here = sources[first : first + lanes]
        width = len(here)
        furthest = _outward(
            offsets, neighbours, here, gather, steps, count, front, fresh, active, open_lanes, listed, bounds
        )
        _back(offsets, neighbours, sizes, gather, steps, count, carried, front, active, listed, bounds, furthest)
        for lane in range(width):
            carried[here[lane], lane] = 0.0
        for v in range(n):
            for lane in range(width):
                amount = carried[v, lane] * weights[first + lane]
                whole[v] += amount
                squares[v] += amount * amount
    return whole, squares


@kernel(work=cells_times(4))
def fold_pendants(offsets: np.ndarray, neighbours: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fold trees that hang on the rest into the member they hang on; what their members carry is known at once.

    Returns ``sizes`` (float64: members each stands for; 0 for who was folded away), ``stays`` (bool) and ``known``
    (float64: betweenness within what was folded, each pair once). Cost grows with members and ties.
    """
    n = len(offsets) - 1
    degree = np.empty(n, np.int64)
    label = np.full(n, -1, np.int32)
    whole = np.zeros(n)
    queue = np.empty(n, np.int32)
    for root in range(n):
        if label[root] >= 0:
            continue
        label[root] = root
        queue[0] = root
        at, last = 0, 1
        while at < last:
            v = queue[at]
            at += 1
            for e in range(offsets[v], offsets[v + 1]):
                w = neighbours[e]
                if label[w] < 0:
                    label[w] = root
                    queue[last] = w
                    last += 1
        whole[root] = last
    sizes, known, stays = np.ones(n), np.zeros(n), np.ones(n, np.bool_)
    count = 0
    for v in range(n):
        degree[v] = offsets[v + 1] - offsets[v]
        if degree[v] == 1:
            queue[count] = v
            count += 1
    at = 0
    while at < count:
        v = queue[at]
        at += 1
        if degree[v] != 1:
            continue
        for e in range(offsets[v], offsets[v + 1]):
            up = neighbours[e]
            if stays[up]:
                known[up] += sizes[v] * (sizes[up] - 1.0)
                sizes[up] += sizes[v]
                stays[v] = False
                degree[v] = 0
                degree[up] -= 1
                if degree[up] == 1:
                    queue[count] = up
                    count += 1
                break
    for v in range(n):
        known[v] += (sizes[v] - 1.0) * (whole[label[v]] - sizes[v])
        if not stays[v]:
            sizes[v] = 0.0
    return sizes, stays, known
