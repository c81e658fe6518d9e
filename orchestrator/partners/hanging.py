"""Who hangs on whom, as a tree: below each body the groups that only it connects, below each group its bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

__all__ = ["HangingTree", "hanging_tree"]


@dataclass(frozen=True)
class HangingTree:
    """Nodes: bodies by position, then groups. ``below[node]``: a body's groups, a group's bodies.

    A group is what hangs together once the body above it has left. ``ends``: groups below which nobody hangs on
    anybody, and that hang on another body than the centre: each needs a new tie to somewhere else. ``count[node]``:
    how many of them are in the node or below it. ``centre`` is the root.
    """

    centre: int
    bodies: int
    above: tuple[int, ...]
    below: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]
    count: tuple[int, ...]

    def ends_below(self, node: int) -> list[int]:
        """The end groups in a node or below it, from left to right."""
        found, todo = [], [node]
        is_end = set(self.ends)
        while todo:
            here = todo.pop()
            if here in is_end:
                found.append(here)
            todo.extend(reversed(self.below[here]))
        return found

    @property
    def pieces_of_one(self) -> int:
        """The most groups that hang on one body other than the centre."""
        return max((len(self.below[v]) for v in range(self.bodies) if v != self.centre), default=0)

    @property
    def one_above_all(self) -> bool:
        """Is there a body other than the centre that every end group hangs on?"""
        here = self.centre
        while self.ends:
            here = next((node for node in self.below[here] if self.count[node] == len(self.ends)), -1)
            if here < 0:
                return False
            if here < self.bodies:
                return any(self.count[group] for group in self.below[here])
        return False


def hanging_tree(centre: int, above: np.ndarray, order: np.ndarray, ends: np.ndarray) -> HangingTree:
    """The tree from the last pass of each member (``above``, ``order`` of ``model.routes.dependence``) and the ties.

    A tie joins a body with what hangs on it, or two bodies that hang on the same one; the latter are of one group.
    Members without a route are in no group. Cost grows with members and ties.
    """
    n = len(above)
    leader = list(range(n))
    for a, b in ends[(above[ends[:, 0]] == above[ends[:, 1]]) & (above[ends[:, 0]] >= 0)].tolist():
        a, b = _leader(leader, a), _leader(leader, b)
        leader[max(a, b)] = min(a, b)
    inside = [v for v in order.tolist() if v != centre]
    number: dict[int, int] = {}
    for v in sorted(inside):
        number.setdefault(_leader(leader, v), n + len(number))
    below: list[list[int]] = [[] for _ in range(n + len(number))]
    parent = [-1] * (n + len(number))
    for v in sorted(inside):
        group = number[_leader(leader, v)]
        if not below[group]:
            parent[group] = int(above[v])
            below[int(above[v])].append(group)
        below[group].append(v)
        parent[v] = group
    last = [g for g in number.values() if parent[g] != centre and not any(below[v] for v in below[g])]
    return HangingTree(centre, n, tuple(parent), tuple(map(tuple, below)), tuple(last), _counts(parent, last))


def _leader(leader: list[int], v: int) -> int:
    while leader[v] != v:
        leader[v] = leader[leader[v]]
        v = leader[v]
    return v


def _counts(parent: list[int], last: Iterable[int]) -> tuple[int, ...]:
    count = [0] * len(parent)
    for node in last:
        here = node
        while here >= 0:
            count[here] += 1
            here = parent[here]
    return tuple(count)
