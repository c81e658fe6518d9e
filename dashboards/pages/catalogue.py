"""The list of pages. To add one, write its view and its layout and name it here; ``answer`` shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from dash.development.base_component import Component

from dashboards.desk import Desk
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages import (
    across,
    bottlenecks,
    bring,
    changes,
    coverage,
    export,
    holdings,
    match,
    missions,
    network,
    organisation,
    overview,
    partners,
    principles,
    scenario,
    words,
)
from dashboards.selection import Selection
from dashboards.views.across import across_view
from dashboards.views.board import board_view
from dashboards.views.bottlenecks import bottlenecks_view
from dashboards.views.bring import bring_problem, bring_view
from dashboards.views.changes import changes_view, choices, headline_of, last_of, no_snapshots
from dashboards.views.coverage import coverage_view
from dashboards.views.decided import decided
from dashboards.views.export import export_view, made_of
from dashboards.views.holdings import evidence_heaps
from dashboards.views.match import match_view
from dashboards.views.missions import missions_view
from dashboards.views.network import network_view
from dashboards.views.organisation import organisation_view
from dashboards.views.overview import overview_view
from dashboards.views.partner_limits import limits_of
from dashboards.views.partners import contradicting_limits_view, no_advice_view, partners_view, wrong_limits_view
from dashboards.views.principles import principles_view
from dashboards.views.provenance import provenance_view
from dashboards.views.scenario import plan_of, scenario_view, standing_list
from dashboards.views.sureness import worlds_asked
from dashboards.views.words import words_view
from orchestrator.errors import BadData, OrchestratorError, WrongUsage
from orchestrator.model.advice import Advice
from orchestrator.model.results import Results

__all__ = ["PAGES", "Page"]


@dataclass(frozen=True)
class Page:
    """A page by name: its title, and the function that makes its content.

    The function asks the desk; what raises StillWorking there is shown as the page that fills in later, and any other
    OrchestratorError as a page that says what is wrong.
    ``kept`` is False where the page follows from more than the selection, the pack, and the snapshots and decisions in
    the workspace: then it is made anew whenever it is asked for.
    """

    name: str
    title: str
    content: Callable[[Desk, Selection], list[Component]]
    kept: bool = True


def _missions(desk: Desk, selection: Selection) -> list[Component]:
    return missions.layout(missions_view(desk.standings(selection), desk.pack(selection)["missions"], selection))


def _across(desk: Desk, selection: Selection) -> list[Component]:
    return across.layout(across_view(desk.across(selection), desk.pack(selection), selection), selection)


def _overview(desk: Desk, selection: Selection) -> list[Component]:
    results = desk.results(selection)
    advice, why = _advice_or_why(desk, selection)
    board = board_view(results, selection, desk.pack(selection)["missions"], advice, why)
    return overview.layout(overview_view(results), board, selection, _since(desk, selection))


def _advice_or_why(desk: Desk, selection: Selection) -> tuple[Advice | None, str]:
    """The advice, or why it is not there: a page of a mission does not wait for it."""
    try:
        return desk.advice(selection), ""
    except BadData:
        return None, "Nobody can be recommended yet."
    except StillWorking:
        return None, "Whom to bring in is being worked out; open this page again in a moment."


def _since(desk: Desk, selection: Selection) -> str:
    """The change since the last snapshot in one sentence; blank where there is none, or where it is not known yet."""
    last = last_of(desk.snapshots(selection), selection)
    try:
        return headline_of(desk.comparison(selection, last, "")) if last else ""
    except StillWorking:
        return "What changed is being worked out."
    except (OrchestratorError, Stopped):
        return "The last snapshot cannot be read."


def _changes(desk: Desk, selection: Selection) -> list[Component]:
    desk.graph(selection)
    kept = desk.snapshots(selection)
    asked = [name for name in ("before", "after") if any(name == one for one, _ in selection.more)]
    before = selection.asked("before") if asked else last_of(kept, selection)
    if not asked and not before:
        title = desk.pack(selection).mission(selection.mission_id)["title"]
        return changes.empty_layout(*no_snapshots(title), selection)
    chosen = before, selection.asked("after")
    view = changes_view(desk.comparison(selection, *chosen))
    return changes.layout(view, choices(kept, selection), chosen, selection)


def _coverage(desk: Desk, selection: Selection) -> list[Component]:
    """The need grid needs no analysis: the page is there as soon as the mission graph is."""
    results = Results(desk.graph(selection), MappingProxyType({}))
    try:
        found = desk.outlooks(replace(selection, on=None))
    except StillWorking:
        found = None
    view = coverage_view(results, selection, desk.pack(selection)["sources"], found)
    return coverage.layout(view, selection)


def _network(desk: Desk, selection: Selection) -> list[Component]:
    results = desk.results(selection)
    view = network_view(results, selection, desk.pack(selection)["sources"], desk.advice_at_hand(selection))
    return network.layout(view, selection)


def _bottlenecks(desk: Desk, selection: Selection) -> list[Component]:
    worlds = worlds_asked(selection)
    results = desk.worlds(selection, worlds) if worlds else desk.results(selection)
    return bottlenecks.layout(bottlenecks_view(results, selection, desk.advice_at_hand(selection)), selection)


def _principles(desk: Desk, selection: Selection) -> list[Component]:
    return principles.layout(principles_view(desk.results(selection), selection))


def _partners(desk: Desk, selection: Selection) -> list[Component]:
    limits = limits_of(selection)
    about = (selection.asked("wrong"), selection.asked("wrong-with"))
    shown = selection.asking(wrong="", wrong_with="", problem="")
    deciding = partners.Deciding(desk.workspace.lasts, about, selection.asked("problem"))
    if limits.problems:
        return partners.layout(wrong_limits_view(), shown, limits)
    results = desk.results(selection)
    try:
        advice = desk.advice(selection, limits.request)
    except BadData as why:
        return partners.layout(no_advice_view(why), shown, limits)
    except WrongUsage:
        return partners.layout(contradicting_limits_view(), shown, limits)
    decisions = decided(desk.decisions(selection), results.graph)
    return partners.layout(partners_view(results, advice, shown, decisions), shown, limits, deciding)


def _export(desk: Desk, selection: Selection) -> list[Component]:
    view = export_view(desk.graph(selection), selection)
    made = made_of(desk.export(selection, view.wanted), selection) if view.wanted else None
    return export.layout(view, made, selection)


def _organisation(desk: Desk, selection: Selection) -> list[Component]:
    def results(mission_id: str) -> Results:
        return desk.results(replace(selection, mission_id=mission_id))

    return organisation.layout(organisation_view(desk.pack(selection), selection, results), selection)


def _bring(desk: Desk, selection: Selection) -> list[Component]:
    key = selection.asked("arrival")
    if not key:
        return bring.layout(desk.workspace.lasts, bring_problem(selection.asked("problem")))
    return bring.report_layout(bring_view(desk.arrival(key)), key)


def _scenario(desk: Desk, selection: Selection) -> list[Component]:
    trial = desk.trial(selection, standing_list(selection)[0])
    plan = plan_of(trial, selection)
    if plan.added:
        trial = desk.trial(selection, plan.scenario)
    return scenario.layout(
        scenario_view(plan, trial, None if plan.scenario.changes else desk.advice_at_hand(selection))
    )


def _words(_: Desk, __: Selection) -> list[Component]:
    return words.layout(words_view())


def _match(desk: Desk, selection: Selection) -> list[Component]:
    return match.layout(match_view(desk.names, selection), selection)


def _holdings(desk: Desk, selection: Selection) -> list[Component]:
    library = desk.library(selection)
    heaps = evidence_heaps(desk.names.holdings()) if desk.names is not None else ()
    return holdings.layout(provenance_view(library.pack, library.report, selection), heaps, selection)


PAGES = (
    Page("missions", "Missions", _missions),
    Page("across", "Across missions", _across),
    Page("data", "Data", _holdings, kept=False),
    Page("bring", "Bring a pack", _bring, kept=False),
    Page("match", "Names in evidence", _match, kept=False),
    Page("overview", "Overview", _overview),
    Page("coverage", "Coverage", _coverage),
    Page("network", "Network", _network),
    Page("bottlenecks", "Relied on", _bottlenecks),
    Page("partners", "Missing partners", _partners),
    Page("principles", "Principles", _principles),
    Page("scenario", "What if", _scenario),
    Page("changes", "Changes", _changes),
    Page("export", "Export and methods", _export, kept=False),
    Page("organisation", "Organisation", _organisation),
    Page("words", "Words", _words),
)
