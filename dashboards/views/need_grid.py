"""The need grid of a mission, each cell and tile of which leads to the coverage page with it picked."""

from __future__ import annotations

from dashboards.selection import Selection
from orchestrator.drawing.coverage_frame import CoverageFrame
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.need_grid import need_grid_frame, other_places, regions

__all__ = ["coverage_frame", "other_places", "regions"]


def coverage_frame(graph: MissionGraph, selection: Selection) -> CoverageFrame:
    """Every capability and place that the mission has a requirement for, with the state of each cell."""
    here = selection.to("coverage")
    return need_grid_frame(graph, lambda capability, place: here.address(capability=capability, place=place))
