"""What a view says about a body: its name, sector, place and measures, looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from orchestrator.model.labels import place_names
from orchestrator.model.results import Results
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["Bodies", "Body"]


@dataclass(frozen=True)
class Body:
    """A body as pages name it."""

    organisation_id: str
    name: str
    sector: str
    kind: str
    tier: str
    place: str

    @property
    def detail(self) -> str:
        """What stands under its name: sector and place, as far as they are known."""
        return " · ".join(part for part in (SECTOR_LABELS[self.sector], self.place) if part)


@dataclass(frozen=True)
class Bodies:
    """The bodies of a mission's register with what was measured of the members."""

    results: Results

    @cached_property
    def _all(self) -> Mapping[str, Body]:
        graph = self.results.graph
        places = place_names(graph)
        rows = graph.organisations
        columns = (rows[name] for name in ("organisation_id", "name", "sector", "kind", "tier", "seat_place_id"))
        found = {
            row[0]: Body(row[0], row[1], row[2], row[3], row[4], places.get(row[5], ""))
            for row in zip(*columns, strict=True)
        }
        return MappingProxyType(found)

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return MappingProxyType({name: i for i, name in enumerate(self.results.graph.members)})

    def __getitem__(self, organisation_id: str) -> Body:
        return self._all[organisation_id]

    def __contains__(self, organisation_id: str) -> bool:
        return organisation_id in self._all

    def is_member(self, organisation_id: str) -> bool:
        """Does it take part in the mission?"""
        return organisation_id in self._position

    def names(self, ids: tuple[str, ...]) -> list[str]:
        """The names of bodies, in the order given."""
        return [self._all[name].name for name in ids]

    def measured(self, organisation_id: str, name: str) -> Any:
        """A measure of a member; None if it cannot be computed or was not asked for."""
        measure = self.results.measure("organisation", name)
        return None if measure is None else measure.values[self._position[organisation_id]]
