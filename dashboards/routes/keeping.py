"""Taking a snapshot, and bringing the files of some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from dashboards import guard
from dashboards.desk import Desk
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking, Stopped
from dashboards.pages.answer import refusal
from dashboards.pages.bring import LARGEST
from dashboards.routes.drawing import PATIENT
from dashboards.selection import Selection, read_selection
from orchestrator.errors import BadData, OrchestratorError, Problem, UnknownName

__all__ = ["add_routes"]

#: Snapshot files that are taken in at once: two can be compared.
_MOST: Final = 2
#: Bytes that a browser writes around the files when it sends them.
_AROUND: Final = 64 * 1024
_NOTHING: Final = Problem("no file was chosen.", "The form", hint="Choose one or two .snapshot.zip files.")


def add_routes(app: DocumentDash, desk: Desk) -> None:
    """``POST /mission/ID/changes/take`` freezes the mission; ``POST /mission/ID/changes`` brings files of snapshots."""
    server: Flask = app.server

    @server.post("/mission/<mission_id>/changes/take")
    def take_snapshot(mission_id: str) -> ResponseReturnValue:
        return _answered(app, desk, mission_id, _taken)

    @server.post("/mission/<mission_id>/changes")
    def bring_snapshots(mission_id: str) -> ResponseReturnValue:
        return _answered(app, desk, mission_id, _brought)


def _answered(
    app: DocumentDash, desk: Desk, mission_id: str, work: Callable[[Desk, Selection], Selection]
) -> ResponseReturnValue:
    """Do it and go to the page of changes; or a page that says why it was not done."""
    guard.refuse_cross_site()
    selection = read_selection(f"/mission/{mission_id}/changes", request.query_string.decode("latin-1"))
    try:
        desk.graph(selection)
        return redirect(work(desk, selection).address(), 303)
    except UnknownName:
        abort(404)
    except OrchestratorError as wrong:
        return app.document(refusal(400, "This snapshot was not kept", str(wrong))), 400
    except (StillWorking, Stopped):
        abort(503)


def _taken(desk: Desk, selection: Selection) -> Selection:
    desk.take_snapshot(selection, grace=PATIENT)
    return selection.to("changes")


def _brought(desk: Desk, selection: Selection) -> Selection:
    request.max_content_length = _MOST * LARGEST + _AROUND
    files = [file for file in request.files.getlist("snapshot") if file.filename][:_MOST]
    if not files:
        raise BadData([_NOTHING])
    names = []
    with TemporaryDirectory(prefix="orchestrator-") as folder:
        for number, file in enumerate(files):
            path = Path(folder) / f"{number}{''.join(Path(str(file.filename)).suffixes[-2:])[:20]}"
            file.save(path)
            names.append(desk.bring_snapshot(selection, path, grace=PATIENT))
    return selection.to("changes").asking(**dict(zip(("before", "after"), names, strict=False)))
