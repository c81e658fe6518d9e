"""The ring map of a mission, for the script that draws it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Flask, Response, abort, request

from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.selection import read_selection
from dashboards.views.network import ring_frame
from orchestrator.drawing.ring import ring_json, ring_layout
from orchestrator.errors import UnknownName

__all__ = ["PATIENT", "add_routes"]

#: Seconds that an address waits which has no waiting page of its own.
PATIENT: Final = 30.0


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``/mission/ID/network.json``."""
    server: Flask = app.server

    @server.get("/mission/<path:mission_id>/network.json")
    def ring(mission_id: str) -> Response:
        chosen = replace(read_selection("/", request.query_string.decode("latin-1")), mission_id=mission_id)
        try:
            results = desk.results(chosen, grace=PATIENT)
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)
        response = Response(ring_json(ring_layout(ring_frame(results))), mimetype="application/json")
        response.set_etag(results.graph.digest)
        response.cache_control.no_cache = True
        response.make_conditional(request)
        return response
