"""What stands behind a cell of the need grid: who works there and on whose word, who is in on paper, who could."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.authorities import authority_needs
from dashboards.views.bodies import Bodies, Body
from dashboards.views.candidates import Candidate, candidates_of
from dashboards.views.coverage_choice import CoverageChoice
from dashboards.views.sources import Source, Sources
from dashboards.views.word import Word, words_of
from orchestrator.model.coverage import Coverage, coverage, coverage_of
from orchestrator.model.labels import capability_names, place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import SECTOR_LABELS, WORKING_STATUSES

__all__ = ["PickedNeed", "picked_needs", "picked_title"]


#: Of many bodies so many are named: of one cell, and of each where several requirements are shown at once.
NAMED: Final = 100
NAMED_FOLDED: Final = 25


@dataclass(frozen=True)
class PickedNeed:
    """One requirement of the picked cell or place: its state, who works on it, who is in on paper, who could.

    ``words`` say on whose word each body that works or is on paper is there, by its id; empty where several
    requirements are shown at once. ``why`` says of each body on paper why it does not work.
    ``counts`` are how many work, are on paper and could come in; of many the first are named.
    """

    requirement_id: str
    title: str
    state: str
    sentence: str
    note: str
    counts: tuple[int, int, int]
    working: tuple[Body, ...]
    on_paper: tuple[Body, ...]
    why: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    words: Mapping[str, Word]
    basis: str
    sources: tuple[Source, ...]
    address: str
    on_map: str


def picked_needs(bodies: Bodies, selection: Selection, sources: pd.DataFrame) -> tuple[PickedNeed, ...]:
    """The requirements of the cell, place or capability that the address picks, by id; none where it picks nothing."""
    grid = _grid(bodies.results.graph, selection)
    rows = grid.requirements
    chosen = pd.Series(bool(selection.place or selection.capability), index=rows.index)
    if selection.place:
        chosen &= rows["place_id"] == selection.place
    if selection.capability:
        chosen &= rows["capability_id"] == selection.capability
    return tuple(_need(grid, bodies, int(i), Sources(sources), selection) for i in rows.index[chosen])


def _grid(graph: MissionGraph, selection: Selection) -> Coverage:
    """The need grid; for a place that is not asked for by itself, what is asked for around it as if it were here."""
    asked = set(graph.requirements["place_id"])
    if not selection.place or selection.place in asked or selection.place not in place_names(graph):
        return coverage(graph)
    return coverage_of(graph, authority_needs(graph, [selection.place], CoverageChoice()))


def _need(grid: Coverage, bodies: Bodies, at: int, sources: Sources, selection: Selection) -> PickedNeed:
    graph, row = bodies.results.graph, grid.requirements.iloc[at]
    working, paper, could = (grid.who(at, which) for which in ("working", "on_paper", "candidate"))
    places = place_names(graph)
    title = f"{capability_names(graph)[row['capability_id']]} in {places[row['place_id']]}"
    if row["sector"]:
        title += f" (by {SECTOR_LABELS[row['sector']].casefold()} only)"
    cell = {"capability": row["capability_id"], "place": row["place_id"]}
    whole = bool(selection.place and selection.capability)
    most = NAMED if whole else NAMED_FOLDED
    shown = (*working[:most], *paper[:most])
    return PickedNeed(
        requirement_id=row["requirement_id"],
        title=title,
        state=row["state"],
        sentence=_sentence(row, len(working), len(paper), len(could)),
        note=f"The mission asks for it in {places[row['asked_at']]}, not here by itself." if "asked_at" in row else "",
        counts=(len(working), len(paper), len(could)),
        working=tuple(bodies[name] for name in working[:most]),
        on_paper=tuple(bodies[name] for name in paper[:most]),
        why=tuple(why_on_paper(graph, paper[:most])),
        candidates=candidates_of(bodies, could, selection, most),
        words=words_of(graph, shown, row["capability_id"], row["place_id"], sources) if whole else {},
        basis=row["basis"],
        sources=sources.of(row["source"]),
        address=selection.to("coverage", more=selection.more, **cell).address(),
        on_map=selection.to("network", **cell).address(),
    )


def why_on_paper(graph: MissionGraph, paper: Sequence[str]) -> list[str]:
    """Why does each of these bodies, that take part, not work: not committed yet, or without a route to the centre?"""
    rows = graph.mission_engagements
    rows = rows[(rows["status"] != "withdrawn") & rows["organisation_id"].isin(paper)]
    statuses = rows.groupby("organisation_id")["status"].agg(lambda some: sorted(set(some), reverse=True))
    centre = graph.name_of(graph.centre_id)
    said = []
    for name in paper:
        firm = [status for status in statuses[name] if status in WORKING_STATUSES]
        if firm:
            said.append(f"{firm[0].capitalize()}, and no route leads from it to {centre}.")
        else:
            said.append(f"{listed(list(statuses[name])).capitalize()}, not committed.")
    return said


def _sentence(row: Any, working: int, paper: int, could: int) -> str:
    families, minimum = int(row["families"]), int(row["minimum"])
    partners = counted(families, "independent partner works", "independent partners work")
    first = sentence(f"{partners} on it; {minimum} {'is' if minimum == 1 else 'are'} enough")
    if row["state"] == "no-data":
        first = "Nothing is recorded about this place, so it cannot be judged."
    more = []
    if working != families:
        more.append(f"{counted(working, 'organisation')} in all, some of one family")
    if paper:
        more.append(f"{counted(paper, 'body is', 'bodies are')} in on paper only")
    others = counted(could, "body", "bodies")
    more.append(f"{others} without a part in the mission could" if could else "nobody else is known who could")
    return f"{first} {sentence(listed(more))}"


def picked_title(graph: MissionGraph, selection: Selection) -> str:
    """What is the picked cell, place or capability called?"""
    what = capability_names(graph).get(selection.capability, "")
    where = place_names(graph).get(selection.place, "")
    return f"{what} in {where}" if what and where else what or where
