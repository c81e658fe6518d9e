"""How fast does contact with the centre fall as the bodies that carry most of it leave, and as anybody leaves?"""

from __future__ import annotations

from typing import Final

import numpy as np

from orchestrator.analysis.wordings import evidence, names
from orchestrator.kernels import Rows, reach_left, routes_through, steps_from
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed, percent

__all__ = ["analyse_removal_curve"]

_NAME: Final = "removal_curve"
#: How many leave, at most; and how many orders are drawn for the band.
STEPS: Final = 20
DRAWS: Final = 100
_SEED: Final = 1
#: After how many the finding looks, and how far below the band the curve must then be to be worth a sentence.
_LOOK: Final = 5


def analyse_removal_curve(graph: MissionGraph) -> Findings:
    """Which share of the other members still reaches the centre after 1, 2, … 20 have left?

    Rows: ``removed``, ``left`` (the next to leave is always the one that most shortest routes from the centre run
    through then; of equals the first), ``reached`` (share of the other members of today, whoever left not counted as
    reached), and ``low``, ``middle``, ``high``: the 5th, 50th and 95th of a hundred where as many leave at random.
    Empty if the centre is alone. One finding, if five chosen ones take away more than nearly any five at random. Cost:
    20 searches, and one pass over the ties a draw.
    """
    others = len(graph.members) - 1
    if not others:
        return Findings()
    rows, centre = as_rows(graph), graph.centre
    most = min(STEPS, others)
    chosen = _adaptive(rows, centre, most)
    curve = (reach_left(rows.offsets, rows.neighbours, centre, np.array(chosen, dtype=np.int64)) - 1) / others
    low, middle, high = np.percentile(_at_random(rows, centre, most), (5, 50, 95), axis=0) / others
    table = tuple(
        {
            "removed": i,
            "left": graph.members[chosen[i - 1]] if i else None,
            "reached": float(curve[i]),
            "low": float(low[i]),
            "middle": float(middle[i]),
            "high": float(high[i]),
        }
        for i in range(most + 1)
    )
    look = min(_LOOK, most)
    worth = curve[look] < low[look] and (hops(graph) > 0).sum() > 2 * _LOOK
    return Findings((), (_finding(graph, chosen[:look], curve, low, high),) if worth else (), table)


def _adaptive(rows: Rows, centre: int, most: int) -> list[int]:
    """Who leaves: one after the other, whom most shortest routes from the centre run through by then."""
    gone = np.zeros(len(rows.offsets) - 1, dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(most):
        steps = steps_from(rows.offsets, rows.neighbours, np.array([centre]), gone)
        carried = routes_through(rows.offsets, rows.neighbours, centre, steps)
        carried[steps > 0] += 1.0
        carried[gone] = -1.0
        carried[centre] = -2.0
        chosen.append(int(np.argmax(carried)))
        gone[chosen[-1]] = True
    return chosen


def _at_random(rows: Rows, centre: int, most: int) -> np.ndarray:
    """How many others reach the centre after each removal, in a hundred orders drawn at random."""
    generator = np.random.default_rng(_SEED)
    n = len(rows.offsets) - 1
    others = np.delete(np.arange(n), centre)
    draws = DRAWS if n <= 10_000 else 20
    orders = (generator.choice(others, most, replace=False) for _ in range(draws))
    return np.array([reach_left(rows.offsets, rows.neighbours, centre, order) - 1 for order in orders])


def _finding(graph: MissionGraph, chosen: list[int], curve: np.ndarray, low: np.ndarray, high: np.ndarray) -> Finding:
    ids, k = [graph.members[i] for i in chosen], len(chosen)
    bodies = names(graph, ids)
    return Finding(
        analysis=_NAME,
        severity="info",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure="reached_after_removals",
        value=float(curve[k]),
        unit="share of the other members",
        statement=(
            f"{percent(float(curve[0]))} of the other members reach {graph.name_of(graph.centre_id)} today. If "
            f"{listed(bodies, most=k)} all left, {percent(float(curve[k]))} would; if any {k} left, "
            f"mostly {percent(float(low[k]))} to {percent(float(high[k]))}."
        ),
        action=f"Agree with each of the {counted(k, 'body', 'bodies')} who would take over its contacts.",
        evidence=evidence("organisations", ids),
    )
