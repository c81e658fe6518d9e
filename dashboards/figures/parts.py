"""Small pieces that the figures share: hidden words, a table that scrolls in its own region, a key, a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from orchestrator.drawing.coverage_frame import STATE_WORDS

Child = Component | str


@dataclass(frozen=True, slots=True)
class RankedEntry:
    """One line of a list beside the ring map: whom it picks, its number or letter, and its words."""

    pick: str
    sign: str
    name: str
    detail: str
    value: str = ""
    missing: bool = False


VALUE_LENGTH = 9
"""A value with more letters than this stands below the name instead of beside it."""

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
    card_id: str,
    title: str,
    sentence: str,
    figure: Component,
    twin: Component,
    *,
    key: Component | None = None,
    flush: bool = False,
    open_when_narrow: bool = False,
) -> html.Section:
    """A card: its heading, the sentence that says what the figure shows, the figure, its key, and "View as a table".

    `flush` lets the figure reach the card's edges, as the ring map does; `open_when_narrow` shows the table by itself
    on narrow pages. The heading has the id `CARD-title` and the sentence `CARD-sentence`, to label a figure with.

    >>> figure_card("map", "Ring map", "Two bodies.", html.Div(), html.Div()).children[0].children[0].id
    'map-title'
    """
    head = html.Div(
        [
            html.H2(title, className="app-card__title", id=f"{card_id}-title"),
            html.P(sentence, className="app-card__sentence", id=f"{card_id}-sentence"),
        ],
        className="app-card__head",
    )
    body = html.Div(figure, className="app-card__body" + (" app-card__body--flush" if flush else ""))
    foot = html.Div([*([key] if key else []), _twin(twin, open_when_narrow)], className="app-card__foot")
    return html.Section([head, body, foot], className="app-card", id=card_id, **aria(labelledby=f"{card_id}-title"))


def _twin(twin: Component, open_when_narrow: bool) -> html.Details:
    words = html.Span("View as a table", className="govuk-details__summary-text")
    parts = [html.Summary(words, className="govuk-details__summary"), html.Div(twin, className="govuk-details__text")]
    opens: dict[str, Any] = {"data-open-when-narrow": ""} if open_when_narrow else {}
    return html.Details(parts, className="govuk-details", **opens)


def ring_key(missing: bool = True, no_route: bool = True) -> html.Ul:
    """What the discs of the ring map mean; leave out those that a picture does not have."""
    dots = (
        ("centre", "the centre", True),
        ("body", "organisation; larger: more relied on", True),
        ("relied-on", "relied on by others, numbered as in the list", True),
        ("missing", "missing partner, lettered as in the list", missing),
        ("no-route", "no route to the centre", no_route),
    )
    return html.Ul(
        [
            html.Li([html.Span(className=f"app-key__dot app-key__dot--{look}"), words])
            for look, words, met in dots
            if met
        ],
        className="app-key",
    )


def ranked_list(entries: Iterable[RankedEntry], label: str) -> html.Ol:
    """The list beside the ring map: each entry is a button that selects its body in the picture, and shows when it is.

    >>> entry = RankedEntry("a", "1", "Unit", "Business · Wales", "45", missing=False)
    >>> getattr(ranked_list([entry], "Relied on by").children[0].children, "data-ring-pick")
    'a'
    """
    return html.Ol([html.Li(_entry(entry)) for entry in entries], className="app-list", **aria(label=label))


def _entry(entry: RankedEntry) -> html.Button:
    disc = "app-disc app-disc--missing" if entry.missing else "app-disc"
    words = [html.Span(entry.name, className="app-list__name"), html.Span(entry.detail, className="app-list__detail")]
    value = [html.Span(entry.value, className="app-list__value")] if entry.value else []
    if len(entry.value) > VALUE_LENGTH:
        words.append(html.Span(entry.value, className="app-list__detail app-list__detail--value"))
        value = []
    parts = [html.Span(entry.sign, className=disc), html.Span(words), *value]
    pick: dict[str, Any] = {"data-ring-pick": entry.pick}
    return html.Button(parts, className="app-list__item", type="button", **pick)


def empty(words: str) -> html.P:
    """The sentence that stands where a figure has nothing to show."""
    return html.P(words, className="govuk-inset-text")
