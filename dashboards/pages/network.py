"""The page with the ring map."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, figure_card, ring_key, table
from dashboards.pages.parts import figures, name_list, page_head, relied_on_list, section
from dashboards.pages.shell import PICKED_PANEL
from dashboards.selection import Selection
from dashboards.views.network import MemberLine, NetworkView, PickedBody
from orchestrator.errors import quoted
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["layout", "picked_panel"]

_HOW = (
    "Select an organisation to see its ties and one of its shortest routes to the centre. "
    "Keyboard: arrow keys move, + and − zoom, 0 resets, Escape clears."
)


def layout(view: NetworkView, selection: Selection) -> list[Component]:
    """The headline, the figures, the ring map with its table, the numbered list, and the body that is picked."""
    sentence = f"{view.sentence} {_HOW}"
    card = figure_card(
        "network",
        "Orchestration map",
        sentence,
        _map(view, selection),
        _table(view, selection),
        key=ring_key(missing=False, no_route=view.unreached),
        flush=True,
    )
    side = html.Div(
        [
            section("Relied on", relied_on_list(view.relied_on)),
            section("Selected", html.Div(picked_panel(view.picked, selection.body), id=PICKED_PANEL, role="status")),
        ]
    )
    split = html.Div([card, side], className="app-split")
    return [*page_head(view.headline, view.lede), figures(view.figures), split]


def _map(view: NetworkView, selection: Selection) -> Component:
    wiring: dict[str, Any] = {
        "data-ring-map": "",
        "data-address": view.ring_address,
        "data-selected": selection.body,
        **aria(label="Orchestration map", describedby="network-sentence"),
    }
    return html.Div(id="ring-map", className="ringmap", tabIndex="0", role="application", **wiring)


def picked_panel(picked: PickedBody | None, asked: str = "") -> list[Component]:
    """What stands under Selected; ``asked`` is the body that the address names."""
    if picked is None:
        words = f"{quoted(asked)} takes no part in this mission on this day." if asked else "Nothing is selected."
        return [html.P(words, className="app-note")]
    partners = name_list([html.Li(body.name) for body in picked.partners], "Its ties, by name")
    summary = html.Span("Its ties, by name", className="govuk-details__summary-text")
    ties = html.Details(
        [
            html.Summary(summary, className="govuk-details__summary"),
            html.Div(partners, className="govuk-details__text"),
        ],
        className="govuk-details",
    )
    return [
        html.H3(picked.body.name, className="app-heading"),
        html.P(picked.body.detail, className="app-list__detail"),
        *(html.P(sentence) for sentence in picked.sentences),
        *([ties] if picked.partners else []),
    ]


def _table(view: NetworkView, selection: Selection) -> Component:
    heads = ("Organisation", "Sector", "Place", "Ties", "Steps from the centre", "Independent routes")
    shown = table("Everyone in the mission", heads, [_row(line) for line in view.sheet], frozenset({3, 4, 5}))
    return html.Div([shown, *_sheets(view, selection)])


def _row(line: MemberLine) -> tuple[str, ...]:
    routes = "" if line.routes is None else "3 or more" if line.routes == 3 else str(line.routes)
    steps = "no route" if line.hops is None else str(line.hops)
    return (line.body.name, SECTOR_LABELS[line.body.sector], line.body.place, f"{line.ties:,}", steps, routes)


def _sheets(view: NetworkView, selection: Selection) -> list[Component]:
    if view.sheets == 1:
        return []
    steps = (("Earlier names", view.at - 1), ("Later names", view.at + 1))
    links = [
        html.A(words, href=selection.address(sheet=sheet), className="govuk-link")
        for words, sheet in steps
        if 1 <= sheet <= view.sheets
    ]
    count = html.Span(f"Sheet {view.at:,} of {view.sheets:,}; {view.members:,} organisations by name. ")
    return [html.Nav([count, *_apart(links)], className="app-note", **aria(label="Sheets of the table"))]


def _apart(links: list[html.A]) -> list[Component | str]:
    return [part for link in links for part in (link, " ")]
