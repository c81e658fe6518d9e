"""What does each chosen body do given the others, who could come instead, and who can introduce it?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orchestrator.model.advice import NextBest, Partner
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.partners.grid import Grid
from orchestrator.partners.problem import Tally
from orchestrator.partners.sentences import reason_of
from orchestrator.partners.solve import tallied
from orchestrator.partners.swaps import may_take_its_place
from orchestrator.partners.ways import Ways

__all__ = ["partners"]

_TINY = 1e-9


def partners(
    graph: MissionGraph, found: Grid, chosen: np.ndarray, reach: Ways, within: int | None
) -> tuple[Partner, ...]:
    """Every body of the choice with its reasons: whoever adds most first, equals in the order of preference."""
    tally = tallied(found.problem, chosen)
    names = graph.requirements["requirement_id"].to_numpy()
    some = [_partner(graph, found, tally, names, body, reach, within) for body in chosen.tolist()]
    return tuple(sorted(some, key=lambda partner: -partner.adds))


def _partner(
    graph: MissionGraph, found: Grid, tally: Tally, names: np.ndarray, body: int, reach: Ways, within: int | None
) -> Partner:
    name, row = found.ids[body], found.rows.iloc[body]
    closed, stronger = _given_the_others(tally, body)
    only = [r for r in found.uncovered.tolist() if found.known.get(r) == frozenset({name})]
    partner = Partner(
        organisation_id=name,
        adds=tally.loss(body),
        closes=tuple(names[closed]),
        strengthens=tuple(names[stronger]),
        only_known_candidate_for=tuple(names[only]),
        load_before=float(row["load_before"]),
        load_after=float(row["load_after"]),
        capacity=None if np.isnan(row["capacity"]) else float(row["capacity"]),
        cost=float(row["cost"]),
        introducers=reach.to(name),
        steps=int(row["steps"]) if row["steps"] >= 0 else None,
        gives_route=_connected_by(graph, name) if within is None else (),
        next_best=_next_best(found, tally, names, body),
        reason="",
    )
    return replace(partner, reason=reason_of(graph, partner))


def _given_the_others(tally: Tally, body: int) -> tuple[np.ndarray, np.ndarray]:
    """Needs that are full with this body and not without it, and others that are worth less without it."""
    problem, carried = tally.problem, tally.taken[body]
    needs = problem.need[carried[tally.supplied[carried] == 1]]
    filled, room = tally.filled[needs], problem.room[needs]
    less = np.where(filled == 1, problem.first[needs], problem.further[needs]) > 0
    return np.sort(needs[filled == room]), np.sort(needs[(filled < room) & less])


def _connected_by(graph: MissionGraph, name: str) -> tuple[str, ...]:
    """Members without a route to the centre that hang together with this body, itself left out."""
    steps = hops(graph)
    if name not in graph.members or steps[graph.members.index(name)] >= 0:
        return ()
    near: dict[int, list[int]] = {}
    for a, b in graph.ends.tolist():
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    start = graph.members.index(name)
    seen, todo = {start}, [start]
    while todo:
        new = [other for other in near.get(todo.pop(), []) if other not in seen]
        seen.update(new)
        todo.extend(new)
    return tuple(graph.members[at] for at in sorted(seen - {start}))


def _next_best(found: Grid, tally: Tally, names: np.ndarray, body: int) -> NextBest | None:
    """Who, taken instead, would lose least? Equals: whoever is preferred. None where nobody may come in for it."""
    problem, adds = tally.problem, tally.loss(body)
    may = may_take_its_place(problem, tally.chosen, body)
    full_before = tally.filled >= problem.room
    carried = tally.taken[body]
    tally.remove(body)
    gains = np.where(may, tally.gains(), -1.0)
    other = int(np.argmax(gains)) if len(gains) else -1
    answer = None
    if other >= 0 and gains[other] > 0:
        tally.add(other)
        opens = np.flatnonzero(full_before & (tally.filled < problem.room))
        lost = adds - float(gains[other])
        answer = NextBest(found.ids[other], lost if lost > _TINY * max(1.0, adds) else 0.0, tuple(names[opens]))
        tally.remove(other)
    tally.add(body)
    assert np.array_equal(tally.taken[body], carried)
    return answer
