"""Deciding about a name in the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.names import Names
from dashboards.pages.answer import page_for
from dashboards.selection import read_selection
from orchestrator.errors import OrchestratorError, WrongUsage
from orchestrator.matching import Verdict, read_name

__all__ = ["add_routes"]

_PAGE: Final = "/data/match"
_DECIDED: Final = ("accept", "reject", "new", "none")


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``POST /data/match``: one decision, or its undoing; then back to the page, or the page with what is wrong."""
    server: Flask = app.server

    @server.post(_PAGE)
    def match() -> ResponseReturnValue:
        guard.refuse_cross_site()
        by = request.form.get("by", "")
        back = [(name, text) for name, text in parse_qsl(request.form.get("back", "")) if name not in ("by", "done")]
        kept = [*back, *([("by", by)] if by else [])]
        try:
            done = _done(desk.names, by)
        except OrchestratorError as wrong:
            chosen = replace(read_selection(_PAGE, urlencode(kept)), problems=(str(wrong),))
            return app.document(replace(page_for(desk, chosen), status=400)), 400
        told = [("done", str(done.number))] if done else []
        return redirect(f"{_PAGE}?{urlencode([*kept, *told])}", 303)


def _done(names: Names | None, by: str) -> Verdict | None:
    """The decision that the pressed button stands for, written; None for the button that only remembers who decides."""
    if names is None:
        raise WrongUsage("No published evidence is open here, so there is nothing to decide.")
    what, _, rest = request.form.get("decide", "").partition(":")
    at, _, body = rest.partition(":")
    if what == "remember":
        return None
    if what == "undo" and at.isdecimal() and len(at) < 9:
        return names.decide(Verdict("undo", "", by, undoes=int(at)))
    if what not in _DECIDED or not at.isdecimal():
        raise WrongUsage("No button of this page was pressed. Choose what the name is.")
    given = {name: request.form.get(f"{name}-{at}", "") for name in ("name", "town", "sector", "kind", "body")}
    if what in ("accept", "reject"):
        body = body or _named(names, given["body"])
    wanted = Verdict(what, given["name"], by, given["town"], body if what in ("accept", "reject") else "")
    sector, kind = (given["sector"], "") if what == "new" else ("", given["kind"] if what == "none" else "")
    return names.decide(replace(wanted, sector=sector, reason=kind))


def _named(names: Names, text: str) -> str:
    """The id of the body that was typed: an id, or the name of one body of the register."""
    if not text.strip():
        raise WrongUsage("Type the id or the name of the body that is meant.")
    called = names.matching().register.called
    if text.strip() in called:
        return text.strip()
    read = read_name(text).strict
    found = [body for body, name in called.items() if read and read_name(name).strict == read]
    if len(found) != 1:
        how_many = "no body" if not found else f"{len(found)} bodies"
        raise WrongUsage(f"The register has {how_many} called '{text.strip()[:80]}'. Type its id.")
    return found[0]
