"""Who is overloaded, counting every mission?"""

from __future__ import annotations

from typing import Final

import numpy as np

from orchestrator.analysis.bottlenecks import losses
from orchestrator.analysis.wordings import evidence
from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, number
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["analyse_load"]

_NAME: Final = "load"


def analyse_load(graph: MissionGraph) -> Findings:
    """How much does every member carry over all missions, and how much can it carry?

    Measures a member: ``load`` (active commitments of all missions; 0 for none) and ``capacity`` (None: unknown, which
    is neither zero nor unlimited). A finding for every member that carries more than it can; at stake is what would
    lose its cover if it gave up. Cost grows with the number of engagements.
    """
    rows = graph.engagements
    carried = rows[rows["status"].isin(WORKING_STATUSES)].groupby("organisation_id")
    load = carried["load"].sum().reindex(graph.members, fill_value=0.0).to_numpy(dtype=np.float64)
    missions = carried["mission_id"].nunique().reindex(graph.members, fill_value=0).to_numpy()
    capacity = graph.organisations.set_index("organisation_id")["capacity"].reindex(graph.members).to_numpy()
    measures = (
        Measure("load", "organisation", tuple(load.tolist()), "load"),
        Measure("capacity", "organisation", tuple(None if np.isnan(c) else c for c in capacity.tolist()), "load"),
    )
    whole = float(coverage(graph).requirements["weight"].sum())
    at_stake = losses(graph).weight.copy()
    at_stake[graph.centre] = 0.0
    over = np.flatnonzero(load > capacity).tolist()
    found = [
        _finding(
            graph, graph.members[i], float(load[i]), float(capacity[i]), int(missions[i]), float(at_stake[i]), whole
        )
        for i in over
    ]
    return Findings(measures, tuple(found))


def _finding(
    graph: MissionGraph, body: str, load: float, capacity: float, missions: int, stake: float, whole: float
) -> Finding:
    name = graph.name_of(body)
    return Finding(
        analysis=_NAME,
        severity=severity_of(stake, whole) if stake else "low",
        subject_kind="organisation",
        subject_id=body,
        measure="load",
        value=load,
        unit="load",
        statement=(
            f"{name} carries {number(load)} units of load over {counted(missions, 'mission')} "
            f"and can carry {number(capacity)}."
        ),
        action=f"Agree with {name} which commitment to hand on before asking for more.",
        evidence=evidence("organisations", (body,)),
        stake=stake,
    )
