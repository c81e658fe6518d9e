"""What stands between the network and the app: headers, sizes, and requests that no page of ours would send."""

from __future__ import annotations

from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, g, request

__all__ = ["LARGEST_REQUEST", "protect", "refuse_cross_site"]

LARGEST_REQUEST = 64 * 1024
_UPDATE = "/_dash-update-component"

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' {hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def protect(app: Dash) -> None:
    """Put the guards up: a content policy, no sniffing, a page's own status, 400 for malformed requests.

    Call it after the last callback is registered.
    """
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST

    @server.before_request
    def refuse_malformed_updates() -> None:
        if request.path == _UPDATE and not _well_formed(_body(), app):
            abort(400)

    @server.errorhandler(DependencyException)
    def say_that_it_is_not_there(_: DependencyException) -> tuple[str, int]:
        return "There is no such script.", 404

    @server.after_request
    def set_headers(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.status_code = g.get("status", response.status_code)
            hashes = " ".join(f"'{each}'" if not each.startswith("'") else each for each in app.csp_hashes())
            response.headers["Content-Security-Policy"] = _POLICY.format(hashes=hashes)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def refuse_cross_site() -> None:
    """Whatever changes something comes from a page of ours: 403 for a form that another site sent.

    Browsers say where a request comes from in ``Sec-Fetch-Site`` or, older ones, in ``Origin``; neither can be set by a
    page. What sends neither header is no browser, and nobody is signed in whose name it could abuse.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin", "none") or (origin is not None and origin != request.host_url.rstrip("/")):
        abort(403)


def _body() -> Any:
    try:
        return request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        return None


def _well_formed(body: Any, app: Dash) -> bool:
    """Does a request to update a component have the shape that our own pages send?"""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    known = app.callback_map.get(body["output"], {})
    return (
        "callback" in known  # the others run in the browser
        and _match(body.get("inputs"), known["inputs"])
        and _match(body.get("state", []), known["state"])
        and isinstance(body.get("changedPropIds"), list)
        and all(isinstance(name, str) for name in body["changedPropIds"])
        and _output(body.get("outputs"), body["output"])
    )


def _match(given: Any, wanted: list[dict[str, Any]]) -> bool:
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return all(
        isinstance(one, dict)
        and one.get("id") == want["id"]
        and one.get("property") == want["property"]
        and isinstance(one.get("value"), str | None)
        for one, want in zip(given, wanted, strict=True)
    )


def _output(given: Any, name: str) -> bool:
    return isinstance(given, dict) and f"{given.get('id')}.{given.get('property')}" == name
