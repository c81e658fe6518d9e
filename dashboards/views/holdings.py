"""What lies in a store of evidence: what was brought in and left out, how well its names match, how old it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.holdings import Holdings
from orchestrator.model.wording import counted, number, percent

__all__ = ["Heap", "Line", "evidence_heaps"]

#: How a name was resolved, in words.
HOWS: Final = {
    "identifier": "by a public identifier",
    "strict": "by the name",
    "loose": "by the name without its legal form",
    "alias": "by another name of the body",
    "former-name": "by a dated former name",
    "acronym": "by an acronym",
    "decision": "by a person's decision",
    "": "open: a question to people",
}


@dataclass(frozen=True)
class Line:
    """One bar and row: what it is, how much of the whole, in words, and further cells of its row."""

    label: str
    share: float | None
    words: str
    cells: tuple[str, ...]
    look: str = ""


@dataclass(frozen=True)
class Heap:
    """One card: its key, its title, its computed sentence, and the lines with the heads of their table."""

    key: str
    title: str
    sentence: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def evidence_heaps(held: Holdings) -> tuple[Heap, ...]:
    """What lies in the store of evidence, what of it was left out, whose names are known, and how old it is."""
    return _brought(held), _left_out(held), _matching(held), _years(held)


def _said(*parts: str) -> str:
    """Sentences behind each other, the first with a capital."""
    text = " ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}"


def _some(count: int, one: str, many: str | None = None) -> str:
    """A count beside a bar: always in figures, since they stand below each other."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def _bars(counts: Mapping[str, int], one: str, many: str | None = None) -> tuple[Line, ...]:
    """Each with its share of all."""
    whole = sum(counts.values())
    return tuple(
        Line(label, count / whole if whole else None, _some(count, one, many), (number(count), percent(count / whole)))
        for label, count in counts.items()
    )


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}"


def _brought(held: Holdings) -> Heap:
    most = max((kind.rows for kind in held.kinds), default=0)
    lines = tuple(
        Line(
            kind.kind,
            kind.rows / most,
            _some(kind.rows, "row"),
            (number(kind.rows), _pounds(kind.pence), kind.first or "no date", kind.last or "no date"),
        )
        for kind in held.kinds
    )
    said = _said(f"{counted(held.rows, 'row')} of evidence from {counted(len(held.reports), 'file')}.")
    return Heap("brought", "Published evidence", said, ("Kind", "Rows", "Amount", "First", "Last"), lines)


def _left_out(held: Holdings) -> Heap:
    read = sum(report.read for report in held.reports)
    reasons: Counter[tuple[str, str]] = Counter()
    for report in held.reports:
        for reason in report.reasons:
            reasons[reason.outcome, reason.reason] += reason.count
    left = sum(reasons.values())
    lines = tuple(
        Line(reason, count / read if read else None, _some(count, "record"), (outcome, number(count)))
        for (outcome, reason), count in reasons.most_common()
    )
    said = (
        f"{number(read)} records were read: {number(read - left)} kept and {number(left)} left out, each for a reason."
    )
    return Heap("left-out", "What was left out, and why", said, ("Reason", "Outcome", "Records"), lines)


def _matching(held: Holdings) -> Heap:
    whole = sum(each.mentions for each in held.matched)
    money = sum(each.pence for each in held.matched)
    names = sum(each.names for each in held.matched)
    lines = tuple(
        Line(
            HOWS.get(each.how, each.how),
            each.mentions / whole,
            _some(each.mentions, "mention"),
            (number(each.mentions), number(each.names), _pounds(each.pence)),
            "" if each.how else "warn",
        )
        for each in held.matched
    )
    said = "The names have not been matched yet."
    if whole:
        missed = next((each for each in held.matched if not each.how), None)
        mentions, open_names, pence = (missed.mentions, missed.names, missed.pence) if missed else (0, 0, 0)
        said = _said(
            f"{percent(1 - mentions / whole)} of {counted(whole, 'mention')} are matched to organisations;",
            f"{number(open_names)} of {counted(names, 'name')} are open, with {_pounds(pence)} of {_pounds(money)}.",
        )
    return Heap("matching", "How well names match", said, ("How", "Mentions", "Names", "Amount"), lines)


def _years(held: Holdings) -> Heap:
    counts = {year or "no date": rows for year, rows in reversed(held.years)}
    dated = [year for year, _ in held.years if year]
    said = "No record has a date."
    if dated:
        said = (
            f"The evidence is from {dated[0]} to {dated[-1]}." if dated[0] != dated[-1] else f"All is from {dated[0]}."
        )
    return Heap("years", "How old the evidence is", said, ("Year", "Rows", "Share"), _bars(counts, "row"))
