"""Constraint, brokerage, key sets, gateways, removals, mixing and the outlook, against networkx or by brute force."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from orchestrator.analysis.gateways import analyse_gateways
from orchestrator.analysis.key_sets import analyse_key_sets
from orchestrator.analysis.mixing import analyse_mixing
from orchestrator.analysis.outlook import months_after, outlook
from orchestrator.analysis.removal_curve import analyse_removal_curve
from orchestrator.analysis.remove_centre import analyse_remove_centre
from orchestrator.kernels import all_sets, exchanged, rows_of
from orchestrator.model import MissionGraph, as_networkx, coverage, hops
from orchestrator.study import analyse
from tests.laws.judged import graph as judged_graph
from tests.laws.packs import SECTORS, Situation, situations
from tests.laws.shapes import AWKWARD, mission_of

SEEDS = range(60)


def drawn(seed: int) -> tuple[MissionGraph, nx.Graph]:
    """A random mission of up to eleven bodies in three sectors; centre 0."""
    luck = random.Random(seed)
    plain = nx.gnp_random_graph(luck.randint(2, 11), luck.random() ** 1.5, seed=seed)
    mission = mission_of(plain, 0, {v: luck.choice(SECTORS[:3]) for v in plain})
    return mission, as_networkx(mission)


def shapes() -> list[tuple[MissionGraph, nx.Graph]]:
    small = [graph for graph in AWKWARD.values() if len(graph) <= 30]
    missions = [mission_of(graph, next(iter(graph))) for graph in small]
    return [(mission, as_networkx(mission)) for mission in missions]


def of_members(mission: MissionGraph, *names: str) -> dict[str, Any]:
    table = analyse(mission, ["brokers"]).table("organisation").set_index("organisation_id")
    return {body: tuple(table.loc[body, list(names)]) for body in mission.members}


def test_constraint_and_effective_size_are_those_of_networkx() -> None:
    for mission, graph in [*map(drawn, SEEDS), *shapes()]:
        constraint = nx.constraint(graph, nodes=list(graph), weight="strength")
        size = nx.effective_size(graph, nodes=list(graph), weight="strength")
        for body, found in of_members(mission, "constraint", "effective_size").items():
            if graph.degree(body):
                assert found == pytest.approx((constraint[body], size[body]))
            else:
                assert found == (None, None)


def test_brokerage_counts_every_ordered_pair() -> None:
    roles = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
    for mission, graph in [*map(drawn, SEEDS), *shapes()]:
        sector = dict(zip(mission.organisations["organisation_id"], mission.organisations["sector"], strict=True))
        for broker, found in of_members(mission, *roles).items():
            seen: Counter[str] = Counter()
            for a in graph[broker]:
                for c in graph[broker]:
                    if a != c and not graph.has_edge(a, c):
                        seen[_role(sector[a], sector[broker], sector[c])] += 1
            assert found == tuple(seen[role] for role in roles)


def _role(first: str, broker: str, last: str) -> str:
    if first == last:
        return "coordinator" if first == broker else "itinerant"
    return "representative" if first == broker else "gatekeeper" if last == broker else "liaison"


def fragmentation(graph: nx.Graph, gone: tuple[str, ...]) -> float:
    rest = graph.subgraph(set(graph) - set(gone))
    return 1 - sum(len(c) * (len(c) - 1) for c in nx.connected_components(rest)) / (len(rest) * (len(rest) - 1))


def reached(graph: nx.Graph, bodies: tuple[str, ...]) -> int:
    return len({v for body in bodies for v in nx.single_source_shortest_path_length(graph, body, cutoff=2)})


def test_key_sets_are_the_best_of_all_sets() -> None:
    for mission, graph in [*map(drawn, SEEDS), *(pair for pair in shapes() if len(pair[1]) <= 14)]:
        found = {m.name: m.values[0] for m in analyse_key_sets(mission).measures}
        for size in (1, 2, 3):
            sets = list(combinations(sorted(graph), size))
            if len(graph) - size >= 2:
                fragment = found["fragment"][str(size)]
                assert fragment["value"] == pytest.approx(max(fragmentation(graph, s) for s in sets))
                assert fragmentation(graph, tuple(fragment["members"])) == pytest.approx(fragment["value"])
            else:
                assert found["fragment"][str(size)] is None
            if sets:
                reach = found["reach"][str(size)]
                assert reach["value"] == max(reached(graph, s) for s in sets) == reached(graph, tuple(reach["members"]))
            else:
                assert found["reach"][str(size)] is None


def test_exchanges_find_the_best_set_of_small_networks_or_come_near() -> None:
    best = 0
    for seed in range(20):
        graph = nx.gnm_random_graph(40, 60, seed=seed)
        rows = rows_of(40, np.array(graph.edges))
        starts = [tuple(random.Random(i).sample(range(40), 3)) for i in range(10)]
        _, exact = all_sets(rows, 3)
        _, near = exchanged(rows, 3, starts)
        assert exact <= near <= 1.25 * exact
        best += near == exact
    assert best >= 12


def test_gateways_are_the_smallest_groups() -> None:
    for mission, graph in map(drawn, SEEDS):
        steps = dict(zip(mission.members, hops(mission).tolist(), strict=True))
        sector = dict(zip(mission.organisations["organisation_id"], mission.organisations["sector"], strict=True))
        for row in analyse_gateways(mission).rows:
            wanted = {v for v in graph if sector[v] == row["id"] and steps[v] > 0}
            others = sorted(set(graph) - {"0"})
            smallest = next(
                k for k in range(len(graph)) if any(parts(graph, s, wanted) for s in combinations(others, k))
            )
            if smallest > 5:
                assert row["size"] is None
            else:
                assert (row["size"], len(row["group"])) == (smallest, smallest)
                assert parts(graph, tuple(row["group"]), wanted)


def parts(graph: nx.Graph, gone: tuple[str, ...], wanted: set[str]) -> bool:
    rest = graph.subgraph(set(graph) - set(gone))
    return not nx.node_connected_component(rest, "0") & wanted


def test_without_the_centre_what_is_left_is_what_networkx_sees() -> None:
    for mission, graph in [*map(drawn, SEEDS), *shapes()]:
        centre = mission.centre_id
        rest = graph.subgraph(nx.node_connected_component(graph, centre) - {centre})
        sizes = sorted((len(c) for c in nx.connected_components(rest)), reverse=True)
        found = analyse_remove_centre(mission)
        assert [row["members"] for row in found.rows] == sizes
        near = set(graph[centre])
        pairs = [(a, b) for a, b in combinations(sorted(near), 2) if not graph.has_edge(a, b)]
        only = [pair for pair in pairs if set(graph[pair[0]]) & set(graph[pair[1]]) == {centre}]
        expected = len(only) / len(pairs) if pairs else None
        assert found.measure("only_centre_joins").values[0] == pytest.approx(expected)


def test_the_removal_curve_counts_who_is_left_within_reach() -> None:
    for mission, graph in map(drawn, SEEDS):
        rows, left = analyse_removal_curve(mission).rows, graph.copy()
        for row in rows:
            left.remove_nodes_from([row["left"]] if row["left"] else [])
            within = len(nx.node_connected_component(left, mission.centre_id)) - 1
            assert row["reached"] == pytest.approx(within / (len(graph) - 1))
            assert 0 <= row["low"] <= row["middle"] <= row["high"] <= 1


def test_blocks_add_up_to_all_ties() -> None:
    for mission, graph in [*map(drawn, SEEDS), *shapes()]:
        rows = [row for row in analyse_mixing(mission).rows if row["kind"] == "sector"]
        assert sum(row["observed"] for row in rows) == graph.number_of_edges()
        assert sum(row["expected"] for row in rows) == pytest.approx(graph.number_of_edges())


@settings(max_examples=40, deadline=None)
@given(situations())
def test_the_outlook_on_another_day_is_the_mission_on_that_day(situation: Situation) -> None:
    graph = judged_graph(situation)
    for months in (0, 6, 120):
        day = months_after(graph.as_of, months)
        then, seen = graph.at(day), outlook(graph, day)
        assert seen.states.tolist() == coverage(then).requirements["state"].tolist()
        ids = graph.organisations["organisation_id"].to_numpy(dtype=object)
        assert tuple(ids[seen.members]) == then.members
        assert ids[seen.reached].tolist() == [m for m, h in zip(then.members, hops(then), strict=True) if h >= 0]
