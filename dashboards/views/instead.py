"""Who else could do what a body does, and whose introduction would secure those who hang on it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from dashboards.views.bodies import Bodies, Body
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.wording import counted, listed

__all__ = ["Alternative", "Instead"]

MOST: Final = 5


@dataclass(frozen=True)
class Alternative:
    """Another provider of requirements that a body's leaving would make worse, and what it is in the mission now."""

    body: Body
    needs: int
    standing: str

    @property
    def words(self) -> str:
        """For how many of them, and where it stands."""
        return f"for {counted(self.needs, 'of them', 'of them')}; {self.standing}"


@dataclass(frozen=True)
class Instead:
    """Alternatives within one mission. ``advice`` None: introductions were not worked out."""

    bodies: Bodies
    advice: Advice | None

    @cached_property
    def _providers(self) -> MappingProxyType[str, tuple[tuple[str, str], ...]]:
        """Everybody who offers what a requirement needs, with where each stands, by requirement id."""
        grid = coverage(self.bodies.results.graph)
        standings = {"working": "at work in the mission", "on_paper": "in on paper only", "candidate": "not in yet"}
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        ids = grid.requirements["requirement_id"].tolist()
        for which, words in standings.items():
            for need, names in zip(ids, grid.lists(which), strict=True):
                found[need] += [(name, words) for name in names]
        return MappingProxyType({need: tuple(pairs) for need, pairs in found.items()})

    def of(self, body: str, worsened: Sequence[str]) -> tuple[Alternative, ...]:
        """Other providers of these requirements, those of most of them first; five at most. Empty: nobody is known."""
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for need in worsened:
            for name, standing in self._providers.get(need, ()):
                if name != body:
                    counts[name, standing] += 1
        order = sorted(counts, key=lambda pair: (-counts[pair], self.bodies[pair[0]].name, pair))
        seen: dict[str, Alternative] = {}
        for name, standing in order:
            seen.setdefault(name, Alternative(self.bodies[name], counts[name, standing], standing))
        return tuple(seen.values())[:MOST]

    def introductions(self, cut_off: Sequence[str]) -> tuple[str, ...]:
        """Which new ties would secure some of those who hang on a body, as sentences; the most secured first."""
        if self.advice is None:
            return ()
        hanging = set(cut_off)
        helps = [(one, [name for name in one.secures if name in hanging]) for one in self.advice.introductions]
        helps = sorted((pair for pair in helps if pair[1]), key=lambda pair: -len(pair[1]))
        return tuple(
            f"{self.bodies[one.source_id].name} and {self.bodies[one.target_id].name}: that would secure "
            f"{listed(self.bodies.names(tuple(secured)))}."
            for one, secured in helps[:MOST]
        )
