"""Circles of parents are found wherever they are, and nothing else is called one."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.tables import RawPack, RawTable, check_pack
from orchestrator.tables.circles import circles

NAMES = "abcdef"
PARENTS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES + "x"), max_size=3, unique=True).map(tuple)
)


@given(PARENTS)
def test_the_same_names_as_an_independent_reading(above: dict[str, tuple[str, ...]]) -> None:
    graph = nx.DiGraph([(name, parent) for name, parents in above.items() for parent in parents])
    wanted = {name for part in nx.strongly_connected_components(graph) if len(part) > 1 for name in part}
    wanted |= {name for name, parents in above.items() if name in parents}
    assert {name for name, _ in circles(above)} == wanted


def test_a_place_below_a_circle_is_not_in_it() -> None:
    assert circles({"a": ("b",), "b": ("a",), "below": ("a", "z"), "z": ()}) == [("a", "b"), ("b", "a")]


def test_a_place_may_have_several_parents_and_a_circle_through_any_of_them_is_refused() -> None:
    columns = ("place_id", "name", "level", "parent_id")
    rows = [("a", "A", "area", ""), ("b", "B", "area", "a|c"), ("c", "C", "area", "a|b")]
    table = RawTable("places", "places.csv", columns, tuple(zip(*rows, strict=True)), [2, 3, 4])
    _, report = check_pack(RawPack("small", (table,)))
    told = [str(problem) for problem in report.problems if problem.column == "parent_id"]
    assert [line.split(":")[0] for line in told] == [
        "places.csv, row 3, column parent_id",
        "places.csv, row 4, column parent_id",
    ]


def test_an_unknown_parent_among_several_is_named() -> None:
    columns = ("place_id", "name", "level", "parent_id")
    rows = [("a", "A", "area", ""), ("b", "B", "area", "a|q")]
    table = RawTable("places", "places.csv", columns, tuple(zip(*rows, strict=True)), [2, 3])
    _, report = check_pack(RawPack("small", (table,)))
    assert any("'q' is not in the table places" in str(problem) for problem in report.problems)
