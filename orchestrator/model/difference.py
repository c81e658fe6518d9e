"""What is different between two results of one mission, in lists and in sentences?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from orchestrator.model.findings import Finding
from orchestrator.model.labels import requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import STATE_LABELS

__all__ = ["Difference", "StateChange", "difference"]

#: From best to worst; what cannot be judged stands apart.
_ORDER = ("covered", "thin", "on-paper", "gap")


@dataclass(frozen=True)
class StateChange:
    """A requirement whose state is another one; ``before`` or ``after`` is blank where it was not there."""

    requirement_id: str
    label: str
    before: str
    after: str

    @property
    def worse(self) -> bool | None:
        """Is it worse than before? None where one of the two cannot be judged."""
        if self.before not in _ORDER or self.after not in _ORDER:
            return None
        return _ORDER.index(self.after) > _ORDER.index(self.before)


@dataclass(frozen=True)
class Difference:
    """What is different. Every part may be empty; ``sentences`` then say that nothing changes."""

    states: tuple[StateChange, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    lost_route: tuple[str, ...]
    gained_route: tuple[str, ...]
    findings_new: tuple[Finding, ...]
    findings_gone: tuple[Finding, ...]
    sentences: tuple[str, ...]


def difference(before: Results, after: Results) -> Difference:
    """What is different afterwards? Requirements, members, routes and findings, each sorted by id.

    A finding counts as new or gone by its ``finding_id``. Cost grows with what is compared.
    """
    states = _state_changes(before, after)
    members = set(before.graph.members), set(after.graph.members)
    reached = _reached(before), _reached(after)
    stayed = members[0] & members[1]
    known = {f.finding_id for f in before.findings}, {f.finding_id for f in after.findings}
    parts = Difference(
        states=states,
        joined=tuple(sorted(members[1] - members[0])),
        left=tuple(sorted(members[0] - members[1])),
        lost_route=tuple(sorted((reached[0] - reached[1]) & stayed)),
        gained_route=tuple(sorted((reached[1] - reached[0]) & stayed)),
        findings_new=tuple(f for f in after.findings if f.finding_id not in known[0]),
        findings_gone=tuple(f for f in before.findings if f.finding_id not in known[1]),
        sentences=(),
    )
    return replace(parts, sentences=_sentences(before, after, parts))


def _state_changes(before: Results, after: Results) -> tuple[StateChange, ...]:
    was, now = _states(before), _states(after)
    labels = {**requirement_labels(before.graph), **requirement_labels(after.graph)}
    return tuple(
        StateChange(name, labels[name], was.get(name, ""), now.get(name, ""))
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    )


def _states(results: Results) -> Mapping[str, str]:
    measure = results.measure("requirement", "state")
    ids = results.graph.requirements["requirement_id"]
    return dict(zip(ids, measure.values, strict=True)) if measure else {}


def _reached(results: Results) -> set[str]:
    measure = results.measure("organisation", "hops")
    hops = measure.values if measure else [None] * len(results.graph.members)
    return {name for name, steps in zip(results.graph.members, hops, strict=True) if steps is not None}


def _sentences(before: Results, after: Results, found: Difference) -> tuple[str, ...]:
    said = [
        _about_states("would be worse covered", [s for s in found.states if s.worse]),
        _about_states("would be better covered", [s for s in found.states if s.worse is False]),
        _about_states("could be judged differently", [s for s in found.states if s.worse is None]),
        _about_bodies("would lose every route to the centre", before, found.lost_route),
        _about_bodies("would gain a route to the centre", after, found.gained_route),
        _about_bodies("would join the network", after, found.joined),
        _about_bodies("would leave the network", before, found.left),
    ]
    return tuple(text for text in said if text) or ("Nothing that is measured here would change.",)


def _about_states(verb: str, changes: list[StateChange]) -> str:
    if not changes:
        return ""
    named = [f"{change.label} ({_word(change.before)} → {_word(change.after)})" for change in changes]
    return sentence(f"{counted(len(changes), 'requirement')} {verb}: {listed(named)}")


def _word(state: str) -> str:
    return STATE_LABELS[state].casefold() if state else "not asked for"


def _about_bodies(verb: str, results: Results, bodies: tuple[str, ...]) -> str:
    if not bodies:
        return ""
    names = [results.graph.name_of(body) for body in bodies]
    return sentence(f"{counted(len(bodies), 'organisation')} {verb}: {listed(names)}")
