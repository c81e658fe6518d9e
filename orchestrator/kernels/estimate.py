"""Betweenness of all members: exactly where that is affordable, otherwise from a sample with its error."""

from __future__ import annotations

from math import inf, log, sqrt
from typing import Final, NamedTuple

import numpy as np

from orchestrator.kernels.between import LANES, carried_from, fold_pendants
from orchestrator.kernels.outward import steps_from
from orchestrator.kernels.routes import routes_drawn
from orchestrator.kernels.rows import Rows, rows_of

__all__ = ["Between", "betweenness"]

#: Up to how many sources times cells of the rows the exact figure is computed: about a second.
AFFORDABLE: Final = 300_000_000
#: A sample grows until no member's share of all pairs is off by more than this, or so many members and ties were seen.
WANTED: Final = 0.01
BUDGET: Final = 400_000_000
#: How often any member at all may be further off than stated.
DOUBT: Final = 0.1
#: How many cells one call of a kernel may touch, and how many pairs it may follow: it cannot be cancelled within.
_CELLS_AT_ONCE: Final = 60_000_000
_FIRST_PAIRS: Final = 16
_PAIRS_AT_ONCE: Final = 4_096
#: How often at most it is looked whether the sample is large enough: each look may err.
_LOOKS: Final = 8
#: From this share on the interval is taken as wide as that of any share.
_LARGE: Final = 0.4


class Between(NamedTuple):
    """Betweenness of every member (float64, each pair once), and how it was found.

    ``pairs``: for how many pairs drawn at random one route was followed (None: exact, all of them). ``error``: with
    90% confidence no member's share of all pairs is further off (0 if exact).
    """

    values: np.ndarray
    pairs: int | None
    error: float

    @property
    def sources(self) -> int | None:
        """How many members' routes it rests on: None, as for ``pairs``, if all."""
        return self.pairs


class _Core(NamedTuple):
    rows: Rows
    sizes: np.ndarray
    members: np.ndarray
    sources: np.ndarray


def betweenness(members: int, ends: np.ndarray, seed: int = 1, affordable: int = AFFORDABLE) -> Between:
    """On how many pairs' shortest routes does each member lie, shares added up? Each pair once, not normalised.

    Hanging trees are folded away first; members are then renumbered outward from the one with most ties, so that
    neighbouring sources are followed together. Brandes (2001); the sample is of pairs, uniform, with replacement, one
    of their shortest routes each. Exact cost grows with members times ties; a sample's hardly faster than a root of
    ties where routes are short.
    """
    rows = rows_of(members, ends)
    core, known = _core(members, ends, rows)
    cells = len(core.sources) * (len(core.rows.offsets) + len(core.rows.neighbours))
    if cells <= affordable or not len(core.sources):
        whole = _exact(core)
        known[core.members] += whole / 2
        return Between(known, None, 0.0)
    return _sampled(members, core, known, seed)


def _core(members: int, ends: np.ndarray, rows: Rows) -> tuple[_Core, np.ndarray]:
    sizes, stays, known = fold_pendants(rows.offsets, rows.neighbours)
    kept = ends[stays[ends].all(axis=1)]
    degree = np.bincount(kept.ravel(), minlength=members)
    steps = np.zeros(members, np.int32)
    if len(kept):
        start = np.array([np.argmax(degree)])
        steps = steps_from(rows.offsets, rows.neighbours, start, np.zeros(members, np.bool_))
    inside = np.flatnonzero(stays & (degree > 0))
    inside = inside[np.lexsort((-degree[inside], steps[inside]))]
    at = np.zeros(members, np.int32)
    at[inside] = np.arange(len(inside))
    sources = np.arange(len(inside), dtype=np.int32)
    return _Core(rows_of(len(inside), at[kept]), sizes[inside], inside, sources), known


def _exact(core: _Core) -> np.ndarray:
    """What every member of the core carries, in blocks between which it can be cancelled."""
    cells = len(core.rows.offsets) + len(core.rows.neighbours)
    block = max(LANES, _CELLS_AT_ONCE // cells // LANES * LANES)
    whole = np.zeros(len(core.members))
    for first in range(0, len(core.sources), block):
        some = core.sources[first : first + block]
        whole += carried_from(core.rows.offsets, core.rows.neighbours, core.sizes, some, core.sizes[some])[0]
    return whole


def _sampled(members: int, core: _Core, known: np.ndarray, seed: int) -> Between:
    """Draw pairs until the error is small enough. A pair of one member, or of two without a route, counts nobody."""
    generator = np.random.default_rng(seed)
    population = float(core.sizes.sum())
    all_pairs = (members - 1) * (members - 2) / 2
    scale = population * population / 2 / all_pairs
    upto = np.cumsum(core.sizes) / population
    counts, drawn, wanted, seen = np.zeros(len(core.members), np.int64), 0, _PAIRS_AT_ONCE, 0
    for _ in range(_LOOKS):
        while drawn < wanted and seen < BUDGET:
            lot = min(_PAIRS_AT_ONCE, wanted - drawn, _CELLS_AT_ONCE * drawn // seen + 1 if seen else _FIRST_PAIRS)
            ends = np.searchsorted(upto, generator.random((2, lot)), side="right").astype(np.int32)
            ends = np.minimum(ends, len(upto) - 1)
            more, looked = routes_drawn(
                core.rows.offsets, core.rows.neighbours, ends[0], ends[1], generator.random(lot)
            )
            counts, drawn, seen = counts + more, drawn + lot, seen + max(1, looked)
        error = scale * _off(float(counts.max()) / drawn, drawn, members)
        if error <= WANTED or seen >= BUDGET:
            break
        wanted = int(drawn * max(1.05, 1.02 * (error / WANTED) ** 2))
    known[core.members] += counts / drawn * population * population / 2
    return Between(known, drawn, error)


def _off(share: float, drawn: int, members: int) -> float:
    """How far from the true share can one be that was drawn with this frequency, or a smaller one?

    Chernoff's bound, split over all members, both sides and all looks; nothing is assumed of the distribution. The
    interval is the wider the nearer to one half, so that the largest share speaks for all.
    """
    budget = log(2 * members * _LOOKS / DOUBT) / drawn
    if share > _LARGE or drawn < _PAIRS_AT_ONCE:
        return min(1.0, sqrt(budget / 2))
    low, high = share, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _divergence(share, middle) < budget else (low, middle)
    return high - share


def _divergence(one: float, other: float) -> float:
    if other >= 1.0:
        return inf
    first = one * log(one / other) if one else 0.0
    return first + (1 - one) * log((1 - one) / (1 - other))
