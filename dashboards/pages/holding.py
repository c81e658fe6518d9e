"""Cards of what else it hangs on: the centre itself, single ties, and the smallest groups."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, figure_card, table
from dashboards.pages.parts import body_link, names_in_cell
from dashboards.selection import Selection
from dashboards.views.bodies import Body
from dashboards.views.holding import DRAWN, CentreView, GroupsView, SingleTie, SingleTiesView
from orchestrator.model.wording import counted

__all__ = ["centre_card", "groups_card", "single_ties_card"]

SHOWN = 6


def centre_card(view: CentreView) -> Component:
    """What would be left without the centre: a bar for each group that stays in touch, and those that stay alone."""
    rows = [(f"Group {at}", f"{size:,}") for at, size in enumerate(view.pieces, start=1)]
    rows += [("Without any tie", f"{view.alone:,}")] if view.alone else []
    rows = rows or [("Nobody", "0")]
    twin = table("Who would stay in touch without the centre", ("Group", "Members"), rows, frozenset({1}))
    bars = [_bar(f"Group {at}", size, view.others) for at, size in enumerate(view.pieces[:DRAWN], start=1)]
    more = view.pieces[DRAWN:]
    bars += [_bar(f"{counted(len(more), 'smaller group')}", sum(more), view.others, "more")] if more else []
    bars += [_bar("Without any tie", view.alone, view.others, "alone")] if view.alone else []
    figure: list[Component] = [html.Ul(bars, className="app-pieces", **aria(label="Groups without the centre"))]
    figure += [html.P(view.action, className="app-finding__action")] if view.action else []
    return figure_card("without-centre", "If the centre stepped out", view.sentence, html.Div(figure), twin)


def _bar(words: str, members: int, others: int, look: str = "group") -> html.Li:
    share = 100 * members / others if others else 0.0
    bar = html.Span(className=f"app-pieces__bar app-pieces__bar--{look}", style={"width": f"{share:.1f}%"})
    return html.Li(
        [
            html.Span(words, className="app-pieces__name"),
            html.Span(bar, className="app-pieces__room", **aria(hidden="true")),
            html.Span(counted(members, "member"), className="app-pieces__count"),
        ]
    )


def single_ties_card(view: SingleTiesView, selection: Selection) -> Component:
    """The ties that are the only link, those that most hang on first."""
    heads = ("One", "The other", "Would lose every route")
    rows: list[tuple[Child, ...]] = [
        (body_link(tie.one, selection), body_link(tie.other, selection), names_in_cell(tie.cut_off))
        for tie in view.ties
    ]
    title = "Single ties" + (f": the first {len(rows):,} of {view.all_ties:,}" if view.all_ties > len(rows) else "")
    twin = table(title, heads, rows or [("none", "", "")], frozenset())
    figure: Component = html.P("None.", className="app-note")
    if view.ties:
        figure = html.Ol([html.Li(_tie(tie, selection)) for tie in view.ties[:SHOWN]], className="app-reliance")
    return figure_card("single-ties", "Single ties", view.sentence, figure, twin)


def _tie(tie: SingleTie, selection: Selection) -> Component:
    ends: list[Child] = [body_link(tie.one, selection), " with ", body_link(tie.other, selection)]
    lost = counted(len(tie.cut_off), "body", "bodies")
    return html.Div(
        [html.Div(ends), html.Span(f"Without it {lost} would lose every route.", className="app-list__detail")]
    )


def groups_card(view: GroupsView, selection: Selection) -> Component:
    """Small groups that stand before a sector or place, break the network apart, or reach everybody."""
    figure: list[Component] = []
    if view.said:
        figure.append(html.Ul([html.Li(words) for words in view.said], className="govuk-list govuk-list--bullet"))
    figure.append(_key_sets(view, selection))
    heads = ("Sector or place", "Members that reach the centre", "Smallest group before it", "Who")
    rows: list[tuple[Child, ...]] = [
        (
            line.label,
            f"{line.members:,}",
            "more than five" if line.size is None else f"{line.size:,}",
            _bodies(line.group, selection) if line.group else "",
        )
        for line in view.gateways
    ]
    twin = table(
        "The smallest group before each sector and place", heads, rows or [("none", "", "", "")], frozenset({1})
    )
    return figure_card("groups", "Small groups that hold it together", view.sentence, html.Div(figure), twin)


def _key_sets(view: GroupsView, selection: Selection) -> Component:
    heads = ("How many", "Break most apart", "What that means", "Reach most", "How many they reach")
    rows: list[tuple[Child, ...]] = [
        (f"{one.size}", _bodies(one.breaks, selection), one.broken, _bodies(one.reaches, selection), one.reached)
        for one in view.key_sets
    ]
    if not rows:
        return html.P("There are too few members to compare groups.", className="app-note")
    return table("Which one, two or three hold most", heads, rows, frozenset())


def _bodies(bodies: Sequence[Body], selection: Selection) -> html.Span:
    parts: list[Child] = []
    for body in bodies:
        parts += [*([", "] if parts else []), body_link(body, selection)]
    return html.Span(parts)
