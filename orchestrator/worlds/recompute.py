"""How sure are we? Recompute a mission in many worlds that its evidence allows."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import numpy as np

from orchestrator.errors import WrongUsage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.worlds import Worlds
from orchestrator.tables.vocabulary import STATES
from orchestrator.worlds.answers import Answers, answers
from orchestrator.worlds.assumptions import assumptions
from orchestrator.worlds.doubt import doubt
from orchestrator.worlds.drawing import Drawing
from orchestrator.worlds.ground import Ground, ground
from orchestrator.worlds.one_world import FEW_STEPS, MEASURES, WORTH_SAYING, OneWorld, one_world
from orchestrator.worlds.spreads import Kept, uncertain
from orchestrator.worlds.unreported import unreported

__all__ = ["MOST_WORLDS", "drawing_of", "worlds"]

#: Beyond this a share is known to 1% at worst, and more worlds say nothing new.
MOST_WORLDS: Final = 10_000

_SHARES: Final = (
    "cuts_off",
    "worsens",
    "bites",
    "relied_on",
    "brokers",
    "no_route",
    *(f"within_{k}" for k in FEW_STEPS),
)


def worlds(
    graph: MissionGraph, count: int, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> Worlds:
    """In ``count`` worlds that the evidence allows, what is how large and how often?

    In each world reported ties are kept or not, by confidence, age and audits of their source, and ties that nobody
    reported are added where bodies did not answer; everything but betweenness is recomputed. The same graph, count and
    seed give the same result. ``progress`` is told how many of how many worlds are done; to cancel, let it raise.
    Raises WrongUsage for a count outside 1 to ``MOST_WORLDS`` or a seed below 0. Cost grows with worlds times ties;
    memory with worlds times members, beyond 64 MB a measure in a file that goes away by itself.
    """
    if not 1 <= count <= MOST_WORLDS:
        raise WrongUsage(f"{count} is not a number of worlds. Use 1 to {MOST_WORLDS:,}; 200 is usual.")
    if seed < 0:
        raise WrongUsage(f"{seed} is not a seed. Use a whole number from 0 on.")
    base, told = ground(graph), answers(graph)
    drawing = drawing_of(graph, told, seed)
    tally = _Tally(base, count, hops(graph) < 0)
    for number in range(count):
        tally.add(number, one_world(base, *drawing.world(number), times=count))
        if progress is not None:
            progress(number + 1, count)
    return tally.result(drawing, told)


def drawing_of(graph: MissionGraph, told: Answers, seed: int) -> Drawing:
    """What draws the worlds of a graph: the doubt of its reported ties, and what may be unreported."""
    missing = unreported(len(graph.members), graph.ends, graph.strength, told)
    return Drawing(graph.ends, doubt(graph, told), missing, seed)


class _Tally:
    """What is kept of the worlds as they pass."""

    def __init__(self, base: Ground, count: int, stranded: np.ndarray) -> None:
        self._base, self._count, self._stranded = base, count, stranded
        self._as_stranded = np.zeros(count, np.bool_)
        self._measures = {name: Kept(count, base.members) for name in MEASURES}
        self._shares = {name: np.zeros(base.members) for name in _SHARES}
        self._states = np.zeros((base.needs, len(STATES)))
        self._nobody_works = np.zeros((count, base.needs), np.bool_)
        self._mission: dict[str, np.ndarray] = {}

    def add(self, number: int, world: OneWorld) -> None:
        """Take one world in."""
        for name, kept in self._measures.items():
            kept.values[number] = world.measures[name]
        for name, held in self._held(world).items():
            self._shares[name] += held
        self._states[np.arange(self._base.needs), world.state] += 1
        self._nobody_works[number] = (world.state == STATES.index("on-paper")) | (world.state == STATES.index("gap"))
        self._as_stranded[number] = bool((world.steps[self._stranded] < 0).all())
        for name, figure in world.mission.items():
            self._mission.setdefault(name, np.full(self._count, np.nan))[number] = figure

    def _held(self, world: OneWorld) -> dict[str, np.ndarray]:
        cuts, worsens = world.measures["cut_off"] > 0, world.measures["weight_lost"] > 0
        reached = int((world.steps > 0).sum())
        return {
            "cuts_off": cuts,
            "worsens": worsens,
            "bites": cuts | worsens,
            "relied_on": world.measures["rooted_dependency"] >= max(1.0, WORTH_SAYING * reached),
            "brokers": world.measures["brokerage"] >= WORTH_SAYING,
            "no_route": world.steps < 0,
            **{f"within_{k}": (world.steps >= 0) & (world.steps <= k) for k in FEW_STEPS},
        }

    def result(self, drawing: Drawing, told: Answers) -> Worlds:
        """Everything that was kept, as the result."""
        pool = told.ranked()
        pool[self._base.centre] = False
        certain = drawing.doubt.certain and not drawing.unreported.blocks
        return Worlds(
            count=self._count,
            seed=drawing.seed,
            certain=certain,
            measures=MappingProxyType({name: uncertain(name, kept, pool) for name, kept in self._measures.items()}),
            shares=MappingProxyType({name: held / self._count for name, held in self._shares.items()}),
            states=self._states / self._count,
            nobody_works=self._nobody_works,
            mission=MappingProxyType(self._mission),
            as_stranded=self._as_stranded,
            answers=told.by_sector(),
            assumptions=assumptions(drawing, told, self._count),
        )
