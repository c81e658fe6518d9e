"""What the ring map is drawn from: one frame of bodies, ties, and whom the lists beside the picture name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Mask = NDArray[np.bool_]

__all__ = ["FloatArray", "IntArray", "Mask", "MissingPartner", "RingFrame", "sector_labels"]


@dataclass(frozen=True, slots=True)
class MissingPartner:
    """A partner that the mission lacks: a dashed circle with its letter.

    `organisation_id` is blank where nobody is known yet; the circle is then picked as `missing:LETTER`.

    >>> MissingPartner("A", "Skills partner", "firm", "Wales").pick
    'missing:A'
    """

    letter: str
    name: str
    sector: str
    place: str
    organisation_id: str = ""

    @property
    def pick(self) -> str:
        """The value that `data-ring-pick` carries for this circle."""
        return self.organisation_id or f"missing:{self.letter}"


@dataclass(frozen=True, slots=True, eq=False)
class RingFrame:
    """All that the ring map shows, one entry per body in every column; the order of the bodies is free.

    Units: `hops` are steps from the centre (-1: no route); `dependency` is the rooted dependency, in bodies.
    `ties` is an m x 2 array of positions; each tie is listed once. `relied_on` holds positions, the first is number 1.
    `numbers` are what their discs say, if not 1, 2, 3 …; `all_relied_on` are the positions of everybody who is,
    numbered or not. `lettered` are bodies that the mission lacks although they are in the picture: (position, letter).
    `sectors` are (sector, label) pairs in the order of the wedges. `middle` is whom steps are counted from, in words,
    where that is not the centre of a mission. No bodies: every column empty and `centre` -1.
    Raises ValueError where columns disagree in length, a position does not exist, or a dependency is not finite.
    """

    organisation_id: tuple[str, ...]
    name: tuple[str, ...]
    sector: tuple[str, ...]
    kind: tuple[str, ...]
    tier: tuple[str, ...]
    place: tuple[str, ...]
    hops: IntArray
    dependency: FloatArray
    centre: int
    ties: IntArray
    relied_on: tuple[int, ...] = ()
    missing: tuple[MissingPartner, ...] = ()
    sectors: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    all_relied_on: tuple[int, ...] = ()
    lettered: tuple[tuple[int, str], ...] = ()
    middle: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hops", np.asarray(self.hops, dtype=np.int64).reshape(-1))
        object.__setattr__(self, "dependency", np.asarray(self.dependency, dtype=np.float64).reshape(-1))
        object.__setattr__(self, "ties", np.asarray(self.ties, dtype=np.int64).reshape(-1, 2))
        _check_lengths(self)
        _check_positions(self)
        if not np.isfinite(self.dependency).all():
            raise ValueError("dependency holds a value that is not a finite number. Give 0 where it is unknown.")

    def __len__(self) -> int:
        return len(self.organisation_id)


def sector_labels(frame: RingFrame) -> tuple[tuple[str, str], ...]:
    """Which wedges are there, in order? Those of `frame.sectors`, then any sector met that it does not name."""
    known = dict(frame.sectors)
    met = (*frame.sector, *(partner.sector for partner in frame.missing))
    extra = sorted(set(met) - known.keys())
    return (*frame.sectors, *((sector, sector) for sector in extra))


def _check_lengths(frame: RingFrame) -> None:
    columns = ("name", "sector", "kind", "tier", "place", "hops", "dependency")
    for column in columns:
        length = len(getattr(frame, column))
        if length != len(frame):
            raise ValueError(f"{column} has {length} entries, organisation_id has {len(frame)}. Give one per body.")


def _check_positions(frame: RingFrame) -> None:
    last = len(frame) - 1
    first = 0 if len(frame) else -1
    if not first <= frame.centre <= last:
        raise ValueError(f"centre is {frame.centre}; positions run from 0 to {last}, and -1 only without bodies.")
    named = (*frame.relied_on, *frame.all_relied_on, *(at for at, _ in frame.lettered))
    positions = np.concatenate([frame.ties.ravel(), np.asarray(named, dtype=np.int64)])
    wrong = positions[(positions < 0) | (positions > last)]
    if wrong.size:
        raise ValueError(f"ties, relied_on or lettered name position {wrong[0]}; positions run from 0 to {last}.")
    if frame.centre in frame.relied_on:
        raise ValueError(f"relied_on names position {frame.centre}, the centre. List only the others.")
    if frame.numbers and len(frame.numbers) != len(frame.relied_on):
        raise ValueError(f"numbers has {len(frame.numbers)} entries, relied_on has {len(frame.relied_on)}.")
