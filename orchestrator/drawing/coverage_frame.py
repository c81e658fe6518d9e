"""What the coverage figures are drawn from: places, capabilities, and the state of each need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["covered", "thin", "on-paper", "gap", "no-data"]

STATES: tuple[State, ...] = ("gap", "no-data", "on-paper", "thin", "covered")
"""Worst first."""
STATE_WORDS: Final[dict[str, str]] = {
    "gap": "gap",
    "no-data": "no data",
    "on-paper": "on paper",
    "thin": "thin",
    "covered": "covered",
}
AT_RISK: frozenset[str] = frozenset({"gap", "on-paper", "thin"})
"""States that count as at risk. Where we do not know (no data), we say so and do not count it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place; its position on the tile map in tiles (None: not on the map), where a click on its tile leads, and
    whether it is the one that is looked at."""

    place_id: str
    name: str
    tile_column: int | None = None
    tile_row: int | None = None
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Capability:
    """A capability that the mission needs."""

    capability_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Need:
    """One cell: how a capability stands in a place. `working` and `minimum` count families of organisations."""

    capability_id: str
    place_id: str
    state: State
    working: int
    minimum: int
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class CoverageFrame:
    """The needs of one mission, at most one per capability and place. No needs: the figures say so in a sentence.

    ``blank`` says why a capability and place without a need has none.

    Raises ValueError for a need of an unknown place, capability or state, and for two needs of one cell.

    >>> frame = CoverageFrame((Place("w", "Wales"),), (Capability("s", "Skills"),), (Need("s", "w", "gap", 0, 2),))
    >>> frame.at_risk("w"), frame.state_counts("w")["gap"]
    (1, 1)
    """

    places: tuple[Place, ...]
    capabilities: tuple[Capability, ...]
    needs: tuple[Need, ...]
    blank: str = "not required"

    def __post_init__(self) -> None:
        places = {place.place_id for place in self.places}
        capabilities = {capability.capability_id for capability in self.capabilities}
        for need in self.needs:
            _known("place", need.place_id, places)
            _known("capability", need.capability_id, capabilities)
            _known("state", need.state, set(STATES))
        cells = Counter((need.capability_id, need.place_id) for need in self.needs)
        twice = [cell for cell, count in cells.items() if count > 1]
        if twice:
            raise ValueError(f"cell {twice[0]} has more than one need. Give the worst of them, once.")

    def cells(self) -> dict[tuple[str, str], Need]:
        """The needs by (capability, place)."""
        return {(need.capability_id, need.place_id): need for need in self.needs}

    def of_place(self, place_id: str) -> tuple[Need, ...]:
        """The needs of one place, in the order of the capabilities."""
        cells = self.cells()
        keys = ((capability.capability_id, place_id) for capability in self.capabilities)
        return tuple(cells[key] for key in keys if key in cells)

    def state_counts(self, place_id: str) -> dict[str, int]:
        """How many needs of a place are in each state? Every state is a key."""
        counts = Counter(need.state for need in self.of_place(place_id))
        return {state: counts[state] for state in STATES}

    def at_risk(self, place_id: str) -> int:
        """How many needs of a place are a gap, on paper or thin?"""
        return sum(need.state in AT_RISK for need in self.of_place(place_id))

    def worst_places(self) -> tuple[Place, ...]:
        """The places, the one with most gaps first; ties go by the next state, then by name."""
        badness = _badness((need.place_id, need.state) for need in self.needs)
        return tuple(sorted(self.places, key=lambda place: (badness(place.place_id), place.name)))

    def worst_capabilities(self) -> tuple[Capability, ...]:
        """The capabilities, the one with most gaps first; ties go by the next state, then by name."""
        badness = _badness((need.capability_id, need.state) for need in self.needs)
        return tuple(sorted(self.capabilities, key=lambda one: (badness(one.capability_id), one.name)))


def _badness(pairs: Iterable[tuple[str, str]]) -> Callable[[str], tuple[int, ...]]:
    counts = Counter(pairs)
    return lambda key: tuple(-counts[(key, state)] for state in STATES[:-1])


def _known(what: str, value: str, allowed: set[str]) -> None:
    if value not in allowed:
        raise ValueError(f"'{value}' is not a {what} of this frame. Use one of {', '.join(sorted(allowed)[:12])}.")
