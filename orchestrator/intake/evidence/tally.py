"""Counting what becomes of every record of a file, and keeping the first of each reason to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.tables.evidence import EvidenceReport, Reason

__all__ = ["Tally"]

_SHOWN: Final = 5
_LONGEST: Final = 300


@dataclass
class _Count:
    count: int = 0
    first: list[Problem] = field(default_factory=list)


@dataclass
class Tally:
    """The counts of one file while it is read. ``publisher`` and ``licence`` are what the file itself says of them."""

    file: str
    read: int = 0
    kept: int = 0
    publisher: str = ""
    licence: str = ""
    reasons: dict[tuple[str, str], _Count] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    noticed: dict[str, _Count] = field(default_factory=dict)

    def set_aside(self, reason: str, where: Problem) -> None:
        """Nothing is wrong with this record, but it is no evidence of anything between two bodies."""
        self._count(self.reasons.setdefault(("set aside", reason), _Count()), where)

    def reject(self, reason: str, where: Problem) -> None:
        """This record cannot be read."""
        self._count(self.reasons.setdefault(("rejected", reason), _Count()), where)

    def notice(self, what: str, where: Problem) -> None:
        """Something was decided about a record that is kept: counted, and the first one told.

        >>> tally = Tally("a.csv")
        >>> tally.notice("have fractions of a penny and were rounded", Problem("1.005", "a.csv", 2, "amount", "1.005"))
        >>> print(tally.report("0" * 64, "spending", "").notices[0])
        a.csv, row 2, column amount: 1 has fractions of a penny and was rounded; the first is '1.005'.
        """
        self._count(self.noticed.setdefault(what, _Count()), where)

    def _count(self, count: _Count, where: Problem) -> None:
        count.count += 1
        if len(count.first) < _SHOWN:
            count.first.append(where)

    def refuse(self, what: str, allowed: str = "", hint: str = "") -> BadData:
        """The whole file cannot be read: to be raised."""
        return BadData([Problem(what, self.file, allowed=allowed, hint=hint)])

    def report(self, digest: str, format_name: str, publisher: str) -> EvidenceReport:
        """The balanced report, once the file has been read to its end."""
        reasons = [
            Reason(outcome, reason, each.count, tuple(map(_short, each.first)))
            for (outcome, reason), each in self.reasons.items()
        ]
        reasons.sort(key=lambda each: (each.outcome, -each.count, each.reason))
        rejected = sum(each.count for each in reasons if each.outcome == "rejected")
        notices = [*self.notices, *(_noticed(what, each) for what, each in self.noticed.items())]
        return EvidenceReport(
            file=self.file,
            digest=digest,
            format=format_name,
            publisher=publisher,
            read=self.read,
            kept=self.kept,
            rejected=rejected,
            reasons=tuple(reasons),
            notices=tuple(notices),
        )


def _short(problem: Problem) -> Problem:
    if problem.value is None or len(problem.value) <= _LONGEST:
        return problem
    shown = problem.value[:_LONGEST] + "…"
    return Problem(problem.what, problem.file, problem.row, problem.column, shown, problem.allowed, problem.hint)


def _noticed(what: str, count: _Count) -> Problem:
    first = count.first[0]
    value = f"; the first is {first.what!r}" if first.what else ""
    said = _of_one(what) if count.count == 1 else what
    return Problem(f"{count.count:,} {said}{value}.", first.file, first.row, first.column)


def _of_one(what: str) -> str:
    """What several do, said of one.

    >>> _of_one("have fractions of a penny and were rounded")
    'has fractions of a penny and was rounded'
    """
    verb, _, rest = what.partition(" ")
    return f"{ {'have': 'has', 'name': 'names'}.get(verb, verb) } {rest.replace(' were ', ' was ')}"
