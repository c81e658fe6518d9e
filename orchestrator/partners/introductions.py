"""Which members should get to know each other, so that no single body's leaving cuts anyone off from the centre?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from orchestrator.kernels import rows_of, walk
from orchestrator.kernels.compiled import WORTH_COMPILING
from orchestrator.model.advice import Introduction
from orchestrator.model.engines import as_rows
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import dependence
from orchestrator.model.wording import counted, listed
from orchestrator.partners.hanging import HangingTree, hanging_tree
from orchestrator.partners.pairing import CENTRE, Pair, fewest, pairing

__all__ = ["introductions", "new_ties", "secured"]

Progress = Callable[[str], None]


def introductions(graph: MissionGraph, progress: Progress | None = None) -> tuple[tuple[Introduction, ...], int]:
    """The fewest new ties after which nobody hangs on one body, and the number that no choice can do with fewer.

    Between members that have a route to the centre; members without one need a partner first. Whoever secures most
    stands first. Empty where no single body's leaving cuts anyone off. What is returned was checked by walking through
    the network with the new ties in it.
    """
    tell = progress or (lambda _: None)
    tell("looking for the fewest introductions")
    hang = dependence(graph)
    tree = hanging_tree(graph.centre, hang.above, hang.order, graph.ends)
    near = _Near(graph)
    pairs = new_ties(tree, near.ties_of, near.score)
    tell(f"working out what each of {counted(len(pairs), 'introduction')} secures")
    hung = secured(len(graph.members), graph.ends, graph.centre, pairs)
    found = [_introduction(graph, near, pair, above) for pair, above in zip(pairs, hung, strict=True)]
    return tuple(sorted(found, key=lambda tie: (-len(tie.secures), tie.source_id, tie.target_id))), fewest(tree)


def new_ties(
    tree: HangingTree, ties_of: Callable[[int], int], score: Callable[[int, int], float] | None = None
) -> list[Pair]:
    """The pairs of members to introduce, by position, the smaller first; sorted.

    Of an end group, whoever scores best with the other side is introduced, of equals whoever has most ties, then the
    first.
    """
    rate = score or (lambda _a, _b: 0.0)
    best: dict[Pair, tuple[float, int, int]] = {}

    def _bodies(end: int) -> tuple[int, ...]:
        return (tree.centre,) if end == CENTRE else tree.below[end]

    def _best(a: int, b: int) -> tuple[float, int, int]:
        if (a, b) not in best:
            tried = [(rate(u, w), ties_of(u) + ties_of(w), -u, -w) for u in _bodies(a) for w in _bodies(b)]
            value, _, u, w = max(tried)
            best[a, b] = value, -u, -w
        return best[a, b]

    found = pairing(tree, lambda a, b: _best(a, b)[0])
    return sorted((min(u, w), max(u, w)) for _, u, w in (_best(a, b) for a, b in found.pairs))


class _Near:
    """What two members have in common."""

    def __init__(self, graph: MissionGraph) -> None:
        self.rows = as_rows(graph)
        offers = graph.offers
        self.offers: dict[str, set[str]] = {}
        for body, capability in zip(offers["organisation_id"], offers["capability_id"], strict=True):
            self.offers.setdefault(body, set()).add(capability)
        self.members = graph.members
        register = graph.organisations
        self.sector = dict(zip(register["organisation_id"], register["sector"], strict=True))

    def _neighbours(self, member: int) -> set[int]:
        return set(self.rows.neighbours[self.rows.offsets[member] : self.rows.offsets[member + 1]].tolist())

    def ties_of(self, member: int) -> int:
        """How many ties a member has."""
        return int(self.rows.offsets[member + 1] - self.rows.offsets[member])

    def in_common(self, a: int, b: int) -> list[int]:
        """The members that have a tie with both."""
        return sorted(self._neighbours(a) & self._neighbours(b))

    def score(self, a: int, b: int) -> float:
        """A common partner counts before a common capability, that before the same sector."""
        u, w = self.members[a], self.members[b]
        shared = bool(self.offers.get(u, set()) & self.offers.get(w, set()))
        common = bool(self._neighbours(a) & self._neighbours(b))
        return float(4 * common + 2 * shared + (self.sector[u] == self.sector[w]))


def secured(members: int, ends: np.ndarray, centre: int, pairs: list[Pair]) -> list[np.ndarray]:
    """For each new tie: without it and with the others, the body that each member would hang on (−1: none).

    Raises AssertionError if the new ties together left somebody hanging on one body.
    """
    every = np.array(pairs, dtype=ends.dtype).reshape(-1, 2)
    rows = rows_of(members, np.concatenate([ends, every]))
    work = len(pairs) * (members + 2 * len(ends)) * 4
    through = walk.compiled if work >= WORTH_COMPILING else walk
    places = np.argsort(rows.ties, kind="stable").reshape(-1, 2)[len(ends) :]

    def _above(without: np.ndarray) -> np.ndarray:
        near = np.delete(rows.neighbours, without)
        offsets = rows.offsets - np.searchsorted(np.sort(without), rows.offsets)
        above: np.ndarray = through(offsets, near, np.zeros(len(near), np.int32), centre)[0]
        return np.where(above == centre, -1, above)

    assert (_above(places[:0].ravel()) < 0).all(), "an introduction is missing"
    return [_above(both) for both in places]


def _introduction(graph: MissionGraph, near: _Near, pair: Pair, above: np.ndarray) -> Introduction:
    source, target = (graph.members[at] for at in pair)
    common = tuple(graph.members[at] for at in near.in_common(*pair))
    secured = np.flatnonzero(above >= 0)
    return Introduction(
        source_id=source,
        target_id=target,
        secures=tuple(graph.members[at] for at in secured.tolist()),
        in_common=common,
        reason=_reason(graph, above, secured, common),
    )


def _reason(graph: MissionGraph, above: np.ndarray, secured: np.ndarray, common: tuple[str, ...]) -> str:
    """Which body's leaving would cut off whom, without this tie; whoever cuts most off first."""
    name = [graph.name_of(member) for member in graph.members]
    by = {int(v): [name[at] for at in secured.tolist() if above[at] == v] for v in np.unique(above[secured])}
    said = [f"{listed(who)} if {name[v]} left" for v, who in sorted(by.items(), key=lambda one: (-len(one[1]), one[0]))]
    more = f", and more so if {counted(len(said) - 2, 'other body', 'other bodies')} left" if len(said) > 2 else ""
    text = f"Without it, these would lose every route to the centre: {'; '.join(said[:2])}{more}."
    if common:
        helpers = listed([graph.name_of(other) for other in common])
        return f"{text} {helpers} {'works' if len(common) == 1 else 'work'} with both and can introduce them."
    return f"{text} Nobody works with both yet, so the introduction is the centre's to make."
