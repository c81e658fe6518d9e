"""Which places have no local voice: no body of their own with a tie in the mission?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from orchestrator.analysis.placing import bodies_of_places, members_of_places
from orchestrator.analysis.wordings import evidence, names
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed

__all__ = ["analyse_local_ties"]

_NAME: Final = "local_ties"


def analyse_local_ties(graph: MissionGraph) -> Findings:
    """In which places of the need grid does no body that is seated or delivers there have a tie in the mission?

    A body that delivers in the whole country is of no place in it. Measure: ``places_without_tie``.
    Rows, a place each by id: ``place_id``, ``known`` (bodies of the register that are of it), ``members``, ``tied``
    (members with a tie). One finding, if there are places without. Empty without requirements. Cost grows with bodies
    and offers.
    """
    tied = np.diff(as_rows(graph).offsets) > 0
    known = bodies_of_places(graph).groupby("place_id")["organisation_id"].agg(list)
    rows: list[dict[str, Any]] = []
    for place, members in members_of_places(graph).items():
        count = len(known[place]) if place in known.index else 0
        rows.append(
            {"place_id": place, "known": count, "members": int(members.sum()), "tied": int((members & tied).sum())}
        )
    without = [row for row in rows if not row["tied"]]
    measures = (Measure("places_without_tie", "mission", (len(without) if rows else None,), "places"),)
    if not without:
        return Findings(measures, (), tuple(rows))
    first = next((row["place_id"] for row in without if row["known"]), None)
    known_there = known[first] if first is not None else []
    return Findings(measures, (_finding(graph, rows, without, first, known_there),), tuple(rows))


def _finding(
    graph: MissionGraph,
    rows: list[dict[str, Any]],
    without: list[dict[str, Any]],
    first: str | None,
    known: list[str],
) -> Finding:
    labels = place_names(graph)
    has, own = ("has", "its") if len(without) == 1 else ("have", "their")
    action = f"Find out who works in {labels[without[0]['place_id']]}."
    if first is not None:
        action = f"Speak to a body of {labels[first]}: {listed(names(graph, known))}."
    return Finding(
        analysis=_NAME,
        severity="low",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure="places_without_tie",
        value=float(len(without)),
        unit="places",
        statement=(
            f"{counted(len(without), 'place').capitalize()} of {len(rows)} in the need grid {has} no body of {own} own "
            f"with a tie in the mission: {listed([labels[row['place_id']] for row in without])}."
        ),
        action=action,
        evidence=evidence("places", [row["place_id"] for row in without]),
    )
