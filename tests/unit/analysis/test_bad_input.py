"""Missions at the edge of what can be asked: each gives a sensible result or one clear error, never a crash."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from orchestrator.errors import BadData
from orchestrator.export import findings_json
from orchestrator.model import MissionGraph
from orchestrator.study import analyse
from tests.laws.oracle import Tables
from tests.laws.packs import checked

DAY = date(2026, 6, 1)


def tables(bodies: int, ties: list[tuple[int, int]], strength: str = "", engaged: bool = True) -> Tables:
    names = [f"b{i}" for i in range(bodies)]
    return {
        "organisations": [{"organisation_id": n, "name": n, "sector": "local"} for n in names],
        "missions": [{"mission_id": "m", "title": "Edge", "centre_id": "b0"}],
        "engagements": [{"organisation_id": n, "mission_id": "m", "status": "committed"} for n in names if engaged],
        "ties": [
            {"source_id": names[a], "target_id": names[b], "mission_id": "m", "strength": strength} for a, b in ties
        ],
    }


def said(given: Tables) -> dict[str, Any]:
    graph = MissionGraph.from_pack(checked(given), "m", DAY)
    return dict(json.loads(findings_json(analyse(graph))))


def test_a_centre_that_is_not_in_the_register_is_one_clear_error() -> None:
    given = tables(2, [(0, 1)])
    given["missions"][0]["centre_id"] = "nobody"
    with pytest.raises((BadData, AssertionError), match="nobody"):
        said(given)


def test_one_organisation_is_a_mission() -> None:
    found = said(tables(1, []))
    assert found["mission"]["members"] == 1
    assert found["mission"]["density"] is None
    assert found["mission"]["degree_centralisation"] is None
    assert found["key_sets"]["fragment"] == {"1": None, "2": None, "3": None}
    assert found["organisations"][0]["constraint"] is None


def test_nobody_is_engaged_and_there_are_no_ties_and_no_requirements() -> None:
    found = said(tables(3, [], engaged=False))
    assert [row["organisation_id"] for row in found["organisations"]] == ["b0"]
    assert found["requirements"] == []


def test_only_isolates() -> None:
    found = said(tables(5, []))
    assert found["mission"]["components"] == 5
    assert {row["effective_size"] for row in found["organisations"]} == {None}
    assert found["mission"]["betweenness_centralisation"] == 0.0


def test_ties_of_the_smallest_strength() -> None:
    found = said(tables(4, [(0, 1), (1, 2), (0, 2), (2, 3)], "1e-300"))
    usual = said(tables(4, [(0, 1), (1, 2), (0, 2), (2, 3)], "1"))
    for row, other in zip(found["organisations"], usual["organisations"], strict=True):
        assert row["constraint"] == pytest.approx(other["constraint"])
        assert row["effective_size"] == pytest.approx(other["effective_size"])


def test_ties_of_an_absurd_strength_are_refused_with_the_value() -> None:
    with pytest.raises(BadData, match="1e300"):
        said(tables(2, [(0, 1)], "1e300"))


def test_two_bodies_of_one_name_stay_two() -> None:
    given = tables(3, [(0, 1), (1, 2)])
    given["organisations"][2]["name"] = "b1"
    assert len(said(given)["organisations"]) == 3


@pytest.mark.slow
def test_a_hundred_thousand_ties_on_one_body() -> None:
    found = said(tables(100_001, [(0, i) for i in range(1, 100_001)]))
    assert found["mission"]["degree_centralisation"] == pytest.approx(1.0)
    assert found["organisations"][0]["effective_size"] == 100_000
