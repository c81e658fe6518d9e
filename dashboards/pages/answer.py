"""The whole page for an address: its content, or why there is none, with everything around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboards.desk import Desk
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages import problem, words, working
from dashboards.pages.catalogue import PAGES, Page
from dashboards.pages.shell import BRAND, Around, frame
from dashboards.selection import Selection
from dashboards.views.organisation import nearest_bodies
from dashboards.views.words import words_in
from orchestrator.errors import OrchestratorError, UnknownName
from orchestrator.model.marking import marking_over
from orchestrator.tables.pack import Pack

__all__ = ["Shown", "page_for", "refusal", "something_went_wrong", "stopped_page"]


_PAGES = frozenset(page.name for page in PAGES)


@dataclass(frozen=True)
class Shown:
    """A whole page: its title, its components, and the status that goes with it (200, 202, 400, 404, 500, 503).

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
        around = _around(selection, desk.pack(selection))
    except UnknownName as unknown:
        kept = "A pack that was brought is kept until the program stops. Bring it again."
        return _nothing_here(_around(Selection(""), desk.served.pack), "This pack is not here", f"{unknown} {kept}")
    except (StillWorking, Stopped) as not_yet:
        return _not_yet(Around(selection, _PAGES), "Opening the pack", not_yet)
    if found is None:
        return _nothing_here(around, "There is no such page", "The address names a page that there is not.")
    return _answer(desk, found, around)


def _answer(desk: Desk, page: Page, around: Around) -> Shown:
    selection, pack = around.selection, desk.pack(around.selection)
    title = _title(pack, page, around)
    try:
        content = page.content(desk, selection)
    except UnknownName as unknown:
        near = _near(pack, selection) if unknown.kind == "organisation" else ()
        return _nothing_here(around, f"There is no {unknown.kind} of this name", str(unknown), near)
    except OrchestratorError as wrong:
        return _whole(around, title, problem.layout("This cannot be worked out", str(wrong), _home(selection)), 400)
    except (StillWorking, Stopped) as not_yet:
        return _not_yet(around, title, not_yet)
    if page.name != "words":
        content = [*content, *words.behind_the_page(words_in(words.sentences(content)), selection)]
    return _whole(around, title, content)


def _title(pack: Pack, page: Page, around: Around) -> str:
    """The page's title with whom or what it is about."""
    selection = around.selection
    if selection.organisation_id:
        rows = pack["organisations"]
        found = rows.loc[rows["organisation_id"] == selection.organisation_id, "name"].tolist()
        return str(found[0]) if found else page.title
    if selection.mission_id:
        return f"{page.title}: {dict(around.missions).get(selection.mission_id, selection.mission_id)}"
    return page.title


def _near(pack: Pack, selection: Selection) -> tuple[tuple[str, str], ...]:
    """The bodies with the nearest names, and where their pages are."""
    return tuple(
        (body.name, selection.to("organisation", organisation_id=body.organisation_id).address())
        for body in nearest_bodies(pack, selection.organisation_id)
    )


def stopped_page(desk: Desk, selection: Selection) -> Shown:
    """The page for whoever cancelled the page of this address."""
    try:
        around = _around(selection, desk.pack(selection))
    except (UnknownName, StillWorking, Stopped):
        around = Around(selection, _PAGES)
    return _whole(around, "Cancelled", working.stopped_layout("It was cancelled.", selection.address()))


def something_went_wrong() -> Shown:
    """The page for our own faults: never a traceback."""
    return refusal(
        500,
        "Something went wrong on our side",
        "It has been written to the log. Try again, or go on from here.",
    )


def refusal(status: int, headline: str, lede: str) -> Shown:
    """The page for what is not answered: what is wrong, and the way on."""
    return _whole(Around(Selection(""), _PAGES), headline, problem.layout(headline, lede, _home(Selection(""))), status)


def _around(selection: Selection, pack: Pack) -> Around:
    missions = tuple(zip(pack["missions"]["mission_id"], pack["missions"]["title"], strict=True))
    return Around(selection, _PAGES, missions, pack.name if selection.pack else "", _marking(selection, pack))


def _marking(selection: Selection, pack: Pack) -> str:
    """The marking of the mission that is shown; of a page about several, the highest of all missions."""
    rows = pack["missions"]
    if "marking" not in rows:
        return ""
    shown = rows[rows["mission_id"] == selection.mission_id] if selection.mission_id else rows
    return marking_over(shown["marking"].astype(str))


def _home(selection: Selection) -> list[tuple[str, str]]:
    return [("All missions", Selection("missions", pack=selection.pack).address())]


def _nothing_here(around: Around, headline: str, lede: str, near: Sequence[tuple[str, str]] = ()) -> Shown:
    home, ways_on = Selection("missions", pack=around.selection.pack), [*near, *_home(around.selection)]
    ways_on += [(title, home.to("overview", mission_id=name).address()) for name, title in around.missions]
    nowhere = Around(Selection("", pack=around.selection.pack), _PAGES, around.missions, around.own_pack)
    return _whole(nowhere, headline, problem.layout(headline, lede, ways_on), 404)


def _not_yet(around: Around, title: str, why: StillWorking | Stopped) -> Shown:
    if isinstance(why, StillWorking):
        return _whole(around, title, working.layout(why, around.selection), 202, again=working.SECONDS)
    return _whole(around, title, working.stopped_layout(str(why), around.selection.address()), 503)


def _whole(around: Around, title: str, content: list[Component], status: int = 200, *, again: int = 0) -> Shown:
    full = f"{title} · {BRAND}"
    return Shown(full, frame(around, full, content), status, again)
