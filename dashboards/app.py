"""The app: the first page comes as a document, later ones through one callback; scripts show what callbacks bring."""

from __future__ import annotations

import logging
from pathlib import Path

from dash import ClientsideFunction, Input, Output

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.markup import markup
from dashboards.names import Names
from dashboards.pages.answer import something_went_wrong
from dashboards.pages.network import picked_parts
from dashboards.pages.shelf import Made, Shelf, made_of
from dashboards.pages.shell import ADDRESS, CONTENT, PANEL, PICKED, shell
from dashboards.routes.catalogue import ROUTES
from dashboards.routes.drawing import PATIENT
from dashboards.selection import read_selection
from dashboards.views.network import picked_body
from dashboards.views.sources import Sources
from dashboards.views.surroundings import surroundings_view
from dashboards.workspace import Workspace
from orchestrator.errors import UnknownName
from orchestrator.study import Library

__all__ = ["create_app"]

_LOG = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"


def create_app(
    library: Library, workspace: Path | None = None, evidence: Path | None = None, decisions: Path | None = None
) -> DocumentDash:
    """The dashboards over a library, as a value: two apps can live in one process.

    ``create_app(library).server`` is the WSGI application. Nothing is written to shared state, and no page asks
    another host for anything. ``workspace`` is the folder of what is brought and taken; without one that is kept in a
    folder of its own until the program stops. ``evidence`` is a store whose names people decide about, in the table
    ``decisions``. Its ``desk`` may be closed. Raises CannotWrite where the folder cannot be made, BadData where the
    store holds no evidence.
    """
    names = Names(evidence, library.pack, decisions) if evidence is not None else None
    desk = Desk(library, workspace=Workspace(workspace), names=names)

    shelf = Shelf(desk)

    def show(path: str, query: str) -> Made:
        try:
            return shelf.page(read_selection(path, query))
        except Exception:
            _LOG.exception("the page %s could not be made", path)
            return made_of(something_went_wrong())

    app = DocumentDash(__name__, assets_folder=str(_ASSETS), compress=True, serve_locally=True)
    app.show, app.desk = show, desk
    app.layout = shell()
    _callbacks(app, desk)
    for add_routes in ROUTES:
        add_routes(app, desk)
    guard.protect(app)
    return app


def _callbacks(app: DocumentDash, desk: Desk) -> None:
    @app.callback(Output(CONTENT, "data"), Input(ADDRESS, "data"), prevent_initial_call=True)
    def bring_page(address: str | None) -> str:
        path, _, query = (address or "/").partition("?")
        return app.show(path, query).body

    @app.callback(Output(PANEL, "data"), Input(PICKED, "data"), prevent_initial_call=True)
    def bring_picked(address: str | None) -> str:
        path, _, query = (address or "/").partition("?")
        chosen = read_selection(path, query)
        try:
            results = desk.results(chosen, grace=PATIENT)
        except (UnknownName, StillWorking, Stopped):
            return ""
        around = surroundings_view(results, chosen, Sources(desk.pack(chosen)["sources"]))
        picked = picked_body(results, chosen.body) if chosen.body else None
        return markup(picked_parts(picked, around, chosen))

    for name, store in (("showPage", CONTENT), ("showPanel", PANEL)):
        function = ClientsideFunction("orchestrator", name)
        app.clientside_callback(  # type: ignore[no-untyped-call]
            function, Output(store, "modified_timestamp"), Input(store, "data")
        )
