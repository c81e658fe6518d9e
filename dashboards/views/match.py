"""Which names in the evidence are open, who may be meant, and what was decided?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboards.names import Names
from dashboards.selection import Selection
from orchestrator.matching import Asked, Candidate, Progress, Question, Verdict, in_force
from orchestrator.matching.queue_text import money, progress_sentence, where_written
from orchestrator.model.wording import counted, listed, percent, sentence

__all__ = ["CandidateLine", "DecisionLine", "MatchView", "NameLine", "RecordLine", "match_view"]

#: Names on a sheet, and decisions that can be taken back from the page.
A_SHEET: Final = 10
LAST_DECISIONS: Final = 20


@dataclass(frozen=True)
class CandidateLine:
    """A body that may be meant: its id and name, its score out of 100, and why in a sentence."""

    organisation_id: str
    name: str
    score: int
    why: str


@dataclass(frozen=True)
class RecordLine:
    """A record that wrote the name: where it stands, the day, the amount, and who is on its other side."""

    where: str
    day: str
    amount: str
    other: str
    title: str


@dataclass(frozen=True)
class NameLine:
    """An open name: as written, its town if that is part of the question, what is known of it, records, candidates."""

    name: str
    town: str
    about: str
    spellings: str
    records: tuple[RecordLine, ...]
    candidates: tuple[CandidateLine, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision in force: its number, what it says, and who decided when."""

    number: int
    said: str
    told: str


@dataclass(frozen=True)
class MatchView:
    """The page of names. ``there`` is False where no store was given; then everything else is blank.

    ``share`` is how far people have come, from 0 to 1, by names; ``just`` is the decision that was made a moment ago.
    """

    headline: str
    lede: str
    there: bool = False
    can_decide: bool = False
    share: float = 0.0
    told: str = ""
    notes: tuple[str, ...] = ()
    names: tuple[NameLine, ...] = ()
    nothing: str = ""
    sheet: int = 1
    sheets: int = 1
    decisions: tuple[DecisionLine, ...] = ()
    just: DecisionLine | None = None
    by: str = ""
    contains: str = ""
    mission_id: str = ""
    missions: tuple[tuple[str, str], ...] = ()
    persons: bool = False


def match_view(names: Names | None, selection: Selection) -> MatchView:
    """The open names that the address asks for, a sheet of them, with candidates, and the last decisions.

    The address may say ``mission`` (ask first beside its members), ``contains`` (only names with these letters),
    ``persons`` (show names like persons' too), ``by`` (who decides), ``done`` (the decision just made).
    """
    if names is None:
        headline = "No published evidence is open here"
        return MatchView(headline, "Bring published files into a store, then start the pages with it.")
    missions = tuple(zip(names.pack["missions"]["mission_id"], names.pack["missions"]["title"], strict=True))
    mission_id = selection.asked("mission") if selection.asked("mission") in dict(missions) else ""
    every = names.questions(mission_id)
    persons, contains = selection.asked("persons") == "yes", selection.asked("contains").strip()
    shown = [each for each in every if (persons or not each.person) and _has(each, contains)]
    sheets = max(1, -(-len(shown) // A_SHEET))
    sheet = min(selection.sheet, sheets)
    page = tuple(shown[(sheet - 1) * A_SHEET : sheet * A_SHEET])
    held_back = 0 if persons else sum(each.person for each in every)
    asked = names.asked(page, held_back, persons=persons)
    holds = in_force(names.history())
    called = names.matching().register.called
    decisions = tuple(_decision(each, called) for each in reversed(holds[-LAST_DECISIONS:]))
    done = selection.asked("done")
    return MatchView(
        _headline(len(every)),
        progress_sentence(asked.progress),
        there=True,
        can_decide=names.decisions is not None,
        share=asked.progress.decided / asked.progress.names if asked.progress.names else 1.0,
        told=_told(asked.progress),
        notes=_notes(asked, names.decisions is not None),
        names=tuple(_name(each, asked) for each in page),
        nothing=_nothing(bool(every), contains, held_back),
        sheet=sheet,
        sheets=sheets,
        decisions=decisions,
        just=next((_decision(each, called) for each in names.history() if str(each.number) == done), None),
        by=selection.asked("by")[:40],
        contains=contains,
        mission_id=mission_id,
        missions=missions,
        persons=persons,
    )


def _has(question: Question, contains: str) -> bool:
    wanted = contains.casefold()
    return any(wanted in name.casefold() for name in (question.name, *question.spellings))


def _headline(open_: int) -> str:
    if not open_:
        return "No name is left to decide"
    return sentence(f"{counted(open_, 'name')} in the evidence {'is' if open_ == 1 else 'are'} still open").rstrip(".")


def _told(progress: Progress) -> str:
    share = progress.decided / progress.names if progress.names else 1.0
    return f"{percent(share)} of the names that were left to people are decided."


def _notes(asked: Asked, can_decide: bool) -> tuple[str, ...]:
    notes = [sentence(f"The rules decided {counted(asked.progress.by_rules, 'name')} by themselves")]
    if asked.held_back:
        names = counted(asked.held_back, "name looks", "names look")
        notes.append(
            sentence(f"{names} like a private person's and {'is' if asked.held_back == 1 else 'are'} held back")
        )
    if not can_decide:
        notes.append("Nothing can be decided here: no table of decisions was given.")
    return tuple(notes)


def _nothing(any_open: bool, contains: str, held_back: int) -> str:
    if not any_open:
        return "Every name in the evidence is decided, by a rule or by a person."
    if contains:
        return f"No open name contains ‘{contains}’."
    return "Only names that look like private persons' are left." if held_back else ""


def _name(question: Question, asked: Asked) -> NameLine:
    return NameLine(
        question.name,
        question.town,
        _about(question, asked.where(question)),
        f"Also written {listed(question.spellings, 4)}." if question.spellings else "",
        tuple(_record(row) for row in asked.where(question)),
        tuple(_candidate(each) for each in asked.of(question)),
    )


def _about(question: Question, records: Sequence[Mapping[str, Any]]) -> str:
    said = [counted(question.records, "record")]
    said += [money(question.pence)] if question.pence else []
    days = list(dict.fromkeys(day for day in (question.earliest, question.latest) if day))
    said += [f"from {days[0]} to {days[1]}" if len(days) > 1 else f"on {days[0]}"] if days else []
    beside = question.beside_members
    said += [f"{counted(beside, 'time', 'times')} beside a member of the mission"] if beside else []
    said += [f"as in {where_written(records[0])}"] if records else []
    return sentence(*said)


def _record(row: Mapping[str, Any]) -> RecordLine:
    amount = row["amount_pence"]
    known = amount is not None and amount == amount  # a missing number is not itself
    return RecordLine(
        f"{row['file']}, {row['row']}",
        str(row["starts"] or "") if isinstance(row["starts"], str) else "",
        money(int(amount), str(row["currency"])) if known else "",
        str(row["other_name"]),
        str(row["title"]),
    )


def _candidate(each: Candidate) -> CandidateLine:
    return CandidateLine(each.organisation_id, each.name, each.score, sentence("; ".join(each.why)))


def _decision(each: Verdict, called: Mapping[str, str]) -> DecisionLine:
    body = called.get(each.organisation_id, each.organisation_id)
    town = f" in {each.town}" if each.town else ""
    words = {
        "accept": f"‘{each.name}’{town} is {body}",
        "reject": f"‘{each.name}’{town} is not {body}",
        "new": f"‘{each.name}’{town} is a body of its own",
        "none": f"‘{each.name}’{town} is no body: {each.reason}",
        "undo": f"number {each.undoes}, about ‘{each.name}’, is taken back",
    }
    return DecisionLine(each.number, sentence(words[each.verdict]), sentence(each.told))
