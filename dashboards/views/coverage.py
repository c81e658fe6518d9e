"""Where is nobody? The need grid, the tile map, and whom a picked cell is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboards.figures.frames import STATE_WORDS, CoverageFrame, Place
from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.need_grid import coverage_frame, other_places, regions
from orchestrator.model.coverage import Coverage, coverage
from orchestrator.model.labels import capability_names, place_names, requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.cells import split_list
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["CoverageView", "PickedNeed", "coverage_view"]

_NOBODY = ("gap", "on-paper")


@dataclass(frozen=True)
class PickedNeed:
    """One requirement of the picked cell or place: its state, who works on it, who is in on paper, who could."""

    requirement_id: str
    title: str
    state: str
    sentence: str
    working: tuple[Body, ...]
    on_paper: tuple[Body, ...]
    candidates: tuple[Body, ...]
    basis: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CoverageView:
    """The need grid of a mission with the sentences beside it.

    ``frame`` is the grid of the places on the tile map, ``elsewhere`` of those that are not on it. ``picked`` is empty
    where no cell or place is picked.
    """

    headline: str
    lede: str
    grid_sentence: str
    tiles_sentence: str
    frame: CoverageFrame
    elsewhere: CoverageFrame
    elsewhere_sentence: str
    picked_title: str
    picked: tuple[PickedNeed, ...]


def coverage_view(results: Results, selection: Selection, sources: pd.DataFrame) -> CoverageView:
    """Which capability has no partner in which place, and who works, is promised or could come where one looks?"""
    whole = coverage_frame(results.graph, selection)
    frame, elsewhere = regions(whole), other_places(whole)
    picked = _picked(results, selection, sources)
    return CoverageView(
        headline=_headline(whole),
        lede=(
            "Who can do what, where. Each number counts independent partners that work there and have a route to the "
            "centre. Select a cell or a place to see who they are and who else could come."
        ),
        grid_sentence=_grid_sentence(frame),
        tiles_sentence=_tiles_sentence(frame),
        frame=frame,
        elsewhere=elsewhere,
        elsewhere_sentence=_grid_sentence(elsewhere),
        picked_title=_picked_title(results, selection) if picked else "",
        picked=picked,
    )


def _counts(frame: CoverageFrame) -> Counter[str]:
    return Counter(need.state for need in frame.needs)


def _headline(frame: CoverageFrame) -> str:
    counts = _counts(frame)
    if not frame.needs:
        return "No requirements are recorded for this mission"
    nobody = counts["gap"] + counts["on-paper"]
    if not nobody:
        known = "every requirement that can be judged" if counts["no-data"] else "every requirement"
        return f"Somebody works on {known}; {_thin(counts)}"
    worst = _worst(frame)
    names = listed([place.name for place in worst], most=2)
    most = (
        "as many in every place" if len(worst) == len(frame.places) else f"{_nobody_at(frame, worst[0]):,} in {names}"
    )
    each = " each" if 1 < len(worst) < len(frame.places) else ""
    return f"Nobody works on {nobody:,} of {counted(len(frame.needs), 'requirement')}, {most}{each}; {_thin(counts)}"


def _thin(counts: Counter[str]) -> str:
    return (
        f"{counts['thin']:,} more {'is' if counts['thin'] == 1 else 'are'} thin" if counts["thin"] else "none is thin"
    )


def _nobody_at(frame: CoverageFrame, place: Place) -> int:
    return sum(need.state in _NOBODY for need in frame.of_place(place.place_id))


def _worst(frame: CoverageFrame) -> list[Place]:
    """The places with the most requirements that nobody works on."""
    most = max((_nobody_at(frame, place) for place in frame.places), default=0)
    return sorted((p for p in frame.places if most and _nobody_at(frame, p) == most), key=lambda place: place.name)


def _grid_sentence(frame: CoverageFrame) -> str:
    if not frame.needs:
        return ""
    counts = _counts(frame)
    parts = [f"{counts[state]:,} {word}" for state, word in STATE_WORDS.items() if counts[state]]
    return sentence(f"{counted(len(frame.needs), 'requirement')}: {listed(parts, most=5)}") + " The worst come first."


def _tiles_sentence(frame: CoverageFrame) -> str:
    risky = [place for place in frame.places if frame.at_risk(place.place_id)]
    if not risky:
        return "No place has a requirement at risk."
    worst = min(risky, key=lambda place: (-frame.at_risk(place.place_id), place.name))
    said = sentence(
        f"{counted(len(risky), 'place')} of {len(frame.places)} {'has' if len(risky) == 1 else 'have'} some at risk",
        f"{worst.name} the most: {frame.at_risk(worst.place_id)} of {len(frame.of_place(worst.place_id))}",
    )
    return f"{said} At risk is a gap, a requirement that is met on paper only, or a thin one."


def _picked(results: Results, selection: Selection, sources: pd.DataFrame) -> tuple[PickedNeed, ...]:
    grid, bodies = coverage(results.graph), Bodies(results)
    rows = grid.requirements
    chosen = pd.Series(bool(selection.place or selection.capability), index=rows.index)
    if selection.place:
        chosen &= rows["place_id"] == selection.place
    if selection.capability:
        chosen &= rows["capability_id"] == selection.capability
    columns = (sources["source_id"], sources["title"], sources["address"])
    known = {name: (title, address) for name, title, address in zip(*columns, strict=True)}
    return tuple(_need(grid, bodies, int(i), known) for i in rows.index[chosen])


def _need(grid: Coverage, bodies: Bodies, at: int, known: Mapping[str, tuple[str, str]]) -> PickedNeed:
    row = grid.requirements.iloc[at]
    working, paper, could = (
        tuple(bodies[name] for name in grid.who(at, which)) for which in ("working", "on_paper", "candidate")
    )
    title = requirement_labels(bodies.results.graph)[row["requirement_id"]]
    if row["sector"]:
        title += f" (only {SECTOR_LABELS[row['sector']].casefold()} counts)"
    return PickedNeed(
        row["requirement_id"],
        title,
        row["state"],
        _need_sentence(row, len(working), len(paper), len(could)),
        working,
        paper,
        could,
        row["basis"],
        tuple(known.get(name, (name, "")) for name in split_list(row["source"])),
    )


def _need_sentence(row: pd.Series, working: int, paper: int, could: int) -> str:
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
    more.append(
        f"{counted(could, 'body', 'bodies')} outside the mission could" if could else "nobody else is known who could"
    )
    return f"{first} {sentence(listed(more))}"


def _picked_title(results: Results, selection: Selection) -> str:
    what = capability_names(results.graph).get(selection.capability, "")
    where = place_names(results.graph).get(selection.place, "")
    return f"{what} in {where}" if what and where else what or where
