"""The outlook on the page of cover: a slider from today to 24 months ahead, and what falls on the way."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.month_bars import MonthBar, month_bars
from dashboards.figures.parts import Child, aria, figure_card, table
from dashboards.pages.forms import kept
from dashboards.selection import Selection
from dashboards.views.cliff import MONTHS, STEPS, CliffView, Ending, FundLine, Month, Step
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["outlook"]

#: How far apart the steps of the slider are, in months.
EVERY = 6


def outlook(view: CliffView | None, selection: Selection) -> list[Component]:
    """The card: the slider, the columns month by month, what ends when, what each fund holds, and their tables.

    None: the outlook is not there yet, and a sentence says so.
    """
    if view is None:
        words = "How cover would fall is being worked out. "
        again = html.A("Look again", href=selection.address(), className="govuk-link")
        return [html.Section([html.H2("Will it last?", className="app-heading"), html.P([words, again])], id="outlook")]
    bars = [MonthBar(_label(month), month.states, month.current) for month in view.months]
    figure = html.Div([month_bars(bars, view.sentence), _slider(view, selection), *_endings(view.endings)])
    return [figure_card("outlook", "Will it last?", view.sentence, figure, _tables(view))]


def _label(month: Month) -> str:
    if month.months == 0:
        return "Today"
    return f"+{month.months}" if month.months % EVERY == 0 else ""


def _slider(view: CliffView, selection: Selection) -> html.Form:
    """Native: arrow keys move it, and what it says is months. Below it the same steps as links."""
    ahead: dict[str, Any] = {"data-ahead": ""}
    slider = dcc.Input(
        id="choose-ahead", name="ahead", type="range", min=0, max=MONTHS, step=EVERY, value=str(view.at or 0)
    )
    label = html.Label("Look ahead: months from today", htmlFor="choose-ahead")
    return html.Form(
        [
            *kept(selection, {"on"}),
            html.Div([label, slider], className="app-ahead__field"),
            html.Ul([html.Li(_step(step)) for step in view.steps], className="app-ahead__steps"),
            html.Button("Show that day", type="submit", className="app-button"),
        ],
        method="get",
        action=selection.address().partition("?")[0],
        className="app-ahead",
        **ahead,
        **aria(label="Look ahead"),
    )


def _step(step: Step) -> html.A:
    marks: dict[str, Any] = {"data-months": str(step.months), **(aria(current="true") if step.current else {})}
    return html.A(step.label, href=step.address, className="govuk-link", **marks)


def _endings(endings: tuple[Ending, ...]) -> list[Component]:
    """The days on which something ends, with what falls on each."""
    lines = [html.Li([html.Strong(f"{one.day:%-d %B %Y}"), ": ", one.sentence]) for one in endings]
    return [html.Ol(lines, className="app-endings", **aria(label="What ends when"))] if lines else []


def _tables(view: CliffView) -> Component:
    heads = ("Day", *(STATE_LABELS[state] for state in STATES))
    shown = [month for month in view.months if month.months in STEPS or month.changed]
    rows: list[tuple[Child, ...]] = [
        (f"{month.day:%-d %B %Y}", *(f"{month.states[state]:,}" for state in STATES)) for month in shown
    ]
    parts: list[Component] = [table("Requirements by day and state", heads, rows, frozenset(range(1, 6)))]
    if view.funds:
        heads = ("Fund", "Ties that count today", "Last day", "Would lose every route", "Would be worse off")
        parts.append(
            table("What hangs on each fund", heads, [_fund(one) for one in view.funds], frozenset({1})),
        )
    return html.Div(parts)


def _fund(one: FundLine) -> tuple[Child, ...]:
    lost = "; ".join(one.cut_off) or "nobody"
    return one.fund, f"{one.ties:,}", one.ends or "not recorded", lost, one.lost or "none"
