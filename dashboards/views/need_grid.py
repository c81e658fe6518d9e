"""The need grid of a mission, each cell and tile of which leads to the coverage page with it picked."""

from __future__ import annotations

import pandas as pd

from dashboards.selection import Selection
from orchestrator.drawing.coverage_frame import CoverageFrame
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.need_grid import need_grid_frame

__all__ = ["coverage_frame"]


def coverage_frame(
    graph: MissionGraph, selection: Selection, needs: pd.DataFrame | None = None, blank: str = "not required"
) -> CoverageFrame:
    """Every capability and place that the mission has a requirement for, with the state of each cell.

    ``needs`` are requirements with their state (None: all those of the mission), ``blank`` says why another cell is
    empty. The cell or place that the selection picks is marked.
    """
    here = selection.to("coverage", more=selection.more)
    return need_grid_frame(
        graph,
        lambda capability, place: here.address(capability=capability, place=place),
        needs,
        blank=blank,
        current=(selection.capability, selection.place),
    )
