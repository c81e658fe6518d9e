"""Published and recomputed values for routes, betweenness, bridges, cut bodies and mixing, over whole mission graphs.

``cases.json`` holds the cases with their sources, as they were handed over. Each graph becomes a mission: its nodes
the members, its edges ties. NOT_RUN names the cases that no mission can stand for, and why.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import networkx as nx
import pytest

from orchestrator.model import MissionGraph, cut_off_by_tie, dependence, hops, routes
from orchestrator.study import analyse
from orchestrator.tables.vocabulary import SECTORS
from tests.laws.shapes import mission_of

Case = dict[str, Any]

CASES: Final = MappingProxyType(
    {c["id"]: c for c in json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))}
)
NOT_RUN: Final = MappingProxyType(
    {
        "betweenness_float_ties": "paths of weighted length; the contract's betweenness is unweighted",
        "bridges_parallel": "two ties of one pair; the contract makes them one tie, which is then a bridge",
        "dominators_boost": "directed; the mission graph has no directions",
        "dominators_domrel": "directed; the mission graph has no directions",
        "ei_catania_mixing": "a matrix of counts without a graph",
        "ei_samplike": "directed: 88 arcs, of which some are one tie both ways",
    }
)
HANDED_OVER: Final = Path("shared", "reference", "cases.json")


def graph_of(case: Case) -> nx.Graph:
    """Nodes by name."""
    names = [str(name) for name in case["graph"]["nodes"]]
    graph = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((names[a], names[b]) for a, b in case["graph"]["edges"])
    return graph


def by_member(graph: MissionGraph, values: Any) -> dict[str, Any]:
    return dict(zip(graph.members, values, strict=True))


def measure(graph: MissionGraph, analysis: str, kind: str, name: str) -> Any:
    found = analyse(graph, [analysis]).measure(kind, name)
    assert found is not None
    return found.values


def cut_bodies(case: Case) -> list[int]:
    """A body is one iff, seen from a body next to it, its leaving cuts somebody off."""
    graph = graph_of(case)
    names = list(graph)
    found = []
    for name in names:
        for beside in list(graph[name])[:1]:
            seen = mission_of(graph, beside)
            if len(dependence(seen).cut_off(seen.members.index(name))):
                found.append(names.index(name))
    return found


def betweenness(case: Case) -> list[float]:
    graph = graph_of(case)
    seen = mission_of(graph, next(iter(graph)))
    found = by_member(seen, measure(seen, "between", "organisation", "betweenness"))
    return [found[name] for name in graph]


def bridges(case: Case) -> list[list[int]]:
    graph = graph_of(case)
    names = list(graph)
    seen = mission_of(graph, names[0])
    ties = seen.ends[sorted(cut_off_by_tie(seen))].tolist()
    return sorted(sorted(names.index(seen.members[end]) for end in tie) for tie in ties)


def mixing(case: Case) -> float:
    """Any classes will do: the first becomes the first sector, and so on."""
    graph = graph_of(case)
    (classes,) = case["node_attributes"].values()
    sectors = dict(zip(dict.fromkeys(classes), SECTORS, strict=False))
    seen = mission_of(graph, next(iter(graph)), {n: sectors[c] for n, c in zip(graph, classes, strict=True)})
    (value,) = measure(seen, "shape", "mission", "ei_index")
    return float(value)


def steps(case: Case) -> dict[str, int]:
    seen = mission_of(graph_of(case), case["parameters"]["centre"])
    return by_member(seen, hops(seen).tolist())


def disjoint_routes(case: Case) -> dict[str, int]:
    seen = mission_of(graph_of(case), case["parameters"]["centre"])
    return {name: ways for name, ways in by_member(seen, routes(seen).tolist()).items() if name != seen.centre_id}


def rooted(case: Case) -> dict[str, float]:
    seen = mission_of(graph_of(case), case["parameters"]["centre"])
    found = by_member(seen, measure(seen, "between", "organisation", "rooted_dependency"))
    assert found.pop(seen.centre_id) is None
    return found


def who_stands_before(case: Case) -> dict[str, list[str]]:
    """For everybody who hangs on another body: on whom."""
    seen = mission_of(graph_of(case), case["parameters"]["centre"])
    found: dict[str, list[str]] = {}
    for position, name in enumerate(seen.members):
        if position != seen.centre:
            for below in dependence(seen).cut_off(position).tolist():
                found.setdefault(seen.members[below], []).append(name)
    return found


COMPUTED: Final = MappingProxyType[str, Callable[[Case], Any]](
    {
        "articulation_points": cut_bodies,
        "betweenness_unnormalised": betweenness,
        "bridges": bridges,
        "centre_rooted_dependency": rooted,
        "dominators_from_centre": who_stands_before,
        "ei_index": mixing,
        "hops_to_centre": steps,
        "vertex_disjoint_paths_from_centre": disjoint_routes,
    }
)


@pytest.mark.parametrize("name", [name for name in CASES if name not in NOT_RUN])
def test_value(name: str) -> None:
    case = CASES[name]
    found, expected = COMPUTED[case["measure"]](case), case["expected"]
    if isinstance(expected, float) or case["measure"] in ("betweenness_unnormalised", "centre_rooted_dependency"):
        assert found == pytest.approx(expected, abs=case["tolerance"])
    else:
        assert found == expected


def test_a_case_is_run_or_there_is_a_reason_in_the_case_itself() -> None:
    """A reason is no excuse: what is not run is directed, weighted, doubled or no graph, and nothing of that is run."""

    def stands_for_a_mission(case: Case) -> bool:
        graph = case["graph"]
        if "edges" not in graph or graph["directed"] or graph["weights"] is not None:
            return False
        return len({frozenset(edge) for edge in graph["edges"]}) == len(graph["edges"])

    assert {name for name, case in CASES.items() if not stands_for_a_mission(case)} == set(NOT_RUN)
    assert all(NOT_RUN.values())


def test_the_cases_are_as_they_were_handed_over_and_none_of_these_measures_is_left_out(checkout: Path) -> None:
    handed_over = checkout.parent / HANDED_OVER
    if not handed_over.exists():
        pytest.skip("the reference cases that were handed over are not beside this checkout")
    originals = {c["id"]: c for c in json.loads(handed_over.read_text(encoding="utf-8"))}
    assert {name: c for name, c in originals.items() if c["measure"] in COMPUTED} == dict(CASES)
