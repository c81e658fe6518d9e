"""The ring map of a mission, and of one body's surroundings, for the script that draws it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Flask, Response, abort, request

from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.routes.pictures import Pictures
from dashboards.selection import read_selection
from orchestrator.errors import UnknownName

__all__ = ["PATIENT", "add_routes"]

#: Seconds that an address waits which has no waiting page of its own.
PATIENT: Final = 30.0


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``/mission/ID/network.json``; ``missing`` asks for lettered circles, ``body`` and ``around`` for one body's."""
    server: Flask = app.server
    pictures = Pictures()

    @server.get("/mission/<path:mission_id>/network.json")
    def ring(mission_id: str) -> Response:
        chosen = replace(read_selection("/", request.query_string.decode("latin-1")), mission_id=mission_id)
        try:
            results = desk.results(chosen, grace=PATIENT)
            advice = desk.advice_at_hand(chosen) if chosen.asked("missing") else None
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)
        picture = pictures.of(results, advice, chosen)
        if picture is None:
            abort(404)
        return picture.answer()
