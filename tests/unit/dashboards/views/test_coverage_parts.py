"""The parts of the page of cover: the choice, who could come and how, on whose word, the finer tiles, the outlook."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from dashboards.selection import Selection
from dashboards.views.authorities import AuthoritiesView, authorities_view
from dashboards.views.cliff import CliffView, cliff_view, outlooks
from dashboards.views.coverage import CoverageView, coverage_view
from dashboards.views.coverage_choice import read_choice
from dashboards.views.missing import gap_of
from dashboards.views.network import ring_frame
from dashboards.views.picked_need import NAMED, NAMED_FOLDED
from orchestrator.analysis.outlook import months_after
from tests.laws.oracle import Oracle, Tables
from tests.laws.packs import packs
from tests.packs import DAY, MISSION, SHAPES, library, mission, results


def chosen(**picked: str) -> Selection:
    more = tuple((name, picked.pop(name)) for name in ("only", "sector", "state", "tiles") if name in picked)
    return Selection("coverage", MISSION, DAY, more=more, **picked)  # type: ignore[arg-type]


def coverage_of(tables: Tables, **picked: str) -> CoverageView:
    return coverage_view(results(tables), chosen(**picked), library(tables).pack["sources"])


# ── the choice ────────────────────────────────────────────────────────────────────────────────────

PLACES = mission(
    "ca cb cf",
    "s-w:2 s-e t-w t-e",
    works="a:s-w b:s-w f:t-w",
    paper="d:s-e",
    could="g:t-e h:t-e",
    tiles=("w", "e"),
)


def test_one_capability_alone_is_shown_and_told() -> None:
    view = coverage_of(PLACES, only="t")
    assert {need.capability_id for need in view.frame.needs} == {"t"}
    assert view.grid_sentence.startswith("Only Skill t is shown. Two requirements: 1 gap and 1 covered.")
    assert view.tiles_sentence.startswith("Only Skill t is shown. ")


def test_partners_of_one_sector_are_counted_as_if_they_alone_could_serve() -> None:
    tables = {**PLACES, "organisations": [dict(row) for row in PLACES["organisations"]]}
    next(row for row in tables["organisations"] if row["organisation_id"] == "a")["sector"] = "firm"
    view = coverage_of(tables, sector="firm")
    states = {(need.capability_id, need.place_id): (need.state, need.working) for need in view.frame.needs}
    assert states == {("s", "w"): ("thin", 1), ("s", "e"): ("gap", 0), ("t", "w"): ("gap", 0), ("t", "e"): ("gap", 0)}
    assert view.grid_sentence.startswith("Only partners of firms are counted. ")
    assert view.headline == coverage_of(tables).headline


def test_a_requirement_that_asks_for_another_sector_is_left_out() -> None:
    view = coverage_of(SHAPES["two in one cell"], sector="firm")
    assert {(need.place_id, need.state) for need in view.frame.needs} == {("e", "gap"), ("w", "gap")}
    assert view.frame.blank == "left out by the choice"


def test_one_state_thins_out_the_grid_and_not_the_map() -> None:
    view = coverage_of(PLACES, state="gap")
    assert {need.state for need in view.frame.needs} == {"gap"}
    assert len(view.tiles.needs) == 4
    assert coverage_of(PLACES, state="no-data").grid_sentence.endswith(" No requirement is like that.")


@pytest.mark.parametrize("name", ["only", "sector", "state"])
def test_a_choice_that_there_is_not_is_told_and_everything_shown(name: str) -> None:
    choice = read_choice(results(PLACES).graph, chosen(**{name: "<b>nothing"}))
    assert not choice.anything
    assert len(choice.problems) == 1
    assert "'<b>nothing' is no choice" in choice.problems[0]


def test_cells_keep_the_choice_when_one_is_picked() -> None:
    view = coverage_of(PLACES, only="s", place="w", capability="s")
    (cell,) = [need for need in view.frame.needs if need.current]
    assert "only=s" in cell.href
    assert cell.place_id == "w"


# ── who could, on paper why, on whose word ────────────────────────────────────────────────────────


def even(tables: Tables) -> Tables:
    """The tables with every column in every row."""
    columns = {name: dict.fromkeys((key for row in rows for key in row), "") for name, rows in tables.items()}
    return {name: [{**columns[name], **row} for row in rows] for name, rows in tables.items()}


def with_columns(tables: Tables, table: str, by: str, rows: dict[str, dict[str, str]]) -> Tables:
    """The tables with more said of some rows."""
    return even({**tables, table: [{**row, **rows.get(row[by], {})} for row in tables[table]]})


def test_who_could_is_told_with_load_against_capacity_and_the_shortest_introduction() -> None:
    tables = mission("ca", "s-w", could="d:s-w e:s-w f:s-w g:s-w")
    tables["ties"] += [
        {"source_id": "a", "target_id": "d", "mission_id": ""},
        {"source_id": "d", "target_id": "e", "mission_id": ""},
        {"source_id": "c", "target_id": "f", "mission_id": ""},
    ]
    tables["missions"] += [{"mission_id": "other", "title": "Other", "centre_id": "c"}]
    tables["engagements"] += [{"organisation_id": "f", "mission_id": "other", "status": "delivering", "load": "2"}]
    tables = with_columns(tables, "organisations", "organisation_id", {"f": {"capacity": "2"}, "d": {"capacity": "3"}})
    (need,) = coverage_of(tables, place="w").picked
    assert [(one.body.organisation_id, one.full, one.steps) for one in need.candidates] == [
        ("d", False, 2),
        ("e", False, 3),
        ("g", False, None),
        ("f", True, 1),
    ]
    said = {one.body.organisation_id: f"{one.load_sentence} {one.way_sentence}" for one in need.candidates}
    assert said == {
        "d": "Carries 0 of 3 units of load. Ask Body A: it works with Body C and with it.",
        "e": "Carries nothing yet; what it can carry is not recorded. Ask Body A, then Body D: it works with it.",
        "f": "Carries 2 of 2 units of load, in one mission: it is full. Body C works with it already.",
        "g": (
            "Carries nothing yet; what it can carry is not recorded. No way to it is on record: write to it directly."
        ),
    }


def test_on_paper_says_why_not_committed_or_no_route() -> None:
    tables = mission("ca", "s-w", works="a:t-w b:s-w", paper="d:s-w")
    (need,) = coverage_of(tables, place="w", capability="s").picked
    assert dict(zip((body.organisation_id for body in need.on_paper), need.why, strict=True)) == {
        "b": "Committed, and no route leads from it to Body C.",
        "d": "Proposed, not committed.",
    }


def test_a_cell_says_on_whose_word_and_what_is_not_recorded() -> None:
    tables = mission("ca", "s-w", works="a:s-w")
    tables["sources"] = [{"source_id": "plan", "title": "The plan", "address": "https://example.org/plan"}]
    tables["engagements"][0] |= {"starts": "2025-03-01", "role": "Runs the scheme", "source": "plan"}
    tables["ties"][0] |= {"reported_by": "a", "last_seen": "2026-05-04", "source": "plan"}
    (need,) = coverage_of(tables, place="w", capability="s").picked
    word = need.words["a"]
    assert word.part == "Committed since 1 March 2025: Runs the scheme."
    assert word.offer == "Offers it for Place w."
    assert word.ties == "One tie: reported by Body A; confirmed by nobody by name; last seen on 4 May 2026."
    assert word.part_sources == word.tie_sources == (("The plan", "https://example.org/plan"),)
    assert word.offer_sources == ()
    (folded,) = coverage_of(tables, place="w").picked
    assert folded.words == {}


# ── authority by authority ────────────────────────────────────────────────────────────────────────


def region_with_authorities() -> Tables:
    """Region w asks for s and t; x, y and z lie in it; a serves all of w with s, b only y with t."""
    tables = mission("ca cb", "s-w t-w", works="a:s-w b:t-y", tiles=("w",))
    tables["places"] += [
        {
            "place_id": name,
            "name": f"Town {name}",
            "level": "town",
            "parent_id": "w",
            "tile_column": str(at),
            "tile_row": "3",
        }
        for at, name in enumerate("xz")
    ]
    y = next(row for row in tables["places"] if row["place_id"] == "y")
    y.update(level="town", parent_id="w", tile_column="7", tile_row="4")
    return even(tables)


def tiles_of(tables: Tables, **picked: str) -> AuthoritiesView:
    graph, selection = results(tables).graph, chosen(**picked)
    view = authorities_view(graph, selection, read_choice(graph, selection))
    assert view is not None
    return view


def test_a_picked_region_is_shown_authority_by_authority() -> None:
    view = tiles_of(region_with_authorities(), place="w")
    states = {(need.place_id, need.capability_id): need.state for need in view.frame.needs}
    assert states == {
        ("x", "s"): "covered",
        ("y", "s"): "covered",
        ("z", "s"): "covered",
        ("x", "t"): "no-data",
        ("y", "t"): "covered",
        ("z", "t"): "no-data",
    }
    assert [(place.place_id, place.tile_column, place.tile_row) for place in view.frame.places] == [
        ("x", 0, 3),
        ("y", 7, 4),
        ("z", 1, 3),
    ]
    assert view.sentence.startswith(
        "Somebody at work delivers some of what is asked for in each of the three authorities in Place w. "
        "In 1 of them somebody works on all of it."
    )


def test_one_capability_is_shown_all_over_the_map_and_an_authority_keeps_its_region() -> None:
    view = tiles_of(region_with_authorities(), only="t")
    assert view.single == "Skill t"
    assert view.sentence.startswith(
        "Somebody at work delivers Skill t in 1 of the three authorities; of 2 we do not know: Town x and Town z."
    )
    inside = tiles_of(region_with_authorities(), place="y", capability="t")
    assert (inside.title, len(inside.frame.places)) == ("Skill t, authority by authority", 3)


def test_without_a_place_or_a_capability_there_are_ways_to_look_into_places() -> None:
    view = tiles_of(region_with_authorities())
    assert view.frame.needs == ()
    assert [words for words, _ in view.regions] == ["Place w"]


def test_a_picked_authority_says_what_is_asked_for_around_it() -> None:
    view = coverage_of(region_with_authorities(), place="y", capability="t")
    (need,) = view.picked
    assert (need.title, need.state) == ("Skill t in Place y", "covered")
    assert need.note == "The mission asks for it in Place w, not here by itself."
    assert [body.organisation_id for body in need.working] == ["b"]


@pytest.mark.parametrize("shape", SHAPES)
def test_without_finer_tiles_there_is_no_finer_map(shape: str) -> None:
    assert coverage_of(SHAPES[shape]).authorities is None


# ── will it last? ─────────────────────────────────────────────────────────────────────────────────


def cliff_of(tables: Tables, on: date = DAY) -> CliffView:
    return cliff_view(outlooks(library(tables).graph(MISSION, DAY)), Selection("coverage", MISSION, on))


def outlook_holds(tables: Tables) -> None:
    """Month by month, and after each day on which something ends, cover is what the referee says of that day."""
    view = cliff_of(tables)

    def states(day: date) -> Counter[str]:
        truth = Oracle(tables, MISSION, day.isoformat())
        return Counter(truth.state(row) for row in truth.requirements)

    for month in view.months[::6]:
        assert month.day == months_after(DAY, month.months)
        assert +Counter(month.states) == states(month.day)
    for ending in view.endings:
        assert ending.covered_after == states(ending.day)["covered"]
    covered = [states(months_after(DAY, months))["covered"] for months in (0, 6, 12, 24)]
    if covered[0] and covered[1:] != [covered[0]] * 3:
        later = [str(count or "none") for count in covered[1:]]
        assert f"{later[0]} in 6, {later[1]} in 12 and {later[2]} in 24 months." in view.sentence
    elif covered[0]:
        assert f"covered today still {'is' if covered[0] == 1 else 'are'} in 24 months" in view.sentence


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(packs())
def test_the_outlook_holds_of_random_missions(tables: Tables) -> None:
    outlook_holds(tables)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_outlook_holds_of_every_shape(shape: str) -> None:
    outlook_holds(SHAPES[shape])


def ending_soon() -> Tables:
    tables = mission("ca cb", "s-w s-e", works="a:s-w b:s-e")
    tables["ties"][0] |= {"ends": "2026-10-01", "fund": "Bridge Fund"}
    tables["engagements"] = [
        {**row, **({"ends": "2027-03-31"} if row["organisation_id"] == "b" else {})} for row in tables["engagements"]
    ]
    return even(tables)


def test_what_ends_is_told_day_by_day_with_its_fund_and_what_falls() -> None:
    view = cliff_of(ending_soon())
    assert view.sentence == (
        "Two requirements are covered today; if nothing is renewed, 1 in 6, none in 12 and none in 24 months. "
        "One tie and one commitment end by then, on two days."
    )
    assert [(ending.day.isoformat(), ending.sentence) for ending in view.endings] == [
        ("2026-10-01", "One tie ends (Bridge Fund); cover falls from 2 to 1."),
        ("2027-03-31", "One commitment ends; cover falls from 1 to 0."),
    ]
    (fund,) = view.funds
    assert (fund.fund, fund.ties, fund.ends, fund.cut_off, fund.lost) == (
        "Bridge Fund",
        1,
        "2026-10-01",
        ("Body A",),
        "Skill s in Place w",
    )


def test_the_slider_marks_its_step_and_leads_to_the_day_of_each() -> None:
    view = cliff_of(ending_soon(), on=date(2027, 6, 1))
    assert [(step.label, step.current) for step in view.steps] == [
        ("Today", False),
        ("+6 months", False),
        ("+12 months", True),
        ("+18 months", False),
        ("+24 months", False),
    ]
    assert view.steps[1].address == f"/mission/{MISSION}/coverage?on=2026-12-01"
    assert view.at == 12
    assert cliff_of(ending_soon(), on=date(2027, 6, 2)).at is None


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (mission("ca"), "No requirements are recorded."),
        (
            mission("ca", "s-w", could="a:s-w"),
            (
                "No requirement is covered today, so none can lose its cover. "
                "No tie and no commitment is recorded to end in the next 24 months."
            ),
        ),
        (
            mission("ca", "s-w", works="a:s-w"),
            (
                "The one requirement that is covered today still is in 24 months, if nothing is renewed. "
                "No tie and no commitment is recorded to end in the next 24 months."
            ),
        ),
    ],
)
def test_nothing_to_lose_and_nothing_that_ends_are_told(tables: Tables, said: str) -> None:
    assert cliff_of(tables).sentence == said


def test_an_authority_where_others_deliver_and_nobody_this_is_named() -> None:
    tables = region_with_authorities()
    tables["offers"].append({**tables["offers"][0], "organisation_id": "a", "capability_id": "s", "place_id": "x"})
    assert tiles_of(tables, only="t").sentence.startswith(
        "Nobody at work delivers Skill t in 1 of the three authorities: Town x; of 1 we do not know: Town z."
    )


# ── on the map ────────────────────────────────────────────────────────────────────────────────────


def test_who_could_fill_a_gap_stands_on_the_map_with_a_letter() -> None:
    found = results(mission("ca", "s-w", could="d:s-w e:s-w"))
    gap = gap_of(found, Selection("network", MISSION, DAY, capability="s", place="w"))
    assert gap is not None
    assert (gap.title, [(one.letter, one.body.name) for one in gap.could]) == (
        "Skill s in Place w",
        [("A", "Body D"), ("B", "Body E")],
    )
    assert [circle.name for circle in ring_frame(found, None, gap).missing] == ["Body D", "Body E"]
    assert gap_of(found, Selection("network", MISSION, DAY, capability="s", place="nowhere")) is None
    assert gap_of(found, Selection("network", MISSION, DAY)) is None


def test_of_many_bodies_the_first_are_named_and_all_are_counted() -> None:
    tables = mission("ca", "s-w", works="a:s-w")
    many = [f"x{number:03}" for number in range(NAMED + 3)]
    tables["organisations"] += [{"organisation_id": one, "name": one, "sector": "firm", "family": ""} for one in many]
    tables["offers"] += [{"organisation_id": one, "capability_id": "s", "place_id": "w"} for one in many]
    (need,) = coverage_of(tables, place="w", capability="s").picked
    assert need.counts == (1, 0, NAMED + 3)
    assert [one.body.organisation_id for one in need.candidates] == many[:NAMED]
    (folded,) = coverage_of(tables, place="w").picked
    assert len(folded.candidates) == NAMED_FOLDED
