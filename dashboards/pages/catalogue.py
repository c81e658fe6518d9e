"""The list of pages. To add one, write its view and its layout and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from dashboards.desk import Desk
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages import (
    bottlenecks,
    coverage,
    missions,
    network,
    organisation,
    overview,
    partners,
    problem,
    working,
)
from dashboards.pages.shell import BRAND, frame
from dashboards.selection import Selection
from dashboards.views.bottlenecks import bottlenecks_view
from dashboards.views.coverage import coverage_view
from dashboards.views.missions import missions_view
from dashboards.views.network import network_view
from dashboards.views.organisation import nearest_bodies, organisation_view
from dashboards.views.overview import overview_view
from dashboards.views.partners import no_advice_view, partners_view
from orchestrator.errors import BadData, OrchestratorError, UnknownName
from orchestrator.model.results import Results
from orchestrator.tables.pack import Pack

__all__ = ["PAGES", "Page", "Shown", "page_for", "something_went_wrong", "stopped_page"]


@dataclass(frozen=True)
class Page:
    """A page by name: its title, and the function that makes its content.

    The function asks the desk; what raises StillWorking there is shown as the page that fills in later.
    """

    name: str
    title: str
    content: Callable[[Desk, Selection], list[Component]]


def _missions(desk: Desk, selection: Selection) -> list[Component]:
    return missions.layout(missions_view(desk.library(selection), selection))


def _overview(desk: Desk, selection: Selection) -> list[Component]:
    return overview.layout(overview_view(desk.results(selection)), selection)


def _coverage(desk: Desk, selection: Selection) -> list[Component]:
    view = coverage_view(desk.results(selection), selection, desk.pack(selection)["sources"])
    return coverage.layout(view, selection)


def _network(desk: Desk, selection: Selection) -> list[Component]:
    return network.layout(network_view(desk.results(selection), selection), selection)


def _bottlenecks(desk: Desk, selection: Selection) -> list[Component]:
    return bottlenecks.layout(bottlenecks_view(desk.results(selection), selection))


def _partners(desk: Desk, selection: Selection) -> list[Component]:
    results = desk.results(selection)
    try:
        advice = desk.advice(selection)
    except BadData as why:
        return partners.layout(no_advice_view(why))
    return partners.layout(partners_view(results, advice, selection))


def _organisation(desk: Desk, selection: Selection) -> list[Component]:
    def results(mission_id: str) -> Results:
        return desk.results(replace(selection, mission_id=mission_id))

    return organisation.layout(organisation_view(desk.pack(selection), selection, results), selection)


PAGES = (
    Page("missions", "Missions", _missions),
    Page("overview", "Overview", _overview),
    Page("coverage", "Coverage", _coverage),
    Page("network", "Network", _network),
    Page("bottlenecks", "Relied on", _bottlenecks),
    Page("partners", "Missing partners", _partners),
    Page("organisation", "Organisation", _organisation),
)


@dataclass(frozen=True)
class Shown:
    """A whole page: its title, its components, and the status that goes with it (200, 202, 404, 500).

    ``again`` are the seconds after which a browser without scripts asks again; 0: never.
    """

    title: str
    content: list[Component]
    status: int = 200
    again: int = 0


def page_for(desk: Desk, selection: Selection) -> Shown:
    """The page that an address asks for; where there is none, a page that says so and shows the way on."""
    found = next((page for page in PAGES if page.name == selection.page), None)
    try:
        choice = _choice(desk.pack(selection))
    except UnknownName as unknown:
        return _nothing_here(Selection(""), _choice(desk.served.pack), "This pack is not here any more", _gone(unknown))
    if found is None:
        return _nothing_here(selection, choice, "There is no such page", "The address names a page that there is not.")
    title = _title(desk.pack(selection), found, selection)
    try:
        content = found.content(desk, selection)
    except UnknownName as unknown:
        near = _near(desk.pack(selection), selection) if unknown.kind == "organisation" else ()
        return _nothing_here(selection, choice, f"There is no {unknown.kind} of this name", str(unknown), near)
    except OrchestratorError as wrong:
        return _whole(
            selection, choice, title, problem.layout("This cannot be worked out", str(wrong), _home(selection)), 400
        )
    except StillWorking as still:
        return _whole(selection, choice, title, working.layout(still, selection), 202, again=working.SECONDS)
    except Stopped as stopped:
        return _whole(selection, choice, title, working.stopped_layout(str(stopped), selection.address()), 503)
    return _whole(selection, choice, title, content)


def _title(pack: Pack, page: Page, selection: Selection) -> str:
    """The page's title with whom or what it is about."""
    if selection.organisation_id:
        rows = pack["organisations"]
        found = rows.loc[rows["organisation_id"] == selection.organisation_id, "name"].tolist()
        return str(found[0]) if found else page.title
    if selection.mission_id:
        return f"{page.title}: {dict(_choice(pack)).get(selection.mission_id, selection.mission_id)}"
    return page.title


def _near(pack: Pack, selection: Selection) -> tuple[tuple[str, str], ...]:
    """The bodies with the nearest names, and where their pages are."""
    return tuple(
        (body.name, selection.to("organisation", organisation_id=body.organisation_id).address())
        for body in nearest_bodies(pack, selection.organisation_id)
    )


def stopped_page(desk: Desk, selection: Selection) -> Shown:
    """The page for whoever cancelled the page of this address."""
    content = working.stopped_layout("It was cancelled.", selection.address())
    return _whole(selection, _choice(desk.pack(selection)), "Cancelled", content)


def something_went_wrong() -> Shown:
    """The page for our own faults: never a traceback."""
    headline, lede = (
        "Something went wrong on our side",
        "It has been written to the log. Try again, or go on from here.",
    )
    return _whole(Selection(""), (), headline, problem.layout(headline, lede, [("All missions", "/")]), 500)


def _choice(pack: Pack) -> tuple[tuple[str, str], ...]:
    return tuple(zip(pack["missions"]["mission_id"], pack["missions"]["title"], strict=True))


def _gone(unknown: UnknownName) -> str:
    return (
        f"{unknown} A pack that was brought is kept until the program stops or others take its place. Bring it again."
    )


def _home(selection: Selection) -> list[tuple[str, str]]:
    return [("All missions", Selection("missions", pack=selection.pack).address())]


def _nothing_here(
    selection: Selection,
    choice: tuple[tuple[str, str], ...],
    headline: str,
    lede: str,
    near: tuple[tuple[str, str], ...] = (),
) -> Shown:
    home = Selection("missions", pack=selection.pack)
    ways_on = [*near, *_home(selection)]
    ways_on += [(title, home.to("overview", mission_id=name).address()) for name, title in choice]
    around = Selection("", pack=selection.pack)
    return _whole(around, choice, headline, problem.layout(headline, lede, ways_on), 404)


def _whole(
    selection: Selection,
    choice: tuple[tuple[str, str], ...],
    title: str,
    content: list[Component],
    status: int = 200,
    *,
    again: int = 0,
) -> Shown:
    full = f"{title} · {BRAND}"
    return Shown(full, frame(selection, choice, full, content), status, again)
