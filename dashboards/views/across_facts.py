"""What one mission adds to the page across missions: small, so that it can be worked out apart and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.need_grid import need_grid_frame
from orchestrator.model.routes import dependence

__all__ = ["MissionFacts", "ServedPlace", "facts_of"]


@dataclass(frozen=True)
class ServedPlace:
    """A place of the need grid, its tile if it has one, and whether somebody is at work there on any requirement."""

    place_id: str
    name: str
    tile: tuple[int, int] | None
    worked_on: bool


@dataclass(frozen=True)
class MissionFacts:
    """Who is at work in a mission, who cuts off how many others from its centre, and which places it serves."""

    mission_id: str
    title: str
    mission_set: str
    at_work: tuple[str, ...]
    cut_off: Mapping[str, int]
    places: tuple[ServedPlace, ...]


def facts_of(graph: MissionGraph) -> MissionFacts:
    """What of this mission matters beside others? One search over its ties and the need grid: no further analysis."""
    tree = dependence(graph)
    sizes = {
        name: int(tree.size[i]) - 1
        for i, name in enumerate(graph.members)
        if name != graph.centre_id and tree.enter[i] >= 0 and tree.size[i] > 1
    }
    needs = coverage(graph).requirements
    served = set(needs.loc[np.asarray(needs["families"] > 0), "place_id"])
    places = tuple(
        ServedPlace(
            place.place_id,
            place.name,
            None if place.tile_column is None or place.tile_row is None else (place.tile_column, place.tile_row),
            place.place_id in served,
        )
        for place in need_grid_frame(graph).places
    )
    return MissionFacts(
        graph.mission_id,
        graph.title,
        graph.mission.get("mission_set", ""),
        tuple(sorted(graph.engaged)),
        sizes,
        places,
    )
