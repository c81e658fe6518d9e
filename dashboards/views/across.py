"""Across missions: who carries how much over all of them, who is relied on in several, what they share, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dashboards.selection import Selection
from dashboards.views.across_facts import MissionFacts
from dashboards.views.bodies import Body, bodies_of
from dashboards.views.candidates import load_in_words
from dashboards.views.coverage_choice import Options
from orchestrator.errors import quoted
from orchestrator.model.mission_graph import active_on
from orchestrator.model.wording import counted, listed, number, sentence
from orchestrator.tables.pack import Pack
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["AcrossView", "Broker", "Carrier", "Department", "MissionColumn", "PlaceLine", "across_view"]

#: So many bodies stand in a list; the table below holds them all.
SHOWN: Final = 12
#: From so many missions on a body is told as one that several lean on.
SEVERAL: Final = 3


@dataclass(frozen=True)
class MissionColumn:
    """A mission of the choice: its number in the matrix, its title, where it is, and how many are at work in it."""

    number: int
    mission_id: str
    title: str
    address: str
    at_work: int


@dataclass(frozen=True)
class Carrier:
    """What a body carries over all missions, and in which of the choice. ``capacity`` None: not known."""

    body: Body
    load: float
    capacity: float | None
    missions: tuple[str, ...]
    sentence: str

    @property
    def over(self) -> bool:
        """Does it carry more than it can?"""
        return self.capacity is not None and self.load > self.capacity


@dataclass(frozen=True)
class Broker:
    """A body that others rely on in several missions: how many lose every route without it, mission by mission."""

    body: Body
    missions: tuple[tuple[str, int], ...]

    @property
    def cut_off(self) -> int:
        """How many would lose every route, all missions added up."""
        return sum(count for _, count in self.missions)


@dataclass(frozen=True)
class PlaceLine:
    """A place: in how many missions somebody is at work of how many that ask for something there, and in which."""

    place_id: str
    name: str
    tile: tuple[int, int] | None
    served: tuple[str, ...]
    asked: int


@dataclass(frozen=True)
class Department:
    """A department and the missions of the choice in which it carries committed work; none: an empty list."""

    body: Body
    missions: tuple[str, ...]


@dataclass(frozen=True)
class AcrossView:
    """The missions of the choice beside each other. ``shared`` is how many are at work in both, mission by mission."""

    headline: str
    lede: str
    options: Options
    problems: tuple[str, ...]
    missions: tuple[MissionColumn, ...]
    load_sentence: str
    known: tuple[Carrier, ...]
    unknown: tuple[Carrier, ...]
    broker_sentence: str
    brokers: tuple[Broker, ...]
    shared_sentence: str
    shared: tuple[tuple[int, ...], ...]
    places_sentence: str
    places: tuple[PlaceLine, ...]
    department_sentence: str
    departments: tuple[Department, ...]


def across_view(facts: Sequence[MissionFacts], pack: Pack, selection: Selection) -> AcrossView:
    """Who is leant on by several missions, what do they share, and which departments carry work in which?"""
    options, problems = _options(pack, selection)
    chosen = [one for one in facts if not options.chosen or one.mission_set == options.chosen]
    columns = tuple(
        MissionColumn(at, one.mission_id, one.title, _address(selection, one), len(one.at_work))
        for at, one in enumerate(chosen, start=1)
    )
    bodies = bodies_of(pack, pack["organisations"]["organisation_id"])
    carriers = _carriers(chosen, pack, bodies, selection)
    known = tuple(one for one in carriers if one.capacity is not None)
    unknown = tuple(one for one in carriers if one.capacity is None)
    brokers, places = _brokers(chosen, bodies), _places(chosen)
    departments = _departments(chosen, bodies)
    shared = _shared(chosen)
    return AcrossView(
        headline=_headline(carriers, chosen),
        lede=_lede(chosen, selection),
        options=options,
        problems=problems,
        missions=columns,
        load_sentence=_load_sentence(known, unknown),
        known=known,
        unknown=unknown,
        broker_sentence=_broker_sentence(brokers),
        brokers=brokers,
        shared_sentence=_shared_sentence(columns, shared),
        shared=shared,
        places_sentence=_places_sentence(places),
        places=places,
        department_sentence=_department_sentence(departments),
        departments=departments,
    )


def _address(selection: Selection, one: MissionFacts) -> str:
    return selection.to("overview", mission_id=one.mission_id).address()


def _options(pack: Pack, selection: Selection) -> tuple[Options, tuple[str, ...]]:
    sets = tuple(dict.fromkeys(sorted(name for name in pack["missions"]["mission_set"] if name)))
    chosen, problems = selection.asked("set"), tuple[str, ...]()
    if chosen and chosen not in sets:
        chosen, problems = "", (f"{quoted(chosen[:40])} is no set of missions, so all of them are shown.",)
    return Options("set", "Set of missions", "all missions", tuple((name, name) for name in sets), chosen), problems


# ── load ──────────────────────────────────────────────────────────────────────────────────────────


def _carriers(
    chosen: Sequence[MissionFacts], pack: Pack, bodies: Mapping[str, Body], selection: Selection
) -> tuple[Carrier, ...]:
    """Everybody at work in the choice, with the load of all missions: who is over first, then who carries most."""
    rows = pack["engagements"]
    rows = rows[active_on(rows, selection.day) & rows["status"].isin(WORKING_STATUSES).to_numpy()]
    load = rows.assign(load=rows["load"].fillna(1.0)).groupby("organisation_id")["load"].sum()
    count = rows.groupby("organisation_id")["mission_id"].nunique()
    capacity = dict(zip(pack["organisations"]["organisation_id"], pack["organisations"]["capacity"], strict=True))
    titles: dict[str, list[str]] = {}
    for one in chosen:
        for name in one.at_work:
            titles.setdefault(name, []).append(one.title)
    found = []
    for name, missions in titles.items():
        can = None if np.isnan(capacity[name]) else float(capacity[name])
        carries = float(load[name])
        said = load_in_words(carries, int(count[name]), can)
        found.append(Carrier(bodies[name], carries, can, tuple(missions), said))
    return tuple(sorted(found, key=_most_first))


def _most_first(one: Carrier) -> tuple[bool, float, int, str, str]:
    return not one.over, -one.load, -len(one.missions), one.body.name, one.body.organisation_id


def _headline(carriers: Sequence[Carrier], chosen: Sequence[MissionFacts]) -> str:
    if not chosen:
        return "This pack holds no missions"
    over = [one for one in carriers if one.over]
    several = [one for one in carriers if len(one.missions) >= SEVERAL]
    parts = []
    if over:
        who = counted(len(over), "organisation carries", "organisations carry")
        parts.append(f"{who} more than {'it' if len(over) == 1 else 'they'} can")
    if several:
        most = max(len(one.missions) for one in several)
        top = sorted(one.body.name for one in several if len(one.missions) == most)
        who = counted(len(several), "organisation works", "organisations work")
        parts.append(f"{who} in three missions or more, {listed(top, most=2)} in {most}")
    if not parts:
        return f"Nobody is at work in three missions or more of {counted(len(chosen), 'mission')}"
    return sentence("; ".join(parts))[:-1]


def _lede(chosen: Sequence[MissionFacts], selection: Selection) -> str:
    return (
        f"{counted(len(chosen), 'mission').capitalize()} beside each other on {selection.day:%-d %B %Y}. Before the "
        "same body is asked again, see what it carries already; where its capacity is not known, it can be called "
        "neither free nor full."
    )


def _load_sentence(known: Sequence[Carrier], unknown: Sequence[Carrier]) -> str:
    whole = len(known) + len(unknown)
    if not whole:
        return "Nobody is at work in these missions."
    if not known:
        most = unknown[0]
        which = f"they can carry is recorded for none of the {whole:,} bodies at work"
        first = f"How much {'the one body at work can carry is not recorded' if whole == 1 else which}."
        return f"{first} {most.body.name} carries {_units(most.load)}{'' if whole == 1 else ', nobody more'}."
    over = sum(one.over for one in known)
    of = f"{len(known):,} {'body' if len(known) == 1 else 'bodies'}"
    first = f"{over or 'none'} of {of} whose capacity is known {'carries' if over == 1 else 'carry'} more than that"
    rest = f"of {counted(len(unknown), 'body', 'bodies')} it is not known" if unknown else ""
    return sentence(f"{first}; {rest}" if rest else first)


def _units(load: float) -> str:
    return f"{number(load)} {'unit' if load == 1 else 'units'} of load"


# ── brokers, overlap ──────────────────────────────────────────────────────────────────────────────


def _brokers(chosen: Sequence[MissionFacts], bodies: Mapping[str, Body]) -> tuple[Broker, ...]:
    """Bodies without which members lose every route in two missions or more; in most missions first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for one in chosen:
        for name, count in one.cut_off.items():
            found.setdefault(name, []).append((one.title, count))
    several = (Broker(bodies[name], tuple(missions)) for name, missions in found.items() if len(missions) > 1)
    return tuple(sorted(several, key=lambda one: (-len(one.missions), -one.cut_off, one.body.name)))


def _broker_sentence(brokers: Sequence[Broker]) -> str:
    if not brokers:
        return "Nobody is the only way to the centre for others in two missions or more."
    most = brokers[0]
    who = counted(len(brokers), "body is", "bodies are").capitalize()
    return (
        f"{who} the only way to the centre for others in two missions or more. {most.body.name} is in "
        f"{len(most.missions)}, for {most.cut_off:,} in all."
    )


def _shared(chosen: Sequence[MissionFacts]) -> tuple[tuple[int, ...], ...]:
    at_work = [set(one.at_work) for one in chosen]
    return tuple(tuple(len(a & b) for b in at_work) for a in at_work)


def _shared_sentence(columns: Sequence[MissionColumn], shared: Sequence[Sequence[int]]) -> str:
    pairs = [(shared[i][j], i, j) for i in range(len(columns)) for j in range(i)]
    some = [pair for pair in pairs if pair[0]]
    if not pairs:
        return "There is one mission only, so nothing can be shared." if columns else "There is no mission."
    if not some:
        return f"Of {counted(len(pairs), 'pair')} of missions none shares a body at work."
    count, i, j = max(some, key=lambda pair: (pair[0], -pair[1], -pair[2]))
    of = f"{len(pairs):,} {'pair' if len(pairs) == 1 else 'pairs'}"
    first = f"{len(some):,} of {of} of missions {'shares' if len(some) == 1 else 'share'} somebody at work"
    return sentence(first, f"{columns[j].title} and {columns[i].title} the most: {count:,}")


# ── places, departments ───────────────────────────────────────────────────────────────────────────


def _places(chosen: Sequence[MissionFacts]) -> tuple[PlaceLine, ...]:
    """Places that missions ask for, the one served by fewest first."""
    served: dict[str, list[str]] = {}
    asked: Counter[str] = Counter()
    about: dict[str, tuple[str, tuple[int, int] | None]] = {}
    for one in chosen:
        for place in one.places:
            about[place.place_id] = (place.name, place.tile)
            asked[place.place_id] += 1
            served.setdefault(place.place_id, [])
            if place.worked_on:
                served[place.place_id].append(one.title)
    lines = (PlaceLine(name, *about[name], tuple(served[name]), asked[name]) for name in about)
    return tuple(sorted(lines, key=lambda one: (len(one.served), -one.asked, one.name)))


def _places_sentence(places: Sequence[PlaceLine]) -> str:
    if not places:
        return "No requirements are recorded."
    tiled = [one for one in places if one.tile is not None] or list(places)
    several = sum(len(one.served) > 1 for one in tiled)
    least = min(len(one.served) for one in tiled)
    names = sorted(one.name for one in tiled if len(one.served) == least)
    of = f"{len(tiled):,} {'place' if len(tiled) == 1 else 'places'}"
    first = f"in {several or 'none'} of {of} somebody is at work in more than one mission"
    if len(names) == len(tiled):
        return sentence(first, f"in each of them in {counted(least, 'mission')}")
    return sentence(first, f"in fewest in {listed(names, most=2)}: {least or 'none'}")


def _departments(chosen: Sequence[MissionFacts], bodies: Mapping[str, Body]) -> tuple[Department, ...]:
    """Departments by the number of missions in which they carry committed work, those that carry none last."""
    titles: dict[str, list[str]] = {}
    for one in chosen:
        for name in one.at_work:
            titles.setdefault(name, []).append(one.title)
    found = (Department(body, tuple(titles.get(name, ()))) for name, body in bodies.items() if is_department(body))
    return tuple(sorted(found, key=lambda one: (-len(one.missions), one.body.name, one.body.organisation_id)))


def is_department(body: Body) -> bool:
    """Is it a department of central government, by what its kind is called?"""
    return body.sector == "central" and body.kind.endswith("department")


def _department_sentence(departments: Sequence[Department]) -> str:
    if not departments:
        return "No department is on record."
    none = [one for one in departments if not one.missions]
    works = len(departments) - len(none)
    of = f"{len(departments):,} {'department' if len(departments) == 1 else 'departments'}"
    first = f"{works or 'none'} of {of} {'carries' if works == 1 else 'carry'} committed work"
    return sentence(first, f"and {len(none):,} {'carries' if len(none) == 1 else 'carry'} none" if none else "")
