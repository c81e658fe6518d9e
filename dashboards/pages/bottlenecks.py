"""The page of who is relied on."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, figure_card, hidden, table
from dashboards.pages.holding import centre_card, groups_card, single_ties_card
from dashboards.pages.parts import body_link, body_links, names_in_cell, page_head, sheet_links
from dashboards.selection import Selection
from dashboards.views.bottlenecks import BottleneckLine, BottlenecksView
from orchestrator.model.wording import counted, percent
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["layout"]

SHOWN = 10


def layout(view: BottlenecksView, selection: Selection) -> list[Component]:
    """The headline, every body that is relied on with what its leaving would cost, how sure that is, who else could
    and what to do; then single ties, the centre itself, and the smallest groups."""
    return [
        *page_head(view.headline, view.lede),
        _how_sure(view),
        _relied_on(view, selection),
        html.Div([centre_card(view.centre), single_ties_card(view.single_ties, selection)], className="app-halves"),
        groups_card(view.groups, selection),
    ]


def _how_sure(view: BottlenecksView) -> Component:
    if not view.ask_how_sure:
        return html.P(view.sure_note, className="govuk-inset-text app-sure")
    words = " Not every tie is certain, and not everybody was asked. "
    link = html.A("How sure is this?", href=view.ask_how_sure, className="app-button")
    return html.P([link, words, "This works it out in 200 worlds that the evidence allows."], className="app-sure")


def _relied_on(view: BottlenecksView, selection: Selection) -> Component:
    heads = ["Rank", "Organisation", "Sector", "Would lose every route", "Would be worse off", "Share of weight"]
    heads += ["How sure", "Who else could", "What to do"] if not view.ask_how_sure else ["Who else could", "What to do"]
    rows = [_row(line, selection, with_worlds=not view.ask_how_sure) for line in view.lines]
    twin = html.Div(
        [
            table("Everyone who is relied on", heads, rows, frozenset({5})),
            *sheet_links(selection, view.at, view.sheets, f"{view.everybody:,} who are relied on."),
        ]
    )
    figure: Component = html.P("Nobody is relied on alone.", className="govuk-inset-text")
    if view.lines:
        first, rest = view.lines[:SHOWN], view.lines[SHOWN:]
        figure = html.Div([_entries(first, selection), *_rest(rest, selection)])
    return figure_card("relied-on", "If one left", view.sentence, figure, twin)


def _entries(lines: tuple[BottleneckLine, ...], selection: Selection) -> html.Ol:
    return html.Ol([html.Li(_entry(line, selection)) for line in lines], className="app-reliance")


def _rest(lines: tuple[BottleneckLine, ...], selection: Selection) -> list[Component]:
    if not lines:
        return []
    words = f"{counted(len(lines), 'more', 'more').capitalize()}, who are relied on less"
    return [_folded(words, _entries(lines, selection))]


def _folded(words: str, inside: Component) -> html.Details:
    summary = html.Summary(
        html.Span(words, className="govuk-details__summary-text"), className="govuk-details__summary"
    )
    return html.Details([summary, html.Div(inside, className="govuk-details__text")], className="govuk-details")


def _entry(line: BottleneckLine, selection: Selection) -> Component:
    body = line.reliance.body
    name = html.H3(html.A(body.name, href=line.address, className="govuk-link app-body"), className="app-list__name")
    parts: list[Child] = [body.detail, " · " if body.detail else "", body_link(body, selection, "its page")]
    rank: list[Child] = [hidden("Rank "), line.reliance.place]
    head = html.Div(
        [
            html.Span(rank, className="app-disc"),
            html.Div([name, html.Span(parts, className="app-list__detail")]),
            *_sure(line),
            _share(line),
        ],
        className="app-reliance__head",
    )
    todo = html.P([hidden("What to do: "), line.action], className="app-finding__action")
    bounds = [html.P(line.bounds, className="app-note")] if line.bounds else []
    return html.Div([head, html.P(line.statement), todo, *bounds, *_names(line, selection)])


def _sure(line: BottleneckLine) -> list[Component]:
    colours = {"robust": "blue", "likely": "grey", "cannot tell": "yellow"}
    if not line.sure:
        return []
    return [html.Strong(line.sure, className=f"govuk-tag govuk-tag--{colours[line.sure]}")]


def _share(line: BottleneckLine) -> Component:
    """How much of the requirement weight hangs on it: a bar with its number."""
    bar = html.Span(className="app-share__bar", style={"width": f"{100 * line.share:.1f}%"})
    words = f"{percent(line.share)} of the weight" if line.share else "no weight"
    return html.Div([html.Span(bar, className="app-share__room", **aria(hidden="true")), words], className="app-share")


def _names(line: BottleneckLine, selection: Selection) -> list[Component]:
    parts: list[Component] = []
    if line.cut_off:
        names = body_links(line.cut_off, selection, "Would lose every route")
        parts.append(_folded(f"Would lose every route ({len(line.cut_off):,})", names))
    if line.introductions:
        parts.append(_folded("Introductions that would secure them", _bullets(line.introductions)))
    if line.worsened:
        parts.append(_folded(f"Would be worse off ({len(line.worsened):,})", _bullets(line.worsened)))
        parts.append(_folded("Who else could", _instead(line, selection)))
    return [html.Div(parts, className="app-folds")] if parts else []


def _bullets(words: Sequence[Child]) -> html.Ul:
    return html.Ul([html.Li(each) for each in words], className="govuk-list govuk-list--bullet")


def _instead(line: BottleneckLine, selection: Selection) -> Component:
    if not line.instead:
        return html.P("Nobody else on record provides any of them.")
    return _bullets([html.Span([body_link(one.body, selection), f": {one.words}"]) for one in line.instead])


def _row(line: BottleneckLine, selection: Selection, *, with_worlds: bool) -> tuple[Child, ...]:
    body = line.reliance.body
    return (
        line.reliance.place,
        body_link(body, selection),
        SECTOR_LABELS[body.sector],
        names_in_cell([one.name for one in line.cut_off]) or "nobody",
        names_in_cell(line.worsened) or "none",
        percent(line.share),
        *([line.bounds] if with_worlds else []),
        "; ".join(f"{one.body.name}, {one.words}" for one in line.instead) or "nobody on record",
        line.action,
    )
