"""The need grid of a mission as the frame that its figures are drawn from, on pages and in documents alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from orchestrator.drawing.coverage_frame import STATES, Capability, CoverageFrame, Need, Place
from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.places import containment

__all__ = ["need_grid_frame", "other_places", "regions"]


def need_grid_frame(graph: MissionGraph, address: Callable[[str, str], str] = lambda *_: "") -> CoverageFrame:
    """Every capability and place that the mission has a requirement for, with the state of each cell.

    Where several requirements share a cell (one a sector, say), the cell shows the worst of them. ``address`` says
    where a cell leads (of a capability and a place; of a tile, the capability is blank). A place inside one that has a
    tile keeps none: its own stands on a finer map, whose positions count otherwise.
    """
    needs = coverage(graph).requirements
    worst = needs.assign(worst=needs["state"].map({s: i for i, s in enumerate(STATES)}))
    finer = _inside_a_tile(graph)
    worst = worst.sort_values(["worst", "requirement_id"]).drop_duplicates(["capability_id", "place_id"])
    return CoverageFrame(
        places=tuple(
            Place(row.place_id, row.name, *_tile(row, finer), address("", row.place_id))
            for row in _rows(graph.places[graph.places["place_id"].isin(worst["place_id"])])
        ),
        capabilities=tuple(
            Capability(row.capability_id, row.name)
            for row in _rows(graph.capabilities[graph.capabilities["capability_id"].isin(worst["capability_id"])])
        ),
        needs=tuple(
            Need(
                row.capability_id,
                row.place_id,
                row.state,
                int(row.families),
                int(row.minimum),
                address(row.capability_id, row.place_id),
            )
            for row in _rows(worst.sort_values("requirement_id"))
        ),
    )


def regions(frame: CoverageFrame) -> CoverageFrame:
    """The part of the frame that stands on the tile map; the whole frame if no place has a tile."""
    tiled = {place.place_id for place in frame.places if place.tile_column is not None and place.tile_row is not None}
    return _part(frame, tiled) if tiled else frame


def other_places(frame: CoverageFrame) -> CoverageFrame:
    """The part of the frame that has no tile; empty if no place has one, since then all stand together."""
    return _part(frame, {p.place_id for p in frame.places} - {p.place_id for p in regions(frame).places})


def _part(frame: CoverageFrame, places: set[str]) -> CoverageFrame:
    needs = tuple(need for need in frame.needs if need.place_id in places)
    asked = {need.capability_id for need in needs}
    return CoverageFrame(
        tuple(place for place in frame.places if place.place_id in places),
        tuple(one for one in frame.capabilities if one.capability_id in asked),
        needs,
    )


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _inside_a_tile(graph: MissionGraph) -> set[str]:
    """Places that lie in another one with a tile."""
    tiled = graph.places.dropna(subset=["tile_column", "tile_row"])["place_id"]
    pairs = containment(graph.places)
    return set(pairs.loc[pairs["container_id"].isin(tiled) & (pairs["place_id"] != pairs["container_id"]), "place_id"])


def _tile(row: Any, finer: set[str]) -> tuple[int | None, int | None]:
    if row.place_id in finer or pd.isna(row.tile_column) or pd.isna(row.tile_row):
        return None, None
    return int(row.tile_column), int(row.tile_row)
