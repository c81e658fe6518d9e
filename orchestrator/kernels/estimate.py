"""Betweenness of all members: exactly where that is affordable, otherwise from a sample with its error."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np

from orchestrator.kernels.between import carried_from, fold_pendants
from orchestrator.kernels.outward import steps_from
from orchestrator.kernels.rows import Rows, rows_of

__all__ = ["Between", "betweenness"]

#: Up to how many sources times cells of the rows the exact figure is computed: about a second.
AFFORDABLE: Final = 300_000_000
#: A sample grows until no member's share of all pairs is off by more than this, or until it has taken so many steps.
WANTED: Final = 0.01
BUDGET: Final = 150_000_000
#: How often any member at all may be further off than stated.
DOUBT: Final = 0.1
_CHUNK: Final = 256


class Between(NamedTuple):
    """Betweenness of every member (float64, each pair once), and how it was found.

    ``sources``: from how many members the routes were followed (None: from all, so exactly). ``error``: with 90%
    confidence no member's share of all pairs is further off (0 if exact).
    """

    values: np.ndarray
    sources: int | None
    error: float


class _Core(NamedTuple):
    rows: Rows
    sizes: np.ndarray
    members: np.ndarray
    sources: np.ndarray


def betweenness(members: int, ends: np.ndarray, seed: int = 1, affordable: int = AFFORDABLE) -> Between:
    """On how many pairs' shortest routes does each member lie, shares added up? Each pair once, not normalised.

    Hanging trees are folded away first; members are then renumbered outward from the one with most ties, so that
    neighbouring sources are followed together. Brandes (2001); the sample is of members, uniform, with replacement.
    Exact cost grows with members times ties; a sample's with ties.
    """
    rows = rows_of(members, ends)
    core, known = _core(members, ends, rows)
    cells = len(core.sources) * (len(core.rows.offsets) + len(core.rows.neighbours))
    if cells <= affordable:
        whole, _ = carried_from(
            core.rows.offsets, core.rows.neighbours, core.sizes, core.sources, core.sizes[core.sources]
        )
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


def _sampled(members: int, core: _Core, known: np.ndarray, seed: int) -> Between:
    generator = np.random.default_rng(seed)
    population = float(core.sizes.sum())
    pairs = (members - 1) * (members - 2) / 2
    whole, squares = np.zeros(len(core.members)), np.zeros(len(core.members))
    drawn, error = 0, np.inf
    spread = NormalDist().inv_cdf(1 - DOUBT / (2 * members))
    cells = len(core.rows.offsets) + len(core.rows.neighbours)
    while drawn * cells < BUDGET and error > WANTED:
        lot = np.sort(generator.choice(core.sources, _CHUNK, p=core.sizes / population)).astype(np.int32)
        more, more_squares = carried_from(core.rows.offsets, core.rows.neighbours, core.sizes, lot, np.ones(len(lot)))
        whole, squares, drawn = whole + more, squares + more_squares, drawn + len(lot)
        variance = np.maximum(0.0, squares / drawn - (whole / drawn) ** 2) / (drawn - 1)
        error = float(spread * population / 2 * np.sqrt(variance.max()) / pairs)
    known[core.members] += whole / drawn * population / 2
    return Between(known, drawn, error)
