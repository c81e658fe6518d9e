"""How sure is the choice? How often is each body chosen in the worlds that the evidence allows?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from orchestrator.model.advice import Advice
from orchestrator.model.coverage import working_bodies
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.partners.candidates import candidates
from orchestrator.partners.grid import grid
from orchestrator.partners.request import Request
from orchestrator.partners.solve import solve
from orchestrator.partners.ways import ways

__all__ = ["chosen_in_worlds"]

Ties = tuple[np.ndarray, np.ndarray]


def chosen_in_worlds(
    advice: Advice, request: Request, worlds: Iterable[Ties], progress: Callable[[int], None] | None = None
) -> Advice:
    """The same advice, with the share of the worlds in which each body is chosen.

    A world is the mission with other ties between its members (pairs of positions, and strengths); what changes the
    choice is who works in it. Ways over ties outside the mission, and so ``within`` and the preference for who is near,
    are those on record. Worlds in which the same bodies work are solved once. ``progress`` is told how many worlds are
    done; to cancel, let it raise.
    """
    graph = advice.graph
    reach = ways(graph)
    answers: dict[frozenset[str], frozenset[str]] = {}
    chosen: Counter[str] = Counter()
    count = 0
    for ties in worlds:
        count += 1
        world = _with_ties(graph, *ties)
        works = frozenset(working_bodies(world))
        if works not in answers:
            found = grid(world, candidates(world, reach, request.within), request)
            taken = solve(found.problem, request.seconds).chosen.tolist() if found.ids else []
            answers[works] = frozenset(found.ids[body] for body in taken)
        chosen.update(answers[works])
        if progress is not None:
            progress(count)
    shares = {name: times / count for name, times in chosen.items()} if count else {}
    mine = {partner.organisation_id for partner in advice.chosen}
    others = sorted(((name, share) for name, share in shares.items() if name not in mine), key=lambda o: (-o[1], o[0]))
    return replace(
        advice,
        worlds=count,
        chosen=tuple(replace(one, chosen_in=shares.get(one.organisation_id, 0.0)) for one in advice.chosen),
        chosen_elsewhere=tuple(others),
    )


def _with_ties(graph: MissionGraph, ends: np.ndarray, strength: np.ndarray) -> MissionGraph:
    """The mission with these ties; for reading only, since its digest is still that of the ties on record."""
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    certain = np.ones(len(order))
    return replace(
        graph, ends=ends[order].astype(np.int32), strength=strength[order], confidence=certain, remembered={}
    )
