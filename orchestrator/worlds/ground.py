"""What is the same in every world: who is a member, what is needed, and who has offered and agreed to provide it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["Ground", "ground"]


@dataclass(frozen=True)
class Ground:
    """The mission without its ties, as arrays. Members and requirements are positions.

    Columns of requirements: ``weight``, ``minimum``, ``no_data`` and ``on_paper`` (in which state it is while nobody
    works: whether nothing is known, whether anybody takes part), ``last_on_paper`` (the only provider that takes part,
    else −1). Columns of engaged providers, sorted by requirement and family: ``member`` and ``family`` (counted over
    all requirements). ``family_need``: the requirement of each family.
    """

    members: int
    centre: int
    sector: np.ndarray
    weight: np.ndarray
    minimum: np.ndarray
    no_data: np.ndarray
    on_paper: np.ndarray
    last_on_paper: np.ndarray
    member: np.ndarray
    family: np.ndarray
    family_need: np.ndarray

    @property
    def needs(self) -> int:
        """How many requirements are there?"""
        return len(self.weight)


def ground(graph: MissionGraph) -> Ground:
    """Everything that ties do not change, from the tables of the mission graph. Empty columns without requirements."""
    grid = coverage(graph)
    members = pd.Index(graph.members)
    providers = grid.providers
    engaged = providers[providers["organisation_id"].isin(graph.engaged)]
    engaged = engaged.sort_values(["requirement", "family"], kind="stable")
    family = engaged.groupby(["requirement", "family"], sort=True).ngroup().to_numpy(dtype=np.int64)
    needs, count = grid.requirements, len(grid.requirements)
    on_paper, last = _on_paper(providers, members, count)
    sector = graph.organisations.set_index("organisation_id")["sector"].reindex(members)
    return Ground(
        members=len(members),
        centre=graph.centre,
        sector=pd.Index(SECTORS).get_indexer(pd.Index(sector)).astype(np.int64),
        weight=needs["weight"].to_numpy(dtype=np.float64),
        minimum=np.ceil(needs["minimum"].to_numpy(dtype=np.float64)),
        no_data=(needs["state"] == "no-data").to_numpy(dtype=bool),
        on_paper=on_paper,
        last_on_paper=last,
        member=members.get_indexer(pd.Index(engaged["organisation_id"])).astype(np.int64),
        family=family,
        family_need=engaged["requirement"].to_numpy(dtype=np.int64)[_firsts(family)],
    )


def _on_paper(providers: pd.DataFrame, members: pd.Index, count: int) -> tuple[np.ndarray, np.ndarray]:
    """By requirement: does a provider take part, and which one is it if there is only one (−1: none, or several)?"""
    taking = providers[providers["takes_part"]]
    need = taking["requirement"].to_numpy(dtype=np.int64)
    many = np.bincount(need, minlength=count)
    last = np.full(count, -1, np.int64)
    last[need] = members.get_indexer(pd.Index(taking["organisation_id"]))
    last[many != 1] = -1
    return many > 0, last


def _firsts(family: np.ndarray) -> np.ndarray:
    """The first row of each family."""
    return np.flatnonzero(np.append(True, family[1:] != family[:-1])) if len(family) else family
