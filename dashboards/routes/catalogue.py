"""The list of plain addresses. To add some, write a file with ``add_routes(app, desk)`` and name it here."""

from __future__ import annotations

from dashboards.routes import bringing, choosing, deciding, downloading, drawing, keeping, matching, scenario, working

__all__ = ["ROUTES"]

#: Each takes the app and the desk, and adds its addresses.
ROUTES = (
    drawing.add_routes,
    working.add_routes,
    bringing.add_routes,
    choosing.add_routes,
    keeping.add_routes,
    matching.add_routes,
    downloading.add_routes,
    scenario.add_routes,
    deciding.add_routes,
)
