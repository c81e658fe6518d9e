"""The sample of routes: every shortest route is as likely as another, and no share is further off than stated."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

import orchestrator.kernels as k


def _ends(graph: nx.Graph) -> np.ndarray:
    return np.array(nx.convert_node_labels_to_integers(graph).edges, dtype=np.int64).reshape(-1, 2)


GRAPHS = {
    "hubs": nx.barabasi_albert_graph(900, 3, seed=1),
    "grid": nx.grid_2d_graph(22, 22),
    "parts": nx.gnp_random_graph(800, 2.2 / 800, seed=2),
    "ring": nx.cycle_graph(301),
    "star": nx.star_graph(400),
    "bridge": nx.barbell_graph(60, 9),
}


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_no_share_is_further_off_than_stated(name: str) -> None:
    graph = GRAPHS[name]
    n, ends = len(graph), _ends(graph)
    exact = k.betweenness(n, ends)
    pairs = (n - 1) * (n - 2) / 2
    for seed in range(5):
        found = k.betweenness(n, ends, seed=seed, affordable=-1)
        assert exact.pairs is None
        assert found.pairs is None or found.pairs > 0
        assert np.abs(found.values - exact.values).max() / pairs <= found.error + 1e-12


def test_each_of_several_shortest_routes_is_drawn_as_often() -> None:
    rows = k.rows_of(16, _ends(nx.grid_2d_graph(4, 4)))
    draws = 20_000
    luck = np.random.default_rng(1).random(draws)
    start, end = np.zeros(draws, np.int32), np.full(draws, 15, np.int32)
    found, _ = k.routes_drawn(rows.offsets, rows.neighbours, start, end, luck)
    single = nx.betweenness_centrality_subset(nx.grid_2d_graph(4, 4), [(0, 0)], [(3, 3)])
    np.testing.assert_allclose(found / draws, [2 * each for each in single.values()], atol=0.02)


def test_a_pair_without_a_route_counts_nobody() -> None:
    rows = k.rows_of(4, np.array([[0, 1], [2, 3]]))
    found, _ = k.routes_drawn(rows.offsets, rows.neighbours, np.array([0, 0, 1]), np.array([3, 1, 1]), np.zeros(3))
    assert found.tolist() == [0, 0, 0, 0]
