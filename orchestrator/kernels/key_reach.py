"""Which few members have most others within two steps?"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Final

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel
from orchestrator.kernels.rows import Rows

__all__ = ["best_reach"]

#: Up to so many sets all are tried, beyond it exchanges among the bodies that reach most by themselves.
EXHAUSTIVE: Final = 100_000
_POOL: Final = 48


@kernel(work=cells_times(10))
def _near(offsets: np.ndarray, neighbours: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Who is within two steps of each of these positions, itself included? bool, positions by members."""
    n = len(offsets) - 1
    found = np.zeros((len(of), n), np.bool_)
    for i in range(len(of)):
        v = of[i]
        found[i, v] = True
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            found[i, w] = True
            for f in range(offsets[w], offsets[w + 1]):
                found[i, neighbours[f]] = True
    return found


def best_reach(rows: Rows, size: int) -> tuple[list[int], int] | None:
    """The set of this size with most members within two steps, itself included, and how many; None for too few members.

    All sets up to 100,000 of them; beyond that exchanges among the 48 with most ties and partners of partners, from as
    many starts. Of equals the first. Borgatti (2006), m-reach with m = 2.

    >>> import orchestrator.kernels as k
    >>> best_reach(k.rows_of(4, np.array([[0, 1], [1, 2], [2, 3]])), 1)
    ([1], 4)
    """
    n = len(rows.offsets) - 1
    if n < size:
        return None
    everybody = comb(n, size) <= EXHAUSTIVE and n <= 2000
    pool = np.arange(n) if everybody else _most_promising(rows)
    bits = np.packbits(_near(rows.offsets, rows.neighbours, pool), axis=1)
    if everybody:
        chosen, value = _of_all(bits, size)
    else:
        chosen, value = _by_exchange(bits, size)
    return [int(pool[i]) for i in chosen], value


def _most_promising(rows: Rows) -> np.ndarray:
    degree = np.diff(rows.offsets).astype(np.float64)
    second = np.zeros(len(degree))
    owner = np.repeat(np.arange(len(degree)), np.diff(rows.offsets))
    np.add.at(second, owner, degree[rows.neighbours])
    return np.sort(np.argsort(-second, kind="stable")[:_POOL])


def _of_all(bits: np.ndarray, size: int) -> tuple[list[int], int]:
    best: tuple[list[int], int] = ([], -1)
    for others in combinations(range(len(bits)), size - 1):
        first = others[-1] + 1 if others else 0
        if first >= len(bits):
            continue
        already = np.bitwise_or.reduce(bits[list(others)], axis=0) if others else np.zeros_like(bits[0])
        reached = np.bitwise_count(bits[first:] | already).sum(axis=1, dtype=np.int64)
        at = int(np.argmax(reached))
        if reached[at] > best[1]:
            best = [*others, first + at], int(reached[at])
    return best


def _by_exchange(bits: np.ndarray, size: int) -> tuple[list[int], int]:
    best: tuple[list[int], int] = ([], -1)
    alone = np.argsort(-np.bitwise_count(bits).sum(axis=1, dtype=np.int64), kind="stable")
    for start in alone[: 2 * size + 4].tolist():
        chosen = [start]
        value, improved = -1, True
        while improved:
            improved = False
            for i in range(size):
                others = chosen[:i] + chosen[i + 1 :] if len(chosen) == size else chosen
                already = np.bitwise_or.reduce(bits[others], axis=0) if others else np.zeros_like(bits[0])
                reached = np.bitwise_count(bits | already).sum(axis=1, dtype=np.int64)
                reached[others] = -1
                at = int(np.argmax(reached))
                if len(chosen) < size or reached[at] > value:
                    chosen, value, improved = [*others, at], int(reached[at]), True
        if value > best[1]:
            best = sorted(chosen), value
    return best
