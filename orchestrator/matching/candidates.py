"""Who may be meant by an open name? Bodies with a score, each with the reasons in plain words. None is ever decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA

from orchestrator.matching.identifiers import read_identifiers
from orchestrator.matching.matcher import Matching, rows_of
from orchestrator.matching.normal import read_name
from orchestrator.matching.similar import Nearest, nearest_names

__all__ = ["LEAST_SCORE", "MOST", "Candidate", "candidates"]

#: So many candidates a name, and none below this score.
MOST: Final = 5
LEAST_SCORE: Final = 60
_SAME_TOWN: Final = 4
_SHARED_WORDS: Final = 4
_FEW_LETTERS: Final = 3


@dataclass(frozen=True)
class Candidate:
    """A body that may be meant: its id and name, the name of it that is like the written one, a score from 0 to 100,
    and why, as phrases."""

    organisation_id: str
    name: str
    known_as: str
    score: int
    why: tuple[str, ...]


def candidates(
    matching: Matching,
    name_keys: Sequence[str],
    most: int = MOST,
    progress: Callable[[int, int], None] | None = None,
) -> Mapping[str, tuple[Candidate, ...]]:
    """The likeliest bodies for each of these open names, the likeliest first; an empty tuple where none is like it.

    Bodies that the register gives the very name come first, whatever the letters say. What was decided not to be meant
    is left out. ``progress`` is told how many names of how many are compared; to cancel, let it raise. The cost is that
    of ``nearest_names``.
    """
    weighing = _Weighing(matching, name_keys)
    found = weighing.scored(progress)
    return MappingProxyType({key: tuple(weighing.shown(key, found[key], most)) for key in name_keys})


class _Weighing:
    """The names that are asked about and those of the register, laid side by side."""

    def __init__(self, matching: Matching, name_keys: Sequence[str]) -> None:
        asked = matching.asked.set_index("name_key").loc[list(name_keys)]
        towns = {town: read_name(town).strict for town in asked["town_written"].unique()}
        asked = asked.assign(town_read=asked["town_written"].map(towns))
        self.asked = {row["name_key"]: row for row in rows_of(asked.reset_index())}
        self.register = matching.register
        self.rows = rows_of(matching.names)
        self.marks: dict[str, set[str]] = defaultdict(set)
        for body, _, mark in matching.register.identifiers.itertuples(index=False):
            self.marks[body].add(mark)
        self.rejected = {(*each.about, each.organisation_id) for each in matching.decisions if each.verdict == "reject"}
        self.claimed: dict[str, list[str]] = defaultdict(list)
        for key, body in zip(matching.claims["name_key"], matching.claims["organisation_id"], strict=True):
            if body not in self.claimed[key]:
                self.claimed[key].append(body)

    def scored(self, progress: Callable[[int, int], None] | None) -> dict[str, list[tuple[float, int]]]:
        """For each key the scores of rows of the register, the best row of a body only, the best first."""
        texts = {key: [row["loose"], *_also(row)] for key, row in self.asked.items()}
        written = sorted({text for each in texts.values() for text in each if text})
        at = {text: position for position, text in enumerate(written)}
        known: dict[str, list[int]] = defaultdict(list)
        for position, row in enumerate(self.rows):
            if row["kind"] != "acronym":  # letters tell acronyms apart too badly
                known[row["loose"]].append(position)
        names = sorted(text for text in known if text)
        near = _by_written(nearest_names(written, names, progress), len(written))
        found = {}
        for key, mine in texts.items():
            best: dict[str, tuple[float, int]] = {}
            for text in mine:
                for position, score in near[at[text]] if text in at else ():
                    for one in known[names[position]]:
                        self._keep(key, one, score, best)
            found[key] = sorted(best.values(), key=lambda each: (-each[0], each[1]))
        return found

    def _keep(self, key: str, one: int, score: float, best: dict[str, tuple[float, int]]) -> None:
        row, asked = self.rows[one], self.asked[key]
        body = row["organisation_id"]
        if score < LEAST_SCORE or self._rejected(asked, body):
            return
        if row["town"] and row["town"] == asked["town_read"]:
            score += _SAME_TOWN
        if body not in best or (score, -one) > (best[body][0], -best[body][1]):
            best[body] = score, one

    def _rejected(self, asked: Mapping[str, Any], body: str) -> bool:
        towns = ("", str(asked["town"]))
        return any((asked["reading"], town, body) in self.rejected for town in towns)

    def shown(self, key: str, scored: Sequence[tuple[float, int]], most: int) -> Iterator[Candidate]:
        asked = self.asked[key]
        row_of = {self.rows[one]["organisation_id"]: one for _, one in reversed(scored)}
        same = [body for body in self.claimed.get(key, ()) if not self._rejected(asked, body)]
        for body in same[:most]:
            known_as = self.rows[row_of[body]]["name"] if body in row_of else asked["name"]
            why = (_several(len(same)), *self._about(asked, row_of.get(body)))
            yield Candidate(body, self.register.called[body], str(known_as), 100, why)
        others = [each for each in scored if self.rows[each[1]]["organisation_id"] not in same]
        for score, one in others[: max(most - len(same), 0)]:
            row = self.rows[one]
            body = row["organisation_id"]
            why = (*self._alike(asked, row), *self._about(asked, one))
            yield Candidate(body, self.register.called[body], row["name"], round(min(score, 99)), why)

    def _alike(self, asked: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[str]:
        one, other = str(asked["loose"]), row["loose"]
        changed = OSA.distance(one, other)
        shared = [word for word in other.split() if word in set(one.split())]
        if one == other:
            yield "the same name but for its form"
        elif changed <= _FEW_LETTERS:
            yield "one letter differs" if changed == 1 else f"{changed} letters differ"
        elif other.startswith(one) or one.startswith(other):
            yield "one begins with the other"
        if shared and one != other:
            words = ", ".join(f"‘{word}’" for word in sorted(shared, key=len, reverse=True)[:_SHARED_WORDS])
            yield f"shares {words}"
        elif one != other and changed > _FEW_LETTERS:
            yield "letters are alike"
        for also in _also(asked):
            if also == other:
                yield "the record itself tells this name beside the other"

    def _about(self, asked: Mapping[str, Any], one: int | None) -> Iterator[str]:
        if one is None:
            return
        row = self.rows[one]
        yield from _sort_of_name(row, self.register.called[row["organisation_id"]])
        if asked["form"] and row["form"] and asked["form"] != row["form"]:
            yield f"another form: {asked['form']} here, {row['form']} there"
        if row["town"] and row["town"] == asked["town_read"]:
            yield f"the same town, {asked['town_written']}"
        yield from self._marked(str(asked["identifiers"]), row["organisation_id"])

    def _marked(self, given: str, body: str) -> Iterator[str]:
        schemes = {each.scheme for each in read_identifiers("|".join(sorted(self.marks[body])))}
        for each in read_identifiers(given):
            if each.scheme in schemes and each.text not in self.marks[body]:
                yield f"but it has another number in {each.scheme}"


def _also(row: Mapping[str, Any]) -> list[str]:
    """The other names that the record tells, as they are read."""
    return [read for each in str(row["also"]).split(";") if (read := read_name(each).loose)]


def _several(count: int) -> str:
    return f"one of {count} bodies that have or had this name" if count > 1 else "the register has this name"


def _sort_of_name(row: Mapping[str, Any], called: str) -> Iterator[str]:
    kind, name = row["kind"], row["name"]
    if kind == "name" or name == called:
        return
    words = {"former-name": "was called", "acronym": "goes by", "decision": "was decided to be meant by"}
    yield f"{words.get(str(kind), 'is also called')} {name}{_days(row)}"


def _days(row: Mapping[str, Any]) -> str:
    given = (("from", row["starts"]), ("until", row["ends"]))
    said = [f"{word} {str(day)[:10]}" for word, day in given if not pd.isna(day)]
    return f" ({' '.join(said)})" if said else ""


def _by_written(near: Nearest, count: int) -> list[list[tuple[int, float]]]:
    """The register's names for each written one, the most alike first; ties in the order of the names."""
    order = np.lexsort((near.named, -near.score, near.written))
    found: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for at in order:
        found[near.written[at]].append((int(near.named[at]), float(near.score[at])))
    return found
