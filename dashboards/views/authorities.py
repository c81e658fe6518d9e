"""Authority by authority: where inside a region, or in the country, does somebody at work deliver what is asked for?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.coverage_choice import CoverageChoice
from dashboards.views.need_grid import coverage_frame
from orchestrator.drawing.coverage_frame import CoverageFrame, Place
from orchestrator.model.coverage import coverage_of
from orchestrator.model.labels import capability_names, place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.need_grid import inside, inside_a_tile
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["AuthoritiesView", "LevelLink", "authorities_view", "authority_needs"]

_WORKED_ON: Final = ("covered", "thin")
#: Levels of the packaged pack as people call them; any other stands as the pack has it.
_LEVELS: Final = MappingProxyType(
    {
        "combined-authority": "combined authorities",
        "icb-area": "areas of integrated care boards",
        "lower-tier": "districts",
        "police-area": "police areas",
        "upper-tier": "upper-tier authorities",
    }
)


@dataclass(frozen=True)
class LevelLink:
    """A way to look at tiles of another level."""

    words: str
    address: str
    current: bool


@dataclass(frozen=True)
class AuthoritiesView:
    """The finer tiles with the sentence beside them. No places in the frame: nothing to draw, the sentence says why.

    ``levels`` are the levels of places that have a finer map, where there are several; ``regions`` are places to look
    into, as words and addresses. ``single`` is the name of the one capability that is shown; blank for several.
    """

    title: str
    sentence: str
    frame: CoverageFrame
    single: str
    levels: tuple[LevelLink, ...]
    regions: tuple[tuple[str, str], ...]


def authorities_view(graph: MissionGraph, selection: Selection, choice: CoverageChoice) -> AuthoritiesView | None:
    """Which authorities inside the picked place have somebody at work who delivers there, and for how much?

    Without a picked place the capability that is chosen or picked is shown all over the map. None where the pack
    holds no finer tiles or the mission asks for nothing in what contains them.
    """
    finer = _finer(graph)
    if finer.empty or graph.requirements.empty:
        return None
    levels = [str(level) for level in finer["level"].value_counts(sort=True).index]
    level = selection.asked("tiles") if selection.asked("tiles") in levels else levels[0]
    here = _here(graph, finer[finer["level"] == level], selection)
    if not here.region and not (choice.capability or selection.capability):
        return _nothing_chosen(here)
    needs = authority_needs(graph, here.places["place_id"].tolist(), choice)
    if selection.capability:
        needs = needs[needs["capability_id"] == selection.capability]
    if needs.empty:
        return None
    rows = coverage_of(graph, needs).requirements
    frame = _with_tiles(coverage_frame(graph, selection, rows, "not asked for there"), here.places)
    single = capability_names(graph)[str(rows["capability_id"].iloc[0])] if rows["capability_id"].nunique() == 1 else ""
    where = place_names(graph).get(here.region, "")
    return AuthoritiesView(
        title=f"{single or 'Inside ' + where}, authority by authority",
        sentence=_sentence(frame, single, where, choice),
        frame=frame,
        single=single,
        levels=_levels(levels, level, selection),
        regions=here.regions,
    )


def _nothing_chosen(here: _Here) -> AuthoritiesView:
    said = "Select a place, or choose one capability above, to see it authority by authority."
    return AuthoritiesView("Authority by authority", said, CoverageFrame((), (), ()), "", (), here.regions)


@dataclass(frozen=True)
class _Here:
    """The finer places that are drawn, the place that they lie in (blank: all), and the places to look into."""

    places: pd.DataFrame
    region: str
    regions: tuple[tuple[str, str], ...]


def _finer(graph: MissionGraph) -> pd.DataFrame:
    """Places with a tile of a level some of which lie in another place with a tile: they have a map of their own."""
    places = graph.places.dropna(subset=["tile_column", "tile_row"])
    levels = places.loc[places["place_id"].isin(inside_a_tile(graph)), "level"]
    return places[places["level"].isin(set(levels))]


def _here(graph: MissionGraph, finer: pd.DataFrame, selection: Selection) -> _Here:
    pairs = inside(graph)
    pairs = pairs[pairs["place_id"].isin(finer["place_id"]) & (pairs["place_id"] != pairs["container_id"])]
    asked = set(graph.requirements["place_id"])
    holds = [place for place in dict.fromkeys(pairs["container_id"]) if place in asked]
    region = selection.place if selection.place in set(pairs["container_id"]) else ""
    if not region and selection.place in set(finer["place_id"]):
        region = next((c for c in pairs.loc[pairs["place_id"] == selection.place, "container_id"] if c in holds), "")
    within = set(pairs.loc[pairs["container_id"] == region, "place_id"]) if region else set(finer["place_id"])
    names = place_names(graph)
    ways = tuple(
        (names[place], selection.to("coverage", place=place, more=selection.more).address())
        for place in sorted(holds, key=lambda place: (names[place], place))
    )
    return _Here(finer[finer["place_id"].isin(within)], region, ways)


def authority_needs(graph: MissionGraph, places: list[str], choice: CoverageChoice) -> pd.DataFrame:
    """What the mission asks for in whatever contains each of these places, as if it asked for it in each.

    One row a place, capability and sector, with the largest minimum that is asked for; ``asked_at`` is where.
    """
    around = inside(graph)
    around = around[around["place_id"].isin(places)]
    asked = graph.requirements.rename(columns={"place_id": "container_id"})
    if choice.capability:
        asked = asked[asked["capability_id"] == choice.capability]
    if choice.sector:
        asked = asked[asked["sector"].isin(["", choice.sector])].assign(sector=choice.sector)
    found = around.merge(asked, on="container_id").sort_values(
        ["place_id", "capability_id", "sector", "minimum"], ascending=[True, True, True, False]
    )
    found = found.drop_duplicates(["place_id", "capability_id", "sector"])
    found = found.rename(columns={"container_id": "asked_at"})
    return found.reset_index(drop=True)


def _with_tiles(frame: CoverageFrame, places: pd.DataFrame) -> CoverageFrame:
    """The frame with each place at the tile of its own level's map."""
    columns = (places["place_id"], places["tile_column"].astype(int), places["tile_row"].astype(int))
    tile = {name: (column, row) for name, column, row in zip(*columns, strict=True)}
    moved = tuple(_moved(place, tile[place.place_id]) for place in frame.places)
    return replace(frame, places=moved)


def _moved(place: Place, tile: tuple[int, int]) -> Place:
    return replace(place, tile_column=tile[0], tile_row=tile[1])


def _levels(levels: list[str], level: str, selection: Selection) -> tuple[LevelLink, ...]:
    if len(levels) < 2:
        return ()
    return tuple(
        LevelLink(_LEVELS.get(one, one.replace("-", " ")), selection.asking(tiles=one).address(), one == level)
        for one in sorted(levels)
    )


def _sentence(frame: CoverageFrame, single: str, where: str, choice: CoverageChoice) -> str:
    served = {place.place_id: worked_on(frame, place.place_id) for place in frame.places}
    unknown = sorted(p.name for p in frame.places if _unknown(frame, p.place_id))
    none = sorted(p.name for p in frame.places if not served[p.place_id] and not _unknown(frame, p.place_id))
    whose = f" of {SECTOR_LABELS[choice.sector].casefold()}" if choice.sector else ""
    among = counted(len(frame.places), "authority", "authorities") + (f" in {where}" if where else "")
    if none:
        what = single or "anything of what is asked for"
        some = f"{len(none):,} of the {among}: {listed(none, most=4)}"
        where_not = f"any of the {among}" if len(none) == len(frame.places) else some
        lead = f"nobody{whose} at work delivers {what} in {where_not}"
    else:
        what = single or "some of what is asked for"
        here = f"each of the {among}" if not unknown else f"{len(frame.places) - len(unknown):,} of the {among}"
        lead = f"somebody{whose} at work delivers {what} in {here}"
    if unknown:
        lead += f"; of {len(unknown):,} we do not know: {listed(unknown, most=4)}"
    said = sentence(lead)
    if not single:
        whole = sum(served[name] == len(frame.of_place(name)) for name in served)
        said += f" In {whole:,} of them somebody works on all of it." if whole else " In none of them on all of it."
    return f"{said} An offer for a wider area serves every authority in it."


def _unknown(frame: CoverageFrame, place_id: str) -> bool:
    return all(need.state == "no-data" for need in frame.of_place(place_id))


def worked_on(frame: CoverageFrame, place_id: str) -> int:
    """For how many capabilities does somebody at work deliver in the place?"""
    return sum(need.state in _WORKED_ON for need in frame.of_place(place_id))
