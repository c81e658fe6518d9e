"""A name that somebody typed is found in a register of 50,000, and what is in doubt stays in doubt."""

from __future__ import annotations

import pytest

from dashboards.views.names import LONGEST, MOST, Named, Names, body_names, fund_names, requirement_names
from tests.packs import HTML, LONG, RIGHT_TO_LEFT, SHAPES, results

NAMES = Names(
    (
        Named("trust-1", "Skills Trust", "Firms"),
        Named("trust-2", "skills  trust"),
        Named("north", "Northern Council"),
        Named("long", LONG),
        Named("arabic", RIGHT_TO_LEFT),
        Named("html", HTML),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("north", "north"),
        (" NORTHERN   council", "north"),
        (LONG, "long"),
        (RIGHT_TO_LEFT, "arabic"),
        (HTML, "html"),
        ("trust-2", "trust-2"),
        ("Skills Trust", None),
        ("Northern", None),
        ("", None),
    ],
)
def test_one_is_meant_only_where_there_is_no_doubt(text: str, found: str | None) -> None:
    one = NAMES.exactly(text)
    assert (one and one.own_id) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("council", ["north"]), ("TRUST", ["trust-1", "trust-2"]), ("Nothern Counsil", ["north"]), ("zzzz", [])],
)
def test_those_that_hold_the_text_are_offered_else_the_likest(text: str, found: list[str]) -> None:
    assert [one.own_id for one in NAMES.like(text)] == found


def test_whatever_is_suggested_is_found_again() -> None:
    for one in NAMES.everybody:
        assert NAMES.exactly(NAMES.written(one)) == one
        assert len(NAMES.written(one)) <= LONGEST
    assert NAMES.beside(NAMES.everybody[0]) == "Skills Trust · Firms"
    assert len(NAMES.beside(NAMES.everybody[3])) == LONGEST + 1


def test_a_name_among_50_000_is_found_and_few_are_offered() -> None:
    many = Names(tuple(Named(f"b{n}", f"Body number {n}") for n in range(50_000)))
    found = many.exactly("body NUMBER 49999")
    assert found is not None
    assert found.own_id == "b49999"
    assert [one.name for one in many.like("number 4999")] == [
        "Body number 4999",
        *(f"Body number 4999{n}" for n in range(10)),
    ]
    assert len(many.like("body")) == MOST


def test_members_come_first_and_only_what_is_there_is_named() -> None:
    graph = results(SHAPES["many gaps"]).graph
    names = body_names(graph)
    assert {one.own_id for one in names.everybody[: len(graph.members)]} == set(graph.members)
    assert [one.own_id for one in requirement_names(graph).everybody] == sorted(graph.requirements["requirement_id"])
    assert fund_names(graph).everybody == ()
