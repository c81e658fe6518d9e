"""The page of what is known and how well."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import figure_card, table
from dashboards.figures.share_bars import ShareBar, share_bars
from dashboards.pages.parts import page_head
from dashboards.views.holdings import Heap, HoldingsView

__all__ = ["layout"]

#: So many bars stand in a card; the table has the rest.
SHOWN: Final = 12


def layout(view: HoldingsView) -> list[Component]:
    """The headline, the ways on, and a card for each part."""
    ways = [
        html.Li(html.A("Bring a pack of your own", href="/data/bring", className="govuk-link")),
        html.Li(html.A("Decide whom the names in evidence mean", href="/data/match", className="govuk-link")),
    ]
    parts: list[Component] = [*page_head(view.headline, view.lede), html.Ul(ways, className="govuk-list")]
    if not view.evidence:
        how = "With orchestrator serve --evidence STORE this page also says what lies in a store of published evidence."
        parts.append(html.P(how, className="govuk-inset-text"))
    return [*parts, html.Div([_card(heap) for heap in view.heaps], className="app-halves")]


def _card(heap: Heap) -> Component:
    bars = [ShareBar(line.label, line.share, line.words, line.look) for line in heap.lines[:SHOWN]]
    figure: Component = (
        share_bars(bars, heap.title) if bars else html.P("There is nothing to show.", className="app-note")
    )
    rows = [(line.label, *line.cells) for line in heap.lines]
    numeric = frozenset(range(1, len(heap.heads)))
    return figure_card(heap.key, heap.title, heap.sentence, figure, table(heap.title, heap.heads, rows, numeric))
