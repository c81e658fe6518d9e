"""The whole advice: whom to bring in, whom to introduce, and for what nobody is known."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np

from orchestrator.errors import BadData, Problem, WrongUsage, quoted
from orchestrator.model.advice import Advice
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted, listed, number
from orchestrator.partners.candidates import Candidates, candidates
from orchestrator.partners.grid import Grid, grid
from orchestrator.partners.introductions import introductions
from orchestrator.partners.reasons import partners
from orchestrator.partners.request import Request
from orchestrator.partners.solve import Solution, solve
from orchestrator.partners.unfilled import still_open, unfilled
from orchestrator.partners.ways import ways

__all__ = ["advice"]


def advice(
    graph: MissionGraph, request: Request | None = None, progress: Callable[[str], None] | None = None
) -> Advice:
    """Whom should the centre bring in, whom should it introduce, and for what is nobody known?

    Chosen bodies stand in the order of what would be lost without them; everything else by id. ``progress`` is told
    each step before it starts; to cancel, let it raise. Nothing chosen: nothing within the limits adds anything.

    Raises BadData for a mission without requirements, and where needs are open and nobody is outside the mission or
    everybody who could help is at capacity; WrongUsage for limits that contradict each other or the register.
    """
    request = request or Request()
    if graph.requirements.empty:
        what = f"The mission {quoted(graph.mission_id)} has no requirements, so nobody can be missing."
        raise BadData([Problem(what, "requirements.csv", hint="Add what the mission needs where, one row a need.")])
    reach = ways(graph)
    everybody = candidates(graph, reach, request.within)
    found = grid(graph, everybody, request)
    _refuse_if_nobody(graph, everybody, found)
    solution = _solve(found, request, progress)
    introduced, at_least = introductions(graph, progress)
    value, bound = found.today + solution.value, found.today + solution.bound
    return Advice(
        graph=graph,
        parameters=MappingProxyType(request.parameters),
        objective=value,
        objective_today=found.today,
        bound=bound,
        within_percent=100 * (bound - value) / bound if bound > value else 0.0,
        cost=solution.cost,
        cost_bound=solution.cost_bound,
        method=solution.method,
        chosen=partners(graph, found, solution.chosen, reach, request.within),
        introductions=introduced,
        introductions_bound=at_least,
        no_known_candidate=unfilled(graph, found, everybody),
        still_open=still_open(graph, found, solution.chosen),
        notes=_notes(graph, everybody, found, request),
    )


def _solve(found: Grid, request: Request, progress: Callable[[str], None] | None) -> Solution:
    if not found.ids:
        return Solution(np.zeros(0, np.int64), 0.0, 0.0, 0.0, 0.0, "nobody to choose from")
    try:
        return solve(found.problem, request.seconds, progress)
    except ValueError:
        raise WrongUsage(
            "--sectors asks for more than --max-new and --budget allow together: no choice keeps to all of them."
        ) from None


def _refuse_if_nobody(graph: MissionGraph, everybody: Candidates, found: Grid) -> None:
    if not len(found.uncovered):
        return
    if not everybody.anybody:
        what = f"There is no candidate for the mission {quoted(graph.mission_id)}: every body works in it or withdrew."
        raise BadData([Problem(what, "organisations.csv", hint="Add organisations that are not in the mission yet.")])
    if not everybody.table.empty or not everybody.far.empty:
        return
    rows = everybody.full.head(5)
    named = [
        f"{graph.name_of(name)} ({number(after)} of {number(most)})"
        for name, after, most in zip(rows["organisation_id"], rows["load_after"], rows["capacity"], strict=True)
    ]
    what = f"Every candidate would carry more than its capacity: {listed(named, 5)}."
    raise BadData([Problem(what, "organisations.csv", column="capacity", hint="End engagements or add organisations.")])


def _notes(graph: MissionGraph, everybody: Candidates, found: Grid, request: Request) -> tuple[str, ...]:
    """What a reader has to know about who was not looked at."""
    said = []
    if not len(found.uncovered):
        said.append("Every requirement is covered today: nobody is missing.")
    if len(everybody.full):
        names = [graph.name_of(name) for name in everybody.full["organisation_id"]]
        said.append(f"At capacity and so not asked: {listed(names, 5)}.")
    if len(everybody.far):
        far = counted(len(everybody.far), "body was", "bodies were")
        said.append(f"{far.capitalize()} left out: more than {counted(request.within or 0, 'step')} from the centre.")
    if "cost" in graph.organisations:
        said.append("Costs are those of the register; a blank cost counts as the highest that is known.")
    unknown = int(everybody.table["capacity"].isna().sum())
    if unknown and len(everybody.table):
        some = counted(unknown, "candidate")
        said.append(f"How much they can carry is not recorded for {some}; nothing was assumed, so ask.")
    return tuple(said)
