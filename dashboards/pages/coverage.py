"""The page that shows where nobody is."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.authority_tiles import authority_table, authority_tiles
from dashboards.figures.grid import need_grid, need_table
from dashboards.figures.parts import aria, figure_card
from dashboards.figures.tiles import tile_map, tile_table
from dashboards.pages.coverage_outlook import outlook
from dashboards.pages.coverage_picked import picked
from dashboards.pages.forms import choices
from dashboards.pages.parts import page_head
from dashboards.selection import Selection
from dashboards.views.authorities import AuthoritiesView, LevelLink
from dashboards.views.coverage import CoverageView

__all__ = ["layout"]


def layout(view: CoverageView, selection: Selection) -> list[Component]:
    """The headline, the choice, the picked cell or place, the need grid and the tile maps, the outlook; each with its
    table."""
    return [
        *page_head(view.headline, view.lede),
        *_choice(view, selection),
        *picked(view, selection),
        html.Div([_grid(view), _tiles(view)], className="app-halves"),
        *_elsewhere(view),
        *_authorities(view.authorities),
        *outlook(view.cliff, selection),
    ]


def _choice(view: CoverageView, selection: Selection) -> list[Component]:
    told: list[Component] = [
        html.P(problem, className="govuk-inset-text", role="alert") for problem in view.choice.problems
    ]
    if not view.tiles.needs and not view.choice.anything:
        return told
    clear = selection.asking(only="", sector="", state="").address() if view.choice.anything else ""
    return [*told, choices(selection, view.choice.options, "Which part of the need grid", clear)]


def _grid(view: CoverageView) -> Component:
    return figure_card(
        "need-grid",
        "Capability by place",
        view.grid_sentence,
        need_grid(view.frame, view.grid_sentence),
        need_table(view.frame, "Every requirement with its state"),
        open_when_narrow=True,
    )


def _tiles(view: CoverageView) -> Component:
    return figure_card(
        "tiles",
        "Where the mission is thin",
        view.tiles_sentence,
        tile_map(view.tiles, view.tiles_sentence),
        tile_table(view.tiles, "Requirements by place and state"),
        open_when_narrow=True,
    )


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


def _authorities(view: AuthoritiesView | None) -> list[Component]:
    if view is None:
        return []
    if not view.frame.needs:
        head = [html.H2(view.title, className="app-heading"), html.P(view.sentence, className="app-note")]
        return [html.Section([*head, _look_into(view.regions)], id="authorities", **aria(label=view.title))]
    figure = html.Div([*_levels(view.levels), authority_tiles(view.frame, view.sentence)])
    return [
        figure_card(
            "authorities",
            view.title[0].upper() + view.title[1:],
            view.sentence,
            figure,
            authority_table(view.frame, view.sentence),
            open_when_narrow=True,
        )
    ]


def _look_into(regions: tuple[tuple[str, str], ...]) -> Component:
    links = [html.Li(html.A(words, href=address, className="govuk-link")) for words, address in regions]
    return html.Ul(links, className="app-ways", **aria(label="Places to look into"))


def _levels(levels: tuple[LevelLink, ...]) -> list[Component]:
    if not levels:
        return []
    links = [html.Li(_level(one)) for one in levels]
    return [html.Nav(html.Ul(links, className="app-ways"), **aria(label="Which tiles"))]


def _level(one: LevelLink) -> html.A:
    here: dict[str, Any] = aria(current="true") if one.current else {}
    return html.A(f"Tiles for {one.words}", href=one.address, className="govuk-link", **here)
