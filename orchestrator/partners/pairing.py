"""Which end groups get a tie with each other, so that the fewest ties leave nobody hanging on one body?

Every end group needs a tie, and a tie serves two: no fewer than half as many ties as ends. The groups that hang on one
body must hold together and to the centre without it: no fewer ties than that body has groups. Where one body stands
above all ends, the centre's side is an end itself. The larger of these numbers is always enough:

- Stand at the middle of the tree, where no branch holds more than half of the ends, and tie only ends of different
  branches. Then whatever hangs on a body inside a branch is tied to outside of that branch.
- If the middle is a body other than the centre, its branches must hold together without it: they are first joined one
  by one, the largest first, each to the branch with most ends left. The rest is paired off, largest with largest.

This is the biconnectivity augmentation of Eswaran and Tarjan (1976) and Hsu and Ramachandran (1993), with a centre that
may be a cut body itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.partners.hanging import HangingTree

__all__ = ["CENTRE", "Pair", "Pairing", "fewest", "pairing"]

CENTRE = -1
#: Up to so many ties exchanges are tried for better pairs.
_EXCHANGED = 150
_UP = -1

Pair = tuple[int, int]


@dataclass(frozen=True)
class Pairing:
    """Pairs of end groups (``CENTRE``: the centre itself), and the branch of the middle that each end is in.

    ``joined``: the branches must hold together.
    """

    pairs: tuple[Pair, ...]
    branch: dict[int, int]
    joined: bool


def fewest(tree: HangingTree) -> int:
    """How many ties are needed at least?

    >>> import numpy as np
    >>> from orchestrator.partners.hanging import hanging_tree
    >>> chain = hanging_tree(0, np.array([-1, 0, 1]), np.arange(3), np.array([[0, 1], [1, 2]]))
    >>> fewest(chain)
    1
    """
    ends = len(tree.ends) + tree.one_above_all
    return max((ends + 1) // 2, tree.pieces_of_one) if tree.ends else 0


def pairing(tree: HangingTree, score: Callable[[int, int], float]) -> Pairing:
    """As many pairs as ``fewest`` says, those with a high score (of two end groups, or one and CENTRE) if there is a
    choice. No pairs where nobody hangs on one body. Cost grows with ends; with their square up to 150 pairs."""
    if not tree.ends:
        return Pairing((), {}, False)
    middle, branches = _branches(tree)
    joined = middle < tree.bodies and middle != tree.centre
    total = sum(map(len, branches.values()))
    wanted = max(total + total % 2, 2 * (len(branches) - 1) if joined else 0)
    if wanted > total:
        branches.setdefault(_UP, []).extend([CENTRE] * (wanted - total))
    branch = {end: at for at, ends in branches.items() for end in ends}
    left = {at: list(reversed(ends)) for at, ends in branches.items()}
    pairs = _join(left) if joined else []
    pairs += _match(left)
    found = Pairing(tuple(pairs), branch, joined)
    return _exchanged(found, score) if len(pairs) <= _EXCHANGED else found


def _branches(tree: HangingTree) -> tuple[int, dict[int, list[int]]]:
    """The middle, and its branches: the ends below each node under it, and those above it."""
    total = len(tree.ends) + tree.one_above_all
    middle, heavy = tree.centre, tree.centre
    while heavy >= 0:
        middle = heavy
        heavy = next((node for node in tree.below[middle] if 2 * tree.count[node] > total), -1)
    found = {node: tree.ends_below(node) for node in tree.below[middle] if tree.count[node]}
    below = {end for ends in found.values() for end in ends}
    up = [end for end in tree.ends if end not in below] + [CENTRE] * tree.one_above_all
    if up:
        found[_UP] = up
    return middle, found


def _join(left: dict[int, list[int]]) -> list[Pair]:
    """Join the branches into one, the largest first; takes what it uses out of ``left``."""
    order = sorted(left, key=lambda at: (-len(left[at]), at))
    pairs, inside = [], [order[0]]
    for at in order[1:]:
        most = max(inside, key=lambda other: (len(left[other]), -other))
        pairs.append((left[most].pop(), left[at].pop()))
        inside.append(at)
    return pairs


def _match(left: dict[int, list[int]]) -> list[Pair]:
    """Pair off what is left, always from the two branches with most left."""
    heap = [(-len(ends), at) for at, ends in left.items() if ends]
    heapq.heapify(heap)
    pairs = []
    while len(heap) > 1:
        (a_left, a), (b_left, b) = heapq.heappop(heap), heapq.heappop(heap)
        pairs.append((left[a].pop(), left[b].pop()))
        for count, at in ((a_left + 1, a), (b_left + 1, b)):
            if count < 0:
                heapq.heappush(heap, (count, at))
    return pairs


def _exchanged(found: Pairing, score: Callable[[int, int], float]) -> Pairing:
    """Exchange partners of two pairs while that makes the scores better and the branches still hold."""
    pairs, better = list(found.pairs), True
    while better:
        better = False
        for i in range(len(pairs)):
            for j in range(i):
                (a, b), (c, d) = pairs[i], pairs[j]
                now = score(a, b) + score(c, d)
                for new in (((a, d), (c, b)), ((a, c), (b, d))):
                    if score(*new[0]) + score(*new[1]) <= now or not _may(found, pairs, i, j, new):
                        continue
                    pairs[i], pairs[j] = new
                    better = True
                    break
    return Pairing(tuple(pairs), found.branch, found.joined)


def _may(found: Pairing, pairs: list[Pair], i: int, j: int, new: tuple[Pair, Pair]) -> bool:
    branch = {**found.branch, CENTRE: _UP}
    if any(branch[a] == branch[b] for a, b in new):
        return False
    if not found.joined:
        return True
    tried = [*new, *(pair for at, pair in enumerate(pairs) if at not in (i, j))]
    near: dict[int, set[int]] = {at: set() for at in branch.values()}
    for a, b in tried:
        near[branch[a]].add(branch[b])
        near[branch[b]].add(branch[a])
    seen, todo = {branch[tried[0][0]]}, [branch[tried[0][0]]]
    while todo:
        new_ones = near[todo.pop()] - seen
        seen |= new_ones
        todo.extend(new_ones)
    return {branch[end] for pair in tried for end in pair} == seen
