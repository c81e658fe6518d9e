"""Published and recomputed values for constraint, effective size, brokerage, centralisation, key sets and more.

``structure.json`` holds the cases with their sources. NOT_RUN names those of the same measures that the tool has no
counterpart for, and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pytest

from orchestrator.analysis.overlap import participation
from orchestrator.analysis.shape import betweenness_centralisation, degree_centralisation
from orchestrator.kernels import (
    around_each,
    best_after,
    best_reach,
    between_sectors,
    betweenness,
    pieces,
    rows_of,
)
from orchestrator.kernels.key_sets import all_sets

CASES: Final = tuple(json.loads(Path(__file__).with_name("structure.json").read_text(encoding="utf-8")))
NOT_RUN: Final = MappingProxyType(
    {
        "constraint_dir3": "directed; the mission graph has no directions",
        "constraint_zero_weight_dropped": "a strength of 0 is refused when a pack is read",
        "gf_networkers": "directed",
        "gf_unit_*": "directed: a single two-path with a direction",
        "ei_samplike": "directed",
        "ei_catania_mixing": "a matrix of counts, no graph",
        "kpp_neg_DF_*, kpp_neg_friends_k3, kpp_neg_W5_*": "fragmentation weighted by distance; the contract asks for F",
        "kpp_pos_DR_*, kpp_pos_W5_mreach2": "reach weighted by distance, or directed; the contract asks for two steps",
    }
)


def of(*measures: str) -> Any:
    return pytest.mark.parametrize("case", [c for c in CASES if c["measure"] in measures], ids=lambda case: case["id"])


def ends_of(case: dict[str, Any]) -> tuple[int, np.ndarray]:
    return len(case["graph"]["nodes"]), np.array(case["graph"]["edges"], dtype=np.int64).reshape(-1, 2)


def close(found: Any, case: dict[str, Any], expected: Any) -> None:
    blank = [np.nan if value is None else value for value in np.atleast_1d(np.array(expected, dtype=object))]
    np.testing.assert_allclose(np.atleast_1d(found), np.array(blank, dtype=float), atol=case["tolerance"])


@of("burt_constraint", "burt_effective_size")
def test_structural_holes(case: dict[str, Any]) -> None:
    members, ends = ends_of(case)
    rows = rows_of(members, ends)
    weights = case["graph"]["weights"]
    strength = np.ones(len(ends)) if weights is None else np.array(weights, dtype=float)
    constraint, size = around_each(rows.offsets, rows.neighbours, strength[rows.ties])
    close(constraint if case["measure"] == "burt_constraint" else size, case, case["expected"])


@of("gould_fernandez_brokerage")
def test_brokerage(case: dict[str, Any]) -> None:
    rows = rows_of(*ends_of(case))
    (classes,) = case["node_attributes"].values()
    codes = np.unique(classes, return_inverse=True)[1].astype(np.int64)
    assert between_sectors(rows.offsets, rows.neighbours, codes).tolist() == case["expected"]["raw"]


@of("freeman_centralization")
def test_centralisation(case: dict[str, Any]) -> None:
    members, ends = ends_of(case)
    close(degree_centralisation(members, ends), case, case["expected"]["degree"])
    close(betweenness_centralisation(betweenness(members, ends).values), case, case["expected"]["betweenness"])


@of("kpp_neg_optimal_set")
def test_the_set_that_breaks_most_apart(case: dict[str, Any]) -> None:
    members, ends = ends_of(case)
    size = case["parameters"]["k"]
    chosen, pairs = all_sets(rows_of(members, ends), size)
    left = members - size
    close(1 - pairs / (left * (left - 1)), case, case["expected"]["value"])
    assert sorted(chosen) in case["expected"]["sets"]


@of("kpp_pos_optimal_set")
def test_the_set_that_reaches_most(case: dict[str, Any]) -> None:
    found = best_reach(rows_of(*ends_of(case)), case["parameters"]["k"])
    assert found is not None
    assert found[1] == case["expected"]["value"]
    if case["expected"]["n_optimal_sets"] == len(case["expected"]["sets"]):
        assert sorted(found[0]) in case["expected"]["sets"]


@of("ei_index")
def test_external_and_internal_ties(case: dict[str, Any]) -> None:
    _, ends = ends_of(case)
    (classes,) = case["node_attributes"].values()
    codes = np.unique(classes, return_inverse=True)[1]
    external = int((codes[ends[:, 0]] != codes[ends[:, 1]]).sum())
    close((2 * external - len(ends)) / len(ends), case, case["expected"])


@of("multiplex_participation")
def test_participation(case: dict[str, Any]) -> None:
    layers = case["graph"]["layers"]
    degree = np.array([[sum(v in tie for tie in layer) for layer in layers] for v in range(case["graph"]["nodes"])])
    assert degree.sum(axis=1).tolist() == case["expected"]["overlapping_degree"]
    close(participation(degree.astype(float)), case, case["expected"]["P"])


@of("robustness_R")
def test_what_is_left_of_the_largest_piece(case: dict[str, Any]) -> None:
    members, ends = ends_of(case)
    rows = rows_of(members, ends)
    gone, shares = np.zeros(members, dtype=np.bool_), []
    for v in range(members):
        gone[v] = True
        label = pieces(rows.offsets, rows.neighbours, gone)
        shares.append(np.bincount(label[label >= 0]).max(initial=0) / members if (label >= 0).any() else 0.0)
    close(sum(shares) / members, case, case["expected"])


def test_one_more_leaving_is_what_a_walk_says() -> None:
    rows = rows_of(4, np.array([[0, 1], [1, 2], [2, 3]]))
    who, left = best_after(rows.offsets, rows.neighbours, np.zeros((1, 0), dtype=np.int64))
    assert (who.tolist(), left.tolist()) == ([1], [2.0])
