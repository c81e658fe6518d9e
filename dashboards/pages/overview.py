"""The page of one mission: what a board should know."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import figure_card, table
from dashboards.pages.changes import since_section
from dashboards.pages.parts import figures, finding_list, page_head, relied_on_links, section
from dashboards.selection import Selection
from dashboards.views.overview import OverviewView
from dashboards.views.reliance import NUMBERED
from orchestrator.model.wording import counted

__all__ = ["layout"]


def layout(view: OverviewView, selection: Selection, since: str = "") -> list[Component]:
    """The headline, the four figures, the findings that matter most, who is relied on, and what changed ``since``."""
    network = selection.to("network")
    aim = [html.P(["The aim: ", view.aim], className="app-note")] if view.aim else []
    changed = [since_section(since, selection)] if since else []
    side = [
        *changed,
        section("Relied on", relied_on_links(view.relied_on[:NUMBERED], lambda body: network.address(body=body))),
        html.P(
            html.A("Where nobody is: the need grid", href=selection.to("coverage").address(), className="govuk-link")
        ),
        html.P(html.A("Everyone who is relied on", href=selection.to("bottlenecks").address(), className="govuk-link")),
    ]
    split = html.Div([_findings(view), html.Div(side)], className="app-split")
    return [*page_head(view.headline, view.lede), *aim, figures(view.figures), split]


def _findings(view: OverviewView) -> Component:
    heads = ("Finding", "How grave", "What to do", "Weight at stake")
    rows = [(f.statement, f.severity, f.action, f"{f.stake:,.10g}") for f in view.findings]
    twin = table("All findings, what matters most first", heads, rows, frozenset({3}))
    return figure_card("findings", "What to raise", _how_many(view), finding_list(view.top), twin)


def _how_many(view: OverviewView) -> str:
    found, shown = len(view.findings), len(view.top)
    if not found:
        return "There are no findings."
    first = f"The {counted(shown, 'gravest', 'gravest')} of {found:,} findings" if found > shown else ""
    first = first or f"{counted(found, 'finding').capitalize()}, the gravest first"
    return f"{first}; among equals, what puts most weight at stake comes first."
