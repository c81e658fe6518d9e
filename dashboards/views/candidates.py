"""Who could fill a gap: how much each carries against what it can, and the shortest introduction to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.change_words import bring_in
from dashboards.views.scenario_list import scenario_address
from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, number
from orchestrator.partners.ways import Ways, ways
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["Candidate", "candidates_of", "load_in_words", "loads", "way_in_words"]


@dataclass(frozen=True)
class Candidate:
    """A body that could come in. ``full``: one more unit of load would be more than it can carry; ``try_address`` is
    the what-if page with it brought in."""

    body: Body
    load: float
    capacity: float | None
    full: bool
    load_sentence: str
    way_sentence: str
    steps: int | None
    try_address: str


@derived
def loads(graph: MissionGraph) -> dict[str, tuple[float, int]]:
    """What does each body carry over all missions, and over how many? Bodies that carry nothing are not in there."""
    rows = graph.engagements
    carried = rows[rows["status"].isin(WORKING_STATUSES)].groupby("organisation_id")
    sums, missions = carried["load"].sum(), carried["mission_id"].nunique()
    return {str(name): (float(sums[name]), int(missions[name])) for name in sums.index}


@derived
def _capacities(graph: MissionGraph) -> dict[str, float]:
    rows = graph.organisations[graph.organisations["capacity"].notna()]
    return dict(zip(rows["organisation_id"], rows["capacity"].astype(float), strict=True))


@derived
def _ways(graph: MissionGraph) -> Ways:
    return ways(graph)


def candidates_of(
    bodies: Bodies, ids: Sequence[str], selection: Selection, most: int | None = None
) -> tuple[Candidate, ...]:
    """The bodies with room first, the nearest to the centre, those who carry least; empty for nobody.

    Of more than ``most`` the first are told of (None: all of them).
    """
    graph = bodies.results.graph
    first = sorted(ids, key=lambda name: _order(graph, bodies[name]))[:most]
    return tuple(_candidate(bodies, name, selection) for name in first)


def _order(graph: MissionGraph, body: Body) -> tuple[bool, int, float, str, str]:
    """Those with room first, then those who are nearest to the centre, then those who carry least."""
    load, _ = loads(graph).get(body.organisation_id, (0.0, 0))
    capacity, reach = _capacities(graph).get(body.organisation_id), _ways(graph)
    steps = int(reach.steps[reach.at[body.organisation_id]])
    full = capacity is not None and load + 1 > capacity
    return full, 1 << 30 if steps < 0 else steps, load, body.name, body.organisation_id


def _candidate(bodies: Bodies, name: str, selection: Selection) -> Candidate:
    graph = bodies.results.graph
    load, missions = loads(graph).get(name, (0.0, 0))
    capacity, reach = _capacities(graph).get(name), _ways(graph)
    steps = int(reach.steps[reach.at[name]])
    return Candidate(
        body=bodies[name],
        load=load,
        capacity=capacity,
        full=capacity is not None and load + 1 > capacity,
        load_sentence=load_in_words(load, missions, capacity),
        way_sentence=way_in_words(graph.name_of(graph.centre_id), bodies.names(reach.to(name)), steps),
        steps=steps if steps >= 0 else None,
        try_address=scenario_address(selection, bring_in(name, graph.centre_id)),
    )


def load_in_words(load: float, missions: int, capacity: float | None) -> str:
    """What a body carries against what it can; a capacity that is not known is neither zero nor unlimited.

    >>> load_in_words(2, 2, 3), load_in_words(3, 1, 3)
    ('Carries 2 of 3 units of load, in two missions.', 'Carries 3 of 3 units of load, in one mission: it is full.')
    >>> load_in_words(0, 0, None)
    'Carries nothing yet; what it can carry is not recorded.'
    """
    where = f", in {counted(missions, 'mission')}" if missions else ""
    if capacity is None:
        carries = f"Carries {counted_units(load)}{where}" if load else "Carries nothing yet"
        return f"{carries}; what it can carry is not recorded."
    full = ": it is full" if load + 1 > capacity else ""
    return f"Carries {number(load)} of {counted_units(capacity)}{where}{full}."


def counted_units(load: float) -> str:
    """Load with its unit.

    >>> counted_units(1), counted_units(2.5)
    ('1 unit of load', '2.5 units of load')
    """
    return f"{number(load)} {'unit' if load == 1 else 'units'} of load"


def way_in_words(centre: str, introducers: Sequence[str], steps: int) -> str:
    """Who could introduce the centre to a body: one of the shortest ways over ties that there are.

    ``introducers`` stand between the two, in order; ``steps`` is −1 where there is no way.

    >>> way_in_words("Unit", [], 1), way_in_words("Unit", ["A"], 2), way_in_words("Unit", ["A", "B"], 3)
    ('Unit works with it already.', 'Ask A: it works with Unit and with it.', 'Ask A, then B: it works with it.')
    """
    if steps < 0:
        return "No way to it is on record: write to it directly."
    if not introducers:
        return f"{centre} works with it already."
    if len(introducers) == 1:
        return f"Ask {introducers[0]}: it works with {centre} and with it."
    return f"Ask {', then '.join(introducers)}: it works with it."
