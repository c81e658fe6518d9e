"""What stands around every page: skip link, header, the bar with mission and day, links to the mission's pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import aria
from dashboards.selection import Selection

__all__ = ["ADDRESS", "BRAND", "CONTENT", "PAGE_LABELS", "PANEL", "PICKED", "PICKED_PANEL", "Around", "frame", "shell"]

#: Stores that callbacks and scripts share: the address, the page that came for it, the body that is picked, its panel.
ADDRESS, CONTENT, PICKED, PANEL = "address", "content", "picked", "panel"
PICKED_PANEL: Final = "picked-panel"

BRAND: Final = "Mission orchestrator"
PAGE_LABELS: Final = MappingProxyType(
    {
        "overview": "Overview",
        "coverage": "Coverage",
        "network": "Network",
        "bottlenecks": "Relied on",
        "partners": "Missing partners",
        "scenario": "What if",
        "principles": "Principles",
        "changes": "Changes",
        "export": "Export",
    }
)
_MAIN_LABELS: Final = MappingProxyType(
    {"missions": "Missions", "across": "Across missions", "data": "Data", "match": "Names", "words": "Words"}
)
_LEVELS: Final = (
    (1, "awareness and up"),
    (2, "cooperation and up"),
    (3, "coordination and up"),
    (4, "integration only"),
)


def shell() -> html.Div:
    """What Dash itself holds: the address that scripts set, and the stores that they read. All is shown by scripts."""
    return html.Div([dcc.Store(id=name) for name in (ADDRESS, CONTENT, PICKED, PANEL)])


@dataclass(frozen=True)
class Around:
    """What stands around a page depends on: the selection, the names of the pages that there are, the missions to
    choose from as ids and titles, the name of the pack where it is one that was brought, and the protective marking of
    what is shown.
    """

    selection: Selection
    pages: frozenset[str] = frozenset({"missions"})
    missions: tuple[tuple[str, str], ...] = ()
    own_pack: str = ""
    marking: str = ""


def frame(around: Around, title: str, content: Sequence[Component]) -> list[Component]:
    """A page with everything around it."""
    selection = around.selection
    banner = [html.P(around.marking, className="app-marking")] if around.marking else []
    parts: list[Component] = [*banner, _header(around)]
    if around.own_pack:
        parts.append(_own_pack(around.own_pack))
    if selection.mission_id and selection.page:
        parts += [_bar(selection, around.missions), _subnav(around)]
    told = [html.P(problem, className="govuk-inset-text", role="alert") for problem in selection.problems]
    marks: dict[str, Any] = {
        "data-title": title,
        "data-path": f"{selection.page}/{selection.mission_id}",
    }
    main = html.Main(
        [*told, *content],
        id="main",
        className="app-wrap app-main",
        tabIndex="-1",
        **marks,
    )
    return [*parts, main, _footer(selection), *banner]


def _header(around: Around) -> html.Header:
    home = Selection("missions", pack=around.selection.pack).address()
    brand = html.A(BRAND, href=home, className="app-header__brand")
    nav = html.Nav(html.Ul(_links(around)), className="app-nav", **aria(label="Main"))
    return html.Header(html.Div([brand, nav], className="app-wrap"), className="app-header")


def _own_pack(name: str) -> html.Div:
    back = html.A("Back to the packaged one", href="/")
    words: list[Component | str] = [f"You look at {name}, a pack that was brought. ", back]
    return html.Div(html.P(words, className="app-wrap"), className="app-own-pack", role="note")


def _links(around: Around) -> list[Component]:
    home = around.selection.to("missions", mission_id="", organisation_id="")
    return [
        _link(words, home.to(page).address(), around.selection.page == page)
        for page, words in _MAIN_LABELS.items()
        if page in around.pages
    ]


def _link(words: str, address: str, current: bool) -> html.Li:
    return html.Li(html.A(words, href=address, **(aria(current="page") if current else {})))


def _bar(selection: Selection, missions: Sequence[tuple[str, str]]) -> html.Div:
    leads: dict[str, Any] = {
        "data-navigate": "" if selection.page == "overview" else selection.page,
        "data-today": date.today().isoformat(),
    }
    pack = [dcc.Input(type="hidden", name="pack", value=selection.pack)] if selection.pack else []
    page = dcc.Input(type="hidden", name="page", value=selection.page)
    copies: dict[str, Any] = {"data-copy-link": ""}
    form = html.Form(
        [
            *pack,
            page,
            _choice("mission", "Mission", missions, selection.mission_id),
            html.Div(
                [
                    html.Label(["Day ", html.Span("year-month-day", className="app-hint")], htmlFor="choose-on"),
                    _day(selection),
                ],
                className="app-field",
            ),
            _choice("level", "Ties", [(str(n), words) for n, words in _LEVELS], str(selection.level)),
            html.Button("Show", type="submit", className="app-button"),
        ],
        className="app-bar__form",
        action="/mission",
        method="get",
        **leads,
    )
    copy = html.Button("Copy link to this view", type="button", className="app-button", **copies)
    actions = html.Div(copy, className="app-bar__actions")
    return html.Div(html.Div([form, actions], className="app-wrap"), className="app-bar")


def _choice(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> html.Div:
    shown = [html.Option(words, value=value, selected=value == chosen or None) for value, words in options]
    select = html.Select(shown, id=f"choose-{name}", name=name, key=f"{name}-{chosen}")
    return html.Div([html.Label(label, htmlFor=f"choose-{name}"), select], className="app-field")


def _day(selection: Selection) -> dcc.Input:
    return dcc.Input(
        id="choose-on", name="on", type="text", value=selection.day.isoformat(), autoComplete="off", size="10"
    )


def _subnav(around: Around) -> html.Nav:
    selection = around.selection
    links = [
        _link(words, selection.to(page).address(), page == selection.page)
        for page, words in PAGE_LABELS.items()
        if page in around.pages
    ]
    return html.Nav(html.Div(html.Ul(links), className="app-wrap"), className="app-subnav", **aria(label="Mission"))


def _footer(selection: Selection) -> html.Footer:
    dated = selection.mission_id or selection.organisation_id or selection.page == "across"
    words = f"Data as on {selection.day:%-d %B %Y}." if dated else "Choose a mission to begin."
    return html.Footer(html.Div(html.P(words, className="app-note"), className="app-wrap"), className="app-footer")
