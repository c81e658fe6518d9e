"""The app: the first page comes as a document, later ones through one callback; scripts show what callbacks bring."""

from __future__ import annotations

import logging
from dataclasses import asdict, replace
from pathlib import Path

from dash import ClientsideFunction, Input, Output
from flask import Flask, Response, abort, jsonify, request

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.markup import markup
from dashboards.pages.catalogue import Shown, page_for, something_went_wrong, stopped_page
from dashboards.pages.network import picked_panel
from dashboards.pages.shell import ADDRESS, CONTENT, PANEL, PICKED, shell
from dashboards.selection import read_selection
from dashboards.views.network import picked_body, ring_frame
from orchestrator.drawing.ring import ring_json, ring_layout
from orchestrator.errors import UnknownName
from orchestrator.study import Library

__all__ = ["create_app"]

_LOG = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"
#: Seconds that parts of a page wait which have no waiting page of their own.
_PATIENT = 30.0


def create_app(library: Library, desk: Desk | None = None) -> DocumentDash:
    """The dashboards over a library, as a value: two apps can live in one process.

    ``create_app(library).server`` is the WSGI application. Nothing is written to shared state, and no page asks
    another host for anything. ``desk`` does the work for it; whoever gives one closes it.
    """
    desk = desk or Desk(library)

    def show(path: str, query: str) -> Shown:
        try:
            return page_for(desk, read_selection(path, query))
        except Exception:
            _LOG.exception("the page %s could not be made", path)
            return something_went_wrong()

    app = DocumentDash(__name__, assets_folder=str(_ASSETS), compress=True, serve_locally=True)
    app.show, app.desk = show, desk
    app.layout = shell()
    _callbacks(app, desk)
    _routes(app, desk)
    guard.protect(app)
    return app


def _callbacks(app: DocumentDash, desk: Desk) -> None:
    @app.callback(Output(CONTENT, "data"), Input(ADDRESS, "data"), prevent_initial_call=True)
    def bring_page(address: str | None) -> str:
        path, _, query = (address or "/").partition("?")
        return markup(app.show(path, query).content)

    @app.callback(Output(PANEL, "data"), Input(PICKED, "data"), prevent_initial_call=True)
    def bring_picked(address: str | None) -> str:
        path, _, query = (address or "/").partition("?")
        chosen = read_selection(path, query)
        try:
            results = desk.results(chosen, grace=_PATIENT)
        except (UnknownName, StillWorking, Stopped):
            return ""
        return markup(picked_panel(picked_body(results, chosen.body) if chosen.body else None, chosen.body))

    for name, store in (("showPage", CONTENT), ("showPanel", PANEL)):
        function = ClientsideFunction("orchestrator", name)
        app.clientside_callback(  # type: ignore[no-untyped-call]
            function, Output(store, "modified_timestamp"), Input(store, "data")
        )


def _routes(app: DocumentDash, desk: Desk) -> None:
    server: Flask = app.server

    @server.get("/mission/<path:mission_id>/network.json")
    def ring(mission_id: str) -> Response:
        chosen = replace(read_selection("/", request.query_string.decode("latin-1")), mission_id=mission_id)
        try:
            results = desk.results(chosen, grace=_PATIENT)
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)
        response = Response(ring_json(ring_layout(ring_frame(results))), mimetype="application/json")
        response.set_etag(results.graph.digest)
        response.cache_control.no_cache = True
        response.make_conditional(request)
        return response

    @server.get("/jobs/<name>.json")
    def job(name: str) -> Response:
        progress = desk.jobs.progress(name, request.args.get("ticket", ""))
        response = jsonify({"over": True} if progress is None else {"over": False, **asdict(progress)})
        response.cache_control.no_store = True
        return response

    @server.post("/jobs/<name>/cancel")
    def cancel(name: str) -> Response:
        guard.refuse_cross_site()
        desk.jobs.cancel(name, request.form.get("ticket", ""))
        path, _, query = request.form.get("address", "/").partition("?")
        try:
            return Response(app.document(stopped_page(desk, read_selection(path, query))))
        except UnknownName:
            abort(404)
