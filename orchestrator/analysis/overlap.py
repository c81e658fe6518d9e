"""Which missions share their partners, and who works in how many?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.analysis.wordings import evidence, names
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["analyse_overlap", "participation"]

_NAME: Final = "overlap"


def analyse_overlap(graph: MissionGraph) -> Findings:
    """With which other missions does this one share bodies at work, and over how many do its members spread?

    Measures a member: ``missions`` (in how many it is committed or delivering) and ``participation`` (0: all its load
    in one mission, 1: spread evenly over all; None without load or with one mission only; Battiston, Nicosia and
    Latora 2014). Rows, one another mission by id: ``mission_id``, ``shared`` (bodies at work in both), ``bodies`` (at
    work there), ``jaccard`` (shared over all at work in either). One finding, if members work in three missions or
    more. Cost grows with engagements.
    """
    rows = graph.engagements
    at_work = rows[rows["status"].isin(WORKING_STATUSES)]
    load = at_work.pivot_table(index="organisation_id", columns="mission_id", values="load", aggfunc="sum")
    mine = load.reindex(graph.members)
    missions = mine.notna().sum(axis=1).to_numpy()
    shares = participation(mine.fillna(0.0).to_numpy())
    measures = (
        Measure("missions", "organisation", tuple(missions.tolist()), "missions"),
        Measure("participation", "organisation", tuple(None if np.isnan(s) else s for s in shares.tolist())),
    )
    many = [graph.members[i] for i in np.argsort(-missions, kind="stable").tolist() if missions[i] > 2]
    found = (_finding(graph, many, int(missions.max())),) if many else ()
    return Findings(measures, found, _shared(load, graph.mission_id))


def participation(load: np.ndarray) -> np.ndarray:
    """How evenly is each row's load spread over the columns? 0 to 1; NaN for a row without load, or one column only.

    >>> participation(np.array([[2.0, 1.0, 1.0], [1.0, 0.0, 0.0]])).tolist()
    [0.9375, 0.0]
    """
    kinds = load.shape[1]
    total = load.sum(axis=1, keepdims=True)
    if kinds < 2:
        return np.full(len(load), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = load / total
    found: np.ndarray = kinds / (kinds - 1) * (1.0 - (shares**2).sum(axis=1))
    return found


def _shared(load: pd.DataFrame, mission_id: str) -> tuple[dict[str, Any], ...]:
    there = load.notna()
    here = there[mission_id] if mission_id in there else pd.Series(False, index=there.index)
    rows = []
    for other in sorted(set(there.columns) - {mission_id}):
        both, either = int((here & there[other]).sum()), int((here | there[other]).sum())
        rows.append(
            {
                "mission_id": other,
                "shared": both,
                "bodies": int(there[other].sum()),
                "jaccard": both / either if either else None,
            }
        )
    return tuple(rows)


def _finding(graph: MissionGraph, many: list[str], most: int) -> Finding:
    verb = "works" if len(many) == 1 else "work"
    return Finding(
        analysis=_NAME,
        severity="info",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure="missions",
        value=float(len(many)),
        unit="members",
        statement=(
            f"{counted(len(many), 'member').capitalize()} {verb} in three missions or more, up to {most}: "
            f"{listed(names(graph, many))}."
        ),
        action="Speak to the other missions before asking them for more.",
        evidence=evidence("organisations", many),
    )
