"""Where the what-if page with a list of changes is, and how long such a list may be."""

from __future__ import annotations

from typing import Final

from dashboards.selection import Selection
from orchestrator.scenario import Change, Scenario, changes_in_a_line

__all__ = ["LONGEST_LIST", "scenario_address", "with_changes"]

#: Longer lists do not fit an address that every program between two people lets through (characters as sent).
LONGEST_LIST: Final = 6_000


def scenario_address(selection: Selection, changes: tuple[Change, ...]) -> str:
    """The address of the what-if page with these changes.

    >>> scenario_address(Selection("partners", "m"), (Change("end-fund", {"fund": "CARES"}),))
    '/mission/m/scenario?changes=%5B%7Bchange%3D%22end-fund%22%2Cfund%3D%22CARES%22%7D%5D'
    """
    return with_changes(selection, changes).address()


def with_changes(selection: Selection, changes: tuple[Change, ...]) -> Selection:
    """The what-if page with these changes and nothing else of its own."""
    line = changes_in_a_line(Scenario("", changes))
    return selection.to("scenario", more=(("changes", line),) if line else ())
