"""The ring map once it is laid out, and the JSON in which the browser gets it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from orchestrator.drawing.ring_frame import FloatArray, IntArray, RingFrame
from orchestrator.drawing.ring_slots import Wedge

CENTRE_RADIUS = 46.0
LARGE_RADIUS = 17.0
NAME_LENGTH = 600
"""Longer names are cut for the tooltip."""


@dataclass(frozen=True, slots=True)
class Band:
    """One ring: its number (1 to 4, 5 is no route), its label, its edges, and the line drawn before it."""

    ring: int
    label: str
    inner: float
    outer: float
    line: float


@dataclass(frozen=True, slots=True, eq=False)
class RingPicture:
    """Where everything on the ring map goes, in units of which the centre is (0, 0) and y points down.

    `x`, `y`, `radius`, `ring`, `parent` have one entry per body of `frame`; `missing_x`, `missing_y` one per missing
    partner. `resting` lists the ties drawn faint (k x 2), the first `resting_routes` of them on a shortest route.
    """

    frame: RingFrame
    x: FloatArray
    y: FloatArray
    radius: FloatArray
    ring: IntArray
    parent: IntArray
    missing_x: FloatArray
    missing_y: FloatArray
    wedges: tuple[Wedge, ...]
    bands: tuple[Band, ...]
    resting: IntArray
    resting_routes: int
    outer_radius: float


def ring_json(picture: RingPicture) -> bytes:
    """The picture as compact JSON for the browser: numbers rounded, repeated words once, names cut at 600 letters.

    `ties.counts[i]` says how many of `ties.others` belong to body i (each tie once, from its lower end). `resting` is a
    flat list of pairs, at most 6,000 ties. Raises ValueError if a number is not finite.
    """
    frame = picture.frame
    document = {
        "centre": frame.centre,
        "outer": round(picture.outer_radius, 1),
        "centre_radius": CENTRE_RADIUS,
        "large_radius": LARGE_RADIUS,
        "bodies": _bodies(picture),
        "wedges": [
            {
                "sector": w.sector,
                "label": w.label,
                "count": w.count,
                "start": round(w.start, 4),
                "span": round(w.span, 4),
            }
            for w in picture.wedges
        ],
        "bands": [{"ring": b.ring, "label": b.label, "line": round(b.line, 1)} for b in picture.bands],
        "ties": _ties(frame),
        "resting": picture.resting.ravel().tolist(),
        "resting_routes": picture.resting_routes,
        "relied_on": list(frame.relied_on),
        "numbers": list(frame.numbers) or [str(rank + 1) for rank in range(len(frame.relied_on))],
        "all_relied_on": list(frame.all_relied_on),
        "lettered": [[at, letter] for at, letter in frame.lettered],
        "middle": _cut(frame.middle),
        "missing": _missing(picture),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="replace")


def _bodies(picture: RingPicture) -> dict[str, object]:
    frame = picture.frame
    columns: dict[str, object] = {
        "id": list(frame.organisation_id),
        "name": [_cut(name) for name in frame.name],
        "hops": frame.hops.tolist(),
        "parent": picture.parent.tolist(),
        "x": np.round(picture.x, 1).tolist(),
        "y": np.round(picture.y, 1).tolist(),
        "radius": np.round(picture.radius, 2).tolist(),
    }
    for column in ("sector", "kind", "tier", "place"):
        columns[column] = _listed_once(getattr(frame, column))
    return columns


def _cut(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _listed_once(words: tuple[str, ...]) -> dict[str, object]:
    distinct = {word: k for k, word in enumerate(dict.fromkeys(words))}
    return {"words": [_cut(word) for word in distinct], "of": [distinct[word] for word in words]}


def _ties(frame: RingFrame) -> dict[str, list[int]]:
    ends = np.sort(frame.ties[frame.ties[:, 0] != frame.ties[:, 1]], axis=1)
    ends = np.unique(ends, axis=0)
    counts = np.bincount(ends[:, 0], minlength=len(frame))
    return {"counts": counts.tolist(), "others": ends[:, 1].tolist()}


def _missing(picture: RingPicture) -> list[dict[str, object]]:
    positions = zip(picture.frame.missing, picture.missing_x, picture.missing_y, strict=True)
    return [
        {
            "pick": partner.pick,
            "letter": partner.letter,
            "name": _cut(partner.name),
            "sector": partner.sector,
            "place": partner.place,
            "x": round(float(x), 1),
            "y": round(float(y), 1),
        }
        for partner, x, y in positions
    ]
