"""From a mission graph to the arrays of the choice: who of the candidates could fill which open need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from orchestrator.errors import WrongUsage
from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.partners.candidates import Candidates
from orchestrator.partners.problem import Limits, Problem
from orchestrator.partners.request import Request
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["Grid", "grid"]


@dataclass(frozen=True)
class Grid:
    """The choice for a mission. ``ids`` of the bodies that could fill an open need within the limits by sector.

    ``problem`` has one need a requirement, in the order of the requirements, and the bodies in the order of ``ids``.
    ``rows``: their rows of the table of candidates. ``known``: by requirement (position), the candidates that provide
    it, whatever the limits by sector say. ``uncovered``: positions of requirements.
    """

    ids: tuple[str, ...]
    problem: Problem
    rows: pd.DataFrame
    known: Mapping[int, frozenset[str]]
    uncovered: np.ndarray
    today: float


def grid(graph: MissionGraph, found: Candidates, request: Request) -> Grid:
    """Who could fill which need? A need is open where fewer families work than its minimum; a family that works there
    already adds nothing. Cost grows with the pairs of requirements and providers.

    Raises WrongUsage where the limits by sector ask for more bodies than there are.
    """
    grown = coverage(graph)
    wanted, pairs = grown.requirements, grown.providers
    weight = wanted["weight"].to_numpy(dtype=float)
    minimum, working = wanted["minimum"].to_numpy(dtype=np.int64), wanted["families"].to_numpy(dtype=np.int64)
    room = np.maximum(0, minimum - working)
    counted = np.minimum(working, minimum)
    table = found.table
    supply = _supply(pairs, room, table)
    useful = np.flatnonzero(np.isin(np.arange(len(table)), supply["candidate_at"]) & _in_named_sectors(table, request))
    rows = table.iloc[useful].reset_index(drop=True)
    at = np.full(len(table), -1, np.int64)
    at[useful] = np.arange(len(useful))
    body = at[supply["candidate_at"].to_numpy(dtype=np.int64)]
    supply = supply.assign(body=body)[body >= 0].sort_values(["body", "requirement"], kind="stable")
    units = supply[["requirement", "family"]].drop_duplicates().sort_values(["requirement", "family"])
    number = pd.MultiIndex.from_frame(units).get_indexer(pd.MultiIndex.from_frame(supply[["requirement", "family"]]))
    problem = Problem(
        cost=rows["cost"].to_numpy(dtype=float),
        body=supply["body"].to_numpy(dtype=np.int64),
        unit=np.asarray(number, dtype=np.int64),
        need=units["requirement"].to_numpy(dtype=np.int64),
        first=np.where(working == 0, weight, weight / 2),
        further=weight / 2,
        room=room,
        limits=_limits(rows, request),
    )
    providing = pairs[pairs["organisation_id"].isin(table["organisation_id"])]
    known: dict[int, set[str]] = {}
    for need, name in zip(providing["requirement"].tolist(), providing["organisation_id"], strict=True):
        known.setdefault(need, set()).add(name)
    return Grid(
        ids=tuple(rows["organisation_id"]),
        problem=problem,
        rows=rows,
        known=MappingProxyType({need: frozenset(names) for need, names in known.items()}),
        uncovered=np.flatnonzero(room > 0),
        today=float(np.where(counted > 0, weight * (1 + counted) / 2, 0.0).sum()),
    )


def _supply(pairs: pd.DataFrame, room: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of providers that would add a family to an open need, with the candidate's position in the table."""
    works = pairs.loc[pairs["working"], ["requirement", "family"]].drop_duplicates()
    there = pd.MultiIndex.from_frame(pairs[["requirement", "family"]]).isin(pd.MultiIndex.from_frame(works))
    candidate_at = pd.Index(table["organisation_id"]).get_indexer(pd.Index(pairs["organisation_id"]))
    adds = (candidate_at >= 0) & ~there & (room[pairs["requirement"].to_numpy(dtype=np.int64)] > 0)
    supply: pd.DataFrame = pairs.assign(candidate_at=candidate_at)[adds]
    return supply


def _in_named_sectors(table: pd.DataFrame, request: Request) -> np.ndarray:
    if not request.only:
        return np.ones(len(table), np.bool_)
    return table["sector"].isin(list(request.sectors)).to_numpy()


def _limits(rows: pd.DataFrame, request: Request) -> Limits:
    bounded = [name for name, limit in sorted(request.sectors.items()) if limit.least or limit.most is not None]
    group = np.array([bounded.index(name) if name in bounded else -1 for name in rows["sector"]], dtype=np.int64)
    least = np.array([request.sectors[name].least for name in bounded], dtype=np.int64)
    most = np.array([np.inf if (m := request.sectors[name].most) is None else m for name in bounded], dtype=float)
    there = np.bincount(group[group >= 0], minlength=len(bounded))
    for name, asked, available in zip(bounded, least.tolist(), there.tolist(), strict=True):
        if asked > available:
            label = SECTOR_LABELS.get(name, name).lower()
            raise WrongUsage(
                f"--sectors {name}: at least {asked} asked for, but {available} of that sector ({label}) could fill an "
                f"open need and may come in. Ask for {available} or fewer."
            )
    return Limits(request.max_new, request.budget, group, least, most)
