"""A mission graph is a value: it does not change, equal content is equal, and what there is not is said by name."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from orchestrator.errors import UnknownName, WrongUsage
from orchestrator.model import MissionGraph, as_igraph, coverage, hops, routes
from tests.laws.packs import DAY, MISSION, checked

PACK = checked(
    {
        "organisations": [
            {"organisation_id": body, "name": f"Body {body}", "sector": "local"} for body in ("c", "a", "b")
        ],
        "missions": [{"mission_id": MISSION, "title": "Ours", "centre_id": "c"}],
        "engagements": [
            {"organisation_id": "a", "mission_id": MISSION, "status": "committed", "starts": "2026-01-01"},
            {"organisation_id": "b", "mission_id": MISSION, "status": "proposed", "starts": "2030-01-01"},
        ],
        "ties": [{"source_id": "c", "target_id": "a", "mission_id": MISSION}],
    }
)


def ours(day: date = DAY, min_level: int = 2) -> MissionGraph:
    return MissionGraph.from_pack(PACK, MISSION, day, min_level)


@pytest.mark.parametrize("frame", ["organisations", "requirements", "offers", "tie_rows", "engagements", "ties"])
def test_a_frame_that_is_handed_out_can_be_changed_without_changing_the_graph(frame: str) -> None:
    graph = ours()
    before = getattr(graph, frame).copy(deep=True)
    taken = getattr(graph, frame)
    for column in taken:
        taken[column] = None
    pd.testing.assert_frame_equal(getattr(graph, frame), before)


def test_the_arrays_of_a_graph_and_what_is_derived_from_it_refuse_to_be_written() -> None:
    graph = ours()
    for array in (graph.ends, graph.strength, graph.confidence, hops(graph), routes(graph)):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_equal_content_is_equal_and_hashes_alike_whatever_was_asked_of_it() -> None:
    one, other = ours(), ours()
    coverage(one)
    assert one == other
    assert len({one, other}) == 1
    assert one != ours(min_level=1)
    assert one != ours(day=date(2026, 6, 2))
    assert one != "a graph"


def test_a_later_day_brings_in_those_who_start_by_then() -> None:
    assert ours().members == ("a", "c")
    assert ours(date(2029, 12, 31)).members == ("a", "c")
    assert ours(date(2030, 1, 1)).members == ("a", "b", "c")


def test_without_a_day_it_is_today() -> None:
    before = date.today()
    assert before <= MissionGraph.from_pack(PACK, MISSION).as_of <= date.today()


@pytest.mark.parametrize("level", [0, 5, -1])
def test_a_level_that_there_is_not_is_refused(level: int) -> None:
    with pytest.raises(WrongUsage, match=f"{level} is not a level of ties. Use 1, 2, 3 or 4."):
        ours(min_level=level)


def test_a_mission_that_there_is_not_is_named() -> None:
    with pytest.raises(UnknownName, match="There is no mission 'elsewhere'"):
        MissionGraph.from_pack(PACK, "elsewhere", DAY)


def test_a_strength_that_is_not_finite_never_reaches_an_engine() -> None:
    graph = ours()
    broken = MissionGraph(
        graph.mission, graph.as_of, 2, graph.tables, "", graph.members, graph.ends, np.array([np.nan]), graph.confidence
    )
    with pytest.raises(AssertionError, match="finite"):
        as_igraph(broken)


def test_the_name_of_a_body_is_that_of_the_register() -> None:
    assert ours().name_of("b") == "Body b"
    with pytest.raises(KeyError):
        ours().name_of("nobody")
