"""Which smallest group of bodies stands between the centre and a whole sector or place?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from orchestrator.analysis.placing import members_of_places
from orchestrator.analysis.wordings import evidence, names, sector_codes, sector_label
from orchestrator.kernels import smallest_cut
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["analyse_gateways"]

_NAME: Final = "gateways"
#: A group of more bodies than this is no bottleneck; the search stops there.
MOST: Final = 5
#: A sector or place of fewer members that reach the centre is spoken of by its members' names elsewhere.
WORTH_SAYING: Final = 3


def analyse_gateways(graph: MissionGraph) -> Findings:
    """Whose leaving would part the centre from every body of a sector, or of a place?

    Rows, sectors in their order and then places by id: ``kind``, ``id``, ``members`` that reach the centre, ``size``
    of the smallest group (the sector's own bodies may be in it; None: more than five) and ``group`` (ids). By Menger
    (1927) the size is that of routes to different bodies there that share nobody. A finding for every sector or place
    of three or more members that one or two others stand before. Cost: six searches at most for each.
    """
    rows: list[dict[str, Any]] = []
    found: list[Finding] = []
    ties, reached, centre = as_rows(graph), hops(graph) > 0, graph.centre
    for kind, key, label, wanted in _wanted(graph):
        here = wanted & reached
        size, group = smallest_cut(ties.offsets, ties.neighbours, centre, here, MOST)
        ids = [graph.members[i] for i in group.tolist()]
        rows.append(
            {
                "kind": kind,
                "id": key,
                "members": int(here.sum()),
                "size": None if size < 0 else int(size),
                "group": ids,
            }
        )
        if 0 < size <= 2 and here.sum() >= WORTH_SAYING and not here[group].any():
            found.append(_finding(graph, kind, key, label, int(here.sum()), ids))
    return Findings((), tuple(found), tuple(rows))


def _wanted(graph: MissionGraph) -> Iterator[tuple[str, str, str, np.ndarray]]:
    codes = sector_codes(graph)
    for code, sector in enumerate(SECTORS):
        if (codes == code).any():
            yield "sector", sector, sector_label(sector), codes == code
    labels = place_names(graph)
    for place, members in members_of_places(graph).items():
        yield "place", place, f"bodies in {labels[place]}", members


def _finding(graph: MissionGraph, kind: str, key: str, label: str, members: int, group: list[str]) -> Finding:
    centre, bodies = graph.name_of(graph.centre_id), names(graph, group)
    verb = "stands" if len(group) == 1 else "stand"
    return Finding(
        analysis=_NAME,
        severity="low",
        subject_kind=kind,
        subject_id=key,
        measure="gateway",
        value=float(len(group)),
        unit="bodies",
        statement=(
            f"{listed(bodies)} {verb} between {centre} and the {counted(members, 'member')} it reaches among {label}."
        ),
        action=f"Open a way from {centre} to {label} that needs neither."
        if len(group) > 1
        else f"Open a way past {bodies[0]}.",
        evidence=evidence("organisations", group),
    )
