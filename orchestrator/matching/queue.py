"""The questions that people are asked about names: what matters most first, and each name once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from orchestrator.matching.matcher import Matcher, Matching, rows_of
from orchestrator.matching.persons import looks_like_a_person

__all__ = ["Progress", "Question", "progress_of", "questions"]


@dataclass(frozen=True)
class Question:
    """One open name: as it is most often written, how else, in which town (where that tells bodies apart), how often
    and for how much (pence of GBP), from when until when, how often it stands beside a member of the mission that was
    asked about, whether it looks like a person's, and the keys it has in the evidence."""

    reading: str
    name: str
    spellings: tuple[str, ...]
    town: str
    records: int
    pence: int
    earliest: str
    latest: str
    beside_members: int
    person: bool
    name_keys: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far people have come: of the names that the rules left open, how many are decided, and which part of their
    money (0 to 1; None where they have none). Beside that, what the rules decided by themselves."""

    decided: int
    names: int
    money: float | None
    by_rules: int


def questions(
    matcher: Matcher, matching: Matching, members: Iterable[str] | None = None, *, persons: bool = False
) -> tuple[Question, ...]:
    """What is still to be decided: first what stands beside a member of the mission, then by money, then by frequency.

    ``members`` are the bodies of a mission (None: no mission is asked about). Names that look like those of private
    persons are left out unless ``persons``. Empty where nothing is open.
    """
    beside = matcher.met_by(members) if members is not None else {}
    left = matching.resolutions.loc[matching.resolutions["how"] == "", ["name_key"]]
    frame = matching.asked.merge(left, on="name_key").sort_values(["records", "name"], ascending=[False, True])
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows_of(frame):
        together.setdefault((row["reading"], row["town"]), []).append(row)
    found = (_question(rows, sum(beside.get(row["name_key"], 0) for row in rows)) for rows in together.values())
    return tuple(sorted((each for each in found if persons or not each.person), key=_order))


def _order(each: Question) -> tuple[bool, int, int, str, str]:
    return each.beside_members == 0, -each.pence, -each.records, each.name, each.town


def _question(rows: Sequence[Mapping[str, Any]], beside: int) -> Question:
    names = list(dict.fromkeys(row["name"] for row in rows))
    days = [str(row[side])[:10] for row in rows for side in ("earliest", "latest") if not pd.isna(row[side])]
    return Question(
        rows[0]["reading"],
        names[0],
        tuple(names[1:]),
        rows[0]["town_written"] if rows[0]["town"] else "",
        sum(int(row["records"]) for row in rows),
        sum(int(row["pence"]) for row in rows),
        min(days, default=""),
        max(days, default=""),
        beside,
        looks_like_a_person(names[0]),
        tuple(row["name_key"] for row in rows),
    )


def progress_of(matching: Matching) -> Progress:
    """How far have people come with what the rules left open?"""
    every = matching.asked.merge(matching.resolutions[["name_key", "how", "decided_by"]], on="name_key")
    by_person = (every["how"] == "decision") | every["decided_by"].str.startswith("decision ")
    asked = every[by_person | (every["how"] == "")].assign(decided=by_person)
    names = asked.groupby(["reading", "town"])["decided"].all()
    money = int(asked["pence"].sum())
    share = int(asked.loc[asked["decided"], "pence"].sum()) / money if money else None
    ruled = every[~by_person & (every["how"] != "")]
    return Progress(int(names.sum()), len(names), share, len(ruled.groupby(["reading", "town"])))
