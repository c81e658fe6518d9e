"""Requirements that changed between two days, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orchestrator.model.coverage import coverage
from orchestrator.model.labels import requirement_labels
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed, number

__all__ = ["NeedChange", "need_changes"]

_Cell = tuple[str, str, str]


@dataclass(frozen=True)
class NeedChange:
    """A requirement in another state, or one that came or went: ``before`` or ``after`` is then blank.

    ``reasons`` are sentences without a full stop; empty where nothing that is recorded explains it.
    """

    requirement_id: str
    label: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Day:
    """What has to be known of one of the two days."""

    graph: MissionGraph
    states: Mapping[str, str]
    minimum: Mapping[str, float]
    cells: Mapping[str, _Cell]
    working: Mapping[str, frozenset[str]]
    offering: Mapping[str, frozenset[str]]
    engaged: frozenset[str]
    reached: frozenset[str]
    bodies: frozenset[str]


def need_changes(before: MissionGraph, after: MissionGraph, now: Mapping[str, str]) -> tuple[NeedChange, ...]:
    """Which requirements changed, and why? By the ids of the later day, then those that are gone.

    Requirements are the same by id, or failing that as the one requirement of the same capability, place and sector: a
    mission that continues another may count its needs anew. ``now`` gives the later ids of earlier bodies.
    """
    was, present = _day(before, now), _day(after, {})
    earlier = _earlier_ids(was, present)
    labels = {**requirement_labels(before), **requirement_labels(after)}
    found = []
    for name, state in present.states.items():
        old = earlier.get(name)
        if old is None:
            found.append(NeedChange(name, labels[name], "", state, ("it was not asked for before",)))
        elif was.states[old] != state:
            reasons = tuple(_reasons(was, present, old, name))
            found.append(NeedChange(name, labels[name], was.states[old], state, reasons))
    dropped = [name for name in was.states if name not in set(earlier.values())]
    found += [NeedChange(name, labels[name], was.states[name], "", ("it is no longer asked for",)) for name in dropped]
    return tuple(found)


def _day(graph: MissionGraph, now: Mapping[str, str]) -> _Day:
    grid = coverage(graph)
    wanted, providers = grid.requirements, grid.providers
    ids = wanted["requirement_id"].tolist()

    def later(bodies: object) -> frozenset[str]:
        return frozenset(now.get(body, body) for body in bodies)  # type: ignore[attr-defined]

    cells = zip(wanted["capability_id"], wanted["place_id"], wanted["sector"], strict=True)
    reached = np.array(graph.members, dtype=object)[hops(graph) >= 0].tolist()
    return _Day(
        graph,
        states=dict(zip(ids, wanted["state"], strict=True)),
        minimum=dict(zip(ids, wanted["minimum"], strict=True)),
        cells=dict(zip(ids, cells, strict=True)),
        working=_by_need(ids, providers[providers["working"]], now),
        offering=_by_need(ids, providers, now),
        engaged=later(graph.engaged),
        reached=later(reached),
        bodies=later(graph.organisations["organisation_id"].tolist()),
    )


def _by_need(ids: list[str], rows: pd.DataFrame, now: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for at, body in zip(rows["requirement"].tolist(), rows["organisation_id"].tolist(), strict=True):
        found.setdefault(ids[at], set()).add(now.get(body, body))
    return {name: frozenset(bodies) for name, bodies in found.items()}


def _earlier_ids(was: _Day, present: _Day) -> dict[str, str]:
    """The earlier id of every later requirement that was there before."""
    found = {name: name for name in present.states if name in was.states}
    free: dict[_Cell, list[str]] = {}
    for name, cell in was.cells.items():
        if name not in found:
            free.setdefault(cell, []).append(name)
    asking: dict[_Cell, list[str]] = {}
    for name, cell in present.cells.items():
        if name not in found:
            asking.setdefault(cell, []).append(name)
    for cell, names in asking.items():
        if len(names) == 1 and len(free.get(cell, ())) == 1:
            found[names[0]] = free[cell][0]
    return found


def _reasons(was: _Day, present: _Day, old: str, name: str) -> Iterator[str]:
    before, after = (day.working.get(key, frozenset()) for day, key in ((was, old), (present, name)))
    offers = present.offering.get(name, frozenset())
    offered = was.offering.get(old, frozenset())
    stopped, started = sorted(before - after), sorted(after - before)
    for words, bodies in (
        ("no longer in the register: {}", [b for b in stopped if b not in present.bodies]),
        ("no longer offering it there: {}", [b for b in stopped if b in present.bodies and b not in offers]),
        ("no longer engaged: {}", [b for b in stopped if b in offers and b not in present.engaged]),
        ("without a route to the centre now: {}", [b for b in stopped if b in offers & present.engaged]),
        ("newly engaged: {}", [b for b in started if b not in was.engaged]),
        ("newly offering it there: {}", [b for b in started if b in was.engaged and b not in offered]),
        ("with a route to the centre now: {}", [b for b in started if b in was.engaged & offered]),
    ):
        if bodies:
            yield words.format(listed([_name(was, present, body) for body in bodies]))
    if was.minimum[old] != present.minimum[name]:
        yield f"{number(present.minimum[name])} are enough, where it took {number(was.minimum[old])}"
    if not before and not after and len(offers) != len(offered):
        yield f"{counted(len(offers), 'body is', 'bodies are')} known to offer it, where it was {number(len(offered))}"
    if not before and not after and "on-paper" in (was.states[old], present.states[name]):
        yield "somebody who offers it takes part" if present.states[name] == "on-paper" else "none of them takes part"


def _name(was: _Day, present: _Day, body: str) -> str:
    graph = present.graph if body in present.bodies else was.graph
    return graph.name_of(body)
