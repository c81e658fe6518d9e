"""What changed between two snapshots, or since one: who, which ties, which requirements and why, findings, advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.snapshots import Kept
from orchestrator.export.comparison_text import comparison_sentences
from orchestrator.model.comparison import Comparison, Pair
from orchestrator.model.need_changes import NeedChange
from orchestrator.model.snapshot import Row
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import STATE_LABELS

__all__ = [
    "AdviceLine",
    "ChangesView",
    "Choice",
    "NeedLine",
    "changes_view",
    "choices",
    "headline_of",
    "last_of",
    "no_snapshots",
]

#: Names that a page lists; the file of the comparison holds all.
SHOWN = 300
_HOW = (
    "A snapshot freezes what is known, found out and decided on a day. Take one now: from then on this page says "
    "what has changed since. Or bring the file of one that was taken before."
)
_ORDER = ("covered", "thin", "on-paper", "gap")


@dataclass(frozen=True)
class Choice:
    """One of what can be compared: its name in the address (blank: the day that is looked at) and in words."""

    name: str
    words: str


@dataclass(frozen=True)
class NeedLine:
    """A requirement that changed: its states in words, whether that is better, worse or neither, and why."""

    label: str
    before: str
    after: str
    turn: str
    why: str


@dataclass(frozen=True)
class AdviceLine:
    """One decision on advice, whether it was taken, and what became of it."""

    body: str
    decision: str
    reason: str
    taken: str


@dataclass(frozen=True)
class ChangesView:
    """What changed. Every list may be empty; its sentence then says so."""

    headline: str
    lede: str
    marking: str
    sentences: tuple[str, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    bodies_sentence: str
    formed: tuple[tuple[str, str], ...]
    dissolved: tuple[tuple[str, str], ...]
    ties_sentence: str
    needs: tuple[NeedLine, ...]
    needs_sentence: str
    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    persistent: tuple[Row, ...]
    findings_sentence: str
    advice: tuple[AdviceLine, ...]
    advice_sentence: str


def choices(kept: Sequence[Kept], selection: Selection) -> tuple[Choice, ...]:
    """What can be compared: the day that is looked at, then the snapshots of this mission, then those of others."""
    mine = [one for one in kept if one.mission_id == selection.mission_id]
    others = [one for one in kept if one.mission_id != selection.mission_id]
    today = Choice("", f"As it stands on {selection.day:%-d %B %Y}")
    return today, *(Choice(one.name, _words(one)) for one in (*mine, *others))


def _words(one: Kept) -> str:
    size = f"{counted(one.members, 'organisation')}, {counted(one.ties, 'tie')}"
    marking = f", {one.marking}" if one.marking else ""
    return f"Snapshot of {one.as_of:%-d %B %Y}: {one.title} ({size}{marking})"


def last_of(kept: Sequence[Kept], selection: Selection) -> str:
    """The name of the last snapshot of this mission of the day or before; blank where there is none."""
    mine = [one for one in kept if one.mission_id == selection.mission_id and one.as_of <= selection.day]
    return mine[0].name if mine else ""


def no_snapshots(title: str) -> tuple[str, str]:
    """Headline and lede where there is nothing to compare with."""
    return (
        f"No snapshot of {title} has been taken yet",
        _HOW,
    )


def headline_of(found: Comparison) -> str:
    """The change in one sentence, without a full stop: who, requirements, findings; what did not change is not told."""
    since = f"Since {found.before.graph.as_of:%-d %B %Y}"
    parts = [
        *_count(len(found.joined), "organisation", "joined"),
        *_count(len(found.left), "organisation", "left"),
        *_turns(found.needs),
    ]
    if not parts:
        parts = [
            *_count(len(found.formed), "tie", "formed"),
            *_count(len(found.dissolved), "tie", "dissolved"),
            *_count(len(found.findings_new), "finding", "is new", "are new"),
            *_count(len(found.findings_gone), "finding", "is gone", "are gone"),
        ]
    return f"{since}: {listed(parts, most=6) if parts else 'nothing that is recorded changed'}"


def _count(count: int, noun: str, one: str, many: str = "") -> list[str]:
    return [f"{counted(count, noun)} {one if count == 1 or not many else many}"] if count else []


def _turns(needs: Sequence[NeedChange]) -> list[str]:
    turns = [_turn(need) for need in needs]
    return [
        f"{counted(turns.count(turn), 'requirement')} {'is' if turns.count(turn) == 1 else 'are'} {words}"
        for turn, words in (("worse", "worse covered"), ("better", "better covered"))
        if turn in turns
    ]


def _turn(need: NeedChange) -> str:
    if need.before not in _ORDER or need.after not in _ORDER:
        return ""
    return "better" if _ORDER.index(need.after) < _ORDER.index(need.before) else "worse"


def changes_view(found: Comparison) -> ChangesView:
    """What changed, who and why? The sentences are those of ``orchestrator compare``."""
    return ChangesView(
        headline_of(found),
        _lede(found),
        found.marking,
        comparison_sentences(found),
        tuple(found.name_of(body) for body in found.joined),
        tuple(found.name_of(body) for body in found.left),
        tuple((found.before.graph.name_of(old), found.name_of(new)) for old, new in sorted(found.renamed.items())),
        _bodies_sentence(found),
        _pairs(found, found.formed),
        _pairs(found, found.dissolved),
        _ties_sentence(found),
        tuple(_need(need) for need in found.needs),
        _needs_sentence(found.needs),
        found.findings_new,
        found.findings_gone,
        found.findings_persistent,
        _findings_sentence(found),
        tuple(_advice(found, row) for row in found.advice),
        _advice_sentence(found),
    )


def _lede(found: Comparison) -> str:
    before, after = found.before.graph, found.after.graph
    sizes = [f"{counted(len(g.members), 'organisation')} and {counted(len(g.ends), 'tie')}" for g in (before, after)]
    return (
        f"{before.title} on {before.as_of:%-d %B %Y} ({sizes[0]}) beside {after.title} on "
        f"{after.as_of:%-d %B %Y} ({sizes[1]})."
    )


def _bodies_sentence(found: Comparison) -> str:
    stayed = f"{counted(len(found.stayed), 'organisation')} stayed"
    return sentence(f"{stayed}, {len(found.joined):,} joined and {len(found.left):,} left")


def _ties_sentence(found: Comparison) -> str:
    kept = f"{counted(len(found.kept), 'tie')} kept"
    return sentence(f"{kept}, {len(found.formed):,} formed and {len(found.dissolved):,} dissolved")


def _pairs(found: Comparison, pairs: Sequence[Pair]) -> tuple[tuple[str, str], ...]:
    return tuple((found.name_of(one), found.name_of(other)) for one, other in pairs[:SHOWN])


def _need(need: NeedChange) -> NeedLine:
    why = sentence("; ".join(need.reasons)) or "Nothing that is recorded explains it."
    return NeedLine(need.label, _state(need.before), _state(need.after), _turn(need), why)


def _state(state: str) -> str:
    return STATE_LABELS[state] if state else "not asked for"


def _needs_sentence(needs: Sequence[NeedChange]) -> str:
    if not needs:
        return "No requirement changed its state."
    turns = [_turn(need) for need in needs]
    parts = [f"{turns.count(turn):,} {turn}" for turn in ("worse", "better") if turn in turns]
    rest = turns.count("")
    if rest:
        parts.append(f"{rest:,} came, went or became known")
    return sentence(f"{counted(len(needs), 'requirement')} changed: {listed(parts)}")


def _findings_sentence(found: Comparison) -> str:
    if not found.findings_compared:
        return "Findings cannot be compared: one of the two snapshots holds none."
    counts = (found.findings_new, "new"), (found.findings_gone, "gone"), (found.findings_persistent, "as before")
    said = sentence(f"Findings: {', '.join(f'{len(rows):,} {word}' for rows, word in counts)}")
    left_out = " Findings about named bodies are left out in one of the two, so they are not compared."
    return said + ("" if found.scores_compared else left_out)


def _advice(found: Comparison, row: Row) -> AdviceLine:
    names = [found.name_of(str(row.get(one, ""))) for one in ("organisation_id", "partner_id") if row.get(one)]
    taken = {True: "taken", False: "not taken"}.get(row["taken"], "cannot be seen")
    return AdviceLine(" and ".join(names), str(row.get("decision", "")), str(row.get("reason", "")), taken)


def _advice_sentence(found: Comparison) -> str:
    if not found.advice:
        return "No decision on advice was recorded in the earlier snapshot."
    taken = sum(row["taken"] is True for row in found.advice)
    return sentence(f"{counted(len(found.advice), 'decision')} on advice, {taken:,} of them taken by now")
