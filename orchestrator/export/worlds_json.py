"""How sure we are, as JSON: what held in how many worlds, of every member, requirement and the mission."""

from __future__ import annotations

from typing import Any

import numpy as np

from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.worlds import Spread, Uncertain, Worlds, word
from orchestrator.tables.vocabulary import STATES

__all__ = ["worlds_document"]


def worlds_document(graph: MissionGraph, worlds: Worlds) -> dict[str, Any]:
    """The ``worlds`` part of the findings as plain lists and dictionaries, sorted by id; what is not known is None.

    Of every member: probabilities (shares of worlds), and of each ranked measure the median and the middle 90% of its
    value and of its rank, and ``p_top``: the chance to be among the first so many. ``rank`` and ``p_top`` are None for
    the centre and for members of sectors in which too few answered.
    """
    return {
        "count": worlds.count,
        "seed": worlds.seed,
        "organisations": [_member(graph, worlds, at) for at in range(len(graph.members))],
        "requirements": _requirements(graph, worlds),
        "mission": {name: _over_worlds(figures) for name, figures in worlds.mission.items()},
        "sectors_not_ranked": [
            {
                "sector": each.sector,
                "asked": each.asked,
                "answered": each.answered,
                "response_rate": each.rate,
                "reason": each.why_not_ranked,
            }
            for each in worlds.not_ranked
        ],
        "assumptions": list(worlds.assumptions),
    }


def _member(graph: MissionGraph, worlds: Worlds, at: int) -> dict[str, Any]:
    share = {name: float(column[at]) for name, column in worlds.shares.items()}
    is_centre = at == graph.centre
    return {
        "organisation_id": graph.members[at],
        "p_cuts_off": None if is_centre else share["cuts_off"],
        "p_worsens": None if is_centre else share["worsens"],
        "word": None if is_centre else word(share["bites"]),
        "p_no_route": share["no_route"],
        "p_within": {str(k): share[f"within_{k}"] for k in (1, 2, 3)},
        "measures": {name: _measure(measure, at) for name, measure in worlds.measures.items()},
    }


def _measure(measure: Uncertain, at: int) -> dict[str, Any]:
    ranked = not np.isnan(measure.rank.median[at])
    return {
        **_bounds(measure.value, at),
        "rank": _bounds(measure.rank, at) if ranked else None,
        "p_top": {str(k): float(share[at]) for k, share in measure.top.items()} if ranked else None,
    }


def _bounds(spread: Spread, at: int) -> dict[str, float | None]:
    return {
        "median": _known(spread.median[at]),
        "low": _known(spread.low[at]),
        "high": _known(spread.high[at]),
    }


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _requirements(graph: MissionGraph, worlds: Worlds) -> list[dict[str, Any]]:
    rows = []
    nobody = worlds.nobody_works.mean(axis=0)
    for at, name in enumerate(graph.requirements["requirement_id"]):
        states = {state: float(worlds.states[at, i]) for i, state in enumerate(STATES)}
        known = states["no-data"] == 0
        rows.append(
            {
                "requirement_id": name,
                "p_uncovered": 1.0 - states["covered"] if known else None,
                "p_nobody_works": float(nobody[at]) if known else None,
                "states": states,
                "state": max(STATES, key=lambda state: states[state]),
                "word": word(max(states.values())),
            }
        )
    return rows


def _over_worlds(figures: np.ndarray) -> dict[str, float | None]:
    known = figures[np.isfinite(figures)]
    if not len(known):
        return {"median": None, "low": None, "high": None}
    return {
        "median": float(np.median(known)),
        "low": float(np.quantile(known, 0.05, method="lower")),
        "high": float(np.quantile(known, 0.95, method="higher")),
    }
