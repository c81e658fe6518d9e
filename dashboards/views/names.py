"""Which body, requirement or fund is meant by what somebody typed? Works for a register of 50,000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from orchestrator.model.derived import derived
from orchestrator.model.labels import place_names, requirement_labels
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.tables.nearest import nearest
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["MOST", "Named", "Names", "body_names", "fund_names", "requirement_names"]

#: So many are offered where a text fits several.
MOST = 12
#: A longer name is no help in a list of suggestions; its id stands there instead.
LONGEST = 120


@dataclass(frozen=True)
class Named:
    """One that can be meant: its id, its name, and a few words that tell it from others of that name."""

    own_id: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Names:
    """All that can be meant, in the order in which they are offered."""

    everybody: tuple[Named, ...]

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(_fold(one.name) for one in self.everybody)

    @cached_property
    def _by_id(self) -> dict[str, Named]:
        return {one.own_id: one for one in self.everybody}

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(self._folded)

    def exactly(self, text: str) -> Named | None:
        """The one that is meant without doubt: by its id, or by a name that only one has.

        >>> Names((Named("a", "Trust"), Named("b", "Council"))).exactly(" council ").own_id
        'b'
        """
        if text in self._by_id:
            return self._by_id[text]
        folded = _fold(text)
        if self._times[folded] != 1:
            return None
        return self.everybody[self._folded.index(folded)]

    def like(self, text: str, most: int = MOST) -> tuple[Named, ...]:
        """Those whose name or id holds the text, those that begin with it first; else the likest. Empty: none is."""
        folded = _fold(text)
        if not folded:
            return self.everybody[:most]
        found = [
            (_rank(name, folded), at)
            for at, name in enumerate(self._folded)
            if folded in name or folded in self.everybody[at].own_id.casefold()
        ]
        if found:
            return tuple(self.everybody[at] for _, at in sorted(found)[:most])
        near = nearest(text, {one.name for one in self.everybody}, most=3)
        return tuple(one for one in self.everybody if one.name in near)[:most]

    def written(self, one: Named) -> str:
        """How it is written so that ``exactly`` finds it again: by its name, or its id where that says more."""
        return one.name if len(one.name) <= LONGEST and self._times[_fold(one.name)] == 1 else one.own_id

    def beside(self, one: Named) -> str:
        """What stands beside it in a list of suggestions: what tells it apart, and its name where its id is first."""
        name = "" if self.written(one) == one.name else f"{one.name[:LONGEST]}{'…' if len(one.name) > LONGEST else ''}"
        return " · ".join(filter(None, (name, one.detail)))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _rank(name: str, folded: str) -> tuple[int, int]:
    """Names that begin with the text come first, then those with a word that does, then the rest; short ones first."""
    begins = 0 if name.startswith(folded) else 1 if f" {folded}" in name else 2
    return begins, len(name)


@derived
def body_names(graph: MissionGraph) -> Names:
    """Every body of the register, members of the mission first, by name."""
    places, members = place_names(graph), set(graph.members)
    rows = graph.organisations
    columns = (rows[column] for column in ("organisation_id", "name", "sector", "seat_place_id"))
    found = [
        (
            own_id not in members,
            Named(own_id, name, " · ".join(filter(None, (SECTOR_LABELS[sector], places.get(seat))))),
        )
        for own_id, name, sector, seat in zip(*columns, strict=True)
    ]
    return _in_order(one for _, one in sorted(found, key=lambda each: (each[0], each[1].name, each[1].own_id)))


@derived
def requirement_names(graph: MissionGraph) -> Names:
    """Every requirement of the mission, by what and where."""
    labels = sorted(requirement_labels(graph).items(), key=lambda each: (each[1], each[0]))
    return _in_order(Named(own_id, label) for own_id, label in labels)


@derived
def fund_names(graph: MissionGraph) -> Names:
    """Every fund on which an active tie rests, the one with most ties first."""
    rows = graph.tie_rows
    counts = Counter(rows.loc[active_on(rows, graph.as_of) & (rows["fund"] != "").to_numpy(), "fund"])
    funds = sorted(counts, key=lambda fund: (-counts[fund], fund))
    return _in_order(Named(fund, fund, f"{counts[fund]:,} {'tie' if counts[fund] == 1 else 'ties'}") for fund in funds)


def _in_order(found: Iterable[Named]) -> Names:
    return Names(tuple(found))
