"""Worlds with one known fault each: the findings name exactly it, and nothing ranks above it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import pytest

from orchestrator.model import Finding, MissionGraph
from orchestrator.study import analyse
from tests.laws.oracle import Row, Tables
from tests.laws.packs import MISSION, checked

DAY: Final = date(2026, 6, 1)
#: Findings that look at the mission as a whole and are for information only.
GENERAL: Final = ("principles", "key_sets", "removal_curve")


def world(bodies: dict[str, str], ties: Iterable[str], **tables: list[Row]) -> Tables:
    """Bodies by sector, all committed; ties as pairs such as "a-b"; the centre is the body c."""
    rows: Tables = {
        "organisations": [{"organisation_id": b, "name": b.upper(), "sector": s} for b, s in bodies.items()],
        "missions": [{"mission_id": MISSION, "title": "Planted", "centre_id": "c"}],
        "places": [{"place_id": "p", "name": "Here", "level": "region"}],
        "capabilities": [{"capability_id": "k", "name": "Care"}],
        "engagements": [{"organisation_id": b, "mission_id": MISSION, "status": "committed"} for b in bodies],
        "ties": [{"source_id": t.split("-")[0], "target_id": t.split("-")[1], "mission_id": MISSION} for t in ties],
    }
    return rows | tables


def texts(tables: Tables) -> Tables:
    """The rows as a pack writes them: numbers as text, every row with every column."""
    found: Tables = {}
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        blank = dict.fromkeys(columns)
        found[name] = [{c: "" if v is None else str(v) for c, v in (blank | row).items()} for row in rows]
    return found


def need(weight: float, minimum: int) -> list[Row]:
    return [
        {
            "requirement_id": "r",
            "mission_id": MISSION,
            "capability_id": "k",
            "place_id": "p",
            "minimum": minimum,
            "weight": weight,
        }
    ]


def offers(*bodies: str) -> list[Row]:
    return [{"organisation_id": body, "capability_id": "k", "place_id": "p"} for body in bodies]


def everybody(names: Iterable[str]) -> list[str]:
    """All pairs of these bodies: nobody depends on anybody."""
    names = list(names)
    return [f"{a}-{b}" for i, a in enumerate(names) for b in names[i + 1 :]]


def found(tables: Tables) -> list[Finding]:
    graph = MissionGraph.from_pack(checked(texts(tables)), MISSION, DAY)
    return [finding for finding in analyse(graph).findings if finding.analysis not in GENERAL]


def test_a_body_that_cuts_others_off() -> None:
    core = ["c", "x", "y", "z"]
    bodies = dict.fromkeys([*core, "far", "farther"], "local")
    tables = world(bodies, [*everybody(core), "x-far", "x-farther", "far-farther"], offers=offers("far", "farther"))
    first, *others = found(tables | {"requirements": need(1, 1)})
    assert (first.analysis, first.subject_id, first.severity) == ("bottlenecks", "x", "high")
    assert "If X left, two bodies would lose every route to C (FAR and FARTHER)" in first.statement
    assert not [f for f in others if f.subject_kind == "organisation"]


def test_a_need_that_hangs_on_one_provider() -> None:
    bodies = dict.fromkeys(["c", "x", "y", "z"], "local")
    first, *others = found(world(bodies, everybody(bodies), offers=offers("x"), requirements=need(1, 1)))
    assert (first.analysis, first.subject_id, first.stake) == ("bottlenecks", "x", 1.0)
    assert "Care in Here" in first.statement
    assert not [f for f in others if f.subject_kind == "organisation"]


def test_a_hole_between_two_sectors() -> None:
    firms, colleges = [f"f{i}" for i in range(8)], [f"r{i}" for i in range(8)]
    bodies = {"c": "central"} | dict.fromkeys(firms, "firm") | dict.fromkeys(colleges, "research")
    ties = [*everybody(["c", *firms]), *everybody(["c", *colleges])]
    holes = [f for f in found(world(bodies, ties)) if f.analysis == "mixing"]
    assert [f.subject_id for f in holes] == ["firm|research"]
    assert found(world(bodies, ties))[0] == holes[0]
    assert "no tie between them" in holes[0].statement


def test_a_body_that_carries_too_much() -> None:
    names = ["c", "x", "y", "z"]
    tables = world(dict.fromkeys(names, "local"), everybody(names))
    for row, capacity in zip(tables["organisations"], (9, 2, 9, None), strict=True):
        row["capacity"] = capacity
    for row in tables["engagements"]:
        row["load"] = 3
    (first,) = found(tables)
    assert (first.analysis, first.subject_id) == ("load", "x")
    assert "X carries 3 units of load over one mission and can carry 2" in first.statement


@pytest.mark.parametrize(("ends", "months"), [("2026-11-30", "6 months"), ("2027-05-30", "12 months")])
def test_a_cliff(ends: str, months: str) -> None:
    names = ["c", "x", "y", "z"]
    tables = world(
        dict.fromkeys(names, "local"), everybody(names), offers=offers("x", "y", "z"), requirements=need(1, 2)
    )
    for row in tables["engagements"][1:3]:
        row["ends"] = ends
    first = found(tables)[0]
    assert (first.analysis, first.subject_id) == ("funding_cliff", months)
    assert "two commitments" in first.statement
    assert len([f for f in found(tables) if f.analysis == "funding_cliff"]) == 1


def test_ties_that_fall_with_one_fund() -> None:
    core = ["c", "x", "y", "z"]
    tables = world(
        dict.fromkeys([*core, "a", "b"], "local"),
        [*everybody(core), "x-a", "y-a", "x-b", "y-b"],
        offers=offers("a", "b"),
        requirements=need(2, 1),
    )
    for row in tables["ties"][-4:]:
        row["fund"] = "Seed fund"
    first = found(tables)[0]
    assert (first.analysis, first.subject_id, first.value) == ("funding_cliff", "Seed fund", 4.0)
    assert "two bodies would lose every route to C (A and B)" in first.statement


def test_a_centre_that_everything_runs_through() -> None:
    names = ["a", "b", "d", "e"]
    tables = world(dict.fromkeys(["c", *names], "local"), [f"c-{n}" for n in names], offers=offers(*names))
    first = found(tables | {"requirements": need(1, 2)})[0]
    assert (first.analysis, first.measure) == ("remove_centre", "in_touch_without_centre")
    assert "none of the four other members would stay in touch" in first.statement


def test_a_place_without_a_local_tie_and_far_from_the_board() -> None:
    names = ["c", "x", "y"]
    tables = world(dict.fromkeys([*names, "quiet"], "local"), everybody(names), requirements=need(1, 1))
    tables["engagements"][1]["board_seat"] = "yes"
    tables["organisations"][3]["seat_place_id"] = "p"
    said = {f.measure: f for f in found(tables)}
    assert "One place of 1 in the need grid has no body of its own" in said["places_without_tie"].statement
    assert said["places_without_tie"].action == "Speak to a body of Here: QUIET."
    assert "far_places" in said


def test_two_bodies_before_a_whole_sector() -> None:
    firms = [f"f{i}" for i in range(4)]
    core = ["c", "x", "y", "z"]
    bodies = dict.fromkeys(core, "local") | dict.fromkeys(firms, "firm")
    ties = [*everybody(core), *everybody(firms), *(f"x-{f}" for f in firms), *(f"y-{f}" for f in firms)]
    (gateway,) = [f for f in found(world(bodies, ties)) if f.analysis == "gateways"]
    assert gateway.subject_id == "firm"
    assert gateway.statement.startswith("X and Y stand between C and the four members it reaches among firms")


def test_a_sound_world_has_nothing_to_say() -> None:
    names = ["c", "v", "w", "x", "y", "z"]
    tables = world(
        dict.fromkeys(names, "local"), everybody(names), offers=offers("x", "y", "z"), requirements=need(1, 2)
    )
    for row in tables["organisations"]:
        row["seat_place_id"] = "p"
    assert found(tables) == []


def test_one_fact_is_told_once() -> None:
    left, right = [f"l{i}" for i in range(6)], [f"r{i}" for i in range(6)]
    bodies = {"c": "central", "x": "regional"} | dict.fromkeys(left, "firm") | dict.fromkeys(right, "research")
    ties = ["c-x", *everybody(["c", *left]), *everybody(["x", *right])]
    graph = MissionGraph.from_pack(checked(texts(world(bodies, ties))), MISSION, DAY)
    about: list[Any] = [f for f in analyse(graph).findings if f.subject_id == "x"]
    assert len(about) == 1
    assert "would lose every route" in about[0].statement
    assert "of the shortest routes" in about[0].statement
