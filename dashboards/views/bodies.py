"""What a view says about a body: its name, sector, place and measures, looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from orchestrator.model.derived import derived
from orchestrator.model.labels import place_names, requirement_labels
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.tables.pack import Pack
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["Bodies", "Body", "bodies_of"]


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


def bodies_of(pack: Pack, ids: Iterable[str]) -> Mapping[str, Body]:
    """Bodies of the register by id, whether they take part in anything or not; ids that there are not are left out."""
    rows = pack["organisations"]
    rows = rows[rows["organisation_id"].isin(set(ids))]
    places = dict(zip(pack["places"]["place_id"], pack["places"]["name"], strict=True))
    return MappingProxyType(_by_id(rows, places))


def _by_id(rows: pd.DataFrame, places: Mapping[str, str]) -> dict[str, Body]:
    columns = (rows[name] for name in ("organisation_id", "name", "sector", "kind", "tier", "seat_place_id"))
    return {
        row[0]: Body(row[0], row[1], row[2], row[3], row[4], places.get(row[5], ""))
        for row in zip(*columns, strict=True)
    }


@derived
def _of_register(graph: MissionGraph) -> Mapping[str, Body]:
    return MappingProxyType(_by_id(graph.organisations, place_names(graph)))


@derived
def _positions(graph: MissionGraph) -> Mapping[str, int]:
    return MappingProxyType({name: at for at, name in enumerate(graph.members)})


@dataclass(frozen=True)
class Bodies:
    """The bodies of a mission's register with what was measured of the members."""

    results: Results

    @property
    def _all(self) -> Mapping[str, Body]:
        return _of_register(self.results.graph)

    @property
    def _position(self) -> Mapping[str, int]:
        return _positions(self.results.graph)

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

    def requirements(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Requirements of the mission as people call them, in the order given."""
        labels = requirement_labels(self.results.graph)
        return tuple(labels[need] for need in ids)

    def measured(self, organisation_id: str, name: str) -> Any:
        """A measure of a member; None if it cannot be computed or was not asked for."""
        measure = self.results.measure("organisation", name)
        return None if measure is None else measure.values[self._position[organisation_id]]
