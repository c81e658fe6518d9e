"""One shortest route of each of many pairs, drawn at random: searched from both ends at once."""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import kernel, part

__all__ = ["routes_drawn"]


@part
def _crossings(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    listed: np.ndarray,
    ways: np.ndarray,
    steps_there: np.ndarray,
    ways_there: np.ndarray,
    sums: np.ndarray,
    begin: int,
    end: int,
) -> float:
    """How many routes lead from the last step of one side over one tie to the other? ``sums``: so far, by position."""
    total = 0.0
    for i in range(begin, end):
        v = listed[i]
        there = 0.0
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if steps_there[w] >= 0:
                there += ways_there[w]
        total += there * ways[v]
        sums[i] = total
    return total


@part
def _onward(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    listed: np.ndarray,
    ways: np.ndarray,
    steps: np.ndarray,
    begin: int,
    end: int,
) -> tuple[int, int]:
    """One step further outward: up to where the list is filled then, and how many ties lead on from there."""
    last, load = end, 0
    for i in range(begin, end):
        v = listed[i]
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if steps[w] < 0:
                steps[w] = steps[v] + 1
                ways[w] = ways[v]
                listed[last] = w
                last += 1
                load += offsets[w + 1] - offsets[w]
            elif steps[w] == steps[v] + 1:
                ways[w] += ways[v]
    return last, load


@part
def _follow(
    offsets: np.ndarray,
    neighbours: np.ndarray,
    steps: np.ndarray,
    ways: np.ndarray,
    found: np.ndarray,
    v: int,
    u: float,
) -> float:
    """Walk back to an end, each way in as likely as the routes it stands for; all but the end are counted."""
    while steps[v] > 0:
        found[v] += 1
        aim = u * ways[v]
        back = -1
        before = 0.0
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            if steps[w] == steps[v] - 1:
                if back >= 0:
                    before += ways[back]
                back = w
                if before + ways[w] > aim:
                    break
        u = min(1.0, max(0.0, (aim - before) / ways[back]))
        v = back
    return u


def _work(offsets: np.ndarray, neighbours: np.ndarray, sources: np.ndarray, _targets: object, _luck: object) -> int:
    return len(sources) * min(1000, len(offsets) + len(neighbours))


@kernel(work=_work)
def routes_drawn(
    offsets: np.ndarray, neighbours: np.ndarray, sources: np.ndarray, targets: np.ndarray, luck: np.ndarray
) -> tuple[np.ndarray, int]:
    """How often does each member lie inside the shortest route that was drawn for a pair? int64 a member.

    Beside it, how many members and ties were looked at.

    Pair i is ``sources[i]``, ``targets[i]``; of its shortest routes ``luck[i]`` (float64 in [0, 1)) picks one, all
    alike. No route, no count. Searched from both ends at once, so that of a network with short routes only a small
    part is seen: Borassi and Natale (2016), KADABRA.
    """
    n = len(offsets) - 1
    found = np.zeros(n, np.int64)
    steps = np.full((2, n), -1, np.int32)
    ways, sums = np.zeros((2, n)), np.zeros(n)
    listed = np.empty((2, n), np.int32)
    first, last, load = np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.int64)
    seen = 0
    for i in range(len(sources)):
        if sources[i] == targets[i]:
            continue
        for side in range(2):
            v = sources[i] if side == 0 else targets[i]
            steps[side, v], ways[side, v], listed[side, 0] = 0, 1.0, v
            first[side], last[side], load[side] = 0, 1, offsets[v + 1] - offsets[v]
        total, side = 0.0, 0
        while True:
            side = 0 if load[0] <= load[1] else 1
            other = 1 - side
            seen += load[side] + last[side] - first[side]
            total = _crossings(
                offsets, neighbours, listed[side], ways[side], steps[other], ways[other], sums, first[side], last[side]
            )
            if total > 0.0 or first[side] == last[side]:
                break
            end = last[side]
            last[side], load[side] = _onward(
                offsets, neighbours, listed[side], ways[side], steps[side], first[side], end
            )
            first[side] = end
        if total > 0.0:
            aim = luck[i] * total
            at = first[side] + np.searchsorted(sums[first[side] : last[side]], aim, side="right")
            at = min(at, last[side] - 1)
            v = listed[side, at]
            aim = (aim - (sums[at - 1] if at > first[side] else 0.0)) / ways[side, v]
            w, before = -1, 0.0
            for e in range(offsets[v], offsets[v + 1]):
                near = neighbours[e]
                if steps[other, near] >= 0:
                    if w >= 0:
                        before += ways[other, w]
                    w = near
                    if before + ways[other, w] > aim:
                        break
            u = min(1.0, max(0.0, (aim - before) / ways[other, w]))
            u = _follow(offsets, neighbours, steps[side], ways[side], found, v, u)
            _follow(offsets, neighbours, steps[other], ways[other], found, w, u)
        for side in range(2):
            for j in range(last[side]):
                steps[side, listed[side, j]] = -1
    return found, int(seen)
