"""The page of the six principles."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.month_bars import MonthBar, month_bars
from dashboards.figures.parts import figure_card, table
from dashboards.figures.share_bars import ShareBar, share_bars
from dashboards.pages.parts import page_head
from dashboards.views.principle_evidence import Evidence
from dashboards.views.principles import Principle, PrinciplesView

__all__ = ["layout"]


def layout(view: PrinciplesView) -> list[Component]:
    """The headline, then a card a principle: what the network shows, a small picture with its table, what it cannot."""
    cards = html.Div([_card(one) for one in view.principles], className="app-principles")
    return [*page_head(view.headline, view.lede), cards]


def _card(one: Principle) -> Component:
    figure = html.Div(
        [
            *[html.P(said, className="app-principle__more") for said in one.more],
            html.H3(one.evidence.title, className="app-principle__what"),
            _picture(one.evidence),
            html.Dl(
                [
                    html.Dt("How sure"),
                    html.Dd(one.sure),
                    html.Dt("What it cannot tell"),
                    html.Dd(one.cannot),
                    html.Dt("What to do"),
                    html.Dd([one.action, " ", html.A(one.words, href=one.address, className="govuk-link")]),
                ],
                className="app-principle__words",
            ),
        ]
    )
    numeric = frozenset(range(1, len(one.evidence.heads))) if one.number < 6 else frozenset[int]()
    twin = table(one.evidence.title, one.evidence.heads, one.evidence.rows, numeric)
    return figure_card(f"principle-{one.number}", f"{one.number}. {one.title}", one.says, figure, twin)


def _picture(evidence: Evidence) -> Component:
    if evidence.months:
        bars = [MonthBar(label, states, label == "Today") for label, states in evidence.months]
        return month_bars(bars, evidence.title)
    return share_bars([ShareBar(one.label, one.share, one.words) for one in evidence.bars], evidence.title)
