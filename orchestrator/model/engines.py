"""A mission graph as the value that each engine computes on. Positions of members are the vertices of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orchestrator.kernels import Rows, rows_of
from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph

if TYPE_CHECKING:
    import igraph
    import networkx
    import scipy.sparse

__all__ = ["as_igraph", "as_matrix", "as_networkx", "as_rows", "neighbours"]


@derived
def as_rows(graph: MissionGraph) -> Rows:
    """The graph for our own kernels: for every member the positions of its neighbours, ascending, and which tie."""
    return rows_of(len(graph.members), graph.ends)


@derived
def as_igraph(graph: MissionGraph) -> igraph.Graph:
    """The graph for igraph: vertex i is member i; ties carry ``strength`` and ``confidence``, never ``weight``.

    Shared between analyses: do not change it. Cost grows with members and ties.
    """
    import igraph

    _refuse_what_is_not_finite(graph)
    found = igraph.Graph(n=len(graph.members), edges=graph.ends)
    found.vs["organisation_id"] = list(graph.members)
    found.es["strength"], found.es["confidence"] = graph.strength.tolist(), graph.confidence.tolist()
    return found


def as_networkx(graph: MissionGraph) -> networkx.Graph[str]:
    """The graph for networkx: nodes are organisation ids; ties carry ``strength`` and ``confidence``."""
    import networkx

    found: networkx.Graph[str] = networkx.Graph()
    found.add_nodes_from(graph.members)
    for (u, v), strength, confidence in zip(graph.ends.tolist(), graph.strength, graph.confidence, strict=True):
        found.add_edge(graph.members[u], graph.members[v], strength=float(strength), confidence=float(confidence))
    return found


def as_matrix(graph: MissionGraph) -> scipy.sparse.csr_array:
    """The graph as a symmetric sparse matrix of strength, members by members, with nothing on the diagonal."""
    import scipy.sparse

    u, v = graph.ends[:, 0], graph.ends[:, 1]
    shape = (len(graph.members),) * 2
    strength = np.concatenate([graph.strength, graph.strength])
    return scipy.sparse.csr_array((strength, (np.concatenate([u, v]), np.concatenate([v, u]))), shape=shape)


@derived
def neighbours(graph: MissionGraph) -> tuple[tuple[int, ...], ...]:
    """For every member, the positions of those it has a tie with, in order. Empty for a member without ties."""
    rows = as_rows(graph)
    return tuple(tuple(row.tolist()) for row in np.split(rows.neighbours, rows.offsets[1:-1]))


def _refuse_what_is_not_finite(graph: MissionGraph) -> None:
    """A weight that is not a number would abort the whole process inside the engine."""
    if not (np.isfinite(graph.strength).all() and np.isfinite(graph.confidence).all()):
        raise AssertionError("a tie without a finite strength and confidence reached the engines")
