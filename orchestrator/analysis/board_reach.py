"""How far does the board reach: which places within two steps of a seat, and which sectors without one?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.analysis.placing import members_of_places
from orchestrator.analysis.wordings import evidence, sector_codes, sector_label
from orchestrator.kernels import steps_from
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["analyse_board_reach"]

_NAME: Final = "board_reach"
STEPS: Final = 2


def analyse_board_reach(graph: MissionGraph) -> Findings:
    """Which places of the need grid have a body within two steps of a board seat, and which sectors have ties, no seat?

    Measures: a member's ``board_steps`` (from the nearest body with a seat; None without a route, or without a board)
    and of the mission ``board_seats``, ``board_places`` (share of the places within two steps; None without either).
    Rows: a place each (``kind`` place, ``id``, ``steps`` of its nearest body; None: none is reached) and a sector each
    (``kind`` sector, ``id``, ``members`` with ties, ``seats``). A seat is an active engagement with ``board_seat`` yes
    that is not withdrawn. One finding on places and one on sectors; none without a board. Cost grows with members and
    ties.
    """
    seated = _seated(graph)
    rows = as_rows(graph)
    nobody = np.zeros(len(graph.members), dtype=np.bool_)
    steps = steps_from(rows.offsets, rows.neighbours, np.flatnonzero(seated), nobody)
    places = [_place(name, steps[mask]) for name, mask in members_of_places(graph).items()]
    sectors = _sectors(graph, seated)
    near = sum(row["steps"] is not None and row["steps"] <= STEPS for row in places)
    measures = (
        Measure("board_steps", "organisation", tuple(None if s < 0 else s for s in steps.tolist()), "steps"),
        Measure("board_seats", "mission", (int(seated.sum()),), "seats"),
        Measure("board_places", "mission", (near / len(places) if places and seated.any() else None,), "share"),
    )
    found = [*_far_places(graph, places), *_no_seat(graph, sectors)] if seated.any() else []
    return Findings(measures, tuple(found), (*places, *sectors))


def _seated(graph: MissionGraph) -> np.ndarray:
    rows = graph.mission_engagements
    chosen = rows[(rows["board_seat"] == "yes") & (rows["status"] != "withdrawn")]
    found: np.ndarray = pd.Index(graph.members).isin(chosen["organisation_id"])
    return found


def _place(place: str, steps: np.ndarray) -> dict[str, Any]:
    reached = steps[steps >= 0]
    return {"kind": "place", "id": place, "steps": int(reached.min()) if len(reached) else None}


def _sectors(graph: MissionGraph, seated: np.ndarray) -> list[dict[str, Any]]:
    codes, tied = sector_codes(graph), np.diff(as_rows(graph).offsets) > 0
    return [
        {
            "kind": "sector",
            "id": sector,
            "members": int(((codes == i) & tied).sum()),
            "seats": int(((codes == i) & seated).sum()),
        }
        for i, sector in enumerate(SECTORS)
    ]


def _far_places(graph: MissionGraph, places: list[dict[str, Any]]) -> list[Finding]:
    far = [row["id"] for row in places if row["steps"] is None or row["steps"] > STEPS]
    if not far:
        return []
    labels = place_names(graph)
    verb = "has" if len(far) == 1 else "have"
    return [
        _finding(
            graph,
            "far_places",
            len(far),
            "places",
            f"{counted(len(far), 'place').capitalize()} of {len(places)} in the need grid {verb} no body within "
            f"two steps of the board: {listed([labels[p] for p in far])}.",
            f"Hear a body from {labels[far[0]]} at the board, or let a board member work with one.",
            evidence("places", far),
        )
    ]


def _no_seat(graph: MissionGraph, sectors: list[dict[str, Any]]) -> list[Finding]:
    without = [row for row in sectors if row["members"] and not row["seats"]]
    if not without:
        return []
    said = [f"{sector_label(row['id'])} ({counted(row['members'], 'member')} with ties)" for row in without]
    return [
        _finding(
            graph,
            "no_seat",
            len(without),
            "sectors",
            f"No seat on the board for {listed(said, most=len(said))}.",
            "Ask who could speak for them at the board.",
            (),
        )
    ]


def _finding(
    graph: MissionGraph, measure: str, value: int, unit: str, statement: str, action: str, rows: tuple[str, ...]
) -> Finding:
    return Finding(
        analysis=_NAME,
        severity="low",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure=measure,
        value=float(value),
        unit=unit,
        statement=statement,
        action=action,
        evidence=rows,
    )
