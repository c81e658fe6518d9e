"""Where is nobody? Which capability has no partner in which place, and where do we simply not know?"""

from __future__ import annotations

import pandas as pd

from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed

__all__ = ["analyse_coverage"]

_NAME = "coverage"


def analyse_coverage(graph: MissionGraph) -> Findings:
    """In which state is every requirement, who works on it, who has only said so, and who else could?

    Measures a requirement, in the order of their ids: ``state``, ``working``, ``on_paper`` and ``candidates`` (tuples
    of ids). Findings: one a place with requirements that nobody works on, one a place of which nothing is known.
    Empty for a mission without requirements. Definitions: CONTRACT §2. Cost grows with matching offers.
    """
    grid = coverage(graph)
    at = range(len(grid.requirements))
    measures = (
        Measure("state", "requirement", tuple(grid.requirements["state"])),
        Measure("working", "requirement", grid.lists("working")),
        Measure("on_paper", "requirement", grid.lists("on_paper")),
        Measure("candidates", "requirement", grid.lists("candidate")),
        Measure("requirements", "mission", (len(at),)),
    )
    named = _with_names(graph, grid.requirements)
    whole = float(named["weight"].sum())
    found = [
        finding
        for place_id, here in named.groupby("place_id", sort=True)
        for finding in (_nobody_works(str(place_id), here, whole), _nothing_known(str(place_id), here))
        if finding is not None
    ]
    return Findings(measures, tuple(found))


def _with_names(graph: MissionGraph, requirements: pd.DataFrame) -> pd.DataFrame:
    capabilities = graph.capabilities.set_index("capability_id")["name"]
    places = graph.places.set_index("place_id")["name"]
    return requirements.assign(
        capability=requirements["capability_id"].map(capabilities), place=requirements["place_id"].map(places)
    )


def _nobody_works(place_id: str, here: pd.DataFrame, whole: float) -> Finding | None:
    empty = here[here["state"].isin(["gap", "on-paper"])]
    empty = empty.sort_values(["weight", "requirement_id"], ascending=[False, True])
    if empty.empty:
        return None
    paper = empty[empty["state"] == "on-paper"]
    place = empty["place"].iloc[0]
    statement = (
        f"Nobody works on {len(empty)} of the {counted(len(here), 'requirement')} in {place}: "
        f"{listed(list(empty['capability']), most=4)}."
    )
    if len(paper):
        statement += f" For {'all' if len(paper) == len(empty) else len(paper)} of them a partner is in on paper only."
        action = f"Turn what is on paper in {place} into work first: {listed(list(paper['capability']), most=2)}."
    else:
        action = f"Bring a partner for {empty['capability'].iloc[0]} into {place}."
    stake = float(empty["weight"].sum())
    return _finding("not_worked_on", place_id, empty, statement, action, severity_of(stake, whole), stake)


def _nothing_known(place_id: str, here: pd.DataFrame) -> Finding | None:
    blank = here[here["state"] == "no-data"]
    if blank.empty:
        return None
    place = blank["place"].iloc[0]
    statement = (
        f"Nothing is recorded about {place}: no body is known to offer anything there, so "
        f"{counted(len(blank), 'requirement')} cannot be judged."
    )
    return _finding("no_data", place_id, blank, statement, f"Ask who delivers in {place}.", "info", 0.0)


def _finding(
    measure: str, place_id: str, rows: pd.DataFrame, statement: str, action: str, severity: str, stake: float
) -> Finding:
    return Finding(
        analysis=_NAME,
        severity=severity,
        subject_kind="place",
        subject_id=place_id,
        measure=measure,
        value=float(len(rows)),
        unit="requirements",
        statement=statement,
        action=action,
        evidence=tuple(f"requirements:{name}" for name in rows["requirement_id"]),
        stake=stake,
    )
