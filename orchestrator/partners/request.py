"""What may the answer be? The limits that a person sets, and what is wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import UnknownName, WrongUsage, quoted
from orchestrator.tables.nearest import nearest
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["Request", "SectorLimit", "read_sectors"]

_ENTRY: Final = re.compile(r"(?P<name>[^:]+)(:(?P<least>\d{0,6})(?P<dash>-?)(?P<most>\d{0,6}))?", re.ASCII)
_SECONDS: Final = 20.0


@dataclass(frozen=True)
class SectorLimit:
    """How many bodies of a sector may come in: at least, and at most (None: any number)."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Request:
    """The limits of one question; None: no limit.

    ``max_new`` bodies, ``budget`` in units of cost, ``within`` steps from the centre over existing ties. ``sectors``:
    limits by sector; with ``only`` no body of another sector comes in. ``seconds`` is the longest that the exact
    solver may take for each of its two questions.

    Raises WrongUsage for a limit that leaves nothing to choose.
    """

    max_new: int | None = None
    budget: float | None = None
    within: int | None = None
    sectors: Mapping[str, SectorLimit] = field(default_factory=lambda: MappingProxyType({}))
    only: bool = False
    seconds: float = _SECONDS

    def __post_init__(self) -> None:
        if self.max_new is not None and self.max_new < 1:
            raise WrongUsage(f"--max-new {self.max_new} leaves nothing to choose. Use 1 or more.")
        if self.budget is not None and not (self.budget > 0 and math.isfinite(self.budget)):
            raise WrongUsage(f"--budget {self.budget:g} leaves nothing to choose. Use a number above 0.")
        if self.within is not None and self.within < 1:
            raise WrongUsage(f"--within {self.within} reaches nobody. Use 1 or more steps.")
        least = sum(limit.least for limit in self.sectors.values())
        if self.max_new is not None and least > self.max_new:
            raise WrongUsage(f"--sectors asks for at least {least} bodies, and --max-new allows {self.max_new}.")

    @property
    def parameters(self) -> dict[str, Any]:
        """The limits as they are written down beside an answer."""
        limits = {name: {"least": limit.least, "most": limit.most} for name, limit in sorted(self.sectors.items())}
        return {
            "max_new": self.max_new,
            "budget": self.budget,
            "within": self.within,
            "sectors": limits,
            "only_these_sectors": self.only,
            "seconds": self.seconds,
        }


def read_sectors(text: str) -> tuple[Mapping[str, SectorLimit], bool]:
    """Limits by sector as they are typed, and whether only the sectors that are named may come in.

    ``firm,local`` allows these two only. ``firm:1-3`` bounds the number, ``firm:2-`` from below, ``firm:-3`` from
    above, ``firm:2`` to two; where every entry has bounds, sectors that are not named stay free.

    Raises UnknownName for a sector that there is not, WrongUsage for limits that cannot be read or contradict.

    >>> read_sectors("firm:1-3")[0]["firm"], read_sectors("firm:1-3")[1], read_sectors("firm,local:-2")[1]
    (SectorLimit(least=1, most=3), False, True)
    """
    found: dict[str, SectorLimit] = {}
    only = False
    for entry in (part.strip() for part in text.split(",") if part.strip()):
        read = _ENTRY.fullmatch(entry)
        if read is None:
            raise WrongUsage(f"--sectors: {quoted(entry)} cannot be read. Write firm, firm:1-3, firm:2- or firm:-3.")
        name, limit = read["name"].strip(), _limit(read)
        if name not in SECTORS:
            raise UnknownName("sector", name, nearest(name, SECTORS) or SECTORS)
        if name in found and found[name] != limit:
            raise WrongUsage(f"--sectors names {quoted(name)} twice with different limits. Name it once.")
        if limit.most is not None and limit.least > limit.most:
            raise WrongUsage(f"--sectors: {quoted(entry)} asks for at least {limit.least} and at most {limit.most}.")
        found[name] = limit
        only = only or ":" not in entry
    if not found:
        raise WrongUsage(f"--sectors names no sector. Use some of {', '.join(SECTORS)}.")
    return MappingProxyType(found), only


def _limit(read: re.Match[str]) -> SectorLimit:
    least, most = read["least"], read["most"]
    if not least and not most:
        if ":" in read[0]:
            raise WrongUsage(f"--sectors: {quoted(read[0])} has no number. Write firm:1-3, firm:2- or firm:-3.")
        return SectorLimit()
    if not read["dash"]:
        return SectorLimit(int(least), int(least))
    return SectorLimit(int(least or 0), int(most) if most else None)
