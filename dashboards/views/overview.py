"""A mission in one page: the headline, four figures, the findings that matter most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dashboards.views.bodies import Bodies
from dashboards.views.reliance import Reliance, reliance
from orchestrator.model.findings import Finding
from orchestrator.model.results import Results
from orchestrator.model.standing import headline, lede, nobody_on
from orchestrator.model.wording import counted, percent
from orchestrator.tables.vocabulary import STATES

__all__ = ["Figure", "OverviewView", "key_figures", "overview_view"]

TOP = 5


@dataclass(frozen=True)
class Figure:
    """A figure with what it counts and what stands behind it; ``look`` is blank, warn, gap or quiet."""

    value: str
    label: str
    detail: str
    look: str = ""


@dataclass(frozen=True)
class OverviewView:
    """What a board sees first of a mission."""

    headline: str
    lede: str
    aim: str
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    top: tuple[Finding, ...]
    states: Counter[str]
    relied_on: tuple[Reliance, ...]


def overview_view(results: Results) -> OverviewView:
    """What should a board know of this mission on this day?"""
    graph, bodies = results.graph, Bodies(results)
    relied_on = reliance(bodies)
    states = _states(results)
    return OverviewView(
        headline=headline(graph.title, states, len(relied_on)),
        lede=lede(graph),
        aim=graph.mission.get("aim", ""),
        figures=key_figures(results, relied_on),
        findings=results.findings,
        top=results.findings[:TOP],
        states=states,
        relied_on=relied_on,
    )


def key_figures(results: Results, relied_on: tuple[Reliance, ...]) -> tuple[Figure, ...]:
    """The four figures that head the overview and the network page."""
    graph = results.graph
    members, ties = len(graph.members), counted(len(graph.ends), "tie")
    return (
        Figure(f"{members:,}", "organisation" if members == 1 else "organisations", f"{ties} between them"),
        Figure(f"{len(relied_on):,}", "relied on", _what_they_hold(relied_on), "warn" if relied_on else "quiet"),
        _nobody_figure(_states(results)),
        _unreached_figure(results),
    )


def _what_they_hold(relied_on: tuple[Reliance, ...]) -> str:
    cut = {name for entry in relied_on for name in entry.cut_off}
    if cut:
        them = "it" if len(relied_on) == 1 else "them"
        return f"{counted(len(cut), 'body reaches', 'bodies reach')} the centre only through {them}"
    return "losing any one costs cover" if relied_on else "nobody's leaving would cost contact or cover"


def _nobody_figure(states: Counter[str]) -> Figure:
    nobody, needs, unknown = nobody_on(states), sum(states.values()), states["no-data"]
    label = f"{'requirement' if nobody == 1 else 'requirements'} nobody works on"
    if not needs:
        return Figure("0", label, "none are recorded", "quiet")
    return Figure(
        f"{nobody:,}",
        label,
        f"of {needs:,} in all; {f'{unknown:,}' if unknown else 'none'} without data",
        "gap" if nobody else "quiet",
    )


def _unreached_figure(results: Results) -> Figure:
    hops = results.measure("organisation", "hops")
    unreached, others = sum(value is None for value in hops.values) if hops else 0, len(results.graph.members) - 1
    if not unreached:
        return Figure("0", "not reached", "all have a route to the centre", "quiet")
    share = percent(unreached / others)
    return Figure(f"{unreached:,}", "not reached", f"{share} of the others have no route to the centre", "gap")


def _states(results: Results) -> Counter[str]:
    measure = results.measure("requirement", "state")
    found = Counter(measure.values if measure else ())
    return Counter({state: found[state] for state in STATES})
