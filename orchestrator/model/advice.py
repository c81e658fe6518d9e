"""Advice: whom to bring in, whom to introduce to each other, and for what nobody is known; one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.model.mission_graph import MissionGraph

__all__ = ["Advice", "Introduction", "NextBest", "Partner", "Unfilled"]

#: Chosen in fewer worlds than this, and we cannot tell.
SURE: Final = 0.8


@dataclass(frozen=True)
class NextBest:
    """Who could come in instead. ``lost``: by how much the objective falls then; ``opens``: requirements that would
    not be covered then; ``equal``: nothing is lost."""

    organisation_id: str
    lost: float
    opens: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Would it do as well?"""
        return self.lost <= 0


@dataclass(frozen=True)
class Partner:
    """A body to bring in, with what it does given the others.

    ``adds``: by how much the objective falls without it. ``closes``: requirements that are covered with the choice and
    would not be without it; ``strengthens``: others that count for less without it. ``only_known_candidate_for``:
    uncovered requirements that no other candidate provides. Loads are over all missions; ``capacity`` None: unknown.
    ``introducers`` stand between the centre and it on a shortest way; ``steps`` None: no way is on record.
    ``gives_route``: members without a route that a tie of the centre with it would connect.
    ``chosen_in``: the share of worlds in which it is chosen.
    """

    organisation_id: str
    adds: float
    closes: tuple[str, ...]
    strengthens: tuple[str, ...]
    only_known_candidate_for: tuple[str, ...]
    load_before: float
    load_after: float
    capacity: float | None
    cost: float
    introducers: tuple[str, ...]
    steps: int | None
    gives_route: tuple[str, ...]
    next_best: NextBest | None
    reason: str
    chosen_in: float | None = None

    @property
    def word(self) -> str | None:
        """Chosen in 80% of the worlds or more, or we cannot tell; None where that was not asked."""
        return None if self.chosen_in is None else "recommended" if self.chosen_in >= SURE else "cannot tell"


@dataclass(frozen=True)
class Introduction:
    """A new tie between two members. ``secures``: who would be cut off by one body's leaving without it, given the
    other new ties. ``in_common``: bodies that work with both already."""

    source_id: str
    target_id: str
    secures: tuple[str, ...]
    in_common: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Unfilled:
    """An uncovered requirement that no candidate provides, and what kind of body to look for.

    ``sector`` is asked for by the requirement (blank: any). ``elsewhere``: which sectors and tiers have the capability
    in other places, with how many bodies. ``full``: bodies that could, but are at capacity.
    """

    requirement_id: str
    capability_id: str
    place_id: str
    sector: str
    elsewhere: tuple[tuple[str, str, int], ...]
    full: tuple[str, ...]
    look_for: str


@dataclass(frozen=True)
class Advice:
    """All advice for a mission on a day.

    ``objective`` of today's working families and the chosen ones, ``objective_today``, and ``bound``: no choice within
    the limits reaches more. ``within_percent``: by how much the bound could still be above. ``cost`` of the choice;
    no choice worth as much costs less than ``cost_bound``. ``introductions_bound``: fewer new ties cannot do it.
    ``worlds``: in how many it was asked again; ``chosen_elsewhere``: bodies that are chosen in some of them only.
    """

    graph: MissionGraph
    parameters: Mapping[str, Any]
    objective: float
    objective_today: float
    bound: float
    within_percent: float
    cost: float
    cost_bound: float
    method: str
    chosen: tuple[Partner, ...]
    introductions: tuple[Introduction, ...]
    introductions_bound: int
    no_known_candidate: tuple[Unfilled, ...]
    still_open: tuple[str, ...]
    notes: tuple[str, ...]
    worlds: int | None = None
    chosen_elsewhere: tuple[tuple[str, float], ...] = ()
