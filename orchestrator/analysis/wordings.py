"""What several analyses say in the same way: names, topics, whom a measure leaves blank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.tables.vocabulary import SECTOR_LABELS, SECTORS

__all__ = ["RELIED_ON", "blank_centre", "evidence", "names", "sector_codes", "sector_label"]

#: Findings on a body that others rely on, in whatever way, are one finding.
RELIED_ON: Final = "relied on"


def blank_centre(graph: MissionGraph, values: Sequence[Any]) -> tuple[Any, ...]:
    """The values with None for the centre: leaving it out is a test of its own."""
    centre = graph.centre
    return tuple(None if i == centre else value for i, value in enumerate(values))


def names(graph: MissionGraph, ids: Iterable[str]) -> list[str]:
    """The names of bodies, in the order given."""
    return [graph.name_of(body) for body in ids]


def evidence(table: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The rows that a finding rests on."""
    return tuple(f"{table}:{name}" for name in ids)


def sector_label(sector: str) -> str:
    """The sector as it stands inside a sentence.

    >>> sector_label("firm"), sector_label("central")
    ('firms', 'central government')
    """
    label = SECTOR_LABELS[sector]
    return label[0].lower() + label[1:]


@derived
def sector_codes(graph: MissionGraph) -> np.ndarray:
    """The sector of every member as its position in the list of sectors, int64."""
    register = graph.organisations
    at = np.searchsorted(register["organisation_id"].to_numpy(dtype=object), np.array(graph.members, dtype=object))
    order = {sector: i for i, sector in enumerate(SECTORS)}
    return np.array([order[s] for s in register["sector"].to_numpy(dtype=object)[at]], dtype=np.int64)
