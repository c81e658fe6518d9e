"""The bar above a mission's pages where no script runs: which page its choices mean."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.selection import MISSION_PAGES, Selection

__all__ = ["add_routes"]

_KEPT: Final = ("pack", "on", "level")


def add_routes(app: DocumentDash, _: Desk) -> None:
    """``GET /mission?mission=ID&page=PAGE`` leads to that page of that mission, with pack, day and level as chosen."""
    server: Flask = app.server

    @server.get("/mission")
    def choose_mission() -> ResponseReturnValue:
        asked = request.args.get("page", "")
        page = asked if asked in MISSION_PAGES.values() else "overview"
        path = Selection(page, request.args.get("mission", "")).path
        query = urlencode([(name, request.args[name]) for name in _KEPT if request.args.get(name)])
        return redirect(f"{path}?{query}" if query else path, 303)
