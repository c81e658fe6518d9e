"""A second engine over graphs that are too large to search by hand: networkx, which computes nothing in the tool.

Routes are checked from several centres: a graph is awkward from here and not from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import networkx as nx
import pytest
from networkx.algorithms.connectivity import build_auxiliary_node_connectivity, local_node_connectivity
from networkx.algorithms.flow import build_residual_network

from orchestrator.model import MissionGraph, as_igraph, as_matrix, as_networkx, cut_off_by_tie, dependence, hops, routes
from orchestrator.study import analyse
from tests.laws.shapes import AWKWARD, LARGE, mission_of

MOST = 3
ALL = {**AWKWARD, **LARGE}
graphs = pytest.mark.parametrize("name", ALL)


def the_graph(name: str) -> nx.Graph:
    """The graph as the members know it: nodes are ids."""
    return nx.relabel_nodes(ALL[name], {node: str(node) for node in ALL[name]})


@cache
def missions(name: str) -> tuple[MissionGraph, ...]:
    """The graph seen from a few of its nodes: from all of them where it is small."""
    nodes = list(ALL[name])
    step = 1 if len(nodes) <= 10 else max(1, len(nodes) // 3)
    return tuple(mission_of(ALL[name], centre) for centre in nodes[::step])


def seen(name: str) -> Iterator[tuple[MissionGraph, nx.Graph, str]]:
    for mission in missions(name):
        yield mission, the_graph(name), mission.centre_id


def measured(mission: MissionGraph, measure: str) -> dict[str, Any]:
    found = analyse(mission, ["between"]).measure("organisation", measure)
    assert found is not None
    return dict(zip(mission.members, found.values, strict=True))


def by_member(mission: MissionGraph, values: Any) -> dict[str, int]:
    return dict(zip(mission.members, (int(value) for value in values), strict=True))


@graphs
def test_hops_are_those_of_networkx(name: str) -> None:
    for mission, graph, centre in seen(name):
        steps = nx.single_source_shortest_path_length(graph, centre)
        assert by_member(mission, hops(mission)) == {member: steps.get(member, -1) for member in graph}


@graphs
def test_routes_are_those_of_flows_in_networkx(name: str) -> None:
    graph = the_graph(name)
    split = build_auxiliary_node_connectivity(graph)
    flow = build_residual_network(split, "capacity")
    for mission in missions(name):
        found = by_member(mission, routes(mission))
        assert found.pop(mission.centre_id) == -1
        assert found == {
            member: local_node_connectivity(
                graph, mission.centre_id, member, auxiliary=split, residual=flow, cutoff=MOST
            )
            for member in found
        }


@graphs
def test_who_is_cut_off_by_a_body_follows_from_the_dominators_of_networkx(name: str) -> None:
    for mission, graph, centre in seen(name):
        above = {v: d for v, d in nx.immediate_dominators(graph.to_directed(), centre).items() if v != centre}
        below: dict[str, list[str]] = {member: [] for member in graph}
        for member in above:
            step = above[member]
            while step != centre:
                below[step].append(member)
                step = above[step]
        tree = dependence(mission)
        for position, member in enumerate(mission.members):
            if member != centre:
                assert [mission.members[i] for i in tree.cut_off(position)] == sorted(below[member])


@graphs
def test_bridges_are_those_of_networkx_and_cut_off_what_removing_them_does(name: str) -> None:
    for mission, graph, centre in seen(name):
        pairs = [tuple(sorted((mission.members[a], mission.members[b]))) for a, b in mission.ends.tolist()]
        found = {pairs[tie]: [mission.members[i] for i in lost] for tie, lost in cut_off_by_tie(mission).items()}
        assert set(found) == {tuple(sorted(bridge)) for bridge in nx.bridges(graph)}
        before = nx.node_connected_component(graph, centre)
        for bridge, lost in list(found.items())[:20]:
            after = nx.node_connected_component(nx.restricted_view(graph, [], [bridge]), centre)
            assert lost == sorted(before - after)


@graphs
def test_betweenness_is_that_of_networkx_with_each_pair_counted_once(name: str) -> None:
    mission = missions(name)[0]
    expected = nx.betweenness_centrality(the_graph(name), normalized=False)
    assert measured(mission, "betweenness") == pytest.approx(expected, rel=1e-9, abs=1e-7)


@graphs
def test_rooted_dependency_is_twice_what_networkx_halves(name: str) -> None:
    for mission, graph, centre in seen(name):
        halved = nx.betweenness_centrality_subset(graph, sources=[centre], targets=list(graph), normalized=False)
        found = measured(mission, "rooted_dependency")
        assert found.pop(centre) is None
        expected = {member: 2 * value for member, value in halved.items() if member != centre}
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)


@graphs
def test_every_engine_gets_the_same_graph(name: str) -> None:
    mission, graph = missions(name)[0], the_graph(name)
    assert nx.utils.graphs_equal(nx.Graph(as_networkx(mission).edges), nx.Graph(graph.edges))
    assert set(as_networkx(mission)) == set(graph)
    ties = {tuple(sorted(mission.members[end] for end in tie.tuple)) for tie in as_igraph(mission).es}
    assert ties == {tuple(sorted(tie)) for tie in graph.edges}
    matrix = as_matrix(mission)
    assert (matrix != matrix.T).nnz == 0
    assert matrix.nnz == 2 * graph.number_of_edges()
    assert matrix.diagonal().sum() == 0


def test_the_graphs_hold_every_number_of_routes_and_those_that_hang_on_others() -> None:
    """Or the tests above would hold nothing against nothing."""
    met = {int(value) for name in ALL for mission in missions(name) for value in routes(mission)}
    assert met == {-1, 0, 1, 2, 3}
    parted = [name for name in ALL for mission in missions(name) if (dependence(mission).size > 2).sum() > 1]
    assert len(parted) >= 10
