"""Medians, intervals and ranks over many worlds, in bounded memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import numpy as np

from orchestrator.model.worlds import TOPS, Spread, Uncertain

__all__ = ["IN_MEMORY", "Kept", "ranks", "spread", "uncertain"]

#: Figures of a measure beyond so many bytes are kept in a file that goes away by itself.
IN_MEMORY: Final = 64_000_000
_AT_ONCE: Final = 2_000_000
_TAIL: Final = 0.05
#: Figures that agree to so many digits share a rank: sums in another order are not another place.
_DIGITS: Final = 9


class Kept:
    """A figure of every subject in every world: written world by world, read by subjects."""

    def __init__(self, worlds: int, subjects: int, in_memory: int = IN_MEMORY) -> None:
        shape = (worlds, subjects)
        if 8 * worlds * subjects <= in_memory:
            self.values = np.empty(shape)
        else:
            with tempfile.TemporaryFile() as file:
                self.values = np.memmap(file, np.float64, "w+", shape=shape)

    def blocks(self) -> Iterator[slice]:
        """Slices of subjects, as many at once as can be sorted in little memory."""
        worlds, subjects = self.values.shape
        width = max(1, _AT_ONCE // max(1, worlds))
        return (slice(start, min(subjects, start + width)) for start in range(0, subjects, width))


def spread(kept: Kept) -> Spread:
    """The median and the middle 90% of every subject over the worlds in which it has a figure; NaN where it has none.

    The bounds are figures of worlds, the next ones outward.

    >>> kept = Kept(3, 1)
    >>> kept.values[:] = [[1.0], [5.0], [2.0]]
    >>> found = spread(kept)
    >>> found.median.tolist(), found.low.tolist(), found.high.tolist()
    ([2.0], [1.0], [5.0])
    """
    subjects = kept.values.shape[1]
    found = Spread(*(np.full(subjects, np.nan) for _ in range(3)))
    for block in kept.blocks():
        ordered = np.sort(kept.values[:, block], axis=0)
        many = (~np.isnan(ordered)).sum(axis=0)
        last = np.maximum(many - 1, 0)
        at = np.arange(ordered.shape[1])
        found.median[block] = (ordered[last // 2, at] + ordered[(last + 1) // 2, at]) / 2
        found.low[block] = ordered[np.floor(_TAIL * last).astype(int), at]
        found.high[block] = ordered[np.ceil((1 - _TAIL) * last).astype(int), at]
    return found


def ranks(values: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """The place of every member of the pool (bool) in one world: 1 + how many of the pool have more. NaN outside it.

    Whoever has nothing (0), or no figure (NaN), shares the last place: those with something do not move it about.

    >>> ranks(np.array([5.0, 7.0, 5.0, 9.0, 0.0, np.nan]), np.array([True, True, True, False, True, True])).tolist()
    [2.0, 1.0, 2.0, nan, 5.0, 5.0]
    """
    found = np.full(len(values), np.nan)
    mine = np.where(values[pool] > 0, _rounded(values[pool]), 0.0)
    places = 1.0 + len(mine) - np.searchsorted(np.sort(mine), mine, side="right")
    found[pool] = np.where(mine > 0, places, len(mine))
    return found


def _rounded(values: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** np.ceil(np.log10(np.abs(values)))
        return np.where(values == 0, 0.0, np.round(values / size, _DIGITS) * size)


def uncertain(name: str, kept: Kept, pool: np.ndarray) -> Uncertain:
    """A measure over the worlds, with the place that it gives every member of the pool. Overwrites what was kept."""
    value = spread(kept)
    top = {k: np.zeros(len(pool)) for k in TOPS}
    worlds = len(kept.values)
    for world in kept.values:
        places = ranks(world, pool)
        for k, share in top.items():
            share += (places <= k) & (world > 0)
        world[:] = places
    shares = {k: np.where(pool, share / worlds, np.nan) for k, share in top.items()}
    return Uncertain(name, value, spread(kept), MappingProxyType(shares))
