"""What are capabilities, places and requirements called?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["capability_names", "place_names", "requirement_labels"]


@derived
def capability_names(graph: MissionGraph) -> Mapping[str, str]:
    """The name of every capability by its id."""
    return MappingProxyType(dict(zip(graph.capabilities["capability_id"], graph.capabilities["name"], strict=True)))


@derived
def place_names(graph: MissionGraph) -> Mapping[str, str]:
    """The name of every place by its id."""
    return MappingProxyType(dict(zip(graph.places["place_id"], graph.places["name"], strict=True)))


@derived
def requirement_labels(graph: MissionGraph) -> Mapping[str, str]:
    """Every requirement of the mission as people call it: the capability in the place."""
    what, where, rows = capability_names(graph), place_names(graph), graph.requirements
    labels = [f"{what[c]} in {where[p]}" for c, p in zip(rows["capability_id"], rows["place_id"], strict=True)]
    return MappingProxyType(dict(zip(rows["requirement_id"], labels, strict=True)))
