"""Small pieces that the figures share: hidden words, a table that scrolls in its own region, a key, a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboards.figures.frames import STATE_WORDS

Child = Component | str

KEY_WORDS: Final = {
    "covered": "covered",
    "ample": "covered twice over",
    "thin": "thin: fewer than needed",
    "on-paper": "on paper: nobody working yet",
    "gap": "gap: nobody",
    "no-data": "no data: we do not know",
}


def hidden(words: str) -> html.Span:
    """Words that are read out and not shown."""
    return html.Span(words, className="govuk-visually-hidden")


def aria(**words: str) -> dict[str, Any]:
    """ARIA attributes as Dash takes them.

    >>> aria(label="Places")
    {'aria-label': 'Places'}
    """
    return {f"aria-{name}": word for name, word in words.items()}


def scroll_region(child: Component, label: str) -> html.Div:
    """A region that can be focused and scrolls by itself, so that a wide table never widens the page."""
    return html.Div(child, className="app-scroll", role="region", tabIndex="0", **aria(label=label))


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Child]], numeric: frozenset[int]) -> html.Div:
    """A plain table in its own region. The first cell of each row is its header; `numeric` columns align right."""
    head = html.Tr([html.Th(word, scope="col", className=_header_class(k in numeric)) for k, word in enumerate(heads)])
    body = [
        html.Tr([_cell(k, cell, k in numeric) for k, cell in enumerate(row)], className="govuk-table__row")
        for row in rows
    ]
    parts = [
        html.Caption(caption, className="govuk-table__caption govuk-visually-hidden"),
        html.Thead(head, className="govuk-table__head"),
        html.Tbody(body, className="govuk-table__body"),
    ]
    return scroll_region(html.Table(parts, className="govuk-table"), caption)


def _header_class(numeric: bool) -> str:
    return "govuk-table__header" + (" govuk-table__header--numeric" if numeric else "")


def _cell(column: int, child: Child, numeric: bool) -> Component:
    if column == 0:
        return html.Th(child, scope="row", className="govuk-table__header")
    return html.Td(child, className="govuk-table__cell" + (" govuk-table__cell--numeric" if numeric else ""))


def state_key(states: Iterable[str]) -> html.Ul:
    """What each state's ground and border mean, for the states given."""
    swatches = [html.Li([html.Span(className=f"state state--{state}"), KEY_WORDS[state]]) for state in states]
    return html.Ul(swatches, className="app-key")


def pip_key(states: Iterable[str]) -> html.Ul:
    """What each pip of a tile means, for the states given."""
    pips = [html.Li([html.Span(className=f"pip pip--{state}"), STATE_WORDS[state]]) for state in states]
    return html.Ul(pips, className="app-key")


def figure_card(
    title: str, sentence: str, figure: Component, twin: Component, card_id: str, flush: bool = False
) -> html.Section:
    """A card: its heading, the sentence that says what the figure shows, the figure, and "View as a table".

    `flush` lets the figure reach the card's edges, as the ring map does.
    """
    heading = html.H2(title, className="app-card__title", id=f"{card_id}-title")
    head = html.Div(
        [heading, html.P(sentence, className="app-card__sentence", id=f"{card_id}-sentence")],
        className="app-card__head",
    )
    body = html.Div(figure, className="app-card__body" + (" app-card__body--flush" if flush else ""))
    summary = html.Summary(
        html.Span("View as a table", className="govuk-details__summary-text"), className="govuk-details__summary"
    )
    details = html.Details([summary, html.Div(twin, className="govuk-details__text")], className="govuk-details")
    parts = [head, body, html.Div(details, className="app-card__foot")]
    return html.Section(parts, className="app-card", id=card_id, **aria(labelledby=f"{card_id}-title"))


def empty(words: str) -> html.P:
    """The sentence that stands where a figure has nothing to show."""
    return html.P(words, className="govuk-inset-text")
