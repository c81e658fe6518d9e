"""Bringing a pack, and its report as a file."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages.bring import LARGEST
from dashboards.routes.drawing import PATIENT
from dashboards.views.bring import report_csv
from orchestrator.errors import UnknownName

__all__ = ["add_routes"]

#: Bytes that a browser writes around a file when it sends it.
_AROUND_A_FILE: Final = 64 * 1024
_AS_A_FILE: Final = {"Content-Disposition": 'attachment; filename="report.csv"'}


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``POST /data/bring``, which stores a file unread and leads to its report, and ``/data/bring/KEY.csv``."""
    server: Flask = app.server

    @server.post("/data/bring")
    def bring() -> ResponseReturnValue:
        guard.refuse_cross_site()
        request.max_content_length = LARGEST + _AROUND_A_FILE
        file = request.files.get("pack")
        if file is None or not file.filename:
            return redirect("/data/bring?problem=nothing", 303)
        key = desk.workspace.arrive(file.filename, file.save)
        return redirect(f"/data/bring?arrival={key}", 303)

    @server.get("/data/bring/<key>.csv")
    def report(key: str) -> Response:
        try:
            text = report_csv(desk.arrival(key, grace=PATIENT))
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)
        return Response(text, mimetype="text/csv", headers=_AS_A_FILE)
