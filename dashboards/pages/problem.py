"""The page that is shown where there is no page, or where something went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.pages.parts import page_head

__all__ = ["layout"]


def layout(headline: str, lede: str, ways_on: Sequence[tuple[str, str]]) -> list[Component]:
    """What is wrong, and where to go from here: words and addresses."""
    links = [html.Li(html.A(words, href=address, className="govuk-link")) for words, address in ways_on]
    return [*page_head(headline, lede), html.Ul(links, className="govuk-list govuk-list--bullet")]
