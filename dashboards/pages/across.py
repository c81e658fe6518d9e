"""The page across missions."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, figure_card, table
from dashboards.figures.served_tiles import ServedTile, served_tiles
from dashboards.figures.share_bars import ShareBar, share_bars
from dashboards.figures.shared_matrix import MatrixHead, shared_matrix, shared_table
from dashboards.pages.forms import choices
from dashboards.pages.parts import body_link, page_head
from dashboards.selection import Selection
from dashboards.views.across import SHOWN, AcrossView, Broker, Carrier, Department, PlaceLine
from orchestrator.model.wording import counted, listed, number

__all__ = ["layout"]

#: The table of loads holds so many bodies.
ROWS = 300


def layout(view: AcrossView, selection: Selection) -> list[Component]:
    """The headline, the choice of a set, and what the missions have in common; each part with its table."""
    told = [html.P(problem, className="govuk-inset-text", role="alert") for problem in view.problems]
    parts: list[Component] = [*page_head(view.headline, view.lede), *told]
    if view.options.options:
        clear = selection.asking(set="").address() if view.options.chosen else ""
        parts.append(choices(selection, (view.options,), "Which missions", clear))
    side = html.Div([_brokers(view, selection), _departments(view, selection)])
    halves = html.Div([_load(view, selection), side], className="app-halves")
    return [*parts, halves, _overlap(view), _places(view)]


def _load(view: AcrossView, selection: Selection) -> Component:
    figure = html.Div(
        [
            *_known(view.known),
            *_unknown(view.unknown),
        ]
    )
    heads = ("Organisation", "Load over all missions", "Can carry", "Missions", "Which")
    rows = [_carrier_row(one, selection) for one in (*view.known, *view.unknown)[:ROWS]]
    twin = table("What each body carries, who carries most first", heads, rows, frozenset({1, 2, 3}))
    return figure_card("load", "Load against capacity", view.load_sentence, figure, twin)


def _known(known: Sequence[Carrier]) -> list[Component]:
    if not known:
        return []
    bars = [
        ShareBar(
            one.body.name,
            one.load / one.capacity if one.capacity else 1.0,
            f"{number(one.load)} of {number(one.capacity or 0)}",
            "warn" if one.over else "",
        )
        for one in known[:SHOWN]
    ]
    return [html.H3("Capacity is known", className="app-principle__what"), share_bars(bars, "Load against capacity")]


def _unknown(unknown: Sequence[Carrier]) -> list[Component]:
    if not unknown:
        return []
    most = max(one.load for one in unknown)
    bars = [
        ShareBar(
            one.body.name,
            one.load / most if most else 0.0,
            f"{number(one.load)} in all; {counted(len(one.missions), 'mission')} here",
            "quiet",
        )
        for one in unknown[:SHOWN]
    ]
    title = html.H3("Capacity is not known: who carries most", className="app-principle__what")
    return [title, share_bars(bars, "Load of bodies whose capacity is not known")]


def _carrier_row(one: Carrier, selection: Selection) -> tuple[Child, ...]:
    capacity = "not recorded" if one.capacity is None else number(one.capacity)
    return body_link(one.body, selection), number(one.load), capacity, f"{len(one.missions):,}", "; ".join(one.missions)


def _brokers(view: AcrossView, selection: Selection) -> Component:
    figure: Component = html.P(view.broker_sentence, className="govuk-inset-text")
    if view.brokers:
        figure = html.Ol(
            [html.Li(_broker(one, selection)) for one in view.brokers[:SHOWN]], className="app-across-list"
        )
    heads = ("Organisation", "Missions", "Would lose every route", "Which")
    rows = [
        (
            body_link(one.body, selection),
            f"{len(one.missions):,}",
            f"{one.cut_off:,}",
            "; ".join(f"{title} ({count})" for title, count in one.missions),
        )
        for one in view.brokers
    ]
    twin = table("Bodies that are the only way in several missions", heads, rows, frozenset({1, 2}))
    return figure_card("brokers", "Relied on in several missions", view.broker_sentence, figure, twin)


def _broker(one: Broker, selection: Selection) -> list[Component]:
    where = listed([title for title, _ in one.missions], most=3)
    words = f"{counted(one.cut_off, 'body', 'bodies')} in {counted(len(one.missions), 'mission')}: {where}"
    return [body_link(one.body, selection), html.Span(words, className="app-list__detail")]


def _departments(view: AcrossView, selection: Selection) -> Component:
    at_work = [one for one in view.departments if one.missions]
    most = max((len(one.missions) for one in at_work), default=0)
    bars = [
        ShareBar(one.body.name, len(one.missions) / most, counted(len(one.missions), "mission"))
        for one in at_work[:SHOWN]
    ]
    none = [one.body.name for one in view.departments if not one.missions]
    figure = html.Div([share_bars(bars, "Departments with committed work"), *_without(none)])
    heads = ("Department", "Missions", "Which")
    rows = [_department_row(one, selection) for one in view.departments]
    twin = table("Every department with the missions in which it carries committed work", heads, rows, frozenset({1}))
    return figure_card("departments", "Departments and their committed work", view.department_sentence, figure, twin)


def _without(none: Sequence[str]) -> list[Component]:
    return [html.P([html.Strong("None: "), listed(none, most=12), "."], className="app-note")] if none else []


def _department_row(one: Department, selection: Selection) -> tuple[Child, ...]:
    return body_link(one.body, selection), f"{len(one.missions):,}", "; ".join(one.missions) or "none"


def _overlap(view: AcrossView) -> Component:
    heads = [MatrixHead(one.number, one.title, one.address) for one in view.missions]
    return figure_card(
        "overlap",
        "What missions share",
        view.shared_sentence,
        shared_matrix(heads, view.shared, view.shared_sentence),
        shared_table(heads, view.shared, "Pairs of missions by bodies at work in both"),
        open_when_narrow=True,
    )


def _places(view: AcrossView) -> Component:
    tiles = [
        ServedTile(one.name, one.tile[0], one.tile[1], len(one.served), one.asked)
        for one in view.places
        if one.tile is not None
    ]
    heads = ("Place", "Somebody at work in", "Missions that ask", "Which")
    twin = table("Places by missions", heads, [_place_row(one) for one in view.places], frozenset({1, 2}))
    figure = served_tiles(tiles, view.places_sentence)
    return figure_card("places", "Where missions meet", view.places_sentence, figure, twin, open_when_narrow=True)


def _place_row(one: PlaceLine) -> tuple[str, ...]:
    return one.name, f"{len(one.served):,}", f"{one.asked:,}", "; ".join(one.served) or "none"
