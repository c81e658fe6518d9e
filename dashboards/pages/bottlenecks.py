"""The page of who is relied on."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, figure_card, table
from dashboards.pages.parts import page_head
from dashboards.views.bottlenecks import BottleneckLine, BottlenecksView
from orchestrator.model.wording import counted, percent
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["layout"]

SHOWN = 10


def layout(view: BottlenecksView) -> list[Component]:
    """The headline, then every body that is relied on with what its leaving would cost and what to do."""
    heads = ("Organisation", "Sector", "Would lose every route", "Would be worse off", "Share of weight", "What to do")
    twin = table("Everyone who is relied on", heads, [_row(line) for line in view.lines], frozenset({4}))
    figure: Component = html.P("Nobody is relied on alone.", className="govuk-inset-text")
    if view.lines:
        figure = html.Div([_entries(view.lines[:SHOWN]), *_rest(view.lines[SHOWN:])])
    return [*page_head(view.headline, view.lede), figure_card("relied-on", "If one left", view.sentence, figure, twin)]


def _entries(lines: tuple[BottleneckLine, ...]) -> html.Ol:
    return html.Ol([html.Li(_entry(line)) for line in lines], className="app-reliance")


def _rest(lines: tuple[BottleneckLine, ...]) -> list[Component]:
    if not lines:
        return []
    words = f"{counted(len(lines), 'more', 'more').capitalize()}, who are relied on less"
    summary = html.Summary(
        html.Span(words, className="govuk-details__summary-text"), className="govuk-details__summary"
    )
    return [html.Details([summary, _entries(lines)], className="govuk-details")]


def _entry(line: BottleneckLine) -> Component:
    entry = line.reliance
    head = html.Div(
        [
            html.Span(str(entry.rank), className="app-disc", **aria(hidden="true")),
            html.Div(
                [
                    html.H3(
                        html.A(entry.body.name, href=line.address, className="govuk-link"), className="app-list__name"
                    ),
                    html.Span(entry.body.detail, className="app-list__detail"),
                ]
            ),
            _share(line),
        ],
        className="app-reliance__head",
    )
    return html.Div([head, html.P(line.statement), html.P(line.action, className="app-finding__action"), *_names(line)])


def _share(line: BottleneckLine) -> Component:
    """How much of the requirement weight hangs on it: a bar with its number."""
    bar = html.Span(className="app-share__bar", style={"width": f"{100 * line.share:.1f}%"})
    words = f"{percent(line.share)} of the weight" if line.share else "no weight"
    return html.Div([html.Span(bar, className="app-share__room", **aria(hidden="true")), words], className="app-share")


def _names(line: BottleneckLine) -> list[Component]:
    groups = (("Would lose every route", line.cut_off), ("Would be worse off", line.worsened))
    return [
        html.Details(
            [
                html.Summary(
                    html.Span(f"{title} ({len(names)})", className="govuk-details__summary-text"),
                    className="govuk-details__summary",
                ),
                html.Div(
                    html.Ul([html.Li(name) for name in names], className="govuk-list govuk-list--bullet"),
                    className="govuk-details__text",
                ),
            ],
            className="govuk-details",
        )
        for title, names in groups
        if names
    ]


def _row(line: BottleneckLine) -> tuple[str, ...]:
    body = line.reliance.body
    return (
        body.name,
        SECTOR_LABELS[body.sector],
        "; ".join(line.cut_off) or "nobody",
        "; ".join(line.worsened) or "none",
        percent(line.share),
        line.action,
    )
