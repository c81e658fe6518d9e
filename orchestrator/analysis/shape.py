"""What shape has the network: how many are in, in how many pieces, how dense, and does it keep to its own sectors?"""

from __future__ import annotations

import numpy as np

from orchestrator.model.engines import as_igraph
from orchestrator.model.findings import Findings, Measure
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["analyse_shape"]


def analyse_shape(graph: MissionGraph) -> Findings:
    """How many members, ties and components are there, how dense is it, and how far do ties cross sectors?

    Measures of the mission: ``members``, ``ties``, ``components`` (members without ties count), ``density`` and
    ``density_without_centre`` (None below two members), ``ei_index`` by sector (external less internal over all ties;
    Krackhardt and Stern 1988; None without ties) and ``ei_expected`` (that of ties spread evenly over all pairs).
    No findings: more ties is not better. Cost grows with members and ties.
    """
    sectors = _sectors(graph)
    with_centre = (graph.ends == graph.centre).any(axis=1)
    n, m = len(graph.members), len(graph.ends)
    values = {
        "members": n,
        "ties": m,
        "components": len(as_igraph(graph).connected_components()),
        "density": _density(n, m),
        "density_without_centre": _density(n - 1, m - int(with_centre.sum())),
        "ei_index": _ei_index(sectors, graph.ends),
        "ei_expected": _ei_expected(sectors),
    }
    return Findings(tuple(Measure(name, "mission", (value,)) for name, value in values.items()))


def _sectors(graph: MissionGraph) -> np.ndarray:
    bodies = graph.organisations.set_index("organisation_id")["sector"]
    codes: np.ndarray = bodies.reindex(graph.members).astype("category").cat.codes.to_numpy()
    return codes


def _density(n: int, m: int) -> float | None:
    return 2 * m / (n * (n - 1)) if n > 1 else None


def _ei_index(sectors: np.ndarray, ends: np.ndarray) -> float | None:
    if not len(ends):
        return None
    external = int((sectors[ends[:, 0]] != sectors[ends[:, 1]]).sum())
    return (2 * external - len(ends)) / len(ends)


def _ei_expected(sectors: np.ndarray) -> float | None:
    pairs = len(sectors) * (len(sectors) - 1) // 2
    if not pairs:
        return None
    sizes = np.bincount(sectors)
    internal = int((sizes * (sizes - 1) // 2).sum())
    return (pairs - 2 * internal) / pairs
