"""How sure is it that a body is relied on? What its leaving costs in the worlds that the evidence allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from dashboards.selection import Selection
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, number
from orchestrator.model.worlds import Uncertain, Worlds, word

__all__ = ["USUAL", "Sureness", "worlds_asked"]

#: How many worlds the link asks for, and the most that an address may.
USUAL: Final = 200
_MOST: Final = 2000


def worlds_asked(selection: Selection) -> int:
    """In how many worlds does the address ask how sure it is? 0: it does not ask, or for what there is not.

    >>> worlds_asked(Selection(more=(("worlds", "200"),))), worlds_asked(Selection(more=(("worlds", "many"),)))
    (200, 0)
    """
    text = selection.asked("worlds").strip()
    return int(text) if text.isdecimal() and len(text) < 5 and 1 <= int(text) <= _MOST else 0


@dataclass(frozen=True)
class Sureness:
    """What the worlds say of bodies that are relied on; without worlds it says nothing of anybody."""

    results: Results

    @property
    def worlds(self) -> Worlds | None:
        """The worlds, where they were asked for."""
        return self.results.worlds

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return MappingProxyType({name: at for at, name in enumerate(self.results.graph.members)})

    def word_for(self, name: str) -> str:
        """Robust, likely or cannot tell; blank without worlds."""
        worlds = self.worlds
        return "" if worlds is None else word(float(worlds.shares["bites"][self._position[name]]))

    def sentence_on(self, name: str) -> str:
        """In how many worlds its leaving would cost anything, and between which bounds; blank without worlds."""
        worlds = self.worlds
        if worlds is None:
            return ""
        at = self._position[name]
        said = worlds.in_worlds(float(worlds.shares["bites"][at]))
        parts = [f"{said[0].upper()}{said[1:]} its leaving would cost something"]
        parts += self._bounds(worlds, at)
        return "; ".join(parts) + "."

    def _bounds(self, worlds: Worlds, at: int) -> list[str]:
        if worlds.certain:
            return ["no tie is in doubt, so all worlds are the same"]
        cut, lost = (worlds.measures[name] for name in ("cut_off", "weight_lost"))
        return [*_between(cut, at, "cut off", "body", "bodies"), *_weight(lost, at), *_rank(lost, at)]

    @property
    def note(self) -> str:
        """What the worlds rest on; blank without worlds."""
        worlds = self.worlds
        if worlds is None:
            return ""
        told = f"Worked out in {counted(worlds.count, 'world')} that the evidence allows; in nine of ten of them the "
        told += "figures lie between the bounds given."
        return " ".join([told, *worlds.assumptions])


def _between(measure: Uncertain, at: int, what: str, one: str, many: str) -> list[str]:
    low, high = float(measure.value.low[at]), float(measure.value.high[at])
    if np.isnan(low) or high <= 0:
        return []
    if round(low) == round(high):
        return [f"{what}: {counted(round(low), one, many)} in nearly all"]
    return [f"{what}: {number(round(low))} to {number(round(high))} {many}"]


def _weight(measure: Uncertain, at: int) -> list[str]:
    low, high = float(measure.value.low[at]), float(measure.value.high[at])
    if np.isnan(low) or high <= 0:
        return []
    bounds = number(round(low, 1)) if low == high else f"{number(round(low, 1))} to {number(round(high, 1))}"
    return [f"requirement weight lost: {bounds}"]


def _rank(measure: Uncertain, at: int) -> list[str]:
    low, high = float(measure.rank.low[at]), float(measure.rank.high[at])
    if np.isnan(low):
        return ["not ranked: too few of its sector answered"]
    return [f"rank {low:.0f}" if round(low) == round(high) else f"rank between {low:.0f} and {high:.0f}"]
