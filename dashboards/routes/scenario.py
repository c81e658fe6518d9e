"""What the what-if page fetches: the map before and after, names while one types, the list of changes as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from flask import Flask, Response, abort, jsonify, request

from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.routes.drawing import PATIENT
from dashboards.selection import Selection, read_selection
from dashboards.views.names import Names, body_names, fund_names, requirement_names
from dashboards.views.scenario import standing_list, trial_frame
from orchestrator.drawing.ring import ring_json, ring_layout
from orchestrator.errors import UnknownName
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.scenario import scenario_text

__all__ = ["add_routes"]

_NAMES: Final[Mapping[str, Callable[[MissionGraph], Names]]] = MappingProxyType(
    {"body": body_names, "requirement": requirement_names, "fund": fund_names}
)


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``/mission/ID/scenario.json``, ``/mission/ID/scenario.toml`` and ``/mission/ID/names.json``."""
    server: Flask = app.server

    def asked(mission_id: str) -> tuple[Selection, MissionGraph]:
        query = request.query_string.decode("latin-1")
        chosen = replace(read_selection("/", query), page="scenario", mission_id=mission_id)
        try:
            return chosen, desk.graph(chosen)
        except UnknownName:
            abort(404)
        except (StillWorking, Stopped):
            abort(503)

    @server.get("/mission/<path:mission_id>/scenario.json")
    def ring_of_trial(mission_id: str) -> Response:
        chosen, _ = asked(mission_id)
        try:
            trial = desk.trial(chosen, standing_list(chosen)[0], grace=PATIENT)
        except (StillWorking, Stopped):
            abort(503)
        frame = trial_frame(trial, before=chosen.asked("side") == "before")
        return Response(ring_json(ring_layout(frame)), mimetype="application/json")

    @server.get("/mission/<path:mission_id>/scenario.toml")
    def list_as_file(mission_id: str) -> Response:
        chosen, _ = asked(mission_id)
        response = Response(scenario_text(standing_list(chosen)[0]), mimetype="application/toml")
        response.headers["Content-Disposition"] = 'attachment; filename="changes.toml"'
        return response

    @server.get("/mission/<path:mission_id>/names.json")
    def names(mission_id: str) -> Response:
        _, graph = asked(mission_id)
        of = _NAMES.get(request.args.get("of", ""))
        if of is None:
            abort(404)
        known = of(graph)
        found = known.like(request.args.get("q", "")[:200])
        return jsonify([[known.written(one), known.beside(one)] for one in found])
