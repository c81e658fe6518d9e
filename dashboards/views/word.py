"""On whose word is a body said to work on something: who reports its ties, who confirms them, and which sources?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboards.views.sources import Source, Sources
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.need_grid import inside
from orchestrator.model.wording import counted, listed

__all__ = ["Word", "words_of"]


@dataclass(frozen=True)
class Word:
    """What is recorded of a body for one requirement: its part, its offer and its ties, each with its sources.

    A source is a title and an address (blank where it has none).
    """

    part: str
    part_sources: tuple[Source, ...]
    offer: str
    offer_sources: tuple[Source, ...]
    ties: str
    tie_sources: tuple[Source, ...]


def words_of(
    graph: MissionGraph,
    ids: Sequence[str],
    capability_id: str,
    place_id: str,
    sources: Sources,
) -> dict[str, Word]:
    """On whose word is each of these bodies there, by its id?"""
    engagements, offers = graph.mission_engagements, _offers(graph, capability_id, place_id)
    engagements = engagements[engagements["organisation_id"].isin(ids)]
    offers = offers[offers["organisation_id"].isin(ids)]
    ties = _ties(graph, ids)
    return {name: _word(graph, name, engagements, offers, ties.get(name, []), sources) for name in ids}


def _word(
    graph: MissionGraph,
    name: str,
    engagements: pd.DataFrame,
    offers: pd.DataFrame,
    ties: Sequence[int],
    sources: Sources,
) -> Word:
    part = engagements[(engagements["organisation_id"] == name) & (engagements["status"] != "withdrawn")]
    offer = offers[offers["organisation_id"] == name]
    rows = graph.tie_rows.iloc[list(ties)]
    return Word(
        _part(part),
        _sources(part, sources),
        _offer(offer, place_names(graph)),
        _sources(offer, sources),
        _tie_words(graph, rows),
        _sources(rows, sources),
    )


def _offers(graph: MissionGraph, capability_id: str, place_id: str) -> pd.DataFrame:
    """The offers of the capability that serve the place."""
    pairs = inside(graph)
    around = pairs.loc[pairs["place_id"] == place_id, "container_id"]
    offers = graph.offers
    return offers[(offers["capability_id"] == capability_id) & offers["place_id"].isin(around)]


def _ties(graph: MissionGraph, ids: Sequence[str]) -> dict[str, list[int]]:
    """The rows of ties that count today, by each of these bodies that is one of their ends."""
    rows, members = graph.tie_rows, frozenset(graph.members)
    source, target = rows["source_id"], rows["target_id"]
    counts = active_on(rows, graph.as_of) & (rows["level"] >= graph.min_level).to_numpy()
    counts &= ((source.isin(ids) | target.isin(ids)) & (source != target)).to_numpy()
    counts &= (source.isin(members) & target.isin(members)).to_numpy()
    found: dict[str, list[int]] = {}
    for at in np.flatnonzero(counts).tolist():
        for end in (source.iat[at], target.iat[at]):
            found.setdefault(str(end), []).append(at)
    return found


def _part(rows: pd.DataFrame) -> str:
    said = []
    for row in rows.to_dict("records"):
        since = "" if pd.isna(row["starts"]) else f" since {row['starts']:%-d %B %Y}"
        until = "" if pd.isna(row["ends"]) else f", until {row['ends']:%-d %B %Y}"
        role = f": {row['role'].rstrip('.')}" if row["role"] else ""
        said.append(f"{row['status'].capitalize()}{since}{until}{role}.")
    return " ".join(said) or "Takes no part."


def _offer(rows: pd.DataFrame, places: Mapping[str, str]) -> str:
    return f"Offers it for {listed(sorted({places[place] for place in rows['place_id']}))}."


def _tie_words(graph: MissionGraph, rows: pd.DataFrame) -> str:
    """Who reported and who confirmed these ties, and when were they last seen; what is not recorded is told."""
    if rows.empty:
        return "No tie of it counts today."
    many = counted(len(rows), "tie").capitalize()
    parts = [_by(graph, rows["reported_by"], "reported by"), _by(graph, rows["confirmed_by"], "confirmed by")]
    seen = rows["last_seen"].dropna()
    parts.append(f"last seen on {seen.max():%-d %B %Y}" if len(seen) else "no day on which one was last seen")
    return f"{many}: {'; '.join(parts)}."


def _by(graph: MissionGraph, column: pd.Series, verb: str) -> str:
    known = set(graph.organisations["organisation_id"])
    ids = sorted({cell for cell in column if cell})
    if not ids:
        return f"{verb} nobody by name"
    names = [graph.name_of(name) if name in known else name for name in ids]
    rest = int((column == "").sum())
    return f"{verb} {listed(names)}" + (f", {rest} by nobody by name" if rest else "")


def _sources(rows: pd.DataFrame, sources: Sources) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(one for cell in rows["source"] for one in sources.of(cell)))
