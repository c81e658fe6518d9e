"""Graphs that are awkward for routes and for who hangs on whom, and how to make a mission of a graph."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import networkx as nx

from orchestrator.model import MissionGraph
from tests.laws.oracle import Row, Tables
from tests.laws.packs import MISSION, checked


def graph_tables(graph: nx.Graph, centre: Hashable, sectors: Mapping[Hashable, str] | None = None) -> Tables:
    """A mission whose members and ties are those of a graph; a body is named after its node."""
    bodies: list[Row] = [
        {"organisation_id": str(node), "name": str(node), "sector": (sectors or {}).get(node, "local")}
        for node in graph.nodes
    ]
    return {
        "organisations": bodies,
        "missions": [{"mission_id": MISSION, "title": "Of a graph", "centre_id": str(centre)}],
        "engagements": [
            {"organisation_id": body["organisation_id"], "mission_id": MISSION, "status": "committed"}
            for body in bodies
        ],
        "ties": [{"source_id": str(a), "target_id": str(b), "mission_id": MISSION} for a, b in graph.edges()],
    }


def mission_of(
    graph: nx.Graph, centre: Hashable, sectors: Mapping[Hashable, str] | None = None, min_level: int = 2
) -> MissionGraph:
    return MissionGraph.from_pack(checked(graph_tables(graph, centre, sectors)), MISSION, date(2026, 6, 1), min_level)


def cliques_sharing_two(size: int, cliques: int) -> nx.Graph:
    """Complete graphs in a row, each sharing two nodes with the next: nobody beyond the first has three routes."""
    found = nx.Graph()
    for start in range(0, cliques * (size - 2), size - 2):
        found.add_edges_from(nx.complete_graph(range(start, start + size)).edges)
    return found


def _sparse(nodes: int, degree: float, seed: int) -> nx.Graph:
    return nx.gnm_random_graph(nodes, int(nodes * degree / 2), seed=seed)


def _collaboration(nodes: int, ties: int, seed: int) -> nx.Graph:
    """Few with many ties, many with few, and a tail that hangs on single bodies."""
    found = nx.barabasi_albert_graph(nodes, ties, seed=seed)
    tree = nx.random_labeled_tree(nodes // 4, seed=seed)
    return nx.compose(found, nx.relabel_nodes(tree, {n: n + nodes - 3 for n in tree}))


AWKWARD: Final[Mapping[str, nx.Graph]] = MappingProxyType(
    {
        "a path": nx.path_graph(9),
        "a cycle": nx.cycle_graph(9),
        "a cycle of three": nx.cycle_graph(3),
        "a star": nx.star_graph(8),
        "a tree": nx.balanced_tree(2, 4),
        "a wheel": nx.wheel_graph(9),
        "a grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 6)),
        "a barbell": nx.barbell_graph(5, 0),
        "a barbell with a long bar": nx.barbell_graph(5, 3),
        "a ladder": nx.ladder_graph(8),
        "a circular ladder": nx.circular_ladder_graph(7),
        "two K5 sharing two": cliques_sharing_two(5, 2),
        "six K4 in a row sharing two": cliques_sharing_two(4, 6),
        "two K5 sharing one": nx.compose(nx.complete_graph(5), nx.complete_graph(range(4, 9))),
        "a lollipop": nx.lollipop_graph(6, 5),
        "two bodies": nx.path_graph(2),
        "one body": nx.empty_graph(1),
        "bodies without ties": nx.empty_graph(6),
        "islands": nx.disjoint_union(nx.cycle_graph(5), nx.complete_graph(6)),
        "K2,6": nx.complete_bipartite_graph(2, 6),
        "K3,6": nx.complete_bipartite_graph(3, 6),
        "Petersen": nx.petersen_graph(),
        "a hypercube": nx.convert_node_labels_to_integers(nx.hypercube_graph(4)),
        "a triangular chain": nx.Graph([(i, i + d) for i in range(18) for d in (1, 2)]),
        "a windmill": nx.windmill_graph(5, 4),
        "a chain of cycles": nx.Graph([e for i in range(0, 24, 4) for e in nx.cycle_graph(range(i, i + 5)).edges]),
        "subdivided K5": nx.Graph([e for a, b in nx.complete_graph(5).edges for e in ((a, f"{a}{b}"), (f"{a}{b}", b))]),
        "the karate club": nx.karate_club_graph(),
    }
)

LARGE: Final[Mapping[str, nx.Graph]] = MappingProxyType(
    {
        **{f"sparse, {n} members, degree {d}": _sparse(n, d, n) for n in (50, 120, 300) for d in (1.5, 2.5, 4.0)},
        **{f"collaboration, {n} members": _collaboration(n, t, n) for n, t in ((60, 1), (150, 2), (240, 3))},
        "regular of degree three": nx.random_regular_graph(3, 120, seed=7),
        "neighbourhoods": nx.connected_watts_strogatz_graph(200, 4, 0.05, seed=7),
        "caves": nx.connected_caveman_graph(20, 6),
        "a long grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(3, 60)),
        "planar": nx.convert_node_labels_to_integers(nx.triangular_lattice_graph(8, 16)),
    }
)
