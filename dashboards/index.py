"""The HTML document around a page: complete, readable and printable before any script runs."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from dash import Dash
from flask import g, request

from dashboards.markup import markup
from dashboards.pages.catalogue import Shown

__all__ = ["DocumentDash"]

_DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {metas}
    <title>{title}</title>
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


class DocumentDash(Dash):
    """Dash whose first answer holds the whole page. ``show`` makes the page of an address: (path, query) → shown."""

    show: Callable[[str, str], Shown]

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document for the address of this request; its status is left in ``flask.g.status``."""
        shown = self.show(request.path, request.query_string.decode("latin-1"))
        g.status = shown.status
        parts["title"] = html.escape(shown.title)
        return _DOCUMENT.format_map({**parts, "page": markup(shown.content)})
