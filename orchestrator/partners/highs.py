"""HiGHS, inside scipy: the one place that knows how it is called. Plain arrays in, plain arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.partners.linear import Model

__all__ = ["Found", "Fractions", "exactly", "in_fractions"]

_PROVED = 0


@dataclass(frozen=True)
class Fractions:
    """The best values of all columns where fractions are allowed, with a multiplier (0 or more) for each bounded side
    of a row: ``above`` for its upper bound, ``below`` for its lower one."""

    columns: np.ndarray
    above: np.ndarray
    below: np.ndarray


@dataclass(frozen=True)
class Found:
    """Values of all columns (None: no choice was found in time), and the bound that the search proved."""

    columns: np.ndarray | None
    bound: float
    proved: bool

    def chosen(self, bodies: int) -> np.ndarray | None:
        """The bodies of the choice."""
        return None if self.columns is None else np.flatnonzero(self.columns[:bodies] > 0.5)


def in_fractions(model: Model, seconds: float) -> Fractions | None:
    """Solve the relaxation. None where there was no answer in time."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    upper, lower = np.flatnonzero(np.isfinite(model.high)), np.flatnonzero(np.isfinite(model.low))
    rows = csr_array((model.value, (model.row, model.column)), shape=(len(model.low), len(model.gain)))
    found = linprog(
        -model.gain,
        A_ub=vstack([rows[upper], -rows[lower]]) if len(model.low) else None,
        b_ub=np.concatenate([model.high[upper], -model.low[lower]]) if len(model.low) else None,
        bounds=np.column_stack([model.least, model.most]),
        method="highs",
        options={"time_limit": seconds},
    )
    if found.x is None or found.status != _PROVED:
        return None
    multipliers = np.maximum(0.0, -np.asarray(found.ineqlin.marginals, dtype=float))
    above, below = np.zeros(len(model.low)), np.zeros(len(model.low))
    above[upper], below[lower] = multipliers[: len(upper)], multipliers[len(upper) :]
    return Fractions(found.x, above, below)


def exactly(model: Model, seconds: float, gap: float = 0.0) -> Found:
    """Search the model with branch and bound, one thread, until it is proved or the time is over.

    ``gap``: the share of the bound within which an answer counts as proved.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows = csr_array((model.value, (model.row, model.column)), shape=(len(model.low), len(model.gain)))
    found = milp(
        -model.gain,
        constraints=LinearConstraint(rows, model.low, model.high) if len(model.low) else (),
        bounds=Bounds(model.least, model.most),
        integrality=model.whole,
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return Found(found.x, bound, found.status == _PROVED)
