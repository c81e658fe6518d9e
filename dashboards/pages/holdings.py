"""The page on the facts: what was brought in and left out, how old it is, what is inferred, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, figure_card, table
from dashboards.figures.share_bars import ShareBar, share_bars
from dashboards.pages.parts import page_head, public_link
from dashboards.selection import Selection
from dashboards.views.holdings import Heap
from dashboards.views.provenance import MissionLine, ProvenanceView, SourceLine
from orchestrator.model.wording import percent

__all__ = ["layout"]

#: So many bars stand in a card; the table holds all.
BARS = 12


def layout(view: ProvenanceView, heaps: Sequence[Heap], selection: Selection) -> list[Component]:
    """The headline, the way to bring more, then a card a question, each with its table."""
    halves = html.Div([_years(view), _missing(view)], className="app-halves")
    lower = html.Div([_answers(view, selection), _inferred(view, selection)], className="app-halves")
    return [
        *page_head(view.headline, view.lede),
        _ways(selection),
        _tables(view),
        halves,
        lower,
        *_evidence(heaps),
        _sources(view),
    ]


def _ways(selection: Selection) -> Component:
    bring = html.A("Bring a pack of your own", href=selection.to("bring").address(), className="govuk-link")
    match = html.A("Names in published evidence", href=selection.to("match").address(), className="govuk-link")
    return html.Ul([html.Li(bring), html.Li(match)], className="govuk-list")


def _tables(view: ProvenanceView) -> Component:
    most = max((one.kept for one in view.tables), default=0)
    bars = [ShareBar(one.name, one.kept / most if most else 0.0, f"{one.kept:,}") for one in view.tables]
    heads = ("Table", "Read", "Kept", "Rejected", "Name a source", "What it holds")
    rows = [
        (one.name, _or(one.read), f"{one.kept:,}", _or(one.rejected), _or(one.sourced, "no such column"), one.meaning)
        for one in view.tables
    ]
    twin = table("Rows of each table: read = kept + rejected", heads, rows, frozenset({1, 2, 3, 4}))
    told = [html.P(one, className="app-note") for one in (*view.problems[:10], *view.notices[:10])]
    figure = html.Div([share_bars(bars, "Rows in use, by table"), *told])
    return figure_card("import", "What was read, and what was left out", view.tables_sentence, figure, twin)


def _or(value: int | None, otherwise: str = "not known") -> str:
    return otherwise if value is None else f"{value:,}"


def _years(view: ProvenanceView) -> Component:
    most = max((one.rows for one in view.years), default=0)
    bars = [
        ShareBar(
            one.year or "no year stated",
            one.rows / most if most else 0.0,
            f"{one.rows:,}",
            "" if one.year else "quiet",
        )
        for one in view.years[:BARS]
    ]
    heads = ("Year", "Documents", "Rows that name them")
    rows = [(one.year or "not stated", f"{one.documents:,}", f"{one.rows:,}") for one in view.years]
    twin = table("Documents by the year of their publication", heads, rows, frozenset({1, 2}))
    figure = share_bars(bars, "Rows by the year in which what they rest on was published, newest first")
    return figure_card("age", "How old it is", view.sources_sentence, figure, twin)


def _missing(view: ProvenanceView) -> Component:
    bars = [ShareBar(what, share, words, "quiet" if share is None else "") for what, words, share in view.missing]
    heads = ("What is not recorded", "How much")
    rows = [(what, words) for what, words, _ in view.missing]
    twin = html.Div([table("What is not recorded", heads, rows, frozenset({1})), *_unserved(view)])
    figure = share_bars(bars, "What is not recorded, as a share")
    return figure_card("missing", "What is missing", view.missing_sentence, figure, twin)


def _unserved(view: ProvenanceView) -> list[Component]:
    if not view.unserved:
        return []
    left = view.unserved_total - len(view.unserved)
    more = [html.P(f"And {left:,} more.", className="app-note")] if left else []
    caption = "Places asked for, of which no offer is known"
    return [table(caption, (caption, "Level"), view.unserved, frozenset()), *more]


def _answers(view: ProvenanceView, selection: Selection) -> Component:
    asked = [one for one in view.missions if one.asked]
    bars = [ShareBar(one.title, one.rate, f"{one.answered:,} of {one.asked:,}") for one in asked]
    heads = ("Mission", "Asked", "Answered", "Rate")
    rows = [(_mission(one, selection), f"{one.asked:,}", f"{one.answered:,}", _rate(one.rate)) for one in view.missions]
    twin = table("Who was asked about ties, and who answered, by mission", heads, rows, frozenset({1, 2, 3}))
    figure: Component = share_bars(bars, "Share of those asked who answered")
    if not asked:
        figure = html.P("No response rate can be given.", className="govuk-inset-text")
    return figure_card("answers", "Who was asked, and who answered", view.answers_sentence, figure, twin)


def _rate(rate: float | None) -> str:
    return "nobody asked" if rate is None else percent(rate)


def _mission(one: MissionLine, selection: Selection) -> Child:
    address = selection.to("overview", mission_id=one.mission_id).address()
    return html.A(one.title, href=address, className="govuk-link")


def _inferred(view: ProvenanceView, selection: Selection) -> Component:
    bars = [
        ShareBar(one.title, one.illustrative / one.requirements, f"{one.illustrative:,} of {one.requirements:,}")
        for one in view.missions
        if one.requirements
    ]
    heads = ("Mission", "Requirements", "Illustrative", "Ties", "Inferred", "Engagements", "With an end")
    rows = [_inferred_row(one, selection) for one in view.missions]
    twin = table("What is illustrative or inferred, by mission", heads, rows, frozenset(range(1, 7)))
    figure = share_bars(bars, "Share of requirements that no published plan states")
    title = "What is illustrative, and what is inferred"
    return figure_card("inferred", title, view.inferred_sentence, figure, twin)


def _inferred_row(one: MissionLine, selection: Selection) -> tuple[Child, ...]:
    counts = (one.requirements, one.illustrative, one.ties, one.inferred, one.engagements, one.ended)
    return _mission(one, selection), *(f"{count:,}" for count in counts)


def _evidence(heaps: Sequence[Heap]) -> list[Component]:
    if not heaps:
        words = (
            "No published evidence is open here. Bring grants, contracts, spending or meetings into a store with "
            "orchestrator evidence, then start the pages with orchestrator serve --evidence STORE."
        )
        return [html.P(words, className="govuk-inset-text")]
    return [html.Div([_card(heap) for heap in heaps], className="app-halves")]


def _card(heap: Heap) -> Component:
    bars = [ShareBar(line.label, line.share, line.words, line.look) for line in heap.lines[:BARS]]
    figure: Component = (
        share_bars(bars, heap.title) if bars else html.P("There is nothing to show.", className="app-note")
    )
    rows = [(line.label, *line.cells) for line in heap.lines]
    numeric = frozenset(range(1, len(heap.heads)))
    return figure_card(heap.key, heap.title, heap.sentence, figure, table(heap.title, heap.heads, rows, numeric))


def _sources(view: ProvenanceView) -> Component:
    heads = ("Document", "Publisher", "Published", "Licence", "Rows")
    twin = table("Documents by the rows that name them", heads, _source_rows(view.sources), frozenset({4}))
    bars = [ShareBar(name, count / view.sources_total, f"{count:,}") for name, count in view.licences[:BARS]]
    words = (
        f"{len(view.sources):,} of {view.sources_total:,} documents are in the table, those that most rows name first."
    )
    if len(view.sources) == view.sources_total:
        words = "Every document is in the table, those that most rows name first."
    figure = share_bars(bars, "Documents by licence")
    return figure_card("sources", "Documents and licences", words, figure, twin)


def _source_rows(sources: Sequence[SourceLine]) -> list[tuple[Child, ...]]:
    return [
        (
            public_link(one.title or one.address, one.address),
            one.publisher or "not stated",
            one.date or "not stated",
            one.licence or "not stated",
            f"{one.rows:,}",
        )
        for one in sources
    ]
