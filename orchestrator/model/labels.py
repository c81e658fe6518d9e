"""What are capabilities, places and requirements called?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed

__all__ = ["capability_names", "place_names", "requirement_labels", "requirements_summed_up"]


@derived
def capability_names(graph: MissionGraph) -> Mapping[str, str]:
    """The name of every capability by its id."""
    return MappingProxyType(dict(zip(graph.capabilities["capability_id"], graph.capabilities["name"], strict=True)))


@derived
def place_names(graph: MissionGraph) -> Mapping[str, str]:
    """The name of every place by its id."""
    return MappingProxyType(dict(zip(graph.places["place_id"], graph.places["name"], strict=True)))


@derived
def _what_and_where(graph: MissionGraph) -> Mapping[str, tuple[str, str]]:
    what, where, rows = capability_names(graph), place_names(graph), graph.requirements
    pairs = [(what[c], where[p]) for c, p in zip(rows["capability_id"], rows["place_id"], strict=True)]
    return MappingProxyType(dict(zip(rows["requirement_id"], pairs, strict=True)))


@derived
def requirement_labels(graph: MissionGraph) -> Mapping[str, str]:
    """Every requirement of the mission as people call it: the capability in the place."""
    pairs = _what_and_where(graph).items()
    return MappingProxyType({need: f"{what} in {where}" for need, (what, where) in pairs})


def requirements_summed_up(graph: MissionGraph, requirement_ids: Sequence[str]) -> str:
    """How are several requirements named in a sentence? By capability, the one with most places first.

    One capability is followed by its places, of several the first two are named with how many places each. Empty for
    no requirements.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for name in requirement_ids:
        what, where = _what_and_where(graph)[name]
        places[what].append(where)
    ordered = sorted(places, key=lambda what: (-len(places[what]), what))
    if len(ordered) == 1:
        return f"{ordered[0]} in {listed(places[ordered[0]])}"
    named = [_in_places(what, places[what]) for what in ordered[:2]]
    more = [f"{len(ordered) - 2} more " + ("capability" if len(ordered) == 3 else "capabilities")]
    return listed(named + (more if len(ordered) > 2 else []))


def _in_places(what: str, places: Sequence[str]) -> str:
    return f"{what} in {places[0]}" if len(places) == 1 else f"{what} in {counted(len(places), 'place')}"
