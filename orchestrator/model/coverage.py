"""The need grid: who provides what is needed where, who of them works, and in which state each requirement is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.places import containment
from orchestrator.model.routes import hops

__all__ = ["Coverage", "coverage", "coverage_of"]


@dataclass(frozen=True)
class Coverage:
    """Every requirement with its providers.

    ``requirements``: the table of requirements with ``families`` (how many independent families work) and ``state``
    (covered, thin, on-paper, gap, no-data), in the order of their ids.
    ``providers``: one row a requirement and provider: ``requirement`` (position in the table), ``organisation_id``,
    ``family``, ``working``, ``takes_part`` (an active engagement that is not withdrawn), ``candidate`` (no active
    engagement in the mission at all); sorted by both.
    """

    requirements: pd.DataFrame
    providers: pd.DataFrame

    def who(self, requirement: int, which: str) -> tuple[str, ...]:
        """Ids of the providers of a requirement that are ``working``, ``on_paper`` or a ``candidate``."""
        first, last = np.searchsorted(self.providers["requirement"].to_numpy(), [requirement, requirement + 1])
        here = self.providers.iloc[first:last]
        chosen = here["takes_part"] & ~here["working"] if which == "on_paper" else here[which]
        return tuple(here.loc[chosen, "organisation_id"])

    def lists(self, which: str) -> tuple[tuple[str, ...], ...]:
        """What ``who`` says of every requirement in order, in one pass."""
        rows = self.providers
        chosen = rows["takes_part"] & ~rows["working"] if which == "on_paper" else rows[which]
        ids = rows["organisation_id"].to_numpy(dtype=object)[chosen.to_numpy(dtype=bool)]
        of = rows["requirement"].to_numpy()[chosen.to_numpy(dtype=bool)]
        bounds = np.searchsorted(of, np.arange(len(self.requirements) + 1))
        return tuple(tuple(ids[first:last]) for first, last in pairwise(bounds.tolist()))


@derived
def coverage(graph: MissionGraph) -> Coverage:
    """Which requirements are covered, thin, on paper only, a gap, and of which do we know nothing?

    A provider offers the capability at the place or at one that contains it, and is of the sector if one is named;
    the centre is none. It works if it is engaged and has a route to the centre. Without requirements both tables are
    empty. Cost grows with the pairs of requirements and matching offers.
    """
    return coverage_of(graph, graph.requirements)


def coverage_of(graph: MissionGraph, requirements: pd.DataFrame) -> Coverage:
    """How would these requirements stand, whether the mission asks for them or not?

    ``requirements`` has the columns of the table of requirements (``capability_id``, ``place_id``, ``sector`` and
    ``minimum`` are read), one row a requirement, in any order; what comes back is in that order. This is how a
    region's needs are looked at authority by authority, or with one sector alone.

    >>> from datetime import date
    >>> from orchestrator.study import open_pack
    >>> graph = MissionGraph.from_pack(open_pack(), "clean-energy", date(2026, 11, 1))
    >>> by_firms = coverage_of(graph, graph.requirements.assign(sector="firm")).requirements
    >>> bool((by_firms["families"] <= coverage(graph).requirements["families"]).all())
    True
    """
    wanted = requirements.reset_index(drop=True)
    inside = containment(graph.places)
    pairs = _providers(graph, wanted, inside)
    families = pairs[pairs["working"]].drop_duplicates(["requirement", "family"]).groupby("requirement").size()
    at = np.arange(len(wanted))
    wanted["families"] = families.reindex(at, fill_value=0).to_numpy()
    takes_part = pairs.groupby("requirement")["takes_part"].any().reindex(at, fill_value=False).to_numpy()
    offered = wanted["place_id"].isin(_places_with_offers(graph, inside)).to_numpy()
    unknown = ~offered & ~np.isin(at, pairs["requirement"])
    wanted["state"] = pd.Series(
        np.select(
            [wanted["families"] >= wanted["minimum"], wanted["families"] > 0, takes_part, unknown],
            ["covered", "thin", "on-paper", "no-data"],
            "gap",
        ),
        dtype="str",
    )
    return Coverage(wanted, pairs)


def _providers(graph: MissionGraph, wanted: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    needs = wanted[["capability_id", "place_id", "sector"]].assign(requirement=np.arange(len(wanted)))
    reach = needs.merge(inside, on="place_id").drop(columns="place_id")
    offers = graph.offers[["organisation_id", "capability_id", "place_id"]].rename(columns={"place_id": "container_id"})
    bodies = graph.organisations[["organisation_id", "sector", "family"]].rename(columns={"sector": "of_sector"})
    pairs = reach.merge(offers, on=["capability_id", "container_id"]).merge(bodies, on="organisation_id")
    fits = ((pairs["sector"] == "") | (pairs["sector"] == pairs["of_sector"])) & (
        pairs["organisation_id"] != graph.centre_id
    )
    pairs = pairs.loc[fits, ["requirement", "organisation_id", "family"]]
    pairs = pairs.drop_duplicates(["requirement", "organisation_id"])
    pairs = pairs.sort_values(["requirement", "organisation_id"]).reset_index(drop=True)
    # A prefix to both, so that a family is never taken for a body of the same name. (pandas drops a NUL in front.)
    alone, together = "body " + pairs["organisation_id"], "family " + pairs["family"]
    pairs["family"] = together.where(pairs["family"] != "", alone)
    pairs["working"] = pairs["organisation_id"].isin(working_bodies(graph))
    pairs["takes_part"] = pairs["organisation_id"].isin(graph.taking_part)
    pairs["candidate"] = ~pairs["organisation_id"].isin(graph.mission_engagements["organisation_id"])
    return pairs


def working_bodies(graph: MissionGraph) -> Iterable[str]:
    """Bodies that are engaged in the mission and have a route to the centre."""
    reached = np.array(graph.members, dtype=object)[hops(graph) >= 0]
    return graph.engaged.intersection(reached)


def _places_with_offers(graph: MissionGraph, inside: pd.DataFrame) -> Iterable[str]:
    """Places at which, or inside which, an offer of anything is recorded."""
    offered = graph.offers["place_id"]
    return set(inside.loc[inside["place_id"].isin(offered), "container_id"])
