"""Room for discs: how many rows a band needs, and where in a wedge each row's places lie.

A *cell* is where a band (one ring) meets a wedge (one sector). Small discs sit in rows one `spacing` apart, large ones
(numbered or lettered) in rows `LARGE` apart nearer to the centre; a few of each share one row. Two places never come
nearer to each other than the room their discs take, which is what keeps discs apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.drawing.ring_frame import FloatArray, IntArray, Mask

LARGE = 37.0
"""Room across for a numbered or lettered disc, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Wedge:
    """One sector's share of the circle: angles in radians, clockwise on screen from the positive x axis."""

    sector: str
    label: str
    count: int
    start: float
    span: float


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places for discs in one cell, in the order of their angle (radians from the wedge's start), with their radius."""

    angle: FloatArray
    radius: FloatArray


def capacities(span: float, inner: float, spacing: float, rows: int) -> IntArray:
    """How many discs fit in each of `rows` rows, the first beginning at radius `inner`?

    >>> capacities(1.0, 50.0, 10.0, 3).tolist()
    [5, 6, 7]
    """
    middles: FloatArray = inner + spacing * (np.arange(rows, dtype=np.float64) + 0.5)
    return np.floor(span * middles / spacing + 1e-9).astype(np.int64)


def rows_needed(count: int, span: float, inner: float, spacing: float) -> int:
    """How many rows hold `count` discs? 0 for none. The sum of an arithmetic series bounds the search from above."""
    if count == 0:
        return 0
    bound = int((1 + np.sqrt(1 + 2 * span * count)) / span) + 2
    filled = np.cumsum(capacities(span, inner, spacing, bound))
    return int(np.searchsorted(filled, count)) + 1


def one_row(small: int, large: int, span: float, inner: float, spacing: float) -> bool:
    """Do the small and the large discs of a cell share a single row?"""
    return large > 0 and small * spacing + large * LARGE <= span * (inner + LARGE / 2)


def cell_depth(small: int, large: int, span: float, inner: float, spacing: float) -> float:
    """How deep is a cell, from its band's inner edge, in units of the picture?"""
    if one_row(small, large, span, inner, spacing):
        return LARGE
    lane = LARGE * rows_needed(large, span, inner, LARGE)
    return lane + spacing * rows_needed(small, span, inner + lane, spacing)


def cell_places(is_large: Mask, span: float, inner: float, depth: float, spacing: float) -> Places:
    """Where do the discs of a cell go? `is_large` says, in the order wanted around the circle, which discs are large.

    The result keeps that order: place i is for disc i. Rows are centred in the band's `depth`.
    """
    large, small = int(is_large.sum()), int((~is_large).sum())
    slack = (depth - cell_depth(small, large, span, inner, spacing)) / 2
    if one_row(small, large, span, inner, spacing):
        return _mixed_row(is_large, span, inner + slack + LARGE / 2, spacing)
    angle, radius = np.empty(len(is_large)), np.empty(len(is_large))
    lane = LARGE * rows_needed(large, span, inner, LARGE)
    for mask, edge, room in ((is_large, inner, LARGE), (~is_large, inner + lane, spacing)):
        places = _rows(int(mask.sum()), span, edge, room, slack)
        angle[mask], radius[mask] = places.angle, places.radius
    return Places(angle, radius)


def _mixed_row(is_large: Mask, span: float, radius: float, spacing: float) -> Places:
    """One row in which each disc takes its own width; what is left over widens all of them alike."""
    width = np.where(is_large, LARGE, spacing)
    middle: FloatArray = np.cumsum(width) - width / 2
    return Places(span * middle / width.sum(), np.full(len(width), radius))


def _rows(count: int, span: float, inner: float, spacing: float, slack: float) -> Places:
    """Rows of evenly spaced places, sorted by angle. A row holds its share of the discs, never more than fit."""
    rows = rows_needed(count, span, inner, spacing)
    held = _shares(count, capacities(span, inner, spacing, rows))
    row = np.repeat(np.arange(rows), held)
    position = np.arange(count) - np.repeat(np.cumsum(held) - held, held)
    fraction = (position + 0.5) / held[row]
    order = np.lexsort((row, fraction))
    return Places(span * fraction[order], inner + slack + spacing * (row[order].astype(np.float64) + 0.5))


def _shares(count: int, capacity: IntArray) -> IntArray:
    """Deal `count` discs to rows in proportion to what each can hold; the outer rows take the remainder first."""
    total = int(capacity.sum())
    if total == 0:
        return capacity
    held = capacity * count // total
    left = count - int(held.sum())
    room = np.flatnonzero(held < capacity)[::-1][:left]
    held[room] += 1
    return held
