"""What stands between the network and the app: headers, sizes, and requests that no page of ours would send."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue

from dashboards.index import DocumentDash
from dashboards.pages.answer import refusal
from dashboards.pages.bring import LARGEST

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


_SAID: Final = MappingProxyType(
    {
        400: ("This request cannot be read", "It was cut off or changed on its way. Go back and try it again."),
        403: ("This came from another site", "What changes something here has to be sent from a page of ours."),
        404: ("There is no such page", "The address names something that there is not."),
        405: ("There is no such page", "The address is one that things are sent to. Open the page itself."),
        413: ("This is too large", f"At most {LARGEST >> 20} MB can be brought. Nothing of it was taken."),
        500: ("Something went wrong on our side", "It has been written to the log. Try again, or go on from here."),
        503: ("This takes longer than expected", "It is still being worked out. Try again in a moment."),
    }
)


def protect(app: DocumentDash) -> None:
    """Put the guards up: a content policy, no sniffing, a page's own status, 400 for malformed requests.

    What is refused is answered with a page that says why and shows the way on.

    Call it after the last callback is registered.
    """
    server: Flask = app.server
    document = app.document
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST

    @server.before_request
    def refuse_malformed_updates() -> None:
        if request.path == _UPDATE and not _well_formed(_body(), app):
            abort(400)

    def say_what_is_wrong(error: Any) -> ResponseReturnValue:
        """A page for people; for scripts the short answer that they know."""
        return (document(refusal(error.code, *_SAID[error.code])), error.code) if _wants_a_page() else error

    for code in _SAID:
        server.register_error_handler(code, say_what_is_wrong)

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

    Browsers say where a request comes from in ``Sec-Fetch-Site`` or, older ones, in ``Origin``; no page can set either.
    What sends neither header is no browser, and has nobody signed in whose name it could abuse.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
    elif origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def _wants_a_page() -> bool:
    return not request.path.startswith(("/_dash", "/jobs/", "/assets/")) and not request.path.endswith(".json")


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
