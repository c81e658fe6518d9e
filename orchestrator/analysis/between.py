"""Through whom do our routes run, and who stands between everybody?"""

from __future__ import annotations

from typing import Final

import numpy as np

from orchestrator.analysis.wordings import RELIED_ON, blank_centre
from orchestrator.kernels import Between, betweenness, routes_through
from orchestrator.model.derived import derived
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import percent

__all__ = ["analyse_between", "member_betweenness", "rooted_dependency"]

_NAME: Final = "between"
_SEED: Final = 1
#: A body that carries less than this share of the centre's routes is not worth a sentence of its own.
WORTH_SAYING: Final = 0.10


def analyse_between(graph: MissionGraph) -> Findings:
    """Which members lie on the shortest routes from the centre, and on those between all members?

    Measures a member: ``rooted_dependency`` (sum over members of the share of their shortest routes from the centre
    that pass through it; None for the centre) and ``betweenness`` (unweighted, each pair counted once, not
    normalised; for large missions an estimate, whose method and error stand in the parameters). A finding for every
    body that carries a tenth of the centre's routes or more. Brandes (2001); the first costs one search, the second one
    search a member, or a part of one for each pair of the sample.
    """
    carried = rooted_dependency(graph)
    found = member_betweenness(graph)
    measures = (
        Measure("rooted_dependency", "organisation", blank_centre(graph, carried.tolist()), "routes"),
        Measure("betweenness", "organisation", tuple(found.values.tolist()), "pairs"),
    )
    reached, centre = int((hops(graph) > 0).sum()), graph.centre
    said = [
        _finding(graph, i, float(carried[i]), reached)
        for i in np.flatnonzero(carried >= max(1.0, WORTH_SAYING * reached)).tolist()
        if i != centre
    ]
    return Findings(measures, tuple(said), parameters={"betweenness": _how(found)})


@derived
def member_betweenness(graph: MissionGraph) -> Between:
    """Betweenness of every member, exact where that is affordable, else from a sample with its error."""
    return betweenness(len(graph.members), graph.ends, seed=_SEED)


def _how(found: Between) -> dict[str, object]:
    if found.pairs is None:
        return {"method": "exact", "error": 0.0}
    return {
        "method": "sampled",
        "pairs": found.pairs,
        "seed": _SEED,
        "error": found.error,
        "meaning": "with 90% confidence no member's share of all pairs is further off than this",
    }


def rooted_dependency(graph: MissionGraph) -> np.ndarray:
    """How many members' shortest routes from the centre pass through each member, shares added up? Not halved.

    In the order of the members; the centre itself holds 0. One pass outward for the number of shortest routes, one
    back for the shares: cost grows with members and ties.
    """
    rows = as_rows(graph)
    return routes_through(rows.offsets, rows.neighbours, graph.centre, hops(graph))


def _finding(graph: MissionGraph, member: int, carried: float, reached: int) -> Finding:
    name, centre = graph.name_of(graph.members[member]), graph.name_of(graph.centre_id)
    share = percent(carried / reached)
    return Finding(
        analysis=_NAME,
        severity="info",
        subject_kind="organisation",
        subject_id=graph.members[member],
        measure="rooted_dependency",
        value=carried,
        unit="routes",
        statement=f"{share} of the shortest routes from {centre} to the other members run through {name}.",
        action=f"Ask {name} whether it can carry that, and open a second way past it.",
        evidence=(f"organisations:{graph.members[member]}",),
        topic=RELIED_ON,
        aside=f"{share} of the shortest routes to the other members run through it.",
    )
