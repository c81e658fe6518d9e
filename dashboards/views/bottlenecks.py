"""Where does it hang on one body? Who is relied on, for what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies
from dashboards.views.reliance import Reliance, reliance
from orchestrator.model.labels import requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, percent, sentence

__all__ = ["BottleneckLine", "BottlenecksView", "bottlenecks_view"]


@dataclass(frozen=True)
class BottleneckLine:
    """One body that is relied on, with the sentences of its finding and the names behind the counts."""

    reliance: Reliance
    statement: str
    action: str
    cut_off: tuple[str, ...]
    worsened: tuple[str, ...]
    share: float
    address: str


@dataclass(frozen=True)
class BottlenecksView:
    """All bodies that are relied on, most first. Empty: no single body's leaving would cost anything."""

    headline: str
    lede: str
    sentence: str
    lines: tuple[BottleneckLine, ...]


def bottlenecks_view(results: Results, selection: Selection) -> BottlenecksView:
    """If one body left, who would lose touch with the centre and which needs would be worse off?"""
    graph, bodies = results.graph, Bodies(results)
    relied_on = reliance(bodies)
    weight = float(graph.requirements["weight"].sum())
    said = {f.subject_id: f for f in results.by_analysis["bottlenecks"].findings}
    labels = requirement_labels(graph)
    lines = tuple(
        BottleneckLine(
            entry,
            said[entry.body.organisation_id].statement,
            said[entry.body.organisation_id].action,
            tuple(bodies.names(entry.cut_off)),
            tuple(labels[need] for need in entry.worsened),
            entry.weight_lost / weight if weight else 0.0,
            selection.to("network", body=entry.body.organisation_id).address(),
        )
        for entry in relied_on
    )
    centre = graph.name_of(graph.centre_id)
    return BottlenecksView(_headline(lines), _lede(centre), _sentence(lines, len(graph.members), centre), lines)


def _headline(lines: tuple[BottleneckLine, ...]) -> str:
    if not lines:
        return "No single organisation's leaving would cut anyone off or cost cover"
    who = counted(len(lines), "organisation is", "organisations are").capitalize()
    most = [line.reliance.body.name for line in lines if _loss(line) == _loss(lines[0])]
    if len(lines) == 1:
        return f"{who} relied on: {most[0]}"
    return f"{who} relied on" + (" alike" if len(most) == len(lines) else f", {listed(most, most=2)} the most")


def _loss(line: BottleneckLine) -> tuple[float, int]:
    return line.reliance.weight_lost, len(line.cut_off)


def _lede(centre: str) -> str:
    return (
        f"Relied on means: if it left, a member would lose every route to {centre}, or a requirement would be worse "
        "off: thin instead of covered, on paper instead of thin, or a gap. "
        "The remedy is a second partner or a second route, not a smaller role."
    )


def _sentence(lines: tuple[BottleneckLine, ...], members: int, centre: str) -> str:
    if not lines:
        ways = f"everyone who has a route to {centre} has a second one or a direct tie"
        who = ways if members > 1 else "nobody but the centre takes part"
        return sentence(f"{who}, and no requirement rests on one body")
    cut = {name for line in lines for name in line.reliance.cut_off}
    needs = {need for line in lines for need in line.reliance.worsened}
    most = lines[0]
    said = sentence(
        f"{len(cut):,} of {members:,} members {'hangs' if len(cut) == 1 else 'hang'} on another body for "
        f"every route, and {counted(len(needs), 'requirement')} would be worse off if the wrong body left"
    )
    if most.share:
        said += (
            f" If {most.reliance.body.name} left, {percent(most.share)} of the requirement weight would be worse off."
        )
    return said
