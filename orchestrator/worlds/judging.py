"""Robust, likely, or cannot tell? The word for each finding, from the worlds in which what it says holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.model.worlds import Verdict, Worlds
from orchestrator.worlds.asking_again import Question, asked_again

__all__ = ["judged"]

_NOT_WORKED_OUT: Final = "how sure this is was not worked out"
_NO_TIES: Final = "robust: it hangs on no tie"
_NONE: Final[Mapping[str, Question]] = MappingProxyType({})
#: What a finding on a body claims, and the ranked measure that bounds its value.
_OF_BODIES: Final = MappingProxyType(
    {
        "bottlenecks:weight_lost": ("bites", "weight_lost"),
        "between:rooted_dependency": ("relied_on", "rooted_dependency"),
        "brokers:brokerage": ("brokers", "brokerage"),
    }
)
#: Findings that follow from engagements, offers and dates, whatever ties there are.
_WITHOUT_TIES: Final = frozenset({"coverage:no_data", "load:load", "overlap:missions"})


def judged(results: Results, found: Worlds, questions: Mapping[str, Question] = _NONE) -> Results:
    """The same results with how sure each finding is: bounds of its value, and a clause in its sentence.

    A finding on a body holds in a world in which it would be made of that body there too; one on the needs of a place
    or on bodies without a route where all that it names are so. ``questions``: analyses by name that are asked again
    of some worlds, for findings that nothing kept judges. What is left stays without bounds, unless no tie is in doubt:
    then all worlds are the same. Of bodies of sectors that are not ranked, the sentence says so.
    """
    told = [finding for part in results.by_analysis.values() for finding in part.findings]
    again = {} if found.certain else asked_again(results.graph, found, questions, told)
    verdicts = {f.finding_id: again.get(f.finding_id) or _verdict(results.graph, f, found) for f in told}
    return replace(results, worlds=found, verdicts=MappingProxyType(verdicts))


def _verdict(graph: MissionGraph, finding: Finding, found: Worlds) -> Verdict:
    kind = f"{finding.analysis}:{finding.measure}"
    if kind in _WITHOUT_TIES:
        return Verdict(1.0, finding.value, finding.value, _NO_TIES)
    if found.certain:
        return Verdict(1.0, finding.value, finding.value, found.in_worlds(1.0))
    if kind in _OF_BODIES:
        return _of_body(graph, finding, found, *_OF_BODIES[kind])
    rule = _RULES.get(kind)
    return rule(graph, finding, found) if rule else Verdict(None, None, None, _NOT_WORKED_OUT)


def _of_body(graph: MissionGraph, finding: Finding, found: Worlds, claim: str, measure: str) -> Verdict:
    at = int(np.searchsorted(np.array(graph.members, dtype=object), finding.subject_id))
    share, value = float(found.shares[claim][at]), found.measures[measure].value
    why_not = _why_not_ranked(graph, finding.subject_id, found)
    clause = f"{found.in_worlds(share)}; {why_not}" if why_not else found.in_worlds(share)
    return Verdict(share, float(value.low[at]), float(value.high[at]), clause)


def _why_not_ranked(graph: MissionGraph, body: str, found: Worlds) -> str:
    if not found.not_ranked:
        return ""
    register = graph.organisations
    row = int(np.searchsorted(register["organisation_id"].to_numpy(dtype=object), body))
    sector = register["sector"].iloc[row]
    return next((each.why_not_ranked.rstrip(".") for each in found.not_ranked if each.sector == sector), "")


def _not_worked_on(graph: MissionGraph, finding: Finding, found: Worlds) -> Verdict:
    needs = coverage(graph).requirements
    here = (needs["place_id"] == finding.subject_id).to_numpy()
    named = needs["requirement_id"].isin([row.removeprefix("requirements:") for row in finding.evidence]).to_numpy()
    holds = np.asarray(found.nobody_works[:, named].all(axis=1))
    return _counted(holds, found.nobody_works[:, here].sum(axis=1), found)


def _no_route(_graph: MissionGraph, _finding: Finding, found: Worlds) -> Verdict:
    return _counted(found.as_stranded, found.mission["no_route"], found)


def _counted(holds: np.ndarray, values: np.ndarray, found: Worlds) -> Verdict:
    low, high = np.quantile(values, 0.05, method="lower"), np.quantile(values, 0.95, method="higher")
    share = float(holds.mean())
    return Verdict(share, float(low), float(high), found.in_worlds(share))


_RULES: Final[Mapping[str, Callable[[MissionGraph, Finding, Worlds], Verdict]]] = MappingProxyType(
    {"coverage:not_worked_on": _not_worked_on, "reach:no_route": _no_route}
)
