"""Which few members break most apart when they leave together?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb

import numpy as np

from orchestrator.kernels.lowlink import best_after
from orchestrator.kernels.rows import Rows

__all__ = ["all_sets", "exchanged"]


def all_sets(rows: Rows, size: int) -> tuple[list[int], float]:
    """Of all sets of this size the one that breaks most apart, and the pairs that can still reach each other.

    For every choice of all but one, one walk tells the best to add.

    A member with one tie or none never breaks more apart than its neighbour does, so that the choices need not hold
    any as long as there are enough others.
    """
    degree = np.diff(rows.offsets)
    pool = np.flatnonzero(degree > 1) if (degree > 1).sum() >= size else np.arange(len(degree))
    shape = comb(len(pool), size - 1), size - 1
    groups = np.array(list(combinations(pool.tolist(), size - 1)), dtype=np.int64).reshape(shape)
    who, left = best_after(rows.offsets, rows.neighbours, groups)
    best = int(np.argmin(left))
    return [*groups[best].tolist(), int(who[best])], float(left[best])


def exchanged(rows: Rows, size: int, starts: Iterable[Sequence[int]]) -> tuple[list[int], float]:
    """Exchange one body of the set after the other for the best of all members, from several starts; the best end.

    May miss the best set. Cost: one walk for every set of all but one that comes up, each once.
    """
    tried: dict[tuple[int, ...], tuple[int, float]] = {}

    def best_with(others: tuple[int, ...]) -> tuple[int, float]:
        if others not in tried:
            who, left = best_after(rows.offsets, rows.neighbours, np.array([others], dtype=np.int64))
            tried[others] = int(who[0]), float(left[0])
        return tried[others]

    best: tuple[list[int], float] = ([], np.inf)
    for start in starts:
        chosen, value = list(start), np.inf
        improved = True
        while improved:
            improved = False
            for i in range(size):
                others = tuple(sorted(chosen[:i] + chosen[i + 1 :]))
                who, left = best_with(others)
                if left < value:
                    chosen, value, improved = [*others, who], left, True
        if (value, sorted(chosen)) < (best[1], sorted(best[0])):
            best = chosen, value
    return best
