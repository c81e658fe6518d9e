"""The page of one mission: what a board reads in ten minutes, on two sheets of paper if it likes."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, figure_card, hidden, state_key, table
from dashboards.figures.tiles import tile_map, tile_table
from dashboards.pages.changes import since_section
from dashboards.pages.parts import figures, page_head, relied_on_links, section, severity_tag
from dashboards.selection import Selection
from dashboards.views.board import BoardView, Decision
from dashboards.views.lineage import Kin, LineageView
from dashboards.views.overview import OverviewView
from dashboards.views.reliance import NUMBERED
from orchestrator.model.findings import Finding
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["layout"]


def layout(view: OverviewView, board: BoardView, selection: Selection, since: str = "") -> list[Component]:
    """The headline, the four figures, what to decide, the findings that matter most, what changed ``since``, and what
    is not known."""
    network = selection.to("network")
    aim = [html.P(["The aim: ", view.aim], className="app-note")] if view.aim else []
    changed = [since_section(since, selection)] if since else []
    side = [
        *changed,
        _states(view, board),
        section("Relied on", relied_on_links(view.relied_on[:NUMBERED], lambda body: network.address(body=body))),
        html.P(html.A("Everyone who is relied on", href=selection.to("bottlenecks").address(), className="govuk-link")),
    ]
    main = [_decisions(board), _findings(view, board.seen)]
    split = html.Div([html.Div(main), html.Div(side)], className="app-split")
    rest = html.Div([_not_known(board.not_known), _lineage(board.lineage)])
    below = html.Div([*_tiles(board), rest], className="app-halves" if board.tiles.needs else "")
    head = [*page_head(view.headline, view.lede), *aim, figures(view.figures)]
    return [html.Div([*head, split, below], className="app-board")]


def _decisions(board: BoardView) -> Component:
    lines = [html.Li(_decision(one), className="app-decision") for one in board.decisions]
    return html.Section(
        [
            html.H2("Decisions asked of the board", className="app-card__title"),
            html.P(board.decisions_sentence, className="app-card__sentence"),
            *([html.Ol(lines, className="app-decisions")] if lines else []),
        ],
        className="app-asked",
        id="decisions",
        **aria(label="Decisions asked of the board"),
    )


def _decision(one: Decision) -> list[Component]:
    link = html.A(one.words, href=one.address, className="govuk-link")
    return [html.P(html.Strong(one.asked)), html.P([one.why, " ", link], className="app-decision__why")]


def _findings(view: OverviewView, seen: Mapping[str, tuple[str, str]]) -> Component:
    heads = ("Finding", "How grave", "What to do", "Weight at stake")
    rows = [(f.statement, f.severity, f.action, f"{f.stake:,.10g}") for f in view.findings]
    twin = table("All findings, what matters most first", heads, rows, frozenset({3}))
    lines = [html.Li(_finding(one, *seen[one.finding_id]), className="app-finding") for one in view.top]
    shown: Component = html.P("The analyses found nothing to raise.", className="govuk-inset-text")
    if lines:
        shown = html.Ol(lines, className="app-findings")
    return figure_card("findings", "What to raise", _how_many(view), shown, twin)


def _finding(finding: Finding, address: str, words: str) -> list[Component]:
    link = html.A(words, href=address, className="govuk-link")
    return [
        html.P([severity_tag(finding.severity), finding.statement], className="app-finding__statement"),
        html.P([hidden("What to do: "), finding.action, " ", link], className="app-finding__action"),
    ]


def _how_many(view: OverviewView) -> str:
    found, shown = len(view.findings), len(view.top)
    if not found:
        return "There are no findings."
    first = f"The {counted(shown, 'gravest', 'gravest')} of {found:,} findings" if found > shown else ""
    first = first or f"{counted(found, 'finding').capitalize()}, the gravest first"
    return f"{first}; among equals, what puts most weight at stake comes first."


def _states(view: OverviewView, board: BoardView) -> Component:
    """How the requirements stand, as a bar whose parts carry their numbers, and as a table."""
    met = [state for state in STATES if view.states[state]]
    rows = [(STATE_LABELS[state], f"{view.states[state]:,}") for state in STATES]
    twin = table("Requirements by state", ("State", "Requirements"), rows, frozenset({1}))
    figure: Component = html.P("No requirements are recorded.", className="govuk-inset-text")
    if met:
        parts = [
            html.Span(f"{view.states[s]:,}", className=f"state state--{s}", style={"flexGrow": view.states[s]})
            for s in met
        ]
        said = ", ".join(f"{view.states[state]} {STATE_LABELS[state].casefold()}" for state in met)
        figure = html.Div(parts, className="app-states", role="img", **aria(label=said))
    return figure_card("states", "How the requirements stand", board.states_sentence, figure, twin, key=state_key(met))


def _tiles(board: BoardView) -> list[Component]:
    if not board.tiles.needs:
        return []
    return [
        figure_card(
            "tiles",
            "Where the mission is thin",
            board.tiles_sentence,
            tile_map(board.tiles, board.tiles_sentence),
            tile_table(board.tiles, "Requirements by place and state"),
            open_when_narrow=True,
        )
    ]


def _not_known(said: tuple[str, ...]) -> Component:
    lines = [html.Li(one) for one in said] or [html.Li("Nothing is missing that this page would need.")]
    return html.Section(
        [
            html.H2("What is not known", className="app-heading"),
            html.Ul(lines, className="govuk-list govuk-list--bullet app-unknown"),
        ],
        id="not-known",
        **aria(label="What is not known"),
    )


def _lineage(view: LineageView) -> Component:
    parts: list[Component] = [html.P(view.sentence, className="app-note")]
    for title, kin in (("Before it", view.before), ("After it", view.after)):
        if kin:
            parts += [
                html.H3(title, className="govuk-heading-s"),
                html.Ul([html.Li(_kin(one)) for one in kin], className="govuk-list"),
            ]
    return section("Where it comes from", *parts)


def _kin(one: Kin) -> list[Component]:
    return [
        html.A(one.title, href=one.address, className="govuk-link"),
        html.Span(one.about, className="app-list__detail"),
    ]
