"""Which bodies are of a place: seated there or inside it, or delivering there or inside it?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.places import containment

__all__ = ["bodies_of_places", "members_of_places", "needed_places"]


@derived
def needed_places(graph: MissionGraph) -> tuple[str, ...]:
    """The places of the mission's need grid, by id; none without requirements."""
    return tuple(sorted(set(graph.requirements["place_id"])))


@derived
def bodies_of_places(graph: MissionGraph) -> pd.DataFrame:
    """Every body of the register with each needed place that it is of: ``place_id``, ``organisation_id``.

    A body that delivers in the whole country is not of each place in it. Cost grows with bodies and offers times how
    deep places nest.
    """
    register = graph.organisations
    seats = register.loc[register["seat_place_id"] != "", ["organisation_id", "seat_place_id"]]
    offers = graph.offers[["organisation_id", "place_id"]].drop_duplicates()
    held = pd.concat([seats.rename(columns={"seat_place_id": "place_id"}), offers])
    inside = containment(graph.places)
    inside = inside[inside["container_id"].isin(needed_places(graph))]
    pairs = held.merge(inside, on="place_id")[["container_id", "organisation_id"]].drop_duplicates()
    pairs = pairs.rename(columns={"container_id": "place_id"}).sort_values(["place_id", "organisation_id"])
    return pairs.reset_index(drop=True)


@derived
def members_of_places(graph: MissionGraph) -> dict[str, np.ndarray]:
    """For every needed place which members are of it: bool, in the order of the members."""
    pairs = bodies_of_places(graph)
    at = pd.Index(graph.members).get_indexer(pd.Index(pairs["organisation_id"]))
    found = {}
    codes = pd.Index(needed_places(graph)).get_indexer(pd.Index(pairs["place_id"]))
    for i, place in enumerate(needed_places(graph)):
        mask = np.zeros(len(graph.members), dtype=np.bool_)
        mask[at[(codes == i) & (at >= 0)]] = True
        found[place] = mask
    return found
