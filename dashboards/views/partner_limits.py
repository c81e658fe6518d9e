"""Which limits does somebody set on whom to bring in, and what is wrong with them?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from dashboards.selection import Selection
from orchestrator.errors import quoted
from orchestrator.partners import Request, SectorLimit
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["LIMITS", "Limits", "limits_of", "sector_field"]

#: The limits but those by sector: the name in the address, the label, and what it means.
LIMITS: Final = (
    ("max-new", "New bodies, at most", "Leave blank for as many as it takes"),
    ("budget", "Budget, at most", "A body costs 1, unless the register says what it costs"),
    ("within", "Steps from the centre, at most", "Over ties that are there; blank: a tie with the centre is made"),
)
_COUNT: Final = re.compile(r"\d{1,6}", re.ASCII)
_AMOUNT: Final = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_NO_LIMIT: Final = MappingProxyType[str, str]({})


@dataclass(frozen=True)
class Limits:
    """What was typed by field, what is wrong by field, and the request; None where something is wrong.

    ``request`` is also None where nothing was asked, so that everybody who asks nothing shares one answer.
    """

    typed: Mapping[str, str] = field(default_factory=lambda: _NO_LIMIT)
    problems: Mapping[str, str] = field(default_factory=lambda: _NO_LIMIT)
    request: Request | None = None

    @property
    def some(self) -> bool:
        """Was any limit set?"""
        return bool(self.typed)


def sector_field(sector: str, which: str) -> str:
    """The name in the address of the limit of a sector: ``which`` is least or most."""
    return f"{sector}-{which}"


def limits_of(selection: Selection) -> Limits:
    """The limits that an address sets. Blank is no limit; what cannot be read is told at its field.

    >>> from dashboards.selection import read_selection
    >>> limits_of(read_selection("/mission/m/partners", "?max-new=none")).problems["max-new"]
    "'none' is not a whole number. Use 1 or more, or leave it blank."
    """
    names = [name for name, _, _ in LIMITS]
    names += [sector_field(sector, which) for sector in SECTOR_LABELS for which in ("least", "most")]
    typed = {name: selection.asked(name).strip() for name in names if selection.asked(name).strip()}
    problems = {name: problem for name, text in typed.items() if (problem := _wrong(name, text))}
    if not problems:
        problems = _contradictions(typed)
    request = _request(typed) if typed and not problems else None
    return Limits(MappingProxyType(typed), MappingProxyType(problems), request)


def _wrong(name: str, text: str) -> str:
    if name == "budget":
        fine = _AMOUNT.fullmatch(text) and float(text) > 0
        return "" if fine else f"{quoted(text)} is not an amount above 0. Write it like 4 or 2.5, or leave it blank."
    least = 1 if name in ("max-new", "within") else 0
    if _COUNT.fullmatch(text) and int(text) >= least:
        return ""
    what = "is not a whole number" if not _COUNT.fullmatch(text) else "leaves nobody to choose"
    return f"{quoted(text)} {what}. Use {least} or more, or leave it blank."


def _contradictions(typed: Mapping[str, str]) -> dict[str, str]:
    """Limits that contradict each other, told at the field that asks for more."""
    found = {}
    for sector, label in SECTOR_LABELS.items():
        least, most = (typed.get(sector_field(sector, which)) for which in ("least", "most"))
        if least and most and int(least) > int(most):
            found[sector_field(sector, "least")] = (
                f"{label}: at least {least} and at most {most} contradict each other."
            )
    together = sum(int(typed.get(sector_field(sector, "least"), 0)) for sector in SECTOR_LABELS)
    if "max-new" in typed and together > int(typed["max-new"]):
        asked = f"The sectors ask for at least {together} bodies together, and only {typed['max-new']} may come in."
        found["max-new"] = f"{asked} Allow more, or ask for fewer."
    return found


def _request(typed: Mapping[str, str]) -> Request:
    sectors = {}
    for sector in SECTOR_LABELS:
        least, most = (typed.get(sector_field(sector, which)) for which in ("least", "most"))
        if least or most:
            sectors[sector] = SectorLimit(int(least or 0), int(most) if most else None)
    return Request(
        max_new=int(typed["max-new"]) if "max-new" in typed else None,
        budget=float(typed["budget"]) if "budget" in typed else None,
        within=int(typed["within"]) if "within" in typed else None,
        sectors=MappingProxyType(sectors),
    )
