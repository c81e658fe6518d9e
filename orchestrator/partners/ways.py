"""How does the centre come to a body of the register, over ties that there are: who could introduce us?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orchestrator.kernels import Rows, rows_of, steps_from
from orchestrator.model.mission_graph import MissionGraph, active_on

__all__ = ["Ways", "ways"]


@dataclass(frozen=True)
class Ways:
    """Steps from the centre to every body of the register (−1: no way), over ties that are active.

    Ties are those of the mission and standing ones from the graph's level on, of any body, member or not.
    """

    ids: tuple[str, ...]
    at: Mapping[str, int]
    steps: np.ndarray
    rows: Rows
    takes_part: np.ndarray
    firm: np.ndarray

    def to(self, organisation_id: str) -> tuple[str, ...]:
        """The bodies between the centre and this one on a shortest way, in order; empty for a direct tie or no way.

        Of several bodies as near, one that takes part in the mission is preferred, then one that is no firm, then the
        first by id.
        """
        here, found = self.at[organisation_id], []
        while self.steps[here] > 1:
            near = self.rows.neighbours[self.rows.offsets[here] : self.rows.offsets[here + 1]]
            near = near[self.steps[near] == self.steps[here] - 1]
            here = int(near[np.lexsort((near, self.firm[near], ~self.takes_part[near]))[0]])
            found.append(self.ids[here])
        return tuple(reversed(found))


def ways(graph: MissionGraph) -> Ways:
    """How far is each body of the register from the centre? One breadth-first search over all ties that are active."""
    ids = graph.organisations["organisation_id"]
    index = pd.Index(ids)
    ties = graph.tie_rows
    ties = ties[active_on(ties, graph.as_of) & (ties["level"] >= graph.min_level).to_numpy()]
    source, target = (index.get_indexer(pd.Index(ties[end])) for end in ("source_id", "target_id"))
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(np.column_stack([low, high])[low != high], axis=0)
    rows = rows_of(len(ids), pairs.reshape(-1, 2))
    centre = np.array([index.get_loc(graph.centre_id)])
    steps = steps_from(rows.offsets, rows.neighbours, centre, np.zeros(len(ids), np.bool_))
    takes_part = index.isin([*graph.taking_part, *graph.members])
    firm = (graph.organisations["sector"] == "firm").to_numpy()
    return Ways(tuple(ids), {name: at for at, name in enumerate(ids)}, steps, rows, takes_part, firm)
