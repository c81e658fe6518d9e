"""How does the centre reach a member, over how many independent routes, and on whom does that hang?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.model.derived import derived
from orchestrator.model.disjoint import at_least_three_routes
from orchestrator.model.engines import as_igraph, neighbours
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["Dependence", "cut_off_by_tie", "dependence", "hops", "routes"]

NO_ROUTE = -1


@derived
def hops(graph: MissionGraph) -> np.ndarray:
    """How many steps is each member from the centre? In the order of the members; −1 without a route, centre 0.

    One breadth-first search: cost grows with members and ties.
    """
    found = np.array(as_igraph(graph).distances(source=[graph.centre])[0])
    steps = np.where(np.isfinite(found), found, NO_ROUTE).astype(np.int32)
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


@derived
def dependence(graph: MissionGraph) -> Dependence:
    """Which members reach the centre only through which others? One tree for all answers.

    Source: Lengauer and Tarjan (1979) for the dominators. Cost grows like members and ties.
    """
    steps = hops(graph)
    found = as_igraph(graph).as_directed(mode="mutual").dominator(graph.centre, mode="out")
    above = np.where(steps > 0, np.nan_to_num(found, nan=NO_ROUTE), NO_ROUTE).astype(np.int32)
    outward = np.argsort(steps, kind="stable")
    outward = outward[steps[outward] >= 0]
    size = (steps >= 0).astype(np.int32)
    for member in outward[:0:-1].tolist():
        size[above[member]] += size[member]
    enter = np.full(len(steps), NO_ROUTE, dtype=np.int32)
    free = enter.copy()
    enter[graph.centre], free[graph.centre] = 0, 1
    for member in outward[1:].tolist():
        enter[member] = free[above[member]]
        free[above[member]] += size[member]
        free[member] = enter[member] + 1
    order = np.empty(len(outward), dtype=np.int32)
    order[enter[outward]] = outward
    return Dependence(above, order, enter, size)


@derived
def _bridges(graph: MissionGraph) -> frozenset[int]:
    return frozenset(as_igraph(graph).bridges())


@derived
def cut_off_by_tie(graph: MissionGraph) -> dict[int, np.ndarray]:
    """Which ties are the only link between two sides, and whom does the loss of each cut off from the centre?

    From the position of a tie to positions of members; a tie that is not listed is no bridge; a bridge away from
    the centre cuts off nobody. Cost grows with members and ties, and with what is cut off.
    """
    tree = dependence(graph)
    steps = hops(graph)
    lost = {}
    for tie in sorted(_bridges(graph)):
        far = max(graph.ends[tie].tolist(), key=lambda member: steps[member])
        lost[tie] = np.sort(np.append(tree.cut_off(far), far)) if steps[far] > 0 else tree.order[:0]
    return lost


@derived
def routes(graph: MissionGraph) -> np.ndarray:
    """How many vertex-disjoint routes lead to each member from the centre? 0, 1, 2, or 3 for three and more.

    A direct tie to the centre counts as one route. The centre itself: −1. In the order of the members.
    Menger (1927). Cost is near to linear on collaboration graphs; see ``disjoint`` for why.
    """
    steps, above = hops(graph), dependence(graph).above
    found = np.where(steps > 0, 1, 0).astype(np.int32)
    single = {int(member) for tie in _bridges(graph) for member in graph.ends[tie]}
    only = {m for m in single if _hangs_on_direct_tie(graph, m)}
    twice = [m for m in np.flatnonzero(above == graph.centre).tolist() if m not in only]
    found[twice] = 2
    found[sorted(at_least_three_routes(neighbours(graph), graph.centre, twice))] = 3
    found[graph.centre] = NO_ROUTE
    found.setflags(write=False)
    return found


def _hangs_on_direct_tie(graph: MissionGraph, member: int) -> bool:
    tie = as_igraph(graph).get_eid(graph.centre, member, error=False)
    return tie in _bridges(graph)
