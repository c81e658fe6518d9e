"""Every sentence that a view makes says what is true: the numbers in it against the referee's, on many missions.

The referee (tests/laws/oracle.py) works from the plain rows and shares nothing with the views. The words are written
out here once more, from the numbers, so that a sentence can neither drop a number nor keep one that does not hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from dashboards.questions import standings_of
from dashboards.selection import Selection
from dashboards.views.bottlenecks import BottlenecksView, bottlenecks_view
from dashboards.views.coverage import CoverageView, coverage_view
from dashboards.views.missions import missions_view
from dashboards.views.network import NetworkView, network_view
from dashboards.views.overview import OverviewView, overview_view
from orchestrator.study import Library
from tests.laws.oracle import Oracle, Row, Tables
from tests.laws.packs import packs
from tests.packs import DAY, MISSION, SHAPES, library, referee

NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EMPTY: Counter[str] = Counter()


@dataclass(frozen=True)
class Told:
    """The views of one mission, and what is true of it."""

    library: Library
    truth: Oracle

    def chosen(self, page: str) -> Selection:
        return Selection(page, MISSION, DAY)

    @property
    def overview(self) -> OverviewView:
        return overview_view(self.library.results(MISSION, DAY))

    @property
    def coverage(self) -> CoverageView:
        chosen = self.chosen("coverage")
        return coverage_view(self.library.results(MISSION, DAY), chosen, self.library.pack["sources"])

    @property
    def network(self) -> NetworkView:
        return network_view(self.library.results(MISSION, DAY), self.chosen("network"), self.library.pack["sources"])

    @property
    def bottlenecks(self) -> BottlenecksView:
        return bottlenecks_view(self.library.results(MISSION, DAY), self.chosen("bottlenecks"))

    # ── what is true ──────────────────────────────────────────────────────────────────────────────
    @property
    def states(self) -> Counter[str]:
        return Counter(self.truth.state(row) for row in self.truth.requirements)

    @property
    def nobody(self) -> list[Row]:
        return [row for row in self.truth.requirements if self.truth.state(row) in ("gap", "on-paper")]

    @property
    def others(self) -> list[str]:
        return [body for body in self.truth.members if body != self.truth.centre]

    def worsened(self, body: str) -> list[str]:
        """Requirements whose state is worse when this body is gone; what nothing is known of is never worse."""
        order = ("covered", "thin", "on-paper", "gap", "no-data")
        after = Oracle(self.truth.tables, MISSION, self.truth.day, gone=body)
        before = {row["requirement_id"]: self.truth.state(row) for row in self.truth.requirements}
        return [
            row["requirement_id"]
            for row in after.requirements
            if before[row["requirement_id"]] != "no-data"
            and min(3, order.index(after.state(row))) > order.index(before[row["requirement_id"]])
        ]

    @property
    def relied_on(self) -> list[str]:
        """Most weight lost first, then most cut off, then by id."""
        held = [body for body in self.others if self.truth.cut_off(body) or self.worsened(body)]
        return sorted(held, key=lambda body: (*self.loss(body), body))

    def loss(self, body: str) -> tuple[float, int]:
        return -(self.truth.weight_lost(body) or 0.0), -len(self.truth.cut_off(body))

    @property
    def cut(self) -> set[str]:
        return {lost for body in self.others for lost in self.truth.cut_off(body)}

    def name(self, body: str) -> str:
        return self.truth.register[body]["name"]

    def place(self, place: str) -> str:
        return next(row["name"] for row in self.truth.rows("places") if row["place_id"] == place)


@cache
def told(shape: str) -> Told:
    return Told(library(SHAPES[shape]), referee(SHAPES[shape]))


def words(count: int) -> str:
    return NUMERALS[count] if count < 10 else f"{count:,}"


def figures(said: str) -> list[int]:
    """The numbers of a sentence in their order, numerals and figures alike."""
    found = re.findall(rf"\b(?:{'|'.join(NUMERALS)}|\d+)\b", said.casefold())
    return [NUMERALS.index(one) if one in NUMERALS else int(one) for one in found]


def names_in(names: list[str], most: int) -> str:
    names = sorted(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


# ── who works on what: said on three pages ────────────────────────────────────────────────────────


def expected_standing(states: Counter[str]) -> str:
    needs, nobody = sum(states.values()), states["gap"] + states["on-paper"]
    if needs == 0:
        return "no requirements are recorded"
    if nobody == 1 == needs:
        return "the one requirement has nobody working on it"
    if nobody:
        return f"{nobody} of {needs} requirements {'has' if nobody == 1 else 'have'} nobody working on " + (
            "it" if nobody == 1 else "them"
        )
    if states["no-data"] == needs:
        return f"{words(needs)} requirement{'s' * (needs > 1)} cannot be judged: nothing is recorded there"
    return "somebody works on every requirement" + " that can be judged" * bool(states["no-data"])


def overview_headline_holds(told: Told) -> None:
    said, relied_on = expected_standing(told.states), len(told.relied_on)
    said = said[0].upper() + said[1:] if told.states else f"{told.truth.mission['title']}: {said}"
    if relied_on:
        said += f", and {words(relied_on)} organisation{'s' * (relied_on > 1)} cannot leave without loss"
    assert told.overview.headline == said


def overview_lede_holds(told: Told) -> None:
    members, ties = len(told.truth.members), len(told.truth.ties)
    told_so = told.overview.lede.removeprefix(told.truth.mission["title"])
    assert told_so == (
        f" on 1 June 2026, orchestrated by {told.name(told.truth.centre)}: "
        f"{words(members)} organisation{'s' * (members != 1)} with {words(ties)} tie{'s' * (ties != 1)} between them."
    )


def key_figures_hold(told: Told) -> None:
    members, ties, states = len(told.truth.members), len(told.truth.ties), told.states
    lost = [body for body in told.others if told.truth.hops(body) is None]
    nobody, needs, unknown = len(told.nobody), len(told.truth.requirements), states["no-data"]
    shown = told.overview.figures
    assert shown == told.network.figures
    assert [figure.value for figure in shown] == [
        str(members),
        str(len(told.relied_on)),
        str(nobody),
        str(len(lost)),
    ]
    assert (shown[0].label == "organisation") == (members == 1)
    assert figures(shown[0].detail) == [ties]
    assert figures(shown[1].detail.removesuffix("any one costs cover")) == ([len(told.cut)] if told.cut else [])
    assert ("nobody's leaving" in shown[1].detail) == (not told.relied_on)
    assert (shown[2].label == "requirement nobody works on") == (nobody == 1)
    in_all = f"of {needs} in all; {unknown or 'none'} without data"
    assert shown[2].detail == (in_all if needs else "none are recorded")
    if lost:
        share = round(100 * len(lost) / len(told.others))
        assert shown[3].detail == f"{share}% of the others have no route to the centre"
    else:
        assert shown[3].detail == "all have a route to the centre"


def missions_headline_holds(told: Told) -> None:
    view = missions_view(
        standings_of(lambda *_: None, told.library.pack, DAY, 2), told.library.pack["missions"], Selection(on=DAY)
    )
    line = next(line for line in view.missions if line.mission_id == MISSION)
    assert line.states == told.states
    assert (line.members, line.requirements) == (len(told.truth.members), len(told.truth.requirements))
    assert line.nobody == len(told.nobody)
    referees = [Oracle(told.truth.tables, one.mission_id, told.truth.day) for one in view.missions]
    every = sum((Counter(one.state(row) for row in one.requirements) for one in referees), EMPTY)
    count = len(view.missions)
    assert view.headline == f"{words(count).capitalize()} mission{'s' * (count > 1)}: {expected_standing(every)}"


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────


def coverage_headline_holds(told: Told) -> None:
    states, needs = told.states, len(told.truth.requirements)
    if not needs:
        assert told.coverage.headline == "No requirements are recorded for this mission"
        return
    first = expected_standing(states)
    if states["no-data"] == needs:
        assert told.coverage.headline == first[0].upper() + first[1:]
        return
    parts = [first[0].upper() + first[1:]]
    if told.nobody:
        of = "the one requirement" if needs == 1 else f"{len(told.nobody)} of {needs} requirements"
        parts = [f"Nobody works on {of}, {expected_worst(told)}"]
    thin, more = states["thin"], "more " * bool(told.nobody)
    parts.append(f"{thin} {more}{'is' if thin == 1 else 'are'} thin" if thin else "none is thin")
    if states["no-data"]:
        parts.append(f"{states['no-data']} cannot be judged")
    assert told.coverage.headline == "; ".join(parts)


def expected_worst(told: Told) -> str:
    at = Counter(row["place_id"] for row in told.nobody)
    most = max(at.values())
    worst = names_in([told.place(place) for place in at if at[place] == most], 2)
    alike = [place for place in at if at[place] == most]
    if len(at) == 1:
        return f"in {worst}" if most == 1 else f"all in {worst}"
    if len(alike) == len({row["place_id"] for row in told.truth.requirements}):
        return f"as many in every place ({most} each)"
    return f"most often in {worst} ({most}{' each' * (len(alike) > 1)})"


def cells_of(told: Told, places: set[str]) -> dict[tuple[str, str], str]:
    """The worst state of each capability and place."""
    order = ("gap", "no-data", "on-paper", "thin", "covered")
    found: dict[tuple[str, str], str] = {}
    for row in told.truth.requirements:
        cell, state = (row["capability_id"], row["place_id"]), told.truth.state(row)
        if row["place_id"] in places:
            found[cell] = min(found.get(cell, state), state, key=order.index)
    return found


def places_on_the_map(told: Told) -> tuple[set[str], set[str]]:
    """The places that are asked for: on the tile map (all of them if none has a tile), and the others."""
    asked = {row["place_id"] for row in told.truth.requirements}
    rows = told.truth.rows("places")
    tiled = {row["place_id"] for row in rows if row.get("tile_column") and row.get("tile_row")} & asked
    return (tiled, asked - tiled) if tiled else (asked, set())


def grid_sentences_hold(told: Told) -> None:
    view = told.coverage
    parts = zip(places_on_the_map(told), (view.grid_sentence, view.elsewhere_sentence), strict=True)
    for places, said in parts:
        cells = Counter(cells_of(told, places).values())
        asked = sum(row["place_id"] in places for row in told.truth.requirements)
        listed = [cells[state] for state in ("gap", "no-data", "on-paper", "thin", "covered") if cells[state]]
        shared = [sum(cells.values())] if sum(cells.values()) != asked else []
        assert figures(said.replace("no data", "")) == ([asked, *shared, *listed] if asked else [0])
        assert ("share a cell" in said) == bool(shared)
        for state, word in (("gap", "gap"), ("no-data", "no data"), ("on-paper", "on paper"), ("thin", "thin")):
            assert bool(re.search(rf"\d {word}", said)) == bool(cells[state])


def tiles_sentence_holds(told: Told) -> None:
    places = places_on_the_map(told)[0]
    cells = cells_of(told, places)
    risk = {
        place: sum(state in ("gap", "on-paper", "thin") for (_, at), state in cells.items() if at == place)
        for place in places
    }
    risky = sorted((place for place in places if risk[place]), key=told.place)
    said = told.coverage.tiles_sentence.split(" At risk is ")[0]
    if not risky:
        known = [state for state in cells.values() if state != "no-data"]
        assert said == (
            "No requirements are recorded."
            if not cells
            else "Nothing is recorded about any of these places, so none can be judged."
            if not known
            else "No requirement that can be judged is at risk."
            if len(known) < len(cells)
            else "No place has a requirement at risk."
        )
        return
    most = max(risk.values())
    worst = [place for place in risky if risk[place] == most]
    of = sum(at == worst[0] for _, at in cells)
    names = names_in([told.place(place) for place in worst], 2)
    if len(places) == 1:
        assert said == f"{names}: {most} of {of} at risk."
        return
    first = f"{len(risky)} of {len(places)} places {'has' if len(risky) == 1 else 'have'} some at risk"
    if len(risky) == 1:
        assert said == f"{first}, {names}: {most} of {of}."
    elif len(worst) == len(risky):
        assert said == f"{first}, {most} each."
    else:
        assert said == f"{first}, {names} the most: {f'{most} each' if len(worst) > 1 else f'{most} of {of}'}."


# ── network and who is relied on ──────────────────────────────────────────────────────────────────


def network_headline_holds(told: Told) -> None:
    gates = [body for body in told.others if told.truth.cut_off(body)]
    if not gates:
        assert told.network.headline == "No single organisation stands between another and the centre"
    else:
        assert figures(told.network.headline) == [len(gates), len(told.cut), len(told.truth.members)]
        assert ("organisation is" in told.network.headline) == (len(gates) == 1)


def network_sentence_holds(told: Told) -> None:
    hops = [told.truth.hops(body) for body in told.others]
    known = [steps for steps in hops if steps is not None]
    said, lost = told.network.sentence, len(hops) - len(known)
    if len(hops) < 2:
        assert said == (
            "Nobody but the centre takes part."
            if not hops
            else "The one other organisation is one step from the centre."
            if known
            else "The one other organisation has no route to the centre."
        )
        return
    assert said.startswith(
        f"{known.count(1)} of {len(hops)} other organisations {'is' if known.count(1) == 1 else 'are'}"
    )
    assert ("the farthest" in said) == (max(known, default=0) > 1)
    if max(known, default=0) > 1:
        assert f"the farthest {words(max(known))} steps away" in said
    ending = f"{lost} {'has' if lost == 1 else 'have'} no route." if lost else "all have a route."
    assert said.endswith(f"; {ending}")


def the_table_of_members_holds(told: Told) -> None:
    assert {line.body.organisation_id: (line.hops, line.routes, line.ties) for line in told.network.sheet} == {
        body: (told.truth.hops(body), told.truth.routes(body), len(told.truth.neighbours[body]))
        for body in told.truth.members
    }


def bottleneck_lines_hold(told: Told) -> None:
    lines = told.bottlenecks.lines
    whole = sum(float(row.get("weight") or 1) for row in told.truth.requirements)
    assert [line.reliance.body.organisation_id for line in lines] == told.relied_on
    assert [line.reliance.rank for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        body = line.reliance.body.organisation_id
        assert sorted(line.reliance.cut_off) == told.truth.cut_off(body)
        assert sorted(line.reliance.worsened) == sorted(told.worsened(body))
        assert line.share == pytest.approx(told.truth.weight_lost(body) / whole if whole else 0.0)
        assert f"If {told.name(body)} left" in line.statement
        cut, worse = len(line.cut_off), len(line.worsened)
        expected = [f"cuts off {words(cut)} {'body' if cut == 1 else 'bodies'}"] if cut else []
        expected += [f"leaves {words(worse)} requirement{'s' * (worse > 1)} worse off"] if worse else []
        assert line.reliance.consequence == ", ".join(expected)


def bottlenecks_headline_holds(told: Told) -> None:
    relied_on, said = told.relied_on, told.bottlenecks.headline
    if not relied_on:
        assert said == "No single organisation's leaving would cut anyone off or cost cover"
        return
    most = [body for body in relied_on if told.loss(body) == told.loss(relied_on[0])]
    count = words(len(relied_on)).capitalize()
    if len(relied_on) == 1:
        assert said == f"One organisation is relied on: {told.name(most[0])}"
    elif len(most) == len(relied_on):
        assert said == f"{count} organisations are relied on alike"
    else:
        assert said.startswith(f"{count} organisations are relied on, {told.name(most[0])}")
        assert said.endswith(" the most")
        assert (f" and {len(most) - 2} more the most" in said) == (len(most) > 2)
        assert (told.name(most[1]) in said) == True if len(most) > 1 else " and " not in said  # noqa: E712


def bottlenecks_sentence_holds(told: Told) -> None:
    said, cut = told.bottlenecks.sentence, len(told.cut)
    if not told.relied_on:
        assert said.endswith(", and no requirement rests on one body.")
        assert said.startswith("Nobody but" if not told.others else "Everyone who has a route to ")
        assert all(told.truth.hops(body) in (None, 1) or (told.truth.routes(body) or 0) > 1 for body in told.others)
        return
    needs = {need for body in told.others for need in told.worsened(body)}
    first = (
        f"{cut} of {len(told.truth.members)} members {'hangs' if cut == 1 else 'hang'} on another body for every route"
    )
    assert said.startswith(f"{first}, and {words(len(needs))} requirement{'s' * (len(needs) != 1)} would be worse off")
    whole = sum(float(row.get("weight") or 1) for row in told.truth.requirements)
    lost = -told.loss(told.relied_on[0])[0]
    assert ("of the requirement weight would be worse off." in said) == bool(lost)
    if lost:
        share = 100 * lost / whole
        rounded = "under 1" if share < 0.5 else "over 99" if 99.5 <= share < 100 else f"{share:.0f}"
        assert said.endswith(
            f"If {told.name(told.relied_on[0])} left, {rounded}% of the requirement weight would be worse off."
        )


CLAIMS = (
    overview_headline_holds,
    overview_lede_holds,
    key_figures_hold,
    missions_headline_holds,
    coverage_headline_holds,
    grid_sentences_hold,
    tiles_sentence_holds,
    network_headline_holds,
    network_sentence_holds,
    the_table_of_members_holds,
    bottleneck_lines_hold,
    bottlenecks_headline_holds,
    bottlenecks_sentence_holds,
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.__name__)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_view_says_holds(shape: str, claim: Callable[[Told], None]) -> None:
    claim(told(shape))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(packs())
def test_what_a_view_says_holds_of_random_missions(tables: Tables) -> None:
    mission = Told(library(tables), referee(tables))
    for claim in CLAIMS:
        claim(mission)
