"""A mission graph as the frame that the ring map is drawn from, on pages and in documents alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orchestrator.drawing.ring_frame import FloatArray, MissingPartner, RingFrame
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["NUMBERED", "ring_frame_of"]

#: How many bodies get a numbered disc.
NUMBERED = 7


def ring_frame_of(
    graph: MissionGraph,
    dependency: FloatArray,
    relied_on: Sequence[str] = (),
    missing: Sequence[MissingPartner] = (),
) -> RingFrame:
    """One entry a member, in the order of their ids; the first ``NUMBERED`` of ``relied_on`` are numbered.

    ``dependency`` is the rooted dependency of each member, in bodies; 0 where it is not known.
    """
    rows = graph.organisations[graph.organisations["organisation_id"].isin(graph.members)]
    places = place_names(graph)
    position = {name: i for i, name in enumerate(graph.members)}
    return RingFrame(
        organisation_id=graph.members,
        name=tuple(rows["name"]),
        sector=tuple(rows["sector"]),
        kind=tuple(rows["kind"]),
        tier=tuple(rows["tier"]),
        place=tuple(places.get(place, "") for place in rows["seat_place_id"]),
        hops=np.asarray(hops(graph), dtype=np.int64),
        dependency=dependency,
        centre=graph.centre,
        ties=graph.ends.astype(np.int64),
        relied_on=tuple(position[name] for name in relied_on[:NUMBERED]),
        missing=tuple(missing),
        sectors=tuple(SECTOR_LABELS.items()),
    )
