"""The page of words, and the words that stand behind every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.pages.parts import page_head
from dashboards.selection import Selection
from dashboards.views.words import WordsView
from orchestrator.tables.glossary import Term

__all__ = ["behind_the_page", "layout", "sentences"]


def layout(view: WordsView) -> list[Component]:
    """Every word with its meaning."""
    return [*page_head(view.headline, view.lede), _meanings(view.terms, ids=True)]


def behind_the_page(terms: Sequence[Term], selection: Selection) -> list[Component]:
    """The words that a page uses, folded away below it; nothing where it uses none."""
    if not terms:
        return []
    words = html.Span(f"Words on this page, and what they mean ({len(terms)})", className="govuk-details__summary-text")
    everything = html.A("All words", href=Selection("words", pack=selection.pack).address(), className="govuk-link")
    inside = html.Div([_meanings(terms), html.P(everything)], className="govuk-details__text")
    summary = html.Summary(words, className="govuk-details__summary")
    return [html.Details([summary, inside], className="govuk-details app-words-used", id="words-used")]


def _meanings(terms: Sequence[Term], *, ids: bool = False) -> html.Dl:
    rows = []
    for term in terms:
        named: dict[str, Any] = {"id": f"word-{term.key}"} if ids else {}
        rows += [html.Dt(term.word, **named), html.Dd(term.meaning)]
    return html.Dl(rows, className="app-words")


def sentences(content: Any) -> Iterator[str]:
    """The texts of a page, those in tables left out: what they hold comes from the data."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list | tuple):
        for part in content:
            yield from sentences(part)
    elif isinstance(content, Component) and not isinstance(content, html.Table):
        yield from sentences(getattr(content, "children", None))
