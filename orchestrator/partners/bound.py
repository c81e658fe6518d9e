"""How good could any choice be? A bound from the linear relaxation that holds whatever the solver's tolerance."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import gcd

import numpy as np

from orchestrator.partners.highs import Fractions, in_fractions
from orchestrator.partners.linear import Model, narrowed

__all__ = ["Relaxed", "lattice", "relaxed", "rounded_down"]

_DIGITS = 5
_TINY = 1e-7
#: Up to so many cells all bodies are looked at at once; beyond, so many are let in a round.
_AT_ONCE = 15_000
_LET_IN = 1_500
#: So near to what the relaxation itself can reach, another round is not worth its time.
_NEAR = 1e-3


@dataclass(frozen=True)
class Relaxed:
    """What a choice of fractions of bodies could reach.

    ``bound``: no choice of whole bodies gains more. ``shares``: how much of each body the relaxation takes.
    ``price``: by how much the bound falls if a body that the relaxation leaves out is taken (0 or less). ``toll``: what
    each body uses up of the limits, in units of gain.
    """

    bound: float
    shares: np.ndarray
    price: np.ndarray
    toll: np.ndarray


def relaxed(model: Model, seconds: float, likely: np.ndarray | None = None) -> Relaxed | None:
    """Solve the relaxation. None where the solver gave no answer in time.

    The bound is worked out anew from the multipliers of the rows: for any multipliers that are not negative,
    u · b + Σ over columns of the best (c − uA) x within its bounds is no less than the true optimum (weak duality), so
    an imprecise solver makes the bound weaker, never wrong. Neumaier and Shcherbina (2004).

    With many bodies it starts from those that are ``likely`` (positions) and lets others in whose price is right, until
    none is (column generation) or the time is over. The bound holds in every round, for it is over all bodies.
    """
    ends = time.monotonic() + seconds
    inside = np.ones(model.bodies, np.bool_)
    if likely is not None and len(model.column) > _AT_ONCE:
        inside[:] = False
        inside[likely] = True
    best: Relaxed | None = None
    while (left := ends - time.monotonic()) > 0:
        found = in_fractions(narrowed(model, inside), left)
        if found is None:
            break
        here, reduced = _bound_of(model, found)
        best = here if best is None or here.bound < best.bound else best
        wanted = np.flatnonzero(~inside & (reduced > _TINY * max(1.0, np.abs(model.gain).max(initial=0))))
        near = best.bound - float(model.gain @ found.columns) <= _NEAR * abs(best.bound)
        if near or not len(wanted):
            break
        inside[wanted[np.argsort(-reduced[wanted], kind="stable")[:_LET_IN]]] = True
    return best


def _bound_of(model: Model, found: Fractions) -> tuple[Relaxed, np.ndarray]:
    """The bound that these multipliers prove over all bodies, and what each body is worth at these prices."""
    net = found.above - found.below
    reduced = model.gain - np.bincount(model.column, weights=model.value * net[model.row], minlength=len(model.gain))
    best = np.maximum(reduced * model.least, reduced * model.most)
    upper, lower = found.above > 0, found.below > 0
    sides = found.above[upper] @ model.high[upper] - found.below[lower] @ model.low[lower]
    bodies = reduced[: model.bodies]
    used = np.where(model.value > 0, model.value * net[model.row], 0.0)
    toll = np.bincount(model.column, weights=used, minlength=len(model.gain))[: model.bodies]
    shares = found.columns[: model.bodies]
    return Relaxed(float(sides + best.sum()), shares, np.minimum(0.0, bodies), np.maximum(0.0, toll)), bodies


def lattice(gains: np.ndarray) -> float | None:
    """The step of which every sum of these gains is a multiple; None where they have no such step in few digits.

    >>> lattice(np.array([1.0, 0.5, 2.5])), lattice(np.array([1 / 3, 1.0]))
    (0.5, None)
    """
    for digits in range(_DIGITS + 1):
        scaled = gains * 2 * 10**digits
        near = np.rint(scaled)
        if np.abs(near).max(initial=0) < 2**53 and np.allclose(scaled, near, rtol=0, atol=1e-6):
            step = gcd(*(int(n) for n in np.unique(near)))
            return step / (2 * 10**digits) if step else None
    return None


def rounded_down(bound: float, step: float | None) -> float:
    """The greatest value that a choice can have under a bound.

    >>> rounded_down(4.9, 0.5), rounded_down(4.9999999999, 0.5)
    (4.5, 5.0)
    """
    outward = bound + _TINY * max(1.0, abs(bound))
    if step is None or step < 4 * _TINY * max(1.0, abs(bound)):
        return outward
    return float(np.floor(outward / step) * step)
