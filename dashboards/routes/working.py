"""How far a piece of work is, and the button that cancels it."""

from __future__ import annotations

from dataclasses import asdict

from flask import Flask, Response, jsonify, request

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.pages.answer import stopped_page
from dashboards.selection import Selection, read_selection

__all__ = ["add_routes"]


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``/jobs/NAME.json`` and ``/jobs/NAME/cancel``."""
    server: Flask = app.server

    @server.get("/jobs/<name>.json")
    def job(name: str) -> Response:
        progress = desk.jobs.progress(name, request.args.get("ticket", ""))
        response = jsonify({"over": True} if progress is None else {"over": False, **asdict(progress)})
        response.cache_control.no_store = True
        return response

    @server.post("/jobs/<name>/cancel")
    def cancel(name: str) -> str:
        guard.refuse_cross_site()
        desk.jobs.cancel(name, request.form.get("ticket", ""))
        path, _, query = request.form.get("address", "/").partition("?")
        asked = read_selection(path, query)
        return app.document(stopped_page(desk, asked if asked.page else Selection()))
