"""Bodies and ties as a graph file gives them, gathered, checked and turned into statements."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.evidence.dates import DateColumn, DateRule
from orchestrator.intake.evidence.layouts import fold
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.parties import is_redacted
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.table import AsideError
from orchestrator.tables.cells import LONGEST_CELL, UnreadableError

__all__ = ["Gathered", "finite", "no_tie"]

#: What an attribute of a body or a tie holds, by its name folded. Others are told and not used.
_OF_BODIES: Final = MappingProxyType(
    {"name": "name", "label": "name", "identifiers": "identifiers", "town": "town", "postcode": "town"}
)
_OF_TIES: Final = MappingProxyType(
    {
        **dict.fromkeys(("starts", "start", "startdate"), "starts"),
        **dict.fromkeys(("ends", "end", "enddate"), "ends"),
        **dict.fromkeys(("title", "description", "label"), "title"),
        **dict.fromkeys(("kind", "type", "relationship"), "programme"),
        **dict.fromkeys(("weight", "strength"), "weight"),
        **dict.fromkeys(("recordid", "id"), "record_id"),
    }
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_NO_TIE: Final = frozenset({"", "0", "0.0"})
_MOST: Final = 5_000_000
_SHOWN: Final = 12


def finite(text: str) -> float:
    """The number that this says. Raises UnreadableError for what is no number or not finite.

    >>> finite("2.5")
    2.5
    """
    word = text.strip()  # which takes away more than float() would
    number = float(word) if len(word) < 60 and _NUMBER.fullmatch(word) else math.nan
    if not math.isfinite(number):
        raise UnreadableError(f"{quoted(text)} is no weight.", "A weight is a finite number, such as 1 or 2.5.")
    return number


def no_tie(cell: str) -> bool:
    """Does this cell of a matrix say that there is no tie? Most do, so they are told without reading a number.

    >>> no_tie("0"), no_tie(" "), no_tie("0.5")
    (True, True, False)
    """
    return cell in _NO_TIE or not cell.strip()


@dataclass(frozen=True)
class _Tie:
    where: str
    line: int | None
    source: str
    target: str
    said: Mapping[str, str]


@dataclass
class Gathered:
    """A graph file while it streams by. Bodies are known by their id; ties may come before the bodies at their ends."""

    opened: Opened
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)
    ties: list[_Tie] = field(default_factory=list)
    unused: Counter[str] = field(default_factory=Counter)

    def body(self, name: str, said: Mapping[str, str], line: int | None = None) -> None:
        """A body of this id with what is said of it. Raises BadData for an id that stands twice or is blank."""
        if not name or name in self.bodies:
            what = f"the body {quoted(name)} stands twice." if name else "a body has no id."
            raise self.problem(what, "Each body once, with its id.", line)
        self.bodies[name] = self._known(said, _OF_BODIES)
        if len(self.bodies) > _MOST:
            raise self.problem(f"there are more than {_MOST:,} bodies.", "", line)

    def tie(self, where: str, source: str, target: str, said: Mapping[str, str], line: int | None = None) -> None:
        """A tie between two bodies with what is said of it. ``where`` names it: edge e4, line 12."""
        if len(self.ties) >= _MOST:
            raise self.problem(f"there are more than {_MOST:,} ties.", "", line)
        self.ties.append(_Tie(where, line, source, target, self._known(said, _OF_TIES)))

    def _known(self, said: Mapping[str, str], roles: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, text in said.items():
            role = roles.get(fold(name))
            if not text.strip():
                continue
            if role is None:
                self.unused[name] += 1
            else:
                found.setdefault(role, text.strip())
        return found

    def once_for_both_ways(self) -> None:
        """Where every tie stands there both ways, as programs that know no other ties write them, take each once."""
        known = Counter((tie.source, tie.target, tie.said.get("weight", "")) for tie in self.ties)
        if all(known[target, source, weight] == count for (source, target, weight), count in known.items()):
            order = {name: at for at, name in enumerate(self.bodies)}
            kept = [tie for tie in self.ties if order.get(tie.source, 0) <= order.get(tie.target, 0)]
            if len(kept) < len(self.ties):
                what = f"all {len(self.ties):,} ties stand there both ways; each was taken once."
                self.opened.tally.notices.append(Problem(what, self.opened.source.name))
            self.ties = kept

    def problem(self, what: str, allowed: str = "", line: int | None = None) -> BadData:
        """What refuses the whole file, to be raised."""
        return BadData([Problem(what, self.opened.source.name, allowed=allowed, line=line)])

    def statements(self) -> Iterator[Statement]:
        """The ties as statements, in their order; each is kept, set aside or rejected."""
        tally, columns = self.opened.tally, self._dates()
        for tie in self.ties:
            tally.read += 1
            where = Problem("", f"{self.opened.source.name}, {tie.where}", line=None)
            try:
                statement = self._statement(tie, columns)
            except AsideError as aside:
                what = f"{quoted(tie.source)} and {quoted(tie.target)}."
                tally.set_aside(str(aside), Problem(what, where.file, value=tie.source))
            except UnreadableError as unreadable:
                reason = unreadable.what.rpartition("'")[2].strip(" .") or unreadable.what
                problem = Problem(unreadable.what, where.file, allowed=unreadable.allowed, hint=unreadable.hint)
                tally.reject(reason, problem)
            else:
                yield statement
        self._tell()

    def _statement(self, tie: _Tie, columns: Mapping[str, DateColumn]) -> Statement:
        ends = [self._end(each) for each in (tie.source, tie.target)]
        if tie.source == tie.target:
            raise AsideError("a tie of a body with itself")
        source, target = (end.get("name") or name for end, name in zip(ends, (tie.source, tie.target), strict=True))
        for name in (source, target):
            if len(name) > LONGEST_CELL:
                raise UnreadableError(f"a name of {len(name):,} characters is too long.", "")
            if is_redacted(name):
                raise AsideError("redacted: who it is is not said")
        said = tie.said
        weight = f"weight {finite(said['weight']):g}" if said.get("weight") else ""
        days = {role: columns[role].read(said[role]) if said.get(role) else "" for role in ("starts", "ends")}
        return Statement(
            row=tie.where,
            kind="tie",
            from_name=source,
            to_name=target,
            from_identifiers=ends[0].get("identifiers", ""),
            to_identifiers=ends[1].get("identifiers", ""),
            from_town=ends[0].get("town", ""),
            to_town=ends[1].get("town", ""),
            starts=days["starts"],
            ends=days["ends"],
            title=said.get("title", ""),
            programme=said.get("programme", ""),
            classification=weight,
            record_id=said.get("record_id", ""),
        )

    def _end(self, name: str) -> Mapping[str, str]:
        found = self.bodies.get(name)
        if found is None:
            raise UnreadableError(f"{quoted(name)} is no body of this file.", "Both ends of a tie are there.")
        return found

    def _dates(self) -> dict[str, DateColumn]:
        """How the dates of all ties are to be read. Raises BadData where they can be read both ways."""
        columns = {role: DateColumn(DateRule(self.opened.mapping.dates)) for role in ("starts", "ends")}
        for tie in self.ties:
            for role, column in columns.items():
                column.look(tie.said.get(role, ""))
        for role, column in columns.items():
            if column.open:
                what = f"all dates of {role} can be read as day and month or as month and day: {quoted(column.first)}."
                raise self.problem(
                    what, 'Say in the mapping file dates = "day-month-year" or dates = "month-day-year".'
                )
        return columns

    def _tell(self) -> None:
        notices, file = self.opened.tally.notices, self.opened.source.name
        tied = {end for tie in self.ties for end in (tie.source, tie.target)}
        alone = sum(name not in tied for name in self.bodies)
        if alone:
            notices.append(Problem(f"bodies without a tie, of which evidence says nothing: {alone:,}.", file))
        names = Counter(said.get("name") or name for name, said in self.bodies.items())
        twice = [name for name, count in names.items() if count > 1]
        if twice:
            shown = ", ".join(map(quoted, twice[:_SHOWN])) + (" …" if len(twice) > _SHOWN else "")
            notices.append(Problem(f"names that stand for several bodies each: {shown}.", file))
        if self.unused:
            shown = ", ".join(map(quoted, sorted(self.unused)[:_SHOWN])) + (" …" if len(self.unused) > _SHOWN else "")
            notices.append(Problem(f"attributes from which nothing was taken: {shown}.", file))
