"""The page that shows where nobody is."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.grid import need_grid, need_table
from dashboards.figures.parts import figure_card
from dashboards.figures.tiles import tile_map, tile_table
from dashboards.pages.parts import names, page_head, public_link
from dashboards.selection import Selection
from dashboards.views.coverage import CoverageView, PickedNeed
from orchestrator.tables.vocabulary import STATE_LABELS

__all__ = ["layout"]


def layout(view: CoverageView, selection: Selection) -> list[Component]:
    """The headline, the picked cell or place, the need grid and the tile map, each with its table."""
    grid = figure_card(
        "need-grid",
        "Capability by place",
        view.grid_sentence,
        need_grid(view.frame, view.grid_sentence),
        need_table(view.frame, "Every requirement with its state"),
        open_when_narrow=True,
    )
    tiles = figure_card(
        "tiles",
        "Where the mission is thin",
        view.tiles_sentence,
        tile_map(view.frame, view.tiles_sentence),
        tile_table(view.frame, "Requirements by place and state"),
        open_when_narrow=True,
    )
    return [
        *page_head(view.headline, view.lede),
        *_picked(view, selection),
        html.Div([grid, tiles], className="app-halves"),
        *_elsewhere(view),
    ]


def _elsewhere(view: CoverageView) -> list[Component]:
    if not view.elsewhere.needs:
        return []
    return [
        figure_card(
            "other-places",
            "Single places that the plans name",
            view.elsewhere_sentence,
            need_grid(view.elsewhere, view.elsewhere_sentence),
            need_table(view.elsewhere, "Every requirement of a single place with its state"),
            open_when_narrow=True,
        )
    ]


def _picked(view: CoverageView, selection: Selection) -> list[Component]:
    if not view.picked:
        nothing = "The mission has no requirement for the capability or place that the address names."
        return [html.P(nothing, className="govuk-inset-text")] if selection.place or selection.capability else []
    clear = html.A("Clear the choice", href=selection.address(place="", capability=""), className="govuk-link")
    head = html.Div(
        [html.H2(view.picked_title, className="app-card__title", id="picked-need", tabIndex="-1"), html.P(clear)],
        className="app-card__head app-picked__head",
    )
    if len(view.picked) == 1:
        body: Component = html.Div(_need(view.picked[0]))
    else:
        body = html.Div([_folded(need) for need in view.picked])
    return [
        html.Section([head, html.Div(body, className="app-card__body")], className="app-card app-picked", id="picked")
    ]


def _folded(need: PickedNeed) -> html.Details:
    tag = html.Span(STATE_LABELS[need.state], className=f"state state--{need.state} app-state-word")
    summary = html.Summary(
        [html.Span(need.title, className="govuk-details__summary-text"), tag], className="govuk-details__summary"
    )
    return html.Details([summary, html.Div(_need(need), className="govuk-details__text")], className="govuk-details")


def _need(need: PickedNeed) -> list[Component]:
    tag = html.Span(STATE_LABELS[need.state], className=f"state state--{need.state} app-state-word")
    groups = html.Div(
        [
            names("Working there", need.working, "Nobody works on it."),
            names("On paper only", need.on_paper, "Nobody."),
            names("Could come in", need.candidates, "Nobody else is known."),
        ],
        className="app-groups",
    )
    return [html.P([tag, " ", need.sentence]), groups, *_basis(need)]


def _basis(need: PickedNeed) -> list[Component]:
    words = {
        "published": "A published plan states this need. ",
        "illustrative": "No public plan states this need; it is set up for illustration. ",
    }
    links: list[Component | str] = []
    for title, address in need.sources:
        links += [", " if links else "Source: ", public_link(title, address)]
    return [html.P([words.get(need.basis, ""), *links], className="app-note")]
