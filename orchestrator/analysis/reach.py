"""Who cannot reach us, and who has only one way to?"""

from __future__ import annotations

import numpy as np

from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops, routes
from orchestrator.model.wording import counted, listed

__all__ = ["analyse_reach"]

_NAME = "reach"


def analyse_reach(graph: MissionGraph) -> Findings:
    """How many steps and how many independent routes lead from the centre to every member?

    Measures a member: ``hops`` (None without a route), ``routes`` (0 to 3, 3 meaning three or more; None for the
    centre). For the mission ``reach_1`` to ``reach_3``: the share of the other members within so many steps (None if
    the centre is alone). One finding, if there are members without a route. Cost grows with members and ties.
    """
    steps, ways = hops(graph), routes(graph)
    measures = (
        Measure("hops", "organisation", tuple(None if h < 0 else h for h in steps.tolist()), "steps"),
        Measure("routes", "organisation", tuple(None if w < 0 else w for w in ways.tolist()), "routes"),
        *(Measure(f"reach_{k}", "mission", (_within(steps, k),), "share of the other members") for k in (1, 2, 3)),
    )
    cut = [name for name, h in zip(graph.members, steps.tolist(), strict=True) if h < 0]
    return Findings(measures, (_no_route(graph, cut),) if cut else ())


def _within(steps: np.ndarray, most: int) -> float | None:
    others = len(steps) - 1
    return float(((steps > 0) & (steps <= most)).sum() / others) if others else None


def _no_route(graph: MissionGraph, cut: list[str]) -> Finding:
    names = [graph.name_of(name) for name in cut]
    at_work = graph.engaged
    engaged = [name for name in cut if name in at_work]
    verb = "has" if len(cut) == 1 else "have"
    statement = (
        f"{counted(len(cut), 'member').capitalize()} of {len(graph.members)} {verb} no route to "
        f"{graph.name_of(graph.centre_id)}: {listed(names)}."
    )
    if engaged:
        statement += f" {counted(len(engaged), 'of them is', 'of them are').capitalize()} committed or delivering."
    return Finding(
        analysis=_NAME,
        severity="medium" if engaged else "low",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure="no_route",
        value=float(len(cut)),
        unit="members",
        statement=statement,
        action=f"Record or make a tie to {listed([graph.name_of(n) for n in (engaged or cut)], most=2)}.",
        evidence=tuple(f"organisations:{name}" for name in cut),
    )
