"""A change of a scenario in words, and which changes of a list belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import quoted
from orchestrator.model.labels import requirement_labels
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed, number
from orchestrator.scenario import Change, Scenario
from orchestrator.tables.vocabulary import LEVEL_LABELS, SECTOR_LABELS

__all__ = ["Entry", "bring_in", "entries", "in_names", "introduce", "words"]


@dataclass(frozen=True)
class Entry:
    """What is one line of the list: a change, or two that bring a partner in. ``numbers`` count from 1."""

    numbers: tuple[int, ...]
    changes: tuple[Change, ...]


def bring_in(organisation_id: str, centre_id: str) -> tuple[Change, ...]:
    """What it is to bring a partner in: it is committed, and has a tie with the centre."""
    return (
        Change("add-engagement", {"organisation_id": organisation_id, "status": "committed"}),
        introduce(centre_id, organisation_id),
    )


def introduce(one: str, other: str) -> Change:
    """What it is to introduce two to each other: they begin to work together."""
    return Change("add-tie", {"source_id": one, "target_id": other})


def entries(scenario: Scenario, centre_id: str) -> Iterator[Entry]:
    """The lines of the list: a partner that was brought in is one line, and one thing to undo."""
    at, changes = 0, scenario.changes
    while at < len(changes):
        pair = changes[at : at + 2]
        together = pair[0].kind == "add-engagement" and pair == bring_in(pair[0].values["organisation_id"], centre_id)
        size = 2 if together else 1
        yield Entry(tuple(range(at + 1, at + 1 + size)), changes[at : at + size])
        at += size


def words(entry: Entry, graphs: tuple[MissionGraph, ...]) -> str:
    """What a line of the list does; bodies are called as the first of the graphs that knows them calls them."""
    name = _caller(graphs)
    first = entry.changes[0]
    if len(entry.changes) == 2:
        centre = name(entry.changes[1].values["source_id"])
        return f"{name(first.values['organisation_id'])} comes in: committed, with a tie to {centre}"
    return _WORDS[first.kind](first.values, name)


def in_names(sentence: str, change: Change, graphs: tuple[MissionGraph, ...]) -> str:
    """The sentence about a change with the names of bodies where it quotes their ids."""
    name = _caller(graphs)
    for value in change.values.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and name(one) != quoted(one):
                sentence = sentence.replace(quoted(one), name(one))
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _caller(graphs: tuple[MissionGraph, ...]) -> Callable[[str], str]:
    def name(own_id: str) -> str:
        for graph in graphs:
            try:
                return graph.name_of(own_id)
            except KeyError:
                pass
            if own_id in requirement_labels(graph):
                return requirement_labels(graph)[own_id]
        return quoted(own_id)

    return name


_Name = Callable[[str], str]


def _engagement(values: Mapping[str, Any], name: _Name) -> str:
    load = f", load {number(values['load'])}" if "load" in values else ""
    role = f", as {values['role']}" if values.get("role") else ""
    return f"{name(values['organisation_id'])} takes part: {values['status']}{role}{load}"


def _tie(values: Mapping[str, Any], name: _Name) -> str:
    said = f"{name(values['source_id'])} and {name(values['target_id'])} begin to work together"
    more = [values["kind"].replace("-", " ")] if "kind" in values else []
    more += [LEVEL_LABELS[int(values["level"])]] if "level" in values else []
    more += [f"strength {number(values['strength'])}"] if "strength" in values else []
    more += [f"on {values['fund']}"] if values.get("fund") else []
    return f"{said}: {', '.join(more)}" if more else said


def _merge(values: Mapping[str, Any], name: _Name) -> str:
    gone = [name(body) for body in values["organisation_ids"] if body != values["into"]]
    return f"{listed(gone, 5)} {'merges' if len(gone) == 1 else 'merge'} into {name(values['into'])}"


def _split(values: Mapping[str, Any], name: _Name) -> str:
    return f"{name(values['organisation_id'])} splits into {listed([part['name'] for part in values['parts']], 5)}"


def _requirement(values: Mapping[str, Any], name: _Name) -> str:
    more = []
    if "minimum" in values:
        least = int(values["minimum"])
        more.append(f"{counted(least, 'partner')} {'is' if least == 1 else 'are'} enough")
    more += [f"weight {number(values['weight'])}"] if "weight" in values else []
    more += [f"only {SECTOR_LABELS[values['sector']].casefold()} counts"] if values.get("sector") else []
    return f"{name(values['requirement_id'])} asks for something else: {', '.join(more) or 'nothing new'}"


def _pair(verb: str) -> Callable[[Mapping[str, Any], _Name], str]:
    return lambda values, name: f"{name(values['source_id'])} and {name(values['target_id'])} {verb}"


_WORDS: Final = MappingProxyType[str, Callable[[Mapping[str, Any], _Name], str]](
    {
        "add-engagement": _engagement,
        "withdraw-engagement": lambda values, name: f"{name(values['organisation_id'])} leaves the mission",
        "add-tie": _tie,
        "end-tie": _pair("no longer work together"),
        "strengthen-tie": lambda values, name: (
            f"{_pair('work more closely')(values, name)}: {LEVEL_LABELS[int(values['level'])]}"
        ),
        "abolish": lambda values, name: f"{name(values['organisation_id'])} is abolished",
        "merge": _merge,
        "split": _split,
        "move": lambda values, name: f"{name(values['organisation_id'])} moves to {name(values['parent_id'])}",
        "end-fund": lambda values, _: f"{values['fund']} ends",
        "move-date": lambda values, _: f"The mission is looked at on {values['date']:%-d %B %Y}",
        "change-requirement": _requirement,
        "drop-requirement": lambda values, name: f"{name(values['requirement_id'])} is no longer asked for",
    }
)
