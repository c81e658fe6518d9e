"""The referee for advice: every choice that the limits allow is tried, over plain rows. See ``oracle``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from tests.laws.oracle import Oracle, Row, active, level_of, reached_from, weight_of


@dataclass(frozen=True)
class Chooser:
    """Who may be chosen, and what a choice is worth, by the word of the contract."""

    oracle: Oracle
    max_new: int | None = None
    within: int | None = None
    only: frozenset[str] | None = None
    bounds: tuple[tuple[str, int, int], ...] = ()

    @cached_property
    def candidates(self) -> list[str]:
        oracle = self.oracle
        withdrew = {row["organisation_id"] for row in oracle.active_engagements if row["status"] == "withdrawn"}
        works = {body for body in oracle.engaged if body in oracle.steps}
        out = withdrew | works | {oracle.centre}
        return sorted(b for b in oracle.register if b not in out and self.has_room(b) and self.near(b))

    def load_after(self, body: str) -> float:
        return self.oracle.load(body) + (0 if body in self.oracle.engaged else 1)

    def has_room(self, body: str) -> bool:
        capacity = self.oracle.capacity(body)
        return capacity is None or self.load_after(body) <= capacity

    @cached_property
    def steps(self) -> dict[str, int]:
        oracle = self.oracle
        near: dict[str, set[str]] = {body: set() for body in oracle.register}
        for tie in oracle.rows("ties"):
            ours = tie.get("mission_id", "") in ("", oracle.mission_id)
            if ours and active(tie, oracle.day) and level_of(tie) >= oracle.min_level:
                near[tie["source_id"]].add(tie["target_id"])
                near[tie["target_id"]].add(tie["source_id"])
        return reached_from(oracle.centre, near)

    def near(self, body: str) -> bool:
        return self.within is None or self.steps.get(body, self.within + 1) <= self.within

    @staticmethod
    def minimum(requirement: Row) -> int:
        return int(float(requirement["minimum"])) if requirement.get("minimum") else 2

    def families(self, requirement: Row, chosen: Iterable[str]) -> int:
        able = self.oracle.providers(requirement)
        return self.oracle.families({*self.oracle.working(requirement), *(able & set(chosen))})

    def objective(self, chosen: Iterable[str]) -> float:
        total, some = 0.0, list(chosen)
        for requirement in self.oracle.requirements:
            counted = min(self.minimum(requirement), self.families(requirement, some))
            total += weight_of(requirement) * (1 + (counted - 1) / 2) if counted else 0.0
        return total

    def covered(self, chosen: Iterable[str]) -> set[str]:
        some = list(chosen)
        asked = self.oracle.requirements
        return {row["requirement_id"] for row in asked if self.families(row, some) >= self.minimum(row)}

    def worth(self, requirement_id: str, chosen: Iterable[str]) -> float:
        row = next(row for row in self.oracle.requirements if row["requirement_id"] == requirement_id)
        counted = min(self.minimum(row), self.families(row, chosen))
        return weight_of(row) * (1 + (counted - 1) / 2) if counted else 0.0

    def allowed(self, chosen: Iterable[str]) -> bool:
        sectors = [self.oracle.register[body]["sector"] for body in chosen]
        if self.max_new is not None and len(sectors) > self.max_new:
            return False
        if self.only is not None and not set(sectors) <= self.only:
            return False
        return all(least <= sectors.count(name) <= most for name, least, most in self.bounds)

    def choices(self) -> Iterator[tuple[str, ...]]:
        for count in range(len(self.candidates) + 1):
            yield from (some for some in combinations(self.candidates, count) if self.allowed(some))

    def best(self) -> tuple[float, int]:
        """The highest objective, and with how few bodies it can be had."""
        found = [(self.objective(some), len(some)) for some in self.choices()]
        top = max(value for value, _ in found)
        return top, min(count for value, count in found if value >= top - 1e-9)

    def providers_among_candidates(self, requirement: Row) -> set[str]:
        return self.oracle.providers(requirement) & set(self.candidates)
