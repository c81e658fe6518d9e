"""Shapes that are made to be slow: long chains, ladders, stars.

Does the work on them grow like their ties? Prints seconds at 6,000 and 96,000 members, and the growth.
"""

from __future__ import annotations

import time

import networkx as nx
import numpy as np

import orchestrator.kernels as k


def rows(graph: nx.Graph) -> tuple[k.Rows, int]:
    plain = nx.convert_node_labels_to_integers(graph)
    return k.rows_of(len(plain), np.array(plain.edges, dtype=np.int64)), len(plain)


def held_at_both_ends(rungs: int) -> nx.Graph:
    """A ladder between the centre's clique and another one that the centre reaches three times."""
    graph = nx.complete_graph(6)
    far = nx.relabel_nodes(nx.complete_graph(6), {i: ("far", i) for i in range(6)})
    ladder = nx.relabel_nodes(nx.ladder_graph(rungs), {i: ("ladder", i) for i in range(2 * rungs)})
    graph = nx.compose_all([graph, far, ladder])
    graph.add_edges_from((i, ("far", i)) for i in range(6))
    graph.add_edges_from([(1, ("ladder", 0)), (2, ("ladder", rungs))])
    graph.add_edges_from([(("far", 1), ("ladder", rungs - 1)), (("far", 2), ("ladder", 2 * rungs - 1))])
    return graph


SHAPES = {
    "ladder": lambda size: nx.ladder_graph(size // 2),
    "ladder held at both ends": lambda size: held_at_both_ends(size // 2),
    "prism": lambda size: nx.cartesian_product(nx.cycle_graph(3), nx.path_graph(size // 3)),
    "grid": lambda size: nx.grid_2d_graph(int(size**0.5), int(size**0.5)),
    "path": nx.path_graph,
    "cycle": nx.cycle_graph,
    "star": nx.star_graph,
    "wheel": nx.wheel_graph,
    "random cubic": lambda size: nx.random_regular_graph(3, size // 2 * 2, seed=1),
}


def seconds(size: int, name: str) -> float:
    ties, n = rows(SHAPES[name](size))
    above, _, discovered, _ = k.walk.compiled(*ties, 0)
    shuffled = np.random.default_rng(1).permutation(n).astype(np.int32)
    strength = np.ones(len(ties.neighbours))
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        k.hanging.compiled(above, discovered)
        k.three_routes.compiled(ties.offsets, ties.neighbours, 0, above, shuffled)
        k.around_each.compiled(ties.offsets, ties.neighbours, strength)
        best = min(best, time.process_time() - start)
    return float(best)


def main() -> None:
    print(f"{'shape':<26}{'6,000':>10}{'96,000':>10}{'growth':>9}")
    for name in SHAPES:
        seconds(400, name)
        small, large = seconds(6_000, name), seconds(96_000, name)
        print(f"{name:<26}{small:>9.4f}s{large:>9.4f}s{large / max(small, 1e-9):>8.0f}x")


if __name__ == "__main__":
    main()
