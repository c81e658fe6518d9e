"""Who stands between sectors that do not meet otherwise, and whose partners all know each other?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from orchestrator.analysis.wordings import RELIED_ON, evidence, sector_codes
from orchestrator.kernels import around_each, between_sectors
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import percent

__all__ = ["ROLES", "analyse_brokers"]

_NAME: Final = "brokers"
#: The order of the columns of the kernel, and of the contract.
ROLES: Final = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
#: A body that brokers less than this share of all open contacts between sectors is not worth a sentence.
WORTH_SAYING: Final = 0.10


def analyse_brokers(graph: MissionGraph) -> Findings:
    """Between whom does each member stand, by sector, and how much do its partners know each other anyway?

    Measures a member: ``constraint`` (Burt 1992, on strength; not bounded by 1) and ``effective_size``, both None for
    members without ties; and how often it is ``coordinator``, ``itinerant``, ``representative``, ``gatekeeper`` and
    ``liaison`` (Gould and Fernandez 1989, over ordered pairs that have no tie: an undirected pair counts twice). A
    finding for every body but the centre that stands between a tenth of the pairs of different sectors that meet
    through one body. Cost grows like triangles.
    """
    rows = as_rows(graph)
    strength = graph.strength[rows.ties] if len(rows.ties) else np.zeros(0)
    constraint, size = around_each(rows.offsets, rows.neighbours, strength)
    roles = between_sectors(rows.offsets, rows.neighbours, sector_codes(graph))
    measures = (
        Measure("constraint", "organisation", _blank(constraint)),
        Measure("effective_size", "organisation", _blank(size), "partners"),
        *(Measure(role, "organisation", tuple(roles[:, i].tolist()), "ordered pairs") for i, role in enumerate(ROLES)),
    )
    across = roles[:, 2] + roles[:, 3] + roles[:, 4]
    whole, centre = int(across.sum()), graph.centre
    found = [
        _finding(graph, i, across[i] / whole)
        for i in np.flatnonzero(across >= max(1.0, WORTH_SAYING * whole)).tolist()
        if i != centre
    ]
    return Findings(measures, tuple(found))


def _blank(values: np.ndarray) -> tuple[Any, ...]:
    return tuple(value if np.isfinite(value) else None for value in values.tolist())


def _finding(graph: MissionGraph, member: int, share: float) -> Finding:
    body, name = graph.members[member], graph.name_of(graph.members[member])
    return Finding(
        analysis=_NAME,
        severity="info",
        subject_kind="organisation",
        subject_id=body,
        measure="brokerage",
        value=share,
        unit="share",
        statement=f"{percent(share)} of the links in which one body joins two of different sectors run over {name}.",
        action=f"Ask {name} to bring together those whom it joins, so that contact lasts without it.",
        evidence=evidence("organisations", (body,)),
        topic=RELIED_ON,
        aside=f"{percent(share)} of the links in which one body joins two of different sectors run over it.",
    )
