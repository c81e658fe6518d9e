"""What a tie is, row by row as it was reported: of which kind, how close, since when, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboards.views.bodies import Bodies, Body
from dashboards.views.sources import Source, Sources
from orchestrator.model.mission_graph import active_on
from orchestrator.model.wording import counted, percent
from orchestrator.tables.vocabulary import LEVEL_LABELS

__all__ = ["TieLine", "day_words", "other_ends", "tie_lines"]

#: What a kind of tie is called, seen from the end that is written first, and from the other one.
_KINDS: Final = MappingProxyType(
    {
        "governs": ("governs", "governed by"),
        "funds": ("funds", "funded by"),
        "commissions": ("commissions", "commissioned by"),
        "delivers-with": ("delivers with", "delivers with"),
        "convenes": ("convenes", "convened by"),
        "advises": ("advises", "advised by"),
        "regulates": ("regulates", "regulated by"),
        "shares-data": ("shares data with", "shares data with"),
        "meets": ("meets", "meets"),
        "": ("works with", "works with"),
    }
)
_USUAL_LEVEL: Final = 2.0


@dataclass(frozen=True)
class TieLine:
    """One reported row of a tie, seen from one of its ends. Blank words: nothing is recorded.

    ``now`` is whether it holds on the day that is looked at; ``mission`` is blank for a standing tie.
    """

    other: Body
    kind: str
    level: str
    mission: str
    since: str
    until: str
    now: bool
    fund: str
    word: str
    sources: tuple[Source, ...]


def other_ends(rows: pd.DataFrame, organisation_id: str) -> list[str]:
    """Who is at the other end of each of these rows, in their order."""
    ends = zip(rows["source_id"], rows["target_id"], strict=True)
    return [target if source == organisation_id else source for source, target in ends]


def tie_lines(
    rows: pd.DataFrame,
    organisation_id: str,
    bodies: Mapping[str, Body] | Bodies,
    missions: Mapping[str, str],
    sources: Sources,
    day: date,
) -> tuple[TieLine, ...]:
    """The rows of ``ties`` that a body has, those that hold today first, then by the name of the other end.

    ``bodies`` hold everybody at another end, ``missions`` titles by id.
    """
    now = active_on(rows, day)
    found = []
    for row, holds, other in zip(rows.to_dict("records"), now.tolist(), other_ends(rows, organisation_id), strict=True):
        first = row["source_id"] == organisation_id
        found.append(
            TieLine(
                bodies[other],
                _KINDS[row["kind"]][0 if first else 1],
                _level(row["level"], row["kind"]),
                missions.get(row["mission_id"], ""),
                day_words(row["starts"]),
                day_words(row["ends"]),
                holds,
                row["fund"],
                _word(row),
                sources.of(row["source"]),
            )
        )
    return tuple(sorted(found, key=lambda tie: (not tie.now, tie.other.name, tie.other.organisation_id, tie.kind)))


def _level(level: float, kind: str) -> str:
    usual = 1.0 if kind == "meets" else _USUAL_LEVEL
    return LEVEL_LABELS[int(usual if np.isnan(level) else level)]


def _word(row: Mapping[Any, Any]) -> str:
    """On whose word is it? Who reported it, who confirmed it, and how sure it is if not quite.

    >>> _word({"reported_by": "a survey", "confirmed_by": "", "confidence": 0.5})
    'reported by a survey, not confirmed; 50% sure'
    >>> evidence = {"basis": "inferred", "evidence": "3", "inferred_by": "contracts for clean energy"}
    >>> _word({"reported_by": "", "confirmed_by": "", "confidence": 0.5, **evidence})
    'inferred from three published records by the rule "contracts for clean energy"; 50% sure'
    """
    parts = [f"reported by {row['reported_by']}"] if row["reported_by"] else []
    if row["confirmed_by"]:
        parts.append(f"confirmed by {row['confirmed_by']}")
    elif parts:
        parts.append("not confirmed")
    said = ", ".join(parts) or _inferred(row) or ("published" if row.get("source") else "nobody's word is recorded")
    sure = row["confidence"]
    return said if np.isnan(sure) or sure >= 1 else f"{said}; {percent(sure)} sure"


def _inferred(row: Mapping[Any, Any]) -> str:
    """How a tie that nobody reported was inferred; blank for one that was not (docs/evidence-ties.md)."""
    if row.get("basis") != "inferred":
        return ""
    many = str(row.get("evidence", ""))
    records = counted(int(many), "published record") if many.isdecimal() else "published records"
    return f'inferred from {records} by the rule "{row.get("inferred_by", "")}"'


def day_words(day: Any) -> str:
    """A day as people write it; blank where it is not known.

    >>> day_words(pd.Timestamp("2026-11-03")), day_words(pd.NaT)
    ('3 November 2026', '')
    """
    return "" if pd.isna(day) else f"{day:%-d %B %Y}"
