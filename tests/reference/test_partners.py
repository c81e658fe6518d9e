"""The toy of the partner model and the hand-made introductions, through the same solver as `orchestrator partners`.

``partners.json`` holds the cases with their sources. NOT_RUN names those that the tool has no counterpart for, and why.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pytest

from orchestrator.kernels import hanging, rows_of, walk
from orchestrator.partners.greedy import by_ratio
from orchestrator.partners.hanging import HangingTree, hanging_tree
from orchestrator.partners.introductions import new_ties
from orchestrator.partners.pairing import fewest
from orchestrator.partners.problem import Limits, Problem
from orchestrator.partners.reaching import Network, with_new_ties

CASES: Final = tuple(json.loads(Path(__file__).with_name("partners.json").read_text(encoding="utf-8")))
NOT_RUN: Final = MappingProxyType(
    {
        "augment_*": "ties that protect against the loss of a tie, between any two bodies; introductions protect the "
        "way to the centre against the loss of a body, and join no pieces that have no route to it",
    }
)
CENTRE: Final = "C"


def of(measure: str) -> Any:
    return pytest.mark.parametrize("case", [c for c in CASES if c["measure"] == measure], ids=lambda case: case["id"])


class Toy:
    """The toy as the arrays of the solver: what works today is taken off the room of each need."""

    def __init__(self, case: dict[str, Any]) -> None:
        graph, self.parameters = case["graph"], case["parameters"]
        bodies, self.needs = graph["organisations"], list(graph["cells"])
        self.outside = [name for name, body in bodies.items() if not body["engaged"]]
        inside = [body for body in bodies.values() if body["engaged"]]
        self.works = np.array([sum(need in body["cells"] for body in inside) for need in self.needs])
        self.first, self.further = graph["weights"]["first_cover"], graph["weights"]["second_cover"]
        self.wanted = np.array([graph["cells"][need] for need in self.needs])
        self.supply = [(b, self.needs.index(r)) for b, name in enumerate(self.outside) for r in bodies[name]["cells"]]
        self.cost = np.array([bodies[name]["cost"] for name in self.outside], dtype=float)
        self.carries = np.array([bodies[name]["capacity"] for name in self.outside])
        self.sectors = [bodies[name]["sector"] for name in self.outside]
        self.everybody = [CENTRE, *bodies]
        self.ties, self.steps = graph["ties"], graph["K_hops"]

    @property
    def today(self) -> float:
        counted = np.minimum(self.works, self.wanted)
        return float(np.where(counted > 0, self.first + (counted - 1) * self.further, 0).sum())

    def problem(self, cost: np.ndarray | None = None) -> Problem:
        asked = self.parameters.get("sector_min", {})
        group = np.array([list(asked).index(s) if s in asked else -1 for s in self.sectors])
        least = np.array(list(asked.values()), dtype=np.int64)
        limits = Limits(None, self.parameters.get("budget"), group, least, np.full(len(least), np.inf))
        return Problem(
            cost=self.cost if cost is None else cost,
            body=np.array([b for b, _ in self.supply]),
            unit=np.arange(len(self.supply)),
            need=np.array([r for _, r in self.supply]),
            first=np.where(self.works == 0, self.first, self.further).astype(float),
            further=np.full(len(self.needs), float(self.further)),
            room=np.maximum(0, self.wanted - self.works),
            limits=limits,
            carries=self.carries,
        )

    @property
    def network(self) -> Network:
        at = {name: number for number, name in enumerate(self.everybody)}
        return Network(
            size=len(at),
            centre=at[CENTRE],
            ends=np.array([[at[a], at[b]] for a, b, _ in self.ties]),
            cost=np.array([cost for _, _, cost in self.ties], dtype=float),
            steps=self.steps,
            of_body=np.array([at[name] for name in self.outside]),
        )

    def cost_with_ties(self) -> np.ndarray:
        """The cost of each body with the cheapest ties that bring it within the steps, one body at a time."""
        return np.array([cost + self._ties_for(name) for cost, name in zip(self.cost, self.outside, strict=True)])

    def _ties_for(self, name: str) -> float:
        new = [tie for tie in self.ties if tie[2]]
        some = [made for count in range(len(new) + 1) for made in combinations(new, count)]
        return min(sum(tie[2] for tie in made) for made in some if self._near(name, made))

    def _near(self, name: str, made: tuple[Any, ...]) -> bool:
        reached = {CENTRE}
        there = [tie for tie in self.ties if not tie[2]] + list(made)
        for _ in range(self.steps):
            reached |= {x for a, b, _ in there for x in (a, b) if a in reached or b in reached}
        return name in reached


@of("partner_milp")
def test_the_best_choice_with_ties_that_cost(case: dict[str, Any]) -> None:
    toy, expected = Toy(case), case["expected"]
    made = with_new_ties(toy.problem(), toy.network)
    chosen = [toy.outside[body] for body in made.chosen]
    assert toy.today + made.value == pytest.approx(expected["benefit"], abs=case["tolerance"])
    if "cost" in expected:
        assert made.cost == pytest.approx(expected["cost"], abs=case["tolerance"])
    if "new_ties" in expected:
        assert [list(toy.ties[tie][:2]) for tie in made.ties] == expected["new_ties"]
    assert chosen in expected.get("alternative_optima", [expected.get("selected")])


def test_the_toy_with_budget_4_is_best_with_e_and_f() -> None:
    case = next(c for c in CASES if c["id"] == "greedy_toy_budget4")
    toy = Toy(case)
    made = with_new_ties(toy.problem(), toy.network)
    assert toy.today + made.value == pytest.approx(43)
    assert [toy.outside[body] for body in made.chosen] == ["E", "F"]
    assert [toy.ties[tie][:2] for tie in made.ties] == [["C", "F"]]


@of("partner_greedy")
def test_greedy_by_gain_per_cost(case: dict[str, Any]) -> None:
    toy, expected = Toy(case), case["expected"]
    tally = by_ratio(toy.problem(toy.cost_with_ties()))
    assert [toy.outside[body] for body in tally.chosen] == expected["selected"]
    assert toy.today + tally.value == pytest.approx(expected["benefit"], abs=case["tolerance"])


def tree_of(members: int, ends: np.ndarray, root: int) -> HangingTree:
    rows = rows_of(members, ends)
    above, _, found, _ = walk(rows.offsets, rows.neighbours, rows.ties, root)
    return hanging_tree(root, above, hanging(above, found)[0], ends)


@of("rooted_2vertex_augmentation")
def test_the_fewest_introductions(case: dict[str, Any]) -> None:
    members, root = len(case["graph"]["nodes"]), case["parameters"]["root"]
    ends = np.array(case["graph"]["edges"])
    tree = tree_of(members, ends, root)
    ties = new_ties(tree, lambda _: 0)
    assert len(ties) == fewest(tree) == case["expected"]["n_edges"]
    assert fewest(tree_of(members, np.concatenate([ends, ties]), root)) == 0
