"""What shape has the network: how many are in, in how many pieces, how dense, and does it keep to its own sectors?"""

from __future__ import annotations

import numpy as np

from orchestrator.analysis.between import member_betweenness
from orchestrator.analysis.wordings import sector_codes
from orchestrator.kernels import betweenness
from orchestrator.model.findings import Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import components

__all__ = ["analyse_shape", "betweenness_centralisation", "degree_centralisation"]


def analyse_shape(graph: MissionGraph) -> Findings:
    """How many members, ties and components are there, how dense is it, and how far do ties cross sectors?

    Measures of the mission: ``members``, ``ties``, ``components`` (members without ties count); ``density``,
    ``degree_centralisation`` and ``betweenness_centralisation`` (0: all alike, 1: a star; None below two and three
    members), each also ``…_without_centre``; ``ei_index`` by sector (external less internal over all ties; Krackhardt
    and Stern 1988; None without ties) and ``ei_expected`` (that of ties spread evenly over all pairs). No findings:
    more ties is not better. Freeman (1979). Cost grows with members and ties, but for betweenness.
    """
    sectors = sector_codes(graph)
    centre, n, ends = graph.centre, len(graph.members), graph.ends
    rest = ends[~(ends == centre).any(axis=1)]
    without = rest - (rest > centre)
    values = {
        "members": n,
        "ties": len(ends),
        "components": components(graph),
        "density": _density(n, len(ends)),
        "density_without_centre": _density(n - 1, len(rest)),
        "degree_centralisation": degree_centralisation(n, ends),
        "degree_centralisation_without_centre": degree_centralisation(n - 1, without),
        "betweenness_centralisation": betweenness_centralisation(member_betweenness(graph).values),
        "betweenness_centralisation_without_centre": _without_centre(graph, without),
        "ei_index": _ei_index(sectors, ends),
        "ei_expected": _ei_expected(sectors),
    }
    return Findings(tuple(Measure(name, "mission", (value,)) for name, value in values.items()))


def _without_centre(graph: MissionGraph, ends: np.ndarray) -> float | None:
    """Betweenness centralisation of the others among themselves; None where the exact one is not affordable."""
    others = len(graph.members) - 1
    if others < 3 or member_betweenness(graph).sources is not None:
        return None
    return betweenness_centralisation(betweenness(others, ends).values)


def _density(n: int, m: int) -> float | None:
    return 2 * m / (n * (n - 1)) if n > 1 else None


def degree_centralisation(members: int, ends: np.ndarray) -> float | None:
    """How far do all ties meet at one member? 0 (all alike) to 1 (a star); None below three members.

    >>> degree_centralisation(4, np.array([[0, 1], [0, 2], [0, 3]]))
    1.0
    """
    if members < 3:
        return None
    degree = np.bincount(ends.ravel(), minlength=members)
    return float((degree.max() - degree).sum() / ((members - 1) * (members - 2)))


def betweenness_centralisation(between: np.ndarray) -> float | None:
    """How far do all routes run through one member? 0 (all alike) to 1 (a star); None below three members.

    >>> betweenness_centralisation(np.array([3.0, 0.0, 0.0, 0.0]))
    1.0
    """
    n = len(between)
    if n < 3:
        return None
    return float((between.max() - between).sum() / ((n - 1) ** 2 * (n - 2) / 2))


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
