"""Through whom do our routes run, and who stands between everybody?"""

from __future__ import annotations

import numpy as np

from orchestrator.model.engines import as_igraph
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import percent

__all__ = ["analyse_between", "rooted_dependency"]

_NAME = "between"
#: A body that carries less than this share of the centre's routes is not worth a sentence of its own.
WORTH_SAYING = 0.10


def analyse_between(graph: MissionGraph) -> Findings:
    """Which members lie on the shortest routes from the centre, and on those between all members?

    Measures a member: ``rooted_dependency`` (sum over members of the share of their shortest routes from the centre
    that pass through it; None for the centre) and ``betweenness`` (unweighted, each pair counted once, not
    normalised). A finding for every body that carries a tenth of the centre's routes or more. Brandes (2001); the first
    costs one search, the second one search a member.
    """
    carried = rooted_dependency(graph)
    between = as_igraph(graph).betweenness(directed=False)
    measures = (
        Measure("rooted_dependency", "organisation", _blank_centre(graph, carried.tolist()), "routes"),
        Measure("betweenness", "organisation", tuple(between), "pairs"),
    )
    reached = int((hops(graph) > 0).sum())
    found = [
        _finding(graph, i, float(carried[i]), reached)
        for i in np.flatnonzero(carried >= max(1.0, WORTH_SAYING * reached)).tolist()
        if i != graph.centre
    ]
    return Findings(measures, tuple(found))


def rooted_dependency(graph: MissionGraph) -> np.ndarray:
    """How many members' shortest routes from the centre pass through each member, shares added up? Not halved.

    In the order of the members; the centre itself holds 0. One pass outward for the number of shortest routes, one
    back for the shares: cost grows with members and ties.
    """
    steps = hops(graph)
    near, far = _outward(graph, steps)
    count = np.zeros(len(steps))
    count[graph.centre] = 1.0
    layers = steps[far]
    share = np.zeros(len(steps))
    for layer in range(1, int(steps.max(initial=0)) + 1):
        here = layers == layer
        np.add.at(count, far[here], count[near[here]])
    for layer in range(int(steps.max(initial=0)), 0, -1):
        here = layers == layer
        np.add.at(share, near[here], count[near[here]] / count[far[here]] * (1.0 + share[far[here]]))
    share[graph.centre] = 0.0
    return share


def _outward(graph: MissionGraph, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ties that lead a step away from the centre: their near and their far ends."""
    u, v = graph.ends[:, 0], graph.ends[:, 1]
    out, back = steps[v] == steps[u] + 1, steps[u] == steps[v] + 1
    reached = (steps[u] >= 0) & (steps[v] >= 0)
    out, back = out & reached, back & reached
    return np.concatenate([u[out], v[back]]), np.concatenate([v[out], u[back]])


def _blank_centre(graph: MissionGraph, values: list[float]) -> tuple[float | None, ...]:
    return tuple(None if i == graph.centre else value for i, value in enumerate(values))


def _finding(graph: MissionGraph, member: int, carried: float, reached: int) -> Finding:
    name, centre = graph.name_of(graph.members[member]), graph.name_of(graph.centre_id)
    return Finding(
        analysis=_NAME,
        severity="low",
        subject_kind="organisation",
        subject_id=graph.members[member],
        measure="rooted_dependency",
        value=carried,
        unit="routes",
        statement=(
            f"{percent(carried / reached)} of the shortest routes from {centre} to the other members run through {name}."
        ),
        action=f"Ask {name} whether it can carry that, and open a second way past it.",
        evidence=(f"organisations:{graph.members[member]}",),
    )
