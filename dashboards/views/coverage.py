"""Where is nobody? The need grid, the tile map, and whom a picked cell is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.authorities import AuthoritiesView, authorities_view
from dashboards.views.bodies import Bodies
from dashboards.views.cliff import CliffView, Outlooks, cliff_view
from dashboards.views.coverage_choice import CoverageChoice, chosen_needs, read_choice, without_state
from dashboards.views.need_grid import coverage_frame
from dashboards.views.picked_need import PickedNeed, picked_needs, picked_title
from orchestrator.drawing.coverage_frame import STATE_WORDS, CoverageFrame
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import place_names
from orchestrator.model.need_grid import other_places, part_of
from orchestrator.model.results import Results
from orchestrator.model.standing import nobody_on, of_all, standing
from orchestrator.model.wording import counted, listed, sentence

__all__ = ["CoverageView", "coverage_view", "tiles_sentence"]


@dataclass(frozen=True)
class CoverageView:
    """The need grid of a mission with the sentences beside it.

    ``frame`` is the grid of the places on the tile map, ``elsewhere`` of those that are not on it, ``tiles`` what the
    tile map shows: the same with requirements of every state. ``picked`` is empty where no cell or place is picked,
    ``authorities`` None where there are no finer tiles, ``cliff`` None where the outlook is not worked out yet.
    """

    headline: str
    lede: str
    grid_sentence: str
    tiles_sentence: str
    choice: CoverageChoice
    frame: CoverageFrame
    tiles: CoverageFrame
    elsewhere: CoverageFrame
    elsewhere_sentence: str
    authorities: AuthoritiesView | None
    picked_title: str
    picked: tuple[PickedNeed, ...]
    cliff: CliffView | None


def coverage_view(
    results: Results, selection: Selection, sources: pd.DataFrame, found: Outlooks | None = None
) -> CoverageView:
    """Which capability has no partner in which place, and who works, is promised or could come where one looks?

    ``found`` is what the outlook is made of; None where it is not worked out yet.
    """
    graph = results.graph
    choice = read_choice(graph, selection)
    every = coverage(graph).requirements
    shown, counted_in = chosen_needs(graph, choice), chosen_needs(graph, without_state(choice))
    beside = {place.place_id for place in other_places(coverage_frame(graph, selection)).places}
    frame, elsewhere = _parts(coverage_frame(graph, selection, shown, choice.blank), beside)
    tiles, _ = _parts(coverage_frame(graph, selection, counted_in, choice.blank), beside)
    picked = picked_needs(Bodies(results), selection, sources)
    lead = f"{choice.sentence} " if choice.anything else ""
    return CoverageView(
        headline=_headline(every, place_names(graph)),
        lede=(
            "Who can do what, where. Each number counts independent partners that work there and have a route to the "
            "centre. Select a cell or a place to see who they are and who else could come."
        ),
        grid_sentence=lead + _grid_sentence(frame, shown, choice),
        tiles_sentence=lead + tiles_sentence(tiles),
        choice=choice,
        frame=frame,
        tiles=tiles,
        elsewhere=elsewhere,
        elsewhere_sentence=lead + _grid_sentence(elsewhere, shown, choice),
        authorities=authorities_view(graph, selection, choice),
        picked_title=picked_title(graph, selection) if picked else "",
        picked=picked,
        cliff=cliff_view(found, selection) if found is not None else None,
    )


def _parts(frame: CoverageFrame, beside: set[str]) -> tuple[CoverageFrame, CoverageFrame]:
    """The part of a frame on the tile map, and the part of the places beside it."""
    on_map = {place.place_id for place in frame.places} - beside
    return part_of(frame, on_map), part_of(frame, beside)


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


def _grid_sentence(frame: CoverageFrame, rows: pd.DataFrame, choice: CoverageChoice) -> str:
    if not frame.needs:
        return "No requirement is like that." if choice.anything else "No requirements are recorded."
    counts: Counter[str] = Counter(need.state for need in frame.needs)
    words = {**STATE_WORDS, "gap": "gap" if counts["gap"] == 1 else "gaps"}
    parts = [f"{counts[state]:,} {word}" for state, word in words.items() if counts[state]]
    asked = int(rows["place_id"].isin({place.place_id for place in frame.places}).sum())
    if asked == len(frame.needs):
        return sentence(f"{counted(asked, 'requirement')}: {listed(parts, most=5)}") + " The worst come first."
    said = f"{counted(asked, 'requirement')} in {counted(len(frame.needs), 'cell')}: {listed(parts, most=5)}"
    return sentence(said) + " Where several share a cell, it shows the worst. The worst come first."


def tiles_sentence(frame: CoverageFrame) -> str:
    """In how many places is something at risk, and where most? What a tile map of the frame shows."""
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
