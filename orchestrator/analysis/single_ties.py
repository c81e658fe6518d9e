"""Which single ties does contact with the centre hang on?"""

from __future__ import annotations

from orchestrator.model.findings import Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import cut_off_by_tie

__all__ = ["analyse_single_ties"]


def analyse_single_ties(graph: MissionGraph) -> Findings:
    """Which ties are the only link between two sides, and whom does losing each cut off from the centre?

    Measures a tie, in the order of its ends: ``strength``, ``confidence`` (0 to 1), ``is_bridge``, ``cut_off`` (ids).
    No findings of its own: the bodies at the ends say the same, and louder. Cost grows with members and ties.
    """
    lost = cut_off_by_tie(graph)
    is_bridge: list[bool] = [False] * len(graph.ends)
    cut_off: list[tuple[str, ...]] = [()] * len(graph.ends)
    for tie, members in lost.items():
        is_bridge[tie] = True
        cut_off[tie] = tuple(graph.members[member] for member in members.tolist())
    return Findings(
        (
            Measure("strength", "tie", tuple(graph.strength.tolist())),
            Measure("confidence", "tie", tuple(graph.confidence.tolist()), "probability"),
            Measure("is_bridge", "tie", tuple(is_bridge)),
            Measure("cut_off", "tie", tuple(cut_off)),
        )
    )
