"""Downloading an export that was made."""

from __future__ import annotations

from flask import Flask, abort, send_file
from flask.typing import ResponseReturnValue

from dashboards.desk import Desk
from dashboards.index import DocumentDash
from orchestrator.errors import UnknownName

__all__ = ["add_routes"]


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``GET /mission/ID/export/KEY/NAME``: the file, piece by piece from the disk, to be kept and never shown."""
    server: Flask = app.server

    @server.get("/mission/<mission_id>/export/<key>/<name>")
    def download(key: str, name: str, **_: str) -> ResponseReturnValue:
        try:
            path = desk.workspace.export_file(key, name)
        except UnknownName:
            abort(404)
        response = send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=name)
        response.headers["Cache-Control"] = "no-store"
        return response
