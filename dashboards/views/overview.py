"""A mission in one page: the headline, four figures, the findings that matter most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies
from dashboards.views.reliance import Reliance, reliance
from orchestrator.model.findings import Finding
from orchestrator.model.results import Results
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


def overview_view(results: Results, selection: Selection) -> OverviewView:
    """What should a board know of this mission on this day?"""
    graph, bodies = results.graph, Bodies(results)
    relied_on = reliance(bodies)
    states = _states(results)
    members = counted(len(graph.members), "organisation")
    return OverviewView(
        headline=_headline(graph.title, states, relied_on),
        lede=(
            f"{graph.title} on {selection.day:%-d %B %Y}, orchestrated by {graph.name_of(graph.centre_id)}: "
            f"{members} with {counted(len(graph.ends), 'tie')} between them."
        ),
        aim=graph.mission.get("aim", ""),
        figures=key_figures(results, relied_on),
        findings=results.findings,
        top=results.findings[:TOP],
        states=states,
        relied_on=relied_on,
    )


def key_figures(results: Results, relied_on: tuple[Reliance, ...]) -> tuple[Figure, ...]:
    """The four figures that head the overview and the network page."""
    graph, states = results.graph, _states(results)
    nobody, needs = states["gap"] + states["on-paper"], sum(states.values())
    cut = {name for entry in relied_on for name in entry.cut_off}
    hops = results.measure("organisation", "hops")
    unreached = sum(value is None for value in hops.values) if hops else 0
    return (
        Figure(f"{len(graph.members):,}", "organisations", counted(len(graph.ends), "tie") + " between them"),
        Figure(
            f"{len(relied_on):,}",
            "relied on",
            f"{counted(len(cut), 'body has', 'bodies have')} one only way to the centre"
            if cut
            else "losing any one costs cover",
            "warn",
        ),
        Figure(
            f"{nobody:,}",
            "requirements nobody works on",
            f"of {needs:,} capability and place pairs; {states['no-data']:,} without data",
            "gap",
        ),
        Figure(
            f"{unreached:,}",
            "not reached",
            f"{percent(unreached / len(graph.members))} have no route to the centre"
            if unreached
            else "all have a route to the centre",
            "quiet" if not unreached else "gap",
        ),
    )


def _states(results: Results) -> Counter[str]:
    measure = results.measure("requirement", "state")
    found = Counter(measure.values if measure else ())
    return Counter({state: found[state] for state in STATES})


def _headline(title: str, states: Counter[str], relied_on: tuple[Reliance, ...]) -> str:
    needs, nobody = sum(states.values()), states["gap"] + states["on-paper"]
    hangs = f"{counted(len(relied_on), 'organisation')} cannot leave without loss" if relied_on else ""
    if not needs:
        return f"{title}: no requirements are recorded" + (f", and {hangs}" if hangs else "")
    verb = "has" if nobody == 1 else "have"
    if not nobody:
        first = (
            "Somebody works on every requirement that is known"
            if states["no-data"]
            else "Somebody works on every requirement"
        )
    else:
        first = f"{nobody:,} of {counted(needs, 'requirement')} {verb} nobody working on them"
    return first + (f", and {hangs}" if hangs else "")
