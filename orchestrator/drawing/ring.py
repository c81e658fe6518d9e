"""The ring map: the centre in the middle, a wedge per sector, a ring per step, "no route" beyond a dashed line.

`ring_layout` decides where everything goes; `ring_json` writes that for `assets/ringmap.js`, which only draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from orchestrator.drawing.ring_frame import FloatArray, IntArray, Mask, MissingPartner, RingFrame, sector_labels
from orchestrator.drawing.ring_picture import CENTRE_RADIUS, LARGE_RADIUS, Band, RingPicture, ring_json
from orchestrator.drawing.ring_routes import (
    FIRST,
    LAST,
    NO_ROUTE,
    anchors,
    importance,
    parents,
    resting_ties,
    ring_numbers,
)
from orchestrator.drawing.ring_slots import Wedge, cell_depth, cell_places

__all__ = ["Band", "MissingPartner", "RingFrame", "RingPicture", "Wedge", "ring_json", "ring_layout"]

FIRST_EDGE = 56.0
"""From here outwards there is room for rings."""
OUTER_RADIUS = 500.0
PADDING = 26.0
"""Room on either side of the line between two rings: the line's own label stands there, over no disc."""
WIDEST_SPACING, NARROWEST_SPACING = 40.0, 1.4
RESTING_TIES = 6_000
RESTING_OTHER_TIES = 300
BAND_LABELS: Final = {1: "1 step", 2: "2 steps", 3: "3 steps", LAST: "4+ steps", NO_ROUTE: "no route"}


@dataclass(frozen=True, slots=True, eq=False)
class _Discs:
    """All discs but the centre: bodies first, then missing partners, which stand one step from the centre."""

    wedge: IntArray
    ring: IntArray
    is_large: Mask
    place: IntArray


def ring_layout(frame: RingFrame) -> RingPicture:
    """Where does each body stand around the centre, so that sector, steps and route can be read off the picture?

    Deterministic; no two discs overlap; every disc is inside its wedge and its ring. No bodies: a picture without
    bands. Cost: O(m log m) in the ties; 50,000 bodies with 150,000 ties take about half a second.

    >>> frame = RingFrame(("a", "b"), ("Unit", "Firm"), ("central", "firm"), ("", ""), ("", ""), ("", ""),
    ...                   [0, 1], [0.0, 0.0], 0, [[0, 1]], sectors=(("central", "Central"), ("firm", "Firms")))
    >>> picture = ring_layout(frame)
    >>> picture.ring.tolist(), picture.parent.tolist()
    ([0, 1], [-1, 0])
    """
    ring, parent = ring_numbers(frame.hops, frame.centre), parents(frame)
    discs = _discs(frame, ring)
    wedges = _wedges(frame, discs.wedge[: len(frame)], ring)
    spacing, bands, outer = _bands(_counts(discs, len(wedges)), wedges)
    angle, distance = _place_all(frame, discs, wedges, bands, spacing, anchors(parent, ring))
    x, y = distance * np.cos(angle), distance * np.sin(angle)
    resting, routes = resting_ties(frame, parent, RESTING_TIES, RESTING_OTHER_TIES)
    n = len(frame)
    radius = _radii(frame, spacing)
    return RingPicture(frame, x[:n], y[:n], radius, ring, parent, x[n:], y[n:], wedges, bands, resting, routes, outer)


def _discs(frame: RingFrame, ring: IntArray) -> _Discs:
    number = {sector: k for k, (sector, _) in enumerate(sector_labels(frame))}
    sectors = (*frame.sector, *(partner.sector for partner in frame.missing))
    places = (*frame.place, *(partner.place for partner in frame.missing))
    is_large = np.ones(len(sectors), dtype=bool)
    is_large[: len(frame)] = False
    is_large[[*frame.relied_on, *(at for at, _ in frame.lettered)]] = True
    return _Discs(
        np.array([number[sector] for sector in sectors], dtype=np.int64),
        np.concatenate([ring, np.full(len(frame.missing), FIRST)]),
        is_large,
        np.unique(np.array(places, dtype=str), return_inverse=True)[1].reshape(-1),
    )


def _wedges(frame: RingFrame, wedge: IntArray, ring: IntArray) -> tuple[Wedge, ...]:
    """Spans grow with the number of bodies, less than in proportion; the first wedge is centred at the top."""
    labels = sector_labels(frame)
    if not labels:
        return ()
    counts = np.bincount(wedge[ring > 0], minlength=len(labels))
    gap = min(0.04, 0.6 / len(labels))
    room = 2 * np.pi - gap * len(labels)
    spans = _spans(counts, room, least=min(0.45, 0.6 * room / len(labels)))
    starts = -np.pi / 2 - spans[0] / 2 + np.concatenate([[0], np.cumsum(spans + gap)[:-1]])
    return tuple(
        Wedge(sector, label, int(count), float(start), float(span))
        for (sector, label), count, start, span in zip(labels, counts, starts, spans, strict=True)
    )


def _spans(counts: IntArray, room: float, least: float) -> FloatArray:
    """Share out `room` by the counts, nobody less than `least`; the others share what that leaves."""
    weight = np.maximum(counts, 1).astype(np.float64) ** 0.72
    spans = np.full(len(counts), least)
    free = np.ones(len(counts), dtype=bool)
    while free.any():
        spans[free] = (room - spans[~free].sum()) * weight[free] / weight[free].sum()
        small = free & (spans < least)
        if not small.any():
            break
        spans[small] = least
        free &= ~small
    return spans


def _counts(discs: _Discs, wedges: int) -> IntArray:
    """How many discs stand in each cell? Indexed by ring (0 to 5), wedge, and small (0) or large (1)."""
    counts = np.zeros((NO_ROUTE + 1, wedges, 2), dtype=np.int64)
    np.add.at(counts, (discs.ring, discs.wedge, discs.is_large.astype(int)), 1)
    counts[0] = 0
    return counts


def _bands(counts: IntArray, wedges: tuple[Wedge, ...]) -> tuple[float, tuple[Band, ...], float]:
    """The widest spacing at which all rings fit the circle; past the narrowest spacing the circle grows instead."""
    spacing = WIDEST_SPACING
    depths = _depths(counts, wedges, spacing)
    while _total(depths) > OUTER_RADIUS and spacing > NARROWEST_SPACING:
        spacing *= 0.96
        depths = _depths(counts, wedges, spacing)
    outer = max(OUTER_RADIUS, _total(depths))
    spare = (outer - _total(depths)) / (len(depths) + 1)
    edge, bands = FIRST_EDGE, []
    for ring, depth in depths.items():
        inner = edge + PADDING + spare
        line = inner - PADDING / 2
        bands.append(Band(ring, BAND_LABELS[ring], inner, inner + depth, line))
        edge = inner + depth
    return spacing, tuple(bands), outer


def _depths(counts: IntArray, wedges: tuple[Wedge, ...], spacing: float) -> dict[int, float]:
    """Depth of each ring that has discs, measured where it begins when the rings are packed as tightly as may be."""
    edge, depths = FIRST_EDGE, {}
    for ring in np.flatnonzero(counts.any(axis=(1, 2))):
        inner = edge + PADDING
        cells = zip(counts[ring], wedges, strict=True)
        depth = max(cell_depth(int(few), int(many), wedge.span, inner, spacing) for (few, many), wedge in cells)
        depths[int(ring)] = depth
        edge = inner + depth
    return depths


def _total(depths: dict[int, float]) -> float:
    return FIRST_EDGE + sum(depths.values()) + PADDING * (len(depths) + 0.5)


def _place_all(
    frame: RingFrame,
    discs: _Discs,
    wedges: tuple[Wedge, ...],
    bands: tuple[Band, ...],
    spacing: float,
    anchor: IntArray,
) -> tuple[FloatArray, FloatArray]:
    """Angle and distance of every disc. Rings are filled outwards: each body can stand near whom it hangs from."""
    angle, distance = np.zeros(len(discs.ring)), np.zeros(len(discs.ring))
    hangs_from = np.concatenate([anchor, np.full(len(frame.missing), -1)])
    cell = discs.ring * len(wedges) + discs.wedge
    for band in bands:
        for number, wedge in enumerate(wedges):
            members = np.flatnonzero(cell == band.ring * len(wedges) + number)
            members = members[_order(members, discs.place, hangs_from, angle, wedge)]
            places = cell_places(discs.is_large[members], wedge.span, band.inner, band.outer - band.inner, spacing)
            angle[members], distance[members] = wedge.start + places.angle, places.radius
    return angle, distance


def _order(members: IntArray, place: IntArray, hangs_from: IntArray, angle: FloatArray, wedge: Wedge) -> IntArray:
    """Around the wedge: by the angle of the body each hangs from; without one, bodies of one place stand together."""
    middle = wedge.start + wedge.span / 2
    turned = (angle[hangs_from[members]] - middle + np.pi) % (2 * np.pi) - np.pi
    turned = np.where(hangs_from[members] < 0, 0.0, turned)
    return np.lexsort((members, place[members], np.round(turned, 9)))


def _radii(frame: RingFrame, spacing: float) -> FloatArray:
    radius = spacing * (0.28 + 0.16 * importance(frame.dependency))
    radius[[*frame.relied_on, *(at for at, _ in frame.lettered)]] = LARGE_RADIUS
    if frame.centre >= 0:
        radius[frame.centre] = CENTRE_RADIUS
    return radius
