"""Where does it hang on one body? Who is relied on, for what, how sure that is, who else could, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.holding import (
    CentreView,
    GroupsView,
    SingleTiesView,
    centre_view,
    groups_view,
    single_ties_view,
)
from dashboards.views.instead import Alternative, Instead
from dashboards.views.reliance import Reliance, reliance
from dashboards.views.sureness import USUAL, Sureness
from orchestrator.model.advice import Advice
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, percent, sentence

__all__ = ["SHEET", "BottleneckLine", "BottlenecksView", "bottlenecks_view"]

SHEET: Final = 50


@dataclass(frozen=True)
class BottleneckLine:
    """One body that is relied on, with the sentences of its finding and the names behind the counts.

    ``sure`` (robust, likely, cannot tell) and ``bounds`` are blank where nobody asked how sure it is; ``instead`` are
    other providers of what would be worse off, ``introductions`` new ties that would secure those who hang on it.
    """

    reliance: Reliance
    statement: str
    action: str
    cut_off: tuple[Body, ...]
    worsened: tuple[str, ...]
    share: float
    address: str
    sure: str
    bounds: str
    instead: tuple[Alternative, ...]
    introductions: tuple[str, ...]


@dataclass(frozen=True)
class BottlenecksView:
    """All bodies that are relied on, most first. Empty: no single body's leaving would cost anything.

    ``lines`` are those of one sheet, ``at`` of ``sheets``; ``everybody`` counts all. ``ask_how_sure`` is the address
    that asks in how many worlds it holds, blank where that was asked; ``sure_note`` says what the answer rests on.
    """

    headline: str
    lede: str
    sentence: str
    lines: tuple[BottleneckLine, ...]
    everybody: int
    at: int
    sheets: int
    ask_how_sure: str
    sure_note: str
    single_ties: SingleTiesView
    centre: CentreView
    groups: GroupsView


def bottlenecks_view(results: Results, selection: Selection, advice: Advice | None = None) -> BottlenecksView:
    """If one body left, who would lose touch with the centre and which needs would be worse off?

    ``results`` with worlds say how sure that is; ``advice`` None: introductions were not worked out.
    """
    graph, bodies = results.graph, Bodies(results)
    relied_on = reliance(bodies)
    sheets = max(1, -(-len(relied_on) // SHEET))
    at = min(selection.sheet, sheets)
    lines = _lines(results, selection, relied_on[(at - 1) * SHEET : at * SHEET], Instead(bodies, advice))
    centre = graph.name_of(graph.centre_id)
    sure = Sureness(results)
    return BottlenecksView(
        headline=_headline(relied_on),
        lede=_lede(centre),
        sentence=_sentence(relied_on, len(graph.members), centre, _whole(results)),
        lines=lines,
        everybody=len(relied_on),
        at=at,
        sheets=sheets,
        ask_how_sure="" if sure.worlds else selection.asking(worlds=str(USUAL)).address(),
        sure_note=sure.note,
        single_ties=single_ties_view(results),
        centre=centre_view(results),
        groups=groups_view(results),
    )


def _lines(
    results: Results, selection: Selection, relied_on: tuple[Reliance, ...], instead: Instead
) -> tuple[BottleneckLine, ...]:
    bodies, sure, weight = instead.bodies, Sureness(results), _whole(results)
    said = {f.subject_id: f for f in results.by_analysis["bottlenecks"].findings}
    return tuple(
        BottleneckLine(
            entry,
            said[entry.body.organisation_id].statement,
            said[entry.body.organisation_id].action,
            tuple(bodies[name] for name in entry.cut_off),
            bodies.requirements(entry.worsened),
            entry.weight_lost / weight if weight else 0.0,
            selection.to("network", body=entry.body.organisation_id).address(),
            sure.word_for(entry.body.organisation_id),
            sure.sentence_on(entry.body.organisation_id),
            instead.of(entry.body.organisation_id, entry.worsened),
            instead.introductions(entry.cut_off),
        )
        for entry in relied_on
    )


def _whole(results: Results) -> float:
    return float(results.graph.requirements["weight"].sum())


def _headline(relied_on: tuple[Reliance, ...]) -> str:
    if not relied_on:
        return "No single organisation's leaving would cut anyone off or cost cover"
    who = counted(len(relied_on), "organisation is", "organisations are").capitalize()
    most = [entry.body.name for entry in relied_on if entry.place == relied_on[0].place]
    if len(relied_on) == 1:
        return f"{who} relied on: {most[0]}"
    return f"{who} relied on" + (" alike" if len(most) == len(relied_on) else f", {listed(most, most=2)} the most")


def _lede(centre: str) -> str:
    return (
        f"Relied on means: if it left, a member would lose every route to {centre}, or a requirement would be worse "
        "off: thin instead of covered, on paper instead of thin, or a gap. "
        "The remedy is a second partner or a second route, not a smaller role."
    )


def _sentence(relied_on: tuple[Reliance, ...], members: int, centre: str, weight: float) -> str:
    if not relied_on:
        ways = f"everyone who has a route to {centre} has a second one or a direct tie"
        who = ways if members > 1 else "nobody but the centre takes part"
        return sentence(f"{who}, and no requirement rests on one body")
    cut = {name for entry in relied_on for name in entry.cut_off}
    needs = {need for entry in relied_on for need in entry.worsened}
    most = relied_on[0]
    said = sentence(
        f"{len(cut):,} of {members:,} members {'hangs' if len(cut) == 1 else 'hang'} on another body for "
        f"every route, and {counted(len(needs), 'requirement')} would be worse off if the wrong body left"
    )
    if most.weight_lost and weight:
        lost = percent(most.weight_lost / weight)
        said += f" If {most.body.name} left, {lost} of the requirement weight would be worse off."
    return said
