"""The app: one page callback, one for the body that is picked, and plain routes for what scripts fetch."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component
from flask import Flask, Response, abort, request

from dashboards import guard
from dashboards.figures.ring import ring_json, ring_layout
from dashboards.pages.catalogue import page_for, something_went_wrong
from dashboards.pages.network import picked_panel
from dashboards.pages.shell import ADDRESS, PAGE, PICKED, PICKED_PANEL, shell
from dashboards.selection import read_selection
from dashboards.views.network import picked_body, ring_frame
from orchestrator.errors import UnknownName
from orchestrator.study import Library

__all__ = ["create_app"]

_LOG = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"

_INDEX = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{%title%}</title>
    {%favicon%}
    {%css%}
  </head>
  <body>
    {%app_entry%}
    <footer hidden>{%config%}{%scripts%}{%renderer%}</footer>
    <noscript>This page needs JavaScript. The same findings come from the command line: orchestrator analyse.</noscript>
  </body>
</html>"""


def create_app(library: Library) -> Dash:
    """The dashboards over a library, as a value: two apps can live in one process.

    ``create_app(library).server`` is the WSGI application. Nothing is written to shared state, and no page asks
    another host for anything.
    """
    app = Dash(
        __name__,
        assets_folder=str(_ASSETS),
        title="Mission orchestrator",
        update_title="",
        index_string=_INDEX,
        compress=True,
        serve_locally=True,
        suppress_callback_exceptions=True,
    )
    app.layout = shell()
    _callbacks(app, library)
    _routes(app, library)
    guard.protect(app, lambda path, search: _exists(library, path, search))
    return app


def _callbacks(app: Dash, library: Library) -> None:
    @app.callback(Output(PAGE, "children"), Input(ADDRESS, "pathname"), Input(ADDRESS, "search"))
    def show_page(pathname: str | None, search: str | None) -> list[Component]:
        try:
            return page_for(library, read_selection(pathname, search))
        except Exception:
            _LOG.exception("the page %s could not be made", pathname)
            return something_went_wrong()

    @app.callback(
        Output(PICKED_PANEL, "children"),
        Input(PICKED, "data"),
        State(ADDRESS, "pathname"),
        State(ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def show_picked(picked: str | None, pathname: str | None, search: str | None) -> list[Component]:
        chosen = read_selection(pathname, search)
        results = library.results(chosen.mission_id, chosen.on, chosen.level)
        return picked_panel(picked_body(results, picked) if picked else None)


def _routes(app: Dash, library: Library) -> None:
    server: Flask = app.server

    @server.get("/mission/<path:mission_id>/network.json")
    def ring(mission_id: str) -> Response:
        chosen = read_selection("/", f"?{request.query_string.decode('latin-1')}")
        try:
            results = library.results(mission_id, chosen.on, chosen.level)
        except UnknownName:
            abort(404)
        response = Response(ring_json(ring_layout(ring_frame(results))), mimetype="application/json")
        response.set_etag(results.graph.digest)
        response.cache_control.no_cache = True
        response.make_conditional(request)
        return response


def _exists(library: Library, path: str, search: str) -> bool:
    """Is there a page at this address? What is not there is answered with 404."""
    chosen = read_selection(path, search)
    missions: Any = library.pack["missions"]["mission_id"]
    return chosen.page == "missions" or (chosen.page != "" and chosen.mission_id in set(missions))
