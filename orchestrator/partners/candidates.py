"""Who could be brought in, what each carries already, and what bringing each in costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import pandas as pd

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.model.coverage import working_bodies
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.partners.ways import Ways
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["Candidates", "candidates", "loads"]


@dataclass(frozen=True)
class Candidates:
    """The bodies that may be brought in, and those that are full or too far.

    ``table``: ``organisation_id``, ``sector``, ``load_before``, ``load_after``, ``capacity`` (NaN: unknown), ``cost``,
    ``steps`` from the centre (−1: no way), in the order in which equals are preferred. ``full`` and ``far`` are tables
    of the same form.
    """

    table: pd.DataFrame
    full: pd.DataFrame
    far: pd.DataFrame

    @property
    def anybody(self) -> bool:
        """Is there any body outside, full and far ones included?"""
        return bool(len(self.table) or len(self.full) or len(self.far))


def loads(graph: MissionGraph) -> pd.Series:
    """What does each body carry over all missions, by its active engagements that are committed or delivering?"""
    rows = graph.engagements
    return rows[rows["status"].isin(WORKING_STATUSES)].groupby("organisation_id")["load"].sum()


def candidates(graph: MissionGraph, reach: Ways, within: int | None = None) -> Candidates:
    """Every body of the register but the centre, those that work already and those that withdrew from the mission.

    Coming in adds 1 to the load of a body, nothing if it is engaged in the mission already. Whoever would carry more
    than its capacity is full; whoever is more than ``within`` steps away is far. Equals: the lower share of its
    capacity (unknown ones after those that are known), the lower load, the fewer steps, then the id.

    Raises BadData for a cost that is no number.
    """
    table = graph.organisations
    withdrawn = graph.mission_engagements.query("status == 'withdrawn'")["organisation_id"]
    out = {graph.centre_id, *working_bodies(graph), *withdrawn}
    table = table.assign(steps=reach.steps, cost=_costs(table))[~table["organisation_id"].isin(out)]
    before = table["organisation_id"].map(loads(graph)).fillna(0.0).astype(float)
    engaged = table["organisation_id"].isin(graph.engaged)
    found = pd.DataFrame(
        {
            "organisation_id": table["organisation_id"],
            "sector": table["sector"],
            "load_before": before,
            "load_after": before + np.where(engaged, 0.0, 1.0),
            "capacity": table["capacity"],
            "cost": table["cost"],
            "steps": table["steps"],
        }
    )
    found = _preferred_first(found)
    full = (found["load_after"] > found["capacity"]).to_numpy()
    far = ~full & (~found["steps"].between(0, within).to_numpy() if within is not None else np.False_)
    parts = (found[rows].reset_index(drop=True) for rows in (~full & ~far, full, far))
    return Candidates(*parts)


def _preferred_first(found: pd.DataFrame) -> pd.DataFrame:
    share = (found["load_after"] / found["capacity"].where(found["capacity"] > 0, 1.0)).where(found["capacity"].notna())
    by = found.assign(share=share, way=found["steps"].where(found["steps"] >= 0, np.iinfo(np.int32).max))
    order = by.sort_values(["share", "load_after", "way", "organisation_id"], na_position="last", kind="stable").index
    return found.loc[order]


def _costs(organisations: pd.DataFrame) -> np.ndarray:
    """What each body costs: 1, or what the column ``cost`` says; a blank there counts as the highest that is known."""
    if "cost" not in organisations:
        return np.ones(len(organisations))
    texts = organisations["cost"].astype("str").str.strip()
    costs = pd.to_numeric(texts.where(texts != ""), errors="coerce").to_numpy(dtype=float)
    wrong = [
        Problem(f"{quoted(text)} is not a cost ({name}).", "organisations.csv", column="cost", value=text,
                allowed="Use a number from 0 on, or leave all of the column out: then each counts 1.")
        for name, text, cost in zip(organisations["organisation_id"], texts, costs, strict=True)
        if text and not (isfinite(cost) and cost >= 0)
    ]  # fmt: skip
    if wrong:
        raise BadData(wrong)
    highest = np.nanmax(costs) if np.isfinite(costs).any() else 1.0
    return np.where(np.isfinite(costs), costs, highest)
