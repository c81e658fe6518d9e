"""Where is nobody? The need grid, the tile map, and whom a picked cell is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.need_grid import coverage_frame, other_places, regions
from orchestrator.drawing.coverage_frame import STATE_WORDS, CoverageFrame
from orchestrator.model.coverage import Coverage, coverage
from orchestrator.model.labels import capability_names, place_names, requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.standing import nobody_on, of_all, standing
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.cells import split_list
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["CoverageView", "PickedNeed", "coverage_view"]


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
    rows = coverage(results.graph).requirements
    picked = _picked(results, selection, sources)
    return CoverageView(
        headline=_headline(rows, place_names(results.graph)),
        lede=(
            "Who can do what, where. Each number counts independent partners that work there and have a route to the "
            "centre. Select a cell or a place to see who they are and who else could come."
        ),
        grid_sentence=_grid_sentence(frame, rows),
        tiles_sentence=_tiles_sentence(frame),
        frame=frame,
        elsewhere=elsewhere,
        elsewhere_sentence=_grid_sentence(elsewhere, rows),
        picked_title=_picked_title(results, selection) if picked else "",
        picked=picked,
    )


def _headline(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    states = Counter(rows["state"])
    if rows.empty:
        return "No requirements are recorded for this mission"
    nobody, unknown, thin = nobody_on(states), states["no-data"], states["thin"]
    if unknown == len(rows):
        return sentence(standing(states))[:-1]
    parts = [sentence(standing(states))[:-1]]
    if nobody:
        parts = [f"Nobody works on {of_all(nobody, len(rows))}, {_where(rows, names)}"]
    parts.append(f"{thin:,} {'more ' if nobody else ''}{'is' if thin == 1 else 'are'} thin" if thin else "none is thin")
    if unknown:
        parts.append(f"{unknown:,} cannot be judged")
    return "; ".join(parts)


def _where(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Where most of the requirements are that nobody works on."""
    found = Counter(rows.loc[rows["state"].isin(("gap", "on-paper")), "place_id"])
    most = max(found.values())
    worst = listed(sorted(names[place] for place, count in found.items() if count == most), most=2)
    if len(found) == 1:
        return f"in {worst}" if most == 1 else f"all in {worst}"
    alike = sum(count == most for count in found.values())
    if alike == rows["place_id"].nunique():
        return f"as many in every place ({most:,} each)"
    return f"most often in {worst} ({most:,}{' each' if alike > 1 else ''})"


def _grid_sentence(frame: CoverageFrame, rows: pd.DataFrame) -> str:
    if not frame.needs:
        return "No requirements are recorded."
    counts: Counter[str] = Counter(need.state for need in frame.needs)
    words = {**STATE_WORDS, "gap": "gap" if counts["gap"] == 1 else "gaps"}
    parts = [f"{counts[state]:,} {word}" for state, word in words.items() if counts[state]]
    asked = int(rows["place_id"].isin({place.place_id for place in frame.places}).sum())
    if asked == len(frame.needs):
        return sentence(f"{counted(asked, 'requirement')}: {listed(parts, most=5)}") + " The worst come first."
    said = f"{counted(asked, 'requirement')} in {counted(len(frame.needs), 'cell')}: {listed(parts, most=5)}"
    return sentence(said) + " Where several share a cell, it shows the worst. The worst come first."


def _tiles_sentence(frame: CoverageFrame) -> str:
    risky = {place: frame.at_risk(place.place_id) for place in frame.places if frame.at_risk(place.place_id)}
    if not risky:
        return _no_risk(frame)
    most = max(risky.values())
    worst = sorted((place for place, count in risky.items() if count == most), key=lambda place: place.name)
    names, of = listed([place.name for place in worst], most=2), len(frame.of_place(worst[0].place_id))
    each = f"{most} each" if len(worst) > 1 else f"{most} of {of}"
    if len(frame.places) == 1:
        said = f"{names}: {each} at risk."
    else:
        some = f"{len(risky)} of {len(frame.places)} places {'has' if len(risky) == 1 else 'have'} some at risk"
        alike = len(worst) == len(risky) > 1
        said = sentence(some, each if alike else f"{names}{' the most' if len(risky) > 1 else ''}: {each}")
    return f"{said} At risk is a gap, a requirement that is met on paper only, or a thin one."


def _no_risk(frame: CoverageFrame) -> str:
    states = Counter(need.state for need in frame.needs)
    if not states:
        return "No requirements are recorded."
    if states["no-data"] == len(frame.needs):
        return "Nothing is recorded about any of these places, so none can be judged."
    return (
        "No requirement that can be judged is at risk." if states["no-data"] else "No place has a requirement at risk."
    )


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
        title += f" (by {SECTOR_LABELS[row['sector']].casefold()} only)"
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
    others = counted(could, "body", "bodies")
    more.append(f"{others} without a part in the mission could" if could else "nobody else is known who could")
    return f"{first} {sentence(listed(more))}"


def _picked_title(results: Results, selection: Selection) -> str:
    what = capability_names(results.graph).get(selection.capability, "")
    where = place_names(results.graph).get(selection.place, "")
    return f"{what} in {where}" if what and where else what or where
