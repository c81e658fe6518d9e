"""The reasons of advice in sentences, with the names and places in them."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.model.advice import Partner
from orchestrator.model.labels import capability_names, place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed, number

__all__ = ["needs_in_words", "reason_of"]

_PLACES = 4
_CAPABILITIES = 3


def reason_of(graph: MissionGraph, partner: Partner) -> str:
    """Why this body: what it closes and strengthens, what only it can, who comes next, its load, who introduces it."""
    said = [_does(graph, partner), _only(graph, partner), _next(graph, partner), _load(partner), _way(graph, partner)]
    return " ".join(text for text in said if text)


def needs_in_words(graph: MissionGraph, requirements: Sequence[str]) -> str:
    """Requirements by capability, each with its places; many places are counted."""
    what, where, rows = capability_names(graph), place_names(graph), graph.requirements
    cells = zip(rows["requirement_id"], rows["capability_id"], rows["place_id"], strict=True)
    places: dict[str, list[str]] = {}
    wanted = set(requirements)
    for name, capability, place in cells:
        if name in wanted:
            places.setdefault(what[capability], []).append(where[place])
    return listed([f"{capability} in {_places(named)}" for capability, named in places.items()], _CAPABILITIES)


def _places(named: list[str]) -> str:
    named = list(dict.fromkeys(named))
    if len(named) <= _PLACES:
        return listed(named, _PLACES)
    return f"{counted(len(named), 'place')} ({listed(named, _PLACES)})"


def _does(graph: MissionGraph, partner: Partner) -> str:
    parts = []
    if partner.closes:
        parts.append(f"Closes {needs_in_words(graph, partner.closes)}.")
    if partner.strengthens:
        also = "Also strengthens" if parts else "Strengthens"
        more = "which would still need more partners"
        parts.append(f"{also} {needs_in_words(graph, partner.strengthens)}, {more}.")
    if not parts:
        return "Comes in for the limits by sector only: the others of this choice do all that it could do."
    return " ".join(parts)


def _only(graph: MissionGraph, partner: Partner) -> str:
    if not partner.only_known_candidate_for:
        return ""
    return f"No other candidate is known for {needs_in_words(graph, partner.only_known_candidate_for)}."


def _next(graph: MissionGraph, partner: Partner) -> str:
    other = partner.next_best
    if other is None:
        return "Nobody else on record could do any of it." if partner.adds > 0 else ""
    name = graph.name_of(other.organisation_id)
    if other.equal and not other.opens:
        return f"{name} would do as well."
    if other.opens:
        return f"Next best is {name}: with it instead, {needs_in_words(graph, other.opens)} would not be covered."
    return f"Next best is {name}: with it instead, the need grid would count {number(other.lost)} less."


def _load(partner: Partner) -> str:
    before, after = number(partner.load_before), number(partner.load_after)
    rise = f"Its load over all missions would go from {before} to {after}"
    if partner.load_after == partner.load_before:
        rise = f"Its load over all missions would stay at {after}"
    if partner.capacity is None:
        return f"{rise}; how much it can carry is not recorded."
    return f"{rise}, of the {number(partner.capacity)} that it can carry."


def _way(graph: MissionGraph, partner: Partner) -> str:
    if partner.steps is None:
        return "No way to it is on record: approach it directly."
    if partner.steps == 1:
        return f"{graph.name_of(graph.centre_id)} has a tie with it already."
    first, *onward = [graph.name_of(name) for name in partner.introducers]
    if not onward:
        return f"Ask {first}, which works with both of you."
    chain = ", which works with ".join([*onward, graph.name_of(partner.organisation_id)])
    return f"Ask {first}, which works with you and with {chain}."
