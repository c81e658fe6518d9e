"""The questions that workers are asked: functions of a pack and plain values, which say where they are as they go."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from dashboards.jobs import Tell
from dashboards.views.across_facts import MissionFacts, facts_of
from dashboards.views.cliff import Outlooks, outlooks
from dashboards.views.missions import Standing
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.partners import Request
from orchestrator.scenario import Refusal, Scenario, apply_what_can_be
from orchestrator.study import (
    advise,
    advise_in_worlds,
    analyse,
    chosen_analyses,
    inspect_pack,
    with_worlds,
)
from orchestrator.tables.pack import Pack
from orchestrator.tables.report import Report

__all__ = [
    "across_of",
    "advice_of",
    "after_of",
    "inspected",
    "outlooks_of",
    "results_of",
    "standings_of",
    "sure_advice_of",
    "worlds_of",
]


def inspected(tell: Tell, path: str) -> tuple[Pack | None, Report]:
    """A pack as it was brought, checked whole: the pack if nothing is wrong with it, and the report."""
    tell("Reading every row", 0, 0)
    return inspect_pack(Path(path))


def results_of(tell: Tell, pack: Pack, mission_id: str, day: date, level: int) -> Results:
    """All analyses."""
    return _analysed(tell, MissionGraph.from_pack(pack, mission_id, day, level))


def _analysed(tell: Tell, graph: MissionGraph, first: int = 0, of: int = 0) -> Results:
    questions = [analysis.question for analysis in chosen_analyses()]
    of = of or len(questions)
    return analyse(graph, progress=lambda question: tell(question, first + questions.index(question), of))


def advice_of(tell: Tell, pack: Pack, mission_id: str, day: date, level: int, request: Request | None) -> Advice:
    """Whom to bring in."""
    return advise(MissionGraph.from_pack(pack, mission_id, day, level), request, lambda step: tell(step, 0, 0))


def worlds_of(tell: Tell, pack: Pack, mission_id: str, day: date, level: int, count: int, seed: int) -> Results:
    """All analyses with how sure they are."""
    plain = results_of(tell, pack, mission_id, day, level)
    return with_worlds(plain, count, seed, lambda done, of: tell("How sure is it? World by world", done, of))


def sure_advice_of(
    tell: Tell, pack: Pack, mission_id: str, day: date, level: int, request: Request | None, count: int, seed: int
) -> Advice:
    """Whom to bring in, with how sure that is."""
    plain = advice_of(tell, pack, mission_id, day, level, request)
    said = "How sure is the advice? World by world"
    return advise_in_worlds(plain, request or Request(), count, seed, lambda done, of: tell(said, done, of))


def after_of(
    tell: Tell, pack: Pack, mission_id: str, day: date, level: int, scenario: Scenario
) -> tuple[Results, tuple[Refusal, ...]]:
    """All analyses of what would be, and which changes cannot be."""
    graph, refused = apply_what_can_be(MissionGraph.from_pack(pack, mission_id, day, level), scenario)
    return _analysed(tell, graph), refused


def outlooks_of(tell: Tell, pack: Pack, mission_id: str, day: date, level: int) -> Outlooks:
    """How a mission would stand in the months to come."""
    tell("Will it last?", 0, 0)
    return outlooks(MissionGraph.from_pack(pack, mission_id, day, level))


def across_of(tell: Tell, pack: Pack, day: date, level: int) -> tuple[MissionFacts, ...]:
    """What every mission of a pack adds to the page across missions, in the order of the pack."""
    missions = pack["missions"]["mission_id"].tolist()
    found = []
    for number, mission_id in enumerate(missions):
        tell("What do the missions share?", number, len(missions))
        found.append(facts_of(MissionGraph.from_pack(pack, mission_id, day, level)))
    return tuple(found)


def standings_of(tell: Tell, pack: Pack, day: date, level: int) -> tuple[Standing, ...]:
    """Every mission of a pack with how its requirements stand, in the order of the pack."""
    missions = pack["missions"]["mission_id"].tolist()
    found = []
    for number, mission_id in enumerate(missions):
        tell("How do the missions stand?", number, len(missions))
        graph = MissionGraph.from_pack(pack, mission_id, day, level)
        states = Counter(coverage(graph).requirements["state"])
        found.append(Standing(mission_id, graph.name_of(graph.centre_id), len(graph.members), states))
    return tuple(found)
