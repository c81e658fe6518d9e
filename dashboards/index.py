"""The HTML document around a page: complete, readable and printable before any script runs."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from dash import Dash
from flask import g, request

from dashboards.desk import Desk
from dashboards.pages.answer import Shown
from dashboards.pages.shelf import Made, made_of

__all__ = ["DocumentDash"]

_DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {metas}
    <title>{title}</title>
    {again}
    {favicon}
    {css}
  </head>
  <body>
    <a href="#main" class="govuk-skip-link">Skip to main content</a>
    <div id="page">{page}</div>
    <div id="announcement" class="govuk-visually-hidden" role="status" aria-live="polite"></div>
    <div hidden>{app_entry}</div>
    {config}
    {scripts}
    {renderer}
  </body>
</html>"""


#: A browser that runs scripts asks how far the work is; one that does not comes again by itself.
_AGAIN = '<noscript><meta http-equiv="refresh" content="{}"></noscript>'


class DocumentDash(Dash):
    """Dash whose first answer holds the whole page. ``show`` makes the page of an address: (path, query) → made.

    ``desk`` does the work behind them.
    """

    show: Callable[[str, str], Made]
    desk: Desk

    def document(self, shown: Shown) -> str:
        """The document of a page that is not that of the address: what is answered to something that was sent."""
        g.made = made_of(shown)
        return str(self.index())  # type: ignore[no-untyped-call]

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document for the address of this request; its status is left in ``flask.g.status``."""
        made = g.get("made") or self.show(request.path, request.query_string.decode("latin-1"))
        g.status = made.status
        parts["again"] = _AGAIN.format(made.again) if made.again else ""
        parts["title"] = html.escape(made.title)
        return _DOCUMENT.format_map({**parts, "page": made.body})
