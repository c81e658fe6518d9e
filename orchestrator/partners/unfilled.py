"""For which needs is nobody known, and what kind of body is to be looked for?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from orchestrator.model.advice import Unfilled
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import capability_names, place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed
from orchestrator.partners.candidates import Candidates
from orchestrator.partners.grid import Grid
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["still_open", "unfilled"]

_SAID = 3


def unfilled(graph: MissionGraph, found: Grid, everybody: Candidates) -> tuple[Unfilled, ...]:
    """Uncovered requirements that no candidate provides, by id, each with the kind of body that has the capability
    elsewhere, and with bodies that could but are at capacity."""
    rows = graph.requirements
    nobody = [at for at in found.uncovered.tolist() if at not in found.known]
    have = _who_has_what(graph)
    full = set(everybody.full["organisation_id"])
    return tuple(_one(graph, rows.iloc[at], at, have, full) for at in nobody)


def _who_has_what(graph: MissionGraph) -> pd.DataFrame:
    """Bodies by capability, sector and tier: how many have it anywhere."""
    bodies = graph.organisations[["organisation_id", "sector", "tier"]]
    offers = graph.offers[["organisation_id", "capability_id"]].drop_duplicates().merge(bodies, on="organisation_id")
    counts = offers.groupby(["capability_id", "sector", "tier"]).size().rename("bodies").reset_index()
    return counts.sort_values(["bodies", "sector", "tier"], ascending=[False, True, True], kind="stable")


def _one(graph: MissionGraph, row: pd.Series, at: int, have: pd.DataFrame, full: set[str]) -> Unfilled:
    mine = have[have["capability_id"] == row["capability_id"]]
    if row["sector"]:
        mine = mine[mine["sector"] == row["sector"]]
    elsewhere = tuple((str(s), str(t), int(n)) for s, t, n in mine[["sector", "tier", "bodies"]].to_numpy()[:_SAID])
    providers = coverage(graph).providers
    here = providers.loc[providers["requirement"] == at, "organisation_id"]
    busy = tuple(sorted(full.intersection(here)))
    found = Unfilled(
        requirement_id=str(row["requirement_id"]),
        capability_id=str(row["capability_id"]),
        place_id=str(row["place_id"]),
        sector=str(row["sector"]),
        elsewhere=elsewhere,
        full=busy,
        look_for="",
    )
    return Unfilled(**{**found.__dict__, "look_for": _look_for(graph, found)})


def _look_for(graph: MissionGraph, found: Unfilled) -> str:
    what, where = capability_names(graph)[found.capability_id], place_names(graph)[found.place_id]
    sector = f" in the sector {SECTOR_LABELS.get(found.sector, found.sector).lower()}" if found.sector else ""
    text = f"No known candidate for {what} in {where}: look for a body{sector} that delivers there."
    if found.full:
        names = listed([graph.name_of(name) for name in found.full])
        text += f" {names} could, but {'is' if len(found.full) == 1 else 'are'} at capacity."
    if found.elsewhere:
        kinds = [
            f"{SECTOR_LABELS.get(sector, sector).lower()}{_tier(tier)} ({counted(n, 'body', 'bodies')})"
            for sector, tier, n in found.elsewhere
        ]
        text += f" Elsewhere it is offered by {listed(kinds)}."
    else:
        text += " Nobody is on record as offering it anywhere."
    return text


def _tier(tier: str) -> str:
    return f" of tier {tier}" if tier else ""


def still_open(graph: MissionGraph, found: Grid, chosen: np.ndarray) -> tuple[str, ...]:
    """Requirements that the choice leaves uncovered, by id."""
    names = graph.requirements["requirement_id"].to_numpy()
    return tuple(names[found.problem.filled(chosen) < found.problem.room])
