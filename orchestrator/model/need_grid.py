"""The need grid of a mission as the frame that its figures are drawn from, on pages and in documents alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from orchestrator.drawing.coverage_frame import STATES, Capability, CoverageFrame, Need, Place
from orchestrator.model.coverage import coverage
from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.places import containment

__all__ = ["inside", "inside_a_tile", "need_grid_frame", "other_places", "part_of", "regions"]


def need_grid_frame(
    graph: MissionGraph,
    address: Callable[[str, str], str] = lambda *_: "",
    needs: pd.DataFrame | None = None,
    *,
    blank: str = "not required",
    current: tuple[str, str] = ("", ""),
) -> CoverageFrame:
    """Every capability and place that the mission has a requirement for, with the state of each cell.

    Where several requirements share a cell (one a sector, say), the cell shows the worst of them. ``address`` says
    where a cell leads (of a capability and a place; of a tile, the capability is blank). A place inside one that has a
    tile keeps none: its own stands on a finer map, whose positions count otherwise.

    ``needs`` are requirements with their state (None: all those of the mission); ``blank`` says why a cell without one
    is empty; ``current`` is the capability and place that are looked at.
    """
    needs = coverage(graph).requirements if needs is None else needs
    worst = needs.assign(worst=needs["state"].map({s: i for i, s in enumerate(STATES)}))
    finer = inside_a_tile(graph)
    worst = worst.sort_values(["worst", "requirement_id"]).drop_duplicates(["capability_id", "place_id"])
    return CoverageFrame(
        places=tuple(
            Place(row.place_id, row.name, *_tile(row, finer), address("", row.place_id), row.place_id == current[1])
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
                (row.capability_id, row.place_id) == current,
            )
            for row in _rows(worst.sort_values("requirement_id"))
        ),
        blank=blank,
    )


def regions(frame: CoverageFrame) -> CoverageFrame:
    """The part of the frame that stands on the tile map; the whole frame if no place has a tile."""
    tiled = {place.place_id for place in frame.places if place.tile_column is not None and place.tile_row is not None}
    return part_of(frame, tiled) if tiled else frame


def other_places(frame: CoverageFrame) -> CoverageFrame:
    """The part of the frame that has no tile; empty if no place has one, since then all stand together."""
    return part_of(frame, {p.place_id for p in frame.places} - {p.place_id for p in regions(frame).places})


def part_of(frame: CoverageFrame, places: set[str]) -> CoverageFrame:
    """The frame with some of its places only, and the capabilities that are asked for there."""
    needs = tuple(need for need in frame.needs if need.place_id in places)
    asked = {need.capability_id for need in needs}
    return CoverageFrame(
        tuple(place for place in frame.places if place.place_id in places),
        tuple(one for one in frame.capabilities if one.capability_id in asked),
        needs,
        frame.blank,
    )


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


@derived
def inside(graph: MissionGraph) -> pd.DataFrame:
    """Which places contain which: ``place_id`` and ``container_id``, a place with itself first."""
    return containment(graph.places)


@derived
def inside_a_tile(graph: MissionGraph) -> set[str]:
    """Places that lie in another one with a tile."""
    tiled = graph.places.dropna(subset=["tile_column", "tile_row"])["place_id"]
    pairs = inside(graph)
    return set(pairs.loc[pairs["container_id"].isin(tiled) & (pairs["place_id"] != pairs["container_id"]), "place_id"])


def _tile(row: Any, finer: set[str]) -> tuple[int | None, int | None]:
    if row.place_id in finer or pd.isna(row.tile_column) or pd.isna(row.tile_row):
        return None, None
    return int(row.tile_column), int(row.tile_row)
