"""One body of the register: what it does where, with whom, in which missions, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body, bodies_of
from dashboards.views.network import about
from dashboards.views.sources import Source, Sources
from dashboards.views.ties import TieLine, day_words, other_ends, tie_lines
from orchestrator.model.mission_graph import active_on
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, number, percent, sentence
from orchestrator.tables.cells import split_list
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack
from orchestrator.tables.vocabulary import SECTOR_LABELS, WORKING_STATUSES

__all__ = ["EngagementLine", "InMission", "OfferLine", "OrganisationView", "nearest_bodies", "organisation_view"]

SHEET = 100
_TIERS: Final = MappingProxyType({"uk": "whole country", "nation": "nation", "region": "region", "local": "local"})


@dataclass(frozen=True)
class OfferLine:
    """One capability with the places where the body delivers it."""

    capability: str
    places: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class EngagementLine:
    """Its part in one mission; ``now`` is whether it holds on the day that is looked at."""

    mission: str
    address: str
    status: str
    role: str
    board_seat: bool
    load: float
    since: str
    until: str
    now: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class InMission:
    """A mission that it is a member of: how it reaches the centre, and what hangs on it there.

    What would happen without a centre is a question of its own; nothing is told here of what hangs on it.
    """

    mission: str
    address: str
    is_centre: bool
    sentences: tuple[str, ...]
    cut_off: tuple[Body, ...]
    worsened: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationView:
    """The page of one body. Every part may be empty; ``facts`` are (what, words).

    ``share`` is its load against its capacity, None where the capacity is unknown or zero. ``at`` counts the sheets of
    ties from 1.
    """

    body: Body
    headline: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    website: str
    sources: tuple[Source, ...]
    parent: Body | None
    parts: tuple[Body, ...]
    family: tuple[Body, ...]
    offers_sentence: str
    offers: tuple[OfferLine, ...]
    load_sentence: str
    share: float | None
    engagements: tuple[EngagementLine, ...]
    hanging_sentence: str
    missions: tuple[InMission, ...]
    ties_sentence: str
    ties: tuple[TieLine, ...]
    at: int
    sheets: int


def organisation_view(pack: Pack, selection: Selection, results_of: Callable[[str], Results]) -> OrganisationView:
    """What is known of this body, whatever missions it is in? ``results_of`` gives what was found of a mission.

    Raises UnknownName with the nearest ids.
    """
    name, day = selection.organisation_id, selection.day
    row = pack.organisation(name)
    sources = Sources(pack["sources"])
    body = bodies_of(pack, [name])[name]
    engagements = _engagements(pack, selection, sources)
    missions = _in_missions(pack, selection, results_of)
    offers = _offers(pack, name, sources)
    ties = _ties(pack, name, sources, day)
    sheets = max(1, -(-len(ties) // SHEET))
    at = min(selection.sheet, sheets)
    carried = sum(line.load for line in engagements if line.now and line.status in WORKING_STATUSES)
    return OrganisationView(
        body=body,
        headline=_headline(body, missions),
        lede=_lede(body, day),
        facts=_facts(row, body),
        website=row["website"],
        sources=sources.of(row["source"]),
        parent=bodies_of(pack, [row["parent_id"]]).get(row["parent_id"]),
        parts=_with(pack, "parent_id", name, name),
        family=_with(pack, "family", row["family"], name) if row["family"] else (),
        offers_sentence=_offers_sentence(offers),
        offers=offers,
        load_sentence=_load_sentence(carried, float(row["capacity"]), engagements),
        share=None if np.isnan(row["capacity"]) or not row["capacity"] else carried / float(row["capacity"]),
        engagements=engagements,
        hanging_sentence=_hanging_sentence(missions),
        missions=missions,
        ties_sentence=_ties_sentence(ties),
        ties=ties[(at - 1) * SHEET : at * SHEET],
        at=at,
        sheets=sheets,
    )


def nearest_bodies(pack: Pack, asked: str) -> tuple[Body, ...]:
    """Which bodies have an id or a name most like what was asked for? The likest first; empty if none is near."""
    rows = pack["organisations"]
    ids, names = rows["organisation_id"].tolist(), rows["name"].tolist()
    by_name = dict(zip(names, ids, strict=True))
    words = asked.replace("-", " ")
    found = (*nearest(asked, ids), *(by_name[name] for name in nearest(words, names, 5)))
    known = bodies_of(pack, found)
    return tuple(known[name] for name in dict.fromkeys(found))


# ── who it is ─────────────────────────────────────────────────────────────────────────────────────


def _headline(body: Body, missions: tuple[InMission, ...]) -> str:
    if not missions:
        return f"{body.name} takes part in no mission"
    led = [one for one in missions if one.is_centre]
    others = [one for one in missions if not one.is_centre]
    parts = [f"orchestrates {counted(len(led), 'mission')}"] if led else []
    if others:
        parts.append(f"takes part in {counted(len(others), 'other mission' if led else 'mission')}")
    return f"{body.name} {' and '.join(parts)}{_relied_on(others)}"


def _relied_on(missions: list[InMission]) -> str:
    """In how many of the missions that it does not lead do others rely on it?"""
    relied = sum(bool(one.cut_off or one.worsened) for one in missions)
    if not missions:
        return ""
    if not relied:
        return "; nothing hangs on it alone"
    if relied == len(missions):
        return "; others rely on it " + ("there" if relied == 1 else "in all of them")
    return f"; in {counted(relied, 'of them', 'of them')} others rely on it"


def _lede(body: Body, day: date) -> str:
    """What sort of body it is, and the day that is looked at."""
    what = body.kind or SECTOR_LABELS[body.sector].casefold()
    where = f", seated in {body.place}" if body.place else ""
    return sentence(f"{what}{where}") + f" As on {day:%-d %B %Y}."


def _facts(row: pd.Series, body: Body) -> tuple[tuple[str, str], ...]:
    found = (
        ("Sector", SECTOR_LABELS[body.sector]),
        ("Sort of body", body.kind),
        ("Works at", _TIERS.get(body.tier, "")),
        ("Seat", body.place),
        ("Group", row["family"]),
        ("Also called", "; ".join(split_list(row["aliases"]))),
        ("Identifiers", "; ".join(split_list(row["identifiers"]))),
        ("Name in this pack", body.organisation_id),
    )
    return tuple((what, words) for what, words in found if words)


def _with(pack: Pack, column: str, value: str, apart_from: str) -> tuple[Body, ...]:
    """Everybody whose ``column`` holds this value, by name, itself left out."""
    rows = pack["organisations"]
    ids = set(rows.loc[rows[column] == value, "organisation_id"]) - {apart_from}
    return tuple(sorted(bodies_of(pack, ids).values(), key=lambda one: (one.name, one.organisation_id)))


# ── what it does ──────────────────────────────────────────────────────────────────────────────────


def _offers(pack: Pack, name: str, sources: Sources) -> tuple[OfferLine, ...]:
    rows = pack["offers"]
    rows = rows[rows["organisation_id"] == name]
    capabilities = dict(zip(pack["capabilities"]["capability_id"], pack["capabilities"]["name"], strict=True))
    places = dict(zip(pack["places"]["place_id"], pack["places"]["name"], strict=True))
    found = []
    for capability, offered in rows.groupby("capability_id", sort=False):
        where = sorted(places[place] for place in set(offered["place_id"]))
        cells = dict.fromkeys(source for cell in offered["source"] for source in sources.of(cell))
        found.append(OfferLine(capabilities[str(capability)], tuple(where), tuple(cells)))
    return tuple(sorted(found, key=lambda line: line.capability))


def _offers_sentence(offers: tuple[OfferLine, ...]) -> str:
    if not offers:
        return "Nothing is recorded of what it can do where; that does not mean that it can do nothing."
    places = {place for line in offers for place in line.places}
    can = counted(len(offers), "capability", "capabilities")
    return sentence(f"it offers {can} in {counted(len(places), 'place')}") + (
        " An offer counts at its place and in every place inside it."
    )


# ── its part in missions ──────────────────────────────────────────────────────────────────────────


def _engagements(pack: Pack, selection: Selection, sources: Sources) -> tuple[EngagementLine, ...]:
    rows = pack["engagements"]
    rows = rows[rows["organisation_id"] == selection.organisation_id]
    titles = _titles(pack)
    now = active_on(rows, selection.day).tolist()
    lines = (
        EngagementLine(
            titles[row["mission_id"]],
            _to_network(selection, row["mission_id"]),
            row["status"],
            row["role"],
            row["board_seat"] == "yes",
            1.0 if np.isnan(row["load"]) else float(row["load"]),
            day_words(row["starts"]),
            day_words(row["ends"]),
            holds,
            sources.of(row["source"]),
        )
        for row, holds in zip(rows.to_dict("records"), now, strict=True)
    )
    return tuple(sorted(lines, key=lambda line: (not line.now, line.mission, line.status)))


def _titles(pack: Pack) -> dict[str, str]:
    return dict(zip(pack["missions"]["mission_id"], pack["missions"]["title"], strict=True))


def _to_network(selection: Selection, mission_id: str) -> str:
    return selection.to("network", mission_id=mission_id, body=selection.organisation_id, organisation_id="").address()


def _load_sentence(carried: float, capacity: float, engagements: tuple[EngagementLine, ...]) -> str:
    working = {line.mission for line in engagements if line.now and line.status in WORKING_STATUSES}
    if not engagements:
        return "No part in any mission is recorded for it."
    if not working:
        said = "It is committed to no mission on this day, so it carries no load."
    else:
        units = counted(int(carried), "unit") if carried.is_integer() else f"{number(carried)} units"
        said = f"It carries {units} of load over {counted(len(working), 'mission')}."
    if np.isnan(capacity):
        return f"{said} How much it could carry is not recorded, so nobody can say whether that is too much."
    if carried > capacity:
        return f"{said} It can carry {number(capacity)}: that is {number(carried - capacity)} more than it can."
    left = "nothing is left" if carried == capacity else f"{number(capacity - carried)} left"
    share = f" ({percent(carried / capacity)} used)" if capacity else ""
    return f"{said} It can carry {number(capacity)}: {left}{share}."


def _in_missions(pack: Pack, selection: Selection, results_of: Callable[[str], Results]) -> tuple[InMission, ...]:
    """The missions that it is a member of on the day."""
    name, found = selection.organisation_id, []
    titles = _titles(pack)
    for mission_id in _where_it_may_be(pack, name):
        results = results_of(mission_id)
        bodies = Bodies(results)
        if not bodies.is_member(name):
            continue
        cut, worse = bodies.measured(name, "cut_off"), bodies.measured(name, "worsened")
        found.append(
            InMission(
                titles[mission_id],
                _to_network(selection, mission_id),
                name == results.graph.centre_id,
                about(results, name),
                tuple(bodies[one] for one in cut or ()),
                bodies.requirements(worse or ()),
            )
        )
    return tuple(sorted(found, key=lambda one: one.mission))


def _where_it_may_be(pack: Pack, name: str) -> list[str]:
    """Missions that name it as their centre, in an engagement or in a tie, on any day."""
    missions, engagements, ties = pack["missions"], pack["engagements"], pack["ties"]
    its = ties[(ties["source_id"] == name) | (ties["target_id"] == name)]
    found = {
        *missions.loc[missions["centre_id"] == name, "mission_id"],
        *engagements.loc[engagements["organisation_id"] == name, "mission_id"],
        *its["mission_id"],
    }
    return sorted(found - {""})


def _hanging_sentence(missions: tuple[InMission, ...]) -> str:
    if not missions:
        return "It is a member of no mission on this day, so nothing hangs on it."
    led = [one.mission for one in missions if one.is_centre]
    leads = f" What would happen without it as a centre stands on the page Relied on of {listed(led)}." if led else ""
    if len(led) == len(missions):
        return f"It is the orchestrating centre.{leads}"
    cut = {one.organisation_id for mission in missions for one in mission.cut_off}
    worse = sum(len(mission.worsened) for mission in missions)
    parts = [f"{counted(len(cut), 'body', 'bodies')} would lose every route to a centre"] if cut else []
    parts += [f"{counted(worse, 'requirement')} would be worse off"] if worse else []
    said = " and ".join(parts) or "nobody would lose touch and no requirement would be worse off"
    return f"If it left, {said}.{leads}"


# ── its ties ──────────────────────────────────────────────────────────────────────────────────────


def _ties(pack: Pack, name: str, sources: Sources, day: date) -> tuple[TieLine, ...]:
    rows = pack["ties"]
    rows = rows[(rows["source_id"] == name) | (rows["target_id"] == name)]
    rows = rows[rows["source_id"] != rows["target_id"]]
    return tie_lines(rows, name, bodies_of(pack, other_ends(rows, name)), _titles(pack), sources, day)


def _ties_sentence(ties: tuple[TieLine, ...]) -> str:
    if not ties:
        return "No tie of it to anybody is recorded."
    now = [tie for tie in ties if tie.now]
    if not now:
        return sentence(f"{counted(len(ties), 'tie is', 'ties are')} recorded, and none of them holds on this day")
    others = list(dict.fromkeys(tie.other.name for tie in now))
    said = f"{counted(len(now), 'recorded tie holds', 'recorded ties hold')} on this day, with {listed(others)}"
    over = len(ties) - len(now)
    return sentence(said) + (f" {counted(over, 'more does', 'more do').capitalize()} not." if over else "")
