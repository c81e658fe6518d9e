"""The model: a mission graph as a value, and what follows from the definitions."""

from orchestrator.model.coverage import Coverage, coverage
from orchestrator.model.engines import as_igraph, as_matrix, as_networkx, as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import DEFAULT_LEVEL, MissionGraph
from orchestrator.model.routes import Dependence, cut_off_by_tie, dependence, hops, routes

__all__ = [
    "DEFAULT_LEVEL",
    "Coverage",
    "Dependence",
    "Finding",
    "Findings",
    "Measure",
    "MissionGraph",
    "as_igraph",
    "as_matrix",
    "as_networkx",
    "as_rows",
    "coverage",
    "cut_off_by_tie",
    "dependence",
    "hops",
    "routes",
]
