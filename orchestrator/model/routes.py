"""How does the centre reach a member, over how many independent routes, and on whom does that hang?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.kernels import Tree, hanging, steps_by_layers, three_routes, walk
from orchestrator.model.derived import derived
from orchestrator.model.engines import as_rows
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["Dependence", "components", "cut_off_by_tie", "dependence", "hops", "routes"]

NO_ROUTE = -1
_SHUFFLE_SEED = 1


@derived
def hops(graph: MissionGraph) -> np.ndarray:
    """How many steps is each member from the centre? In the order of the members; −1 without a route, centre 0.

    One breadth-first search: cost grows with members and ties.
    """
    rows = as_rows(graph)
    steps = steps_by_layers(rows.offsets, rows.neighbours, graph.centre)
    steps.setflags(write=False)
    return steps


@dataclass(frozen=True)
class Dependence:
    """Who hangs on whom: the tree of immediate dominators from the centre, laid out so that dependants are a slice.

    ``above[v]`` is the last body that every route from the centre to v passes (the centre for many; −1 without a
    route and for the centre). ``order[enter[v] + 1 : enter[v] + size[v]]`` are the members that v cuts off.
    """

    above: np.ndarray
    order: np.ndarray
    enter: np.ndarray
    size: np.ndarray

    def cut_off(self, member: int) -> np.ndarray:
        """Positions of the members that lose every route to the centre when this one leaves; itself not among them."""
        start = self.enter[member]
        return np.sort(self.order[start + 1 : start + self.size[member]]) if start >= 0 else self.order[:0]


@dataclass(frozen=True)
class _Walk:
    """What one walk from the centre found: the tree, the far end of each bridge (−1: no bridge), the components."""

    tree: Tree
    far: np.ndarray
    components: int


@derived
def _walked(graph: MissionGraph) -> _Walk:
    rows = as_rows(graph)
    above, far, discovered, count = walk(rows.offsets, rows.neighbours, rows.ties, graph.centre)
    tree = Tree(above, *hanging(above, discovered))
    for array in (*tree, far):
        array.setflags(write=False)
    return _Walk(tree, far, int(count))


def dependence(graph: MissionGraph) -> Dependence:
    """Which members reach the centre only through which others? One tree for all answers.

    Source: Hopcroft and Tarjan (1973): in an undirected graph the dominators from a root are the cut bodies on the
    way. Cost grows with members and ties.
    """
    return Dependence(*_walked(graph).tree)


def components(graph: MissionGraph) -> int:
    """How many pieces does the network have? A member without ties is one."""
    return _walked(graph).components


@derived
def cut_off_by_tie(graph: MissionGraph) -> dict[int, np.ndarray]:
    """Which ties are the only link between two sides, and whom does the loss of each cut off from the centre?

    From the position of a tie to positions of members; a tie that is not listed is no bridge; a bridge away from
    the centre cuts off nobody. Cost grows with members and ties, and with what is cut off.
    """
    tree, far = dependence(graph), _walked(graph).far
    lost = {}
    for tie in np.flatnonzero(far >= 0).tolist():
        end = int(far[tie])
        lost[tie] = np.sort(np.append(tree.cut_off(end), end)) if tree.enter[end] >= 0 else tree.order[:0]
    return lost


@derived
def routes(graph: MissionGraph) -> np.ndarray:
    """How many vertex-disjoint routes lead to each member from the centre? 0, 1, 2, or 3 for three and more.

    A direct tie to the centre counts as one route. The centre itself: −1. In the order of the members.
    Menger (1927). Cost is near to linear; see ``kernels.disjoint`` for why.
    """
    rows, above, far = as_rows(graph), dependence(graph).above, _walked(graph).far
    found = np.where(hops(graph) > 0, 1, 0).astype(np.int32)
    found[above == graph.centre] = 2
    on_a_bridge = far[np.flatnonzero((far >= 0) & (graph.ends == graph.centre).any(axis=1))]
    found[on_a_bridge] = 1
    shuffled = np.random.default_rng(_SHUFFLE_SEED).permutation(len(found)).astype(np.int32)
    found[three_routes(rows.offsets, rows.neighbours, graph.centre, above, shuffled)] = 3
    found[graph.centre] = NO_ROUTE
    found.setflags(write=False)
    return found
