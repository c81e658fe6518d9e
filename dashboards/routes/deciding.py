"""Accepting or declining a piece of advice, and undoing that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages.answer import page_for
from dashboards.selection import Selection, read_selection
from orchestrator.errors import OrchestratorError, UnknownName, WrongUsage
from orchestrator.model.decision import DECISIONS, UNDONE, Decision
from orchestrator.store.decisions import add_decision

__all__ = ["add_routes"]

_LONGEST_REASON = 1000


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``POST /mission/ID/partners``: one decision, written as ``orchestrator decide`` does; then back to the page."""
    server: Flask = app.server

    @server.post("/mission/<mission_id>/partners")
    def decide(mission_id: str) -> ResponseReturnValue:
        guard.refuse_cross_site()
        chosen = read_selection(f"/mission/{mission_id}/partners", request.query_string.decode("latin-1"))
        try:
            decision = _asked_for(desk, chosen)
            add_decision(desk.workspace.decisions_file(chosen.pack), decision)
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)
        except OrchestratorError as wrong:
            about = {"wrong": request.form.get("organisation", ""), "wrong_with": request.form.get("partner", "")}
            shown = page_for(desk, chosen.asking(problem=str(wrong), **about))
            return app.document(replace(shown, status=400)), 400
        return redirect(chosen.address(), 303)


def _asked_for(desk: Desk, selection: Selection) -> Decision:
    """The decision that was sent. Raises UnknownName for a body that there is not, WrongUsage without a reason."""
    graph, pack = desk.graph(selection), desk.pack(selection)
    bodies = request.form.get("organisation", ""), request.form.get("partner", "")
    for body in filter(None, (bodies[0] or "?", bodies[1])):
        pack.organisation(body)
    decision = request.form.get("decision", "")
    reason = " ".join("".join(c if c.isprintable() else " " for c in request.form.get("reason", "")).split())
    if decision not in (*DECISIONS, UNDONE):
        raise WrongUsage("Choose whether the advice is accepted or declined.")
    if decision == UNDONE:
        reason = reason or "Undone on the page"
    if not reason:
        raise WrongUsage("Enter the reason for the decision.")
    if len(reason) > _LONGEST_REASON:
        raise WrongUsage(f"The reason has {len(reason):,} characters. Use {_LONGEST_REASON:,} or fewer.")
    return Decision(date.today().isoformat(), graph.mission_id, *bodies, decision, reason)
