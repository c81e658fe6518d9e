"""What is said of the cell, the place or the body that somebody picked."""

from __future__ import annotations

import pytest

from dashboards.selection import Selection
from dashboards.views.coverage import CoverageView, coverage_view
from dashboards.views.network import SHEET, NetworkView, network_view, picked_body
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, SHAPES, library, mission, referee, results


def coverage_of(tables: Tables, **picked: str) -> CoverageView:
    chosen = Selection("coverage", MISSION, DAY, **picked)  # type: ignore[arg-type]
    return coverage_view(results(tables), chosen, library(tables).pack["sources"])


def network_of(tables: Tables, **picked: object) -> NetworkView:
    chosen = Selection("network", MISSION, DAY, **picked)  # type: ignore[arg-type]
    return network_view(results(tables), chosen, library(tables).pack["sources"])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picked_place_lists_each_of_its_requirements_with_the_names_behind_it(shape: str) -> None:
    truth = referee(SHAPES[shape])
    for place in {row["place_id"] for row in truth.requirements}:
        shown = {need.requirement_id: need for need in coverage_of(SHAPES[shape], place=place).picked}
        wanted = [row for row in truth.requirements if row["place_id"] == place]
        assert list(shown) == [row["requirement_id"] for row in wanted]
        for row in wanted:
            need = shown[row["requirement_id"]]
            assert need.state == truth.state(row)
            assert [body.organisation_id for body in need.working] == truth.working(row)
            assert [body.organisation_id for body in need.on_paper] == truth.on_paper(row)
            assert sorted(one.body.organisation_id for one in need.candidates) == truth.candidates(row)
            assert len(need.why) == len(need.on_paper)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (
            mission("ca cb", "s-w:2", works="a:s-w b:s-w"),
            "Two independent partners work on it; 2 are enough. Nobody else is known who could.",
        ),
        (
            mission("ca", "s-w", works="a:s-w", could="d:s-w"),
            "One independent partner works on it; 1 is enough. One body without a part in the mission could.",
        ),
        (
            mission(
                "ca cb", "s-w:2", works="a:s-w b:s-w", families={"a": "f", "b": "f"}, paper="d:s-w", could="e:s-w g:s-w"
            ),
            (
                "One independent partner works on it; 2 are enough. Two organisations in all, some of one family, "
                "one body is in on paper only and two bodies without a part in the mission could."
            ),
        ),
        (
            mission("ca", "s-w", paper="d:s-w e:s-w"),
            (
                "No independent partners work on it; 1 is enough. "
                "Two bodies are in on paper only and nobody else is known who could."
            ),
        ),
        (
            mission("ca", "s-w"),
            "Nothing is recorded about this place, so it cannot be judged. Nobody else is known who could.",
        ),
    ],
)
def test_the_sentence_of_a_picked_cell_counts_who_works_who_is_promised_and_who_could(
    tables: Tables, said: str
) -> None:
    (need,) = coverage_of(tables, capability="s", place="w").picked
    assert need.sentence == said


def test_a_picked_cell_shows_all_requirements_that_share_it_and_whom_each_is_for() -> None:
    view = coverage_of(SHAPES["two in one cell"], capability="s", place="w")
    assert view.picked_title == "Skill s in Place w"
    assert [need.title for need in view.picked] == [
        "Skill s in Place w (by firms only)",
        "Skill s in Place w (by local government only)",
    ]


@pytest.mark.parametrize(("picked", "title"), [({"place": "w"}, "Place w"), ({"capability": "s"}, "Skill s")])
def test_a_place_or_a_capability_may_be_picked_alone(picked: dict[str, str], title: str) -> None:
    assert coverage_of(SHAPES["many gaps"], **picked).picked_title == title


@pytest.mark.parametrize("picked", [{}, {"place": "nowhere"}, {"capability": "nothing", "place": "w"}])
def test_nothing_is_picked_where_the_address_names_nothing_that_is_there(picked: dict[str, str]) -> None:
    view = coverage_of(SHAPES["many gaps"], **picked)
    assert (view.picked, view.picked_title) == ((), "")


def test_a_source_leads_to_its_document_and_an_unknown_one_keeps_its_words() -> None:
    tables = mission("ca", "s-w", works="a:s-w", changes={"s-w": {"source": "plan", "basis": "published"}})
    tables["sources"] = [{"source_id": "plan", "title": "The plan", "address": "https://example.org/plan"}]
    (need,) = coverage_of(tables, place="w").picked
    assert (need.basis, need.sources) == ("published", (("The plan", "https://example.org/plan"),))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_panel_of_a_body_says_its_steps_its_routes_and_what_hangs_on_it(shape: str) -> None:
    truth, found = referee(SHAPES[shape]), results(SHAPES[shape])
    for body in truth.members:
        picked = picked_body(found, body)
        assert picked is not None
        said = " ".join(picked.sentences)
        assert [one.organisation_id for one in picked.partners] == sorted(truth.neighbours[body])
        if body == truth.centre:
            assert said.startswith("The orchestrating centre, with ")
            continue
        assert ("no route to" in said) == (truth.hops(body) is None)
        assert ("would lose every route" in said) == bool(truth.cut_off(body))
        alone = not truth.cut_off(body) and "would be worse off." not in said
        assert ("Nobody else hangs on it" in said) == alone


def test_one_of_each_is_told_in_the_singular() -> None:
    picked = picked_body(results(mission("ca ab", "s-w", works="b:s-w")), "a")
    assert picked is not None
    assert picked.sentences == (
        "Two ties; one step from Body C, over one independent route.",
        "If it left, one body would lose every route: Body B.",
        "One requirement would be worse off.",
    )


def test_many_routes_and_no_ties_are_told_too() -> None:
    many = picked_body(results(mission("ca cb cd ae be de ce")), "e")
    assert many is not None
    assert many.sentences[0] == "Four ties; one step from Body C, over three or more independent routes."
    alone = picked_body(results(mission("ca", "s-w", paper="d:s-w")), "d")
    assert alone is not None
    assert alone.sentences[0] == "No ties, and no route to Body C."


def test_somebody_who_takes_no_part_is_not_picked() -> None:
    found = results(mission("ca", "s-w", could="d:s-w"))
    assert picked_body(found, "d") is None
    assert picked_body(found, "nobody at all") is None


def test_the_table_of_members_comes_in_sheets_and_a_sheet_too_far_shows_the_last() -> None:
    tables = mission("ca")
    many = [f"x{number:04}" for number in range(SHEET + 5)]
    tables["organisations"] += [{"organisation_id": one, "name": one, "sector": "firm", "family": ""} for one in many]
    tables["ties"] += [{"source_id": "c", "target_id": one, "mission_id": MISSION} for one in many]
    first, last, too_far = (network_of(tables, sheet=sheet) for sheet in (1, 2, 99))
    assert (len(first.sheet), len(last.sheet), first.sheets) == (SHEET, 7, 2)
    assert (too_far.at, too_far.sheet) == (2, last.sheet)
    names = [line.body.name for line in (*first.sheet, *last.sheet)]
    assert names == sorted(["Body A", "Body C", *many])


def test_a_place_inside_one_with_a_tile_stands_apart_from_the_map() -> None:
    tables = mission("ca", "s-w s-e s-n", works="a:s-w", tiles=("w", "e", "n"))
    for row in tables["places"]:
        row["parent_id"] = "w" if row["place_id"] == "n" else ""
    view = coverage_of(tables)
    assert [(place.place_id, place.tile_column) for place in view.frame.places] == [("e", 1), ("w", 0)]
    assert [(place.place_id, place.tile_column) for place in view.elsewhere.places] == [("n", None)]
