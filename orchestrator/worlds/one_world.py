"""What is true of the mission if exactly these ties are there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from orchestrator.kernels import (
    Kernel,
    Rows,
    Tree,
    around_each,
    between_sectors,
    hanging,
    routes_through,
    rows_of,
    shared_above,
    steps_from,
    walk,
    worsened_by,
)
from orchestrator.kernels.compiled import worth_it
from orchestrator.worlds.ground import Ground

__all__ = ["FEW_STEPS", "MEASURES", "WORTH_SAYING", "OneWorld", "one_world"]

#: The ranked measures of members, in the order in which they are told.
MEASURES: Final = (
    "weight_lost", "cut_off", "sole_provider_weight", "rooted_dependency", "brokerage", "constraint", "effective_size",
)  # fmt: skip
#: From which share of the routes, or of the links between sectors, on a body is said to be relied on.
WORTH_SAYING: Final = 0.10
FEW_STEPS: Final = (1, 2, 3)

R = TypeVar("R")


@dataclass(frozen=True)
class OneWorld:
    """Figures of one world: columns of members (NaN: not to be had), states of requirements, figures of the mission.

    ``steps`` from the centre (−1: no route); ``state`` as positions in ``STATES``.
    """

    measures: Mapping[str, np.ndarray]
    steps: np.ndarray
    state: np.ndarray
    families: np.ndarray
    mission: Mapping[str, float]


def one_world(base: Ground, ends: np.ndarray, strength: np.ndarray, times: int = 1) -> OneWorld:
    """Recompute everything that hangs on ties, exact betweenness aside.

    ``ends``: pairs of positions, none twice, none to itself; ``strength`` above 0, one a tie. ``times``: how many
    worlds will be asked for, so that kernels are compiled when that pays. Definitions: CONTRACT §2. Cost grows like
    triangles.
    """
    rows = rows_of(base.members, ends)
    nobody = np.zeros(base.members, np.bool_)
    steps = _run(times, steps_from, rows.offsets, rows.neighbours, np.array([base.centre]), nobody)
    above, _, discovered, components = _run(times, walk, rows.offsets, rows.neighbours, rows.ties, base.centre)
    tree = Tree(above, *_run(times, hanging, above, discovered))
    state, families, working = _states(base, steps)
    measures = {
        "weight_lost": _weight_lost(base, tree, state, families, working, times),
        "cut_off": np.where(steps >= 0, tree.size - 1.0, 0.0),
        "sole_provider_weight": _alone(base, working),
        "rooted_dependency": _run(times, routes_through, rows.offsets, rows.neighbours, base.centre, steps),
        **_around(base, rows, strength, times),
    }
    for name in ("weight_lost", "cut_off", "rooted_dependency"):
        measures[name][base.centre] = np.nan
    return OneWorld(measures, steps, state, families, _of_mission(base, ends, steps, state, int(components)))


def _run(times: int, kernel: Kernel[..., R], *given: Any) -> R:
    """Run a kernel compiled if that pays over all the worlds."""
    steps = kernel.work(*given) if kernel.work else 0
    result: R = (kernel.compiled if worth_it(steps * times) else kernel.function)(*given)
    return result


def _states(base: Ground, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The state of every requirement, how many families work on it, and which of the engaged providers work."""
    working = steps[base.member] >= 0
    there = np.zeros(len(base.family_need), np.bool_)
    there[base.family[working]] = True
    families = np.bincount(base.family_need[there], minlength=base.needs)
    cases = [families >= base.minimum, families > 0, base.on_paper, base.no_data]
    return np.select(cases, [0, 1, 2, 4], 3), families, working


def _weight_lost(
    base: Ground, tree: Tree, state: np.ndarray, families: np.ndarray, working: np.ndarray, times: int
) -> np.ndarray:
    """The weight of the requirements whose state gets worse when a member leaves."""
    family, member = base.family[working], base.member[working]
    firsts = np.flatnonzero(np.append(True, family[1:] != family[:-1])) if len(family) else family
    group = np.append(firsts, len(family)).astype(np.int64)
    tops = _run(times, shared_above, tree.above, tree.enter, tree.size, member, group)
    starts = np.searchsorted(base.family_need[family[firsts]], np.arange(base.needs + 1)).astype(np.int64)
    enough = np.where(state == 0, families - base.minimum + 1, families).astype(np.int64)
    needs, bodies = _run(times, worsened_by, tree.above, base.centre, tops, starts, enough)
    last = base.last_on_paper
    alone = np.flatnonzero((state == 2) & (last >= 0) & (last != base.centre))
    needs, bodies = np.concatenate([needs, alone]), np.concatenate([bodies, last[alone]])
    return np.bincount(bodies, base.weight[needs], minlength=base.members).astype(np.float64)


def _alone(base: Ground, working: np.ndarray) -> np.ndarray:
    """The weight of the requirements on which nobody else works."""
    need, member = base.family_need[base.family[working]], base.member[working]
    alone = np.bincount(need, minlength=base.needs)[need] == 1
    return np.bincount(member[alone], base.weight[need[alone]], minlength=base.members).astype(np.float64)


def _around(base: Ground, rows: Rows, strength: np.ndarray, times: int) -> dict[str, np.ndarray]:
    cells = strength[rows.ties] if len(rows.ties) else np.zeros(0)
    constraint, size = _run(times, around_each, rows.offsets, rows.neighbours, cells)
    roles = _run(times, between_sectors, rows.offsets, rows.neighbours, base.sector)
    across = roles[:, 2:].sum(axis=1)
    return {"brokerage": across / max(1, across.sum()), "constraint": constraint, "effective_size": size}


def _of_mission(
    base: Ground, ends: np.ndarray, steps: np.ndarray, state: np.ndarray, components: int
) -> dict[str, float]:
    n, m = base.members, len(ends)
    external = int((base.sector[ends[:, 0]] != base.sector[ends[:, 1]]).sum())
    own = int((ends == base.centre).any(axis=1).sum())
    uncovered = (state != 0) & (state != 4)
    return {
        "ties": m,
        "components": components,
        "density": 2 * m / (n * (n - 1)) if n > 1 else np.nan,
        "density_without_centre": 2 * (m - own) / ((n - 1) * (n - 2)) if n > 2 else np.nan,
        "ei_index": (2 * external - m) / m if m else np.nan,
        **{f"reach_{k}": _within(steps, k) for k in FEW_STEPS},
        "no_route": int((steps < 0).sum()),
        "requirements_uncovered": int(uncovered.sum()),
        "weight_uncovered": float(base.weight[uncovered].sum()),
        "requirements_nobody_works_on": int((uncovered & (state != 1)).sum()),
    }


def _within(steps: np.ndarray, most: int) -> float:
    others = len(steps) - 1
    return float(((steps > 0) & (steps <= most)).sum() / others) if others else np.nan
