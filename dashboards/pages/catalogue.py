"""The list of pages. To add one, write its view and its layout and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboards.pages import bottlenecks, coverage, missions, network, overview, partners, problem
from dashboards.pages.shell import BRAND, frame
from dashboards.selection import Selection
from dashboards.views.bottlenecks import bottlenecks_view
from dashboards.views.coverage import coverage_view
from dashboards.views.missions import missions_view
from dashboards.views.network import network_view
from dashboards.views.overview import overview_view
from dashboards.views.partners import no_advice_view, partners_view
from orchestrator.errors import BadData, UnknownName
from orchestrator.model.results import Results
from orchestrator.study import Library

__all__ = ["PAGES", "Page", "Shown", "page_for", "something_went_wrong"]


@dataclass(frozen=True)
class Page:
    """A page by name: its title, and the function that makes its content."""

    name: str
    title: str
    content: Callable[[Library, Selection], list[Component]]


def _missions(library: Library, selection: Selection) -> list[Component]:
    return missions.layout(missions_view(library, selection))


def _overview(library: Library, selection: Selection) -> list[Component]:
    return overview.layout(overview_view(_results(library, selection)), selection)


def _coverage(library: Library, selection: Selection) -> list[Component]:
    view = coverage_view(_results(library, selection), selection, library.pack["sources"])
    return coverage.layout(view, selection)


def _network(library: Library, selection: Selection) -> list[Component]:
    return network.layout(network_view(_results(library, selection), selection), selection)


def _bottlenecks(library: Library, selection: Selection) -> list[Component]:
    return bottlenecks.layout(bottlenecks_view(_results(library, selection), selection))


def _partners(library: Library, selection: Selection) -> list[Component]:
    results = _results(library, selection)
    try:
        advice = library.advice(selection.mission_id, selection.on, selection.level)
    except BadData as why:
        return partners.layout(no_advice_view(why))
    return partners.layout(partners_view(results, advice, selection))


def _results(library: Library, selection: Selection) -> Results:
    return library.results(selection.mission_id, selection.on, selection.level)


PAGES = (
    Page("missions", "Missions", _missions),
    Page("overview", "Overview", _overview),
    Page("coverage", "Coverage", _coverage),
    Page("network", "Network", _network),
    Page("bottlenecks", "Relied on", _bottlenecks),
    Page("partners", "Missing partners", _partners),
)


@dataclass(frozen=True)
class Shown:
    """A whole page: its title, its components, and the status that goes with it (200, 404, 500)."""

    title: str
    content: list[Component]
    status: int = 200


def page_for(library: Library, selection: Selection) -> Shown:
    """The page that an address asks for; where there is none, a page that says so and shows the way on."""
    choice = tuple(zip(library.pack["missions"]["mission_id"], library.pack["missions"]["title"], strict=True))
    found = next((page for page in PAGES if page.name == selection.page), None)
    if found is None:
        return _nothing_here(choice, "There is no such page", "The address names a page that there is not.")
    try:
        content = found.content(library, selection)
    except UnknownName as unknown:
        return _nothing_here(choice, f"There is no {unknown.kind} of this name", str(unknown))
    title = found.title if found.name == "missions" else f"{found.title}: {dict(choice)[selection.mission_id]}"
    return _whole(selection, choice, title, content)


def something_went_wrong() -> Shown:
    """The page for our own faults: never a traceback."""
    headline, lede = (
        "Something went wrong on our side",
        "It has been written to the log. Try again, or go on from here.",
    )
    return _whole(Selection(""), (), headline, problem.layout(headline, lede, [("All missions", "/")]), 500)


def _nothing_here(choice: tuple[tuple[str, str], ...], headline: str, lede: str) -> Shown:
    ways_on = [("All missions", "/"), *((title, Selection("overview", name).address()) for name, title in choice)]
    return _whole(Selection(""), choice, headline, problem.layout(headline, lede, ways_on), 404)


def _whole(
    selection: Selection, choice: tuple[tuple[str, str], ...], title: str, content: list[Component], status: int = 200
) -> Shown:
    full = f"{title} · {BRAND}"
    return Shown(full, frame(selection, choice, full, content), status)
