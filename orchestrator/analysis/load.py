"""Who is overloaded, counting every mission?"""

from __future__ import annotations

import pandas as pd

from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, number
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["analyse_load"]

_NAME = "load"


def analyse_load(graph: MissionGraph) -> Findings:
    """How much does every member carry over all missions, and how much can it carry?

    Measures a member: ``load`` (active commitments of all missions; 0 for none) and ``capacity`` (None: unknown, which
    is neither zero nor unlimited). A finding for every member that carries more than it can. Cost grows with the
    number of engagements.
    """
    rows = graph.engagements
    carried = rows[rows["status"].isin(WORKING_STATUSES)].groupby("organisation_id")
    load = carried["load"].sum().reindex(graph.members, fill_value=0.0)
    missions = carried["mission_id"].nunique().reindex(graph.members, fill_value=0)
    capacity = graph.organisations.set_index("organisation_id")["capacity"].reindex(graph.members)
    measures = (
        Measure("load", "organisation", tuple(load.tolist()), "load"),
        Measure("capacity", "organisation", tuple(None if pd.isna(c) else c for c in capacity.tolist()), "load"),
    )
    over = [name for name in graph.members if load[name] > capacity[name]]
    return Findings(
        measures,
        tuple(_finding(graph, name, float(load[name]), float(capacity[name]), int(missions[name])) for name in over),
    )


def _finding(graph: MissionGraph, body: str, load: float, capacity: float, missions: int) -> Finding:
    name = graph.name_of(body)
    return Finding(
        analysis=_NAME,
        severity="medium",
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
        evidence=(f"organisations:{body}",),
    )
