"""What is known and how well: what was brought in, how old it is, how names matched, who answered, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from orchestrator.holdings import Holdings
from orchestrator.model.places import containment
from orchestrator.model.wording import counted, listed, number, percent
from orchestrator.tables.pack import Pack

__all__ = ["Heap", "HoldingsView", "Line", "holdings_view"]

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
LEVELS: Final = ("uk", "nation", "region", "combined", "upper-tier", "lower-tier", "area")


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


@dataclass(frozen=True)
class HoldingsView:
    """The page in the order in which it is read."""

    headline: str
    lede: str
    heaps: tuple[Heap, ...]
    evidence: bool


def holdings_view(pack: Pack, held: Holdings | None, today: date | None = None) -> HoldingsView:
    """What does this pack rest on, and what lies in the store of evidence (None: no store is open)?"""
    day = today or date.today()
    heaps = [_tables(pack), _ages(pack, day), _licences(pack)]
    if held is not None:
        heaps += [_brought(held), _left_out(held), _matching(held), _years(held)]
    heaps += [_responses(pack), _inferred(pack), _missing(pack)]
    rows = sum(len(pack[name]) for name in pack)
    sources = len(pack["sources"])
    known = (
        f"{number(held.rows)} rows of published evidence are in the store." if held else "No store of evidence is open."
    )
    bodies, ties = counted(len(pack["organisations"]), "organisation"), counted(len(pack["ties"]), "tie")
    return HoldingsView(
        _said(f"{bodies} and {ties}, from {counted(sources, 'source')}"),
        _said(f"The pack {pack.name} has {counted(rows, 'row')} in {counted(len(_filled(pack)), 'table')}.", known),
        tuple(heaps),
        held is not None,
    )


def _said(*parts: str) -> str:
    """Sentences behind each other, the first with a capital."""
    text = " ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}"


def _some(count: int, one: str, many: str | None = None) -> str:
    """A count beside a bar: always in figures, since they stand below each other."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def _filled(pack: Pack) -> list[str]:
    return [name for name in pack if len(pack[name])]


def _bars(counts: Mapping[str, int], one: str, many: str | None = None) -> tuple[Line, ...]:
    """Each with its share of all."""
    whole = sum(counts.values())
    return tuple(
        Line(
            label, count / whole if whole else None, _some(count, one, many), (number(count), percent(count / whole))
        )
        for label, count in counts.items()
    )


def _tables(pack: Pack) -> Heap:
    rows = {name: len(pack[name]) for name in _filled(pack)}
    most = max(rows.values(), default=0)
    lines = tuple(
        Line(name, count / most, _some(count, "row"), (number(count), number(_with_source(pack[name]))))
        for name, count in rows.items()
    )
    empty = [name for name in pack if not len(pack[name])]
    said = f"Rows are in {number(len(rows))} of {number(len(list(pack)))} tables."
    lacking = f"Nothing is in {listed(empty, most=5)}." if empty else ""
    return Heap("tables", "What was brought in", _said(said, lacking), ("Table", "Rows", "With a source"), lines)


def _with_source(table: pd.DataFrame) -> int:
    return int((table["source"] != "").sum()) if "source" in table else 0


def _ages(pack: Pack, day: date) -> Heap:
    """Sources by the year in which they were published."""
    years: Counter[str] = Counter(text[:4] if text[:4].isdecimal() else "no date" for text in pack["sources"]["date"])
    ordered = {year: years[year] for year in sorted(years, reverse=True)}
    dated = sum(count for year, count in years.items() if year != "no date")
    old = sum(count for year, count in years.items() if year != "no date" and day.year - int(year) > 5)
    said = "The pack has no table of sources, so nobody can say how old it is."
    if years:
        said = _said(
            f"{number(old)} of {counted(dated, 'dated source')} are from more than five years ago.",
            f"{_said(counted(years['no date'], 'source'))} without a date." if years["no date"] else "",
        )
    return Heap("ages", "How old the sources are", said, ("Year", "Sources", "Share"), _bars(ordered, "source"))


def _licences(pack: Pack) -> Heap:
    found = Counter(text or "not stated" for text in pack["sources"]["licence"])
    said = "The pack has no table of sources, so no licence is stated."
    if found:
        stated = sum(found.values()) - found["not stated"]
        said = f"A licence is stated for {number(stated)} of {counted(sum(found.values()), 'source')}."
    return Heap(
        "licences",
        "Under which licence",
        said,
        ("Licence", "Sources", "Share"),
        _bars(dict(found.most_common()), "source"),
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


def _responses(pack: Pack) -> Heap:
    table = pack["responses"]
    titles = dict(zip(pack["missions"]["mission_id"], pack["missions"]["title"], strict=True))
    said = "The pack has no table of responses, so who did not answer cannot be told from who was never asked."
    lines = []
    if len(table):
        answered = int(_yes(table["responded"]).sum())
        share = percent(answered / len(table))
        said = f"{number(answered)} of {counted(len(table), 'question')} to organisations were answered ({share})."
        for mission, rows in table.groupby("mission_id", sort=False):
            count = int(_yes(rows["responded"]).sum())
            words = f"{number(count)} of {number(len(rows))} answered"
            lines.append(
                Line(titles.get(mission, str(mission)), count / len(rows), words, (number(len(rows)), number(count)))
            )
    return Heap("responses", "Who answered", said, ("Mission", "Asked", "Answered"), tuple(lines))


def _yes(answers: pd.Series) -> pd.Series:
    return ~answers.str.strip().str.casefold().isin(["", "no", "nan"])


def _inferred(pack: Pack) -> Heap:
    ties = pack["ties"]
    basis = ties["basis"] if "basis" in ties else pd.Series("", index=ties.index)
    titles = dict(zip(pack["missions"]["mission_id"], pack["missions"]["title"], strict=True))
    lines = []
    for mission, rows in ties.groupby("mission_id", sort=False):
        count = int((basis[rows.index] == "inferred").sum())
        if count:
            title = titles.get(mission, str(mission))
            words = f"{number(count)} of {counted(len(rows), 'tie')}"
            share = count / len(rows)
            lines.append(Line(title, share, words, (number(len(rows)), number(count), percent(share))))
    whole = int((basis == "inferred").sum())
    said = f"{number(whole)} of {counted(len(ties), 'tie')} are inferred from published records; each opens to them."
    if not whole:
        said = "No tie of this pack is inferred: somebody reported or published each of them as a tie."
    return Heap("inferred", "What is inferred", said, ("Mission", "Ties", "Inferred", "Share"), tuple(lines))


def _missing(pack: Pack) -> Heap:
    """Places without an offer of anything at the place or inside it: what is there is not known."""
    places = pack["places"]
    inside = containment(places)
    offered = set(pack["offers"]["place_id"])
    with_offer = set(inside.loc[inside["place_id"].isin(offered), "container_id"])
    silent = places[~places["place_id"].isin(with_offer)]
    counts = Counter(silent["level"])
    whole = Counter(places["level"])
    ordered = [level for level in LEVELS if whole[level]] + sorted(set(whole) - set(LEVELS))
    lines = tuple(
        Line(
            level,
            counts[level] / whole[level],
            f"{number(counts[level])} of {number(whole[level])}",
            (
                number(whole[level]),
                number(counts[level]),
                listed(list(silent.loc[silent["level"] == level, "name"]), most=5),
            ),
        )
        for level in ordered
    )
    tied = {*pack["ties"]["source_id"], *pack["ties"]["target_id"]}
    alone = sum(body not in tied for body in pack["organisations"]["organisation_id"])
    said = _said(
        f"In {number(len(silent))} of {counted(len(places), 'place')} no offer of anything is recorded: "
        "a need there is no gap, it is not known.",
        f"{number(alone)} of {counted(len(pack['organisations']), 'organisation')} have no tie." if alone else "",
    )
    return Heap(
        "missing", "What is missing", said, ("Level of places", "Places", "No offer recorded", "Such as"), lines
    )
