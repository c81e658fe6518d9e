"""The questions about names for people and for programs: a page of text, a CSV table, a JSON document."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from orchestrator.matching.candidates import MOST, Candidate
from orchestrator.matching.matcher import rows_of
from orchestrator.matching.persons import looks_like_a_person
from orchestrator.matching.queue import Progress, Question
from orchestrator.model.wording import counted, percent, sentence
from orchestrator.tables.protect import protect

__all__ = ["Asked", "money", "progress_sentence", "queue_csv", "queue_json", "queue_table", "where_written"]

_WIDTH: Final = 100
#: What is said instead of a name that looks like a person's.
HELD_BACK: Final = "a private person"
_THEM: Final = MappingProxyType({"is": "it", "are": "them"})


@dataclass(frozen=True)
class Asked:
    """What is asked: the questions in order, the candidates of each name key, records of each, how far people have
    come, how many names are held back because they look like persons', and whether those are shown."""

    questions: tuple[Question, ...]
    candidates: Mapping[str, tuple[Candidate, ...]]
    records: pd.DataFrame
    progress: Progress
    held_back: int
    persons: bool = False

    def of(self, question: Question) -> tuple[Candidate, ...]:
        """The candidates for a question, the likeliest first, each body once."""
        every = [each for key in question.name_keys for each in self.candidates.get(key, ())]
        best = {each.organisation_id: each for each in sorted(every, key=lambda one: one.score)}
        return tuple(sorted(best.values(), key=lambda one: (-one.score, one.organisation_id))[:MOST])

    def where(self, question: Question) -> list[dict[str, Any]]:
        """Records that wrote the name, the largest amounts first."""
        if self.records.empty:
            return []
        mine = rows_of(self.records[self.records["name_key"].isin(question.name_keys)])
        return mine if self.persons else [{**row, **_without_persons(row)} for row in mine]


def _without_persons(row: Mapping[str, Any]) -> dict[str, str]:
    """The names of a record that look like persons', said otherwise."""
    names = ("name", "part_of", "other_name")
    return {name: HELD_BACK for name in names if looks_like_a_person(str(row[name]))}


def money(pence: int, currency: str = "GBP") -> str:
    """An amount in words: whole units of its currency.

    >>> money(1234567), money(-5000, "EUR")
    ('£12,346', 'EUR -50')
    """
    units = (abs(pence) + 50) // 100 * (1 if pence >= 0 else -1)
    return f"{'-' if units < 0 else ''}£{abs(units):,}" if currency == "GBP" else f"{currency} {units:,}".strip()


def progress_sentence(progress: Progress) -> str:
    """How far have people come, in a sentence?

    >>> progress_sentence(Progress(41, 310, 0.923, 12))
    '41 of 310 names decided, covering 92% of the money.'
    """
    if not progress.names:
        return "The rules decided every name; nothing is left to people."
    covered = "" if progress.money is None else f", covering {percent(progress.money)} of the money"
    return f"{progress.decided:,} of {progress.names:,} names decided{covered}."


def where_written(record: Mapping[str, Any]) -> str:
    """File, row, day and amount of a record.

    >>> where_written({"file": "a.csv", "row": "row 4", "starts": None, "amount_pence": None, "currency": ""})
    'a.csv, row 4'
    """
    parts = [str(record["file"]), str(record["row"])]
    if isinstance(record["starts"], str) and record["starts"]:
        parts.append(record["starts"])
    if not pd.isna(record["amount_pence"]):
        parts.append(money(int(record["amount_pence"]), str(record["currency"])))
    return ", ".join(part for part in parts if part)


def queue_table(asked: Asked, most: int) -> str:
    """The first ``most`` questions as a page of text."""
    return "\n".join(_lines(asked, most)) + "\n"


def _lines(asked: Asked, most: int) -> Iterator[str]:
    yield f"The rules decided {counted(asked.progress.by_rules, 'name')}. {progress_sentence(asked.progress)}"
    if asked.held_back:
        names = counted(asked.held_back, "name looks", "names look")
        verb = "is" if asked.held_back == 1 else "are"
        yield sentence(f"{names} like a private person's and {verb} held back; --persons shows {_THEM[verb]}")
    for at, question in enumerate(asked.questions[:most], start=1):
        town = f" in {question.town}" if question.town else ""
        yield ""
        yield from _wrapped(f"{question.name}{town}", f"{at:>3}. ")
        yield from _wrapped(_about(question, asked.where(question)), "     ")
        for each in asked.of(question):
            yield from _wrapped(
                f"{each.organisation_id}: {each.name}. {'; '.join(each.why)}", f"     {each.score:>3}  "
            )
        if not asked.of(question):
            yield "     Nobody on the register is like it."
    more = len(asked.questions) - most
    if more > 0:
        yield f"\n… and {more:,} more; --format csv lists them all."


def _about(question: Question, records: Sequence[Mapping[str, Any]]) -> str:
    days = " to ".join(dict.fromkeys(day for day in (question.earliest, question.latest) if day))
    said = [counted(question.records, "record"), *([money(question.pence)] if question.pence else [])]
    said += [days] if days else []
    said += [f"{question.beside_members:,} beside members of the mission"] if question.beside_members else []
    said += [f"as in {where_written(records[0])}"] if records else []
    said += [f"also written {'; '.join(question.spellings[:3])}"] if question.spellings else []
    return ", ".join(said)


def _wrapped(text: str, lead: str) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def queue_csv(asked: Asked) -> str:
    """Every question a row: name, spellings, town, records, pence, days, where, and the candidates with their why."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = ["name", "spellings", "town", "records", "amount_pence", "earliest", "latest", "beside_members", "where"]
    each_candidate = ("organisation_id", "name", "score", "why")
    head += [f"candidate_{at}_{part}" for at in range(1, MOST + 1) for part in each_candidate]
    writer.writerow(head)
    for question in asked.questions:
        where = [where_written(record) for record in asked.where(question)[:1]]
        cells: list[object] = [question.name, "|".join(question.spellings), question.town, question.records]
        cells += [question.pence, question.earliest, question.latest, question.beside_members, "".join(where)]
        found = asked.of(question)
        for each in found:
            cells += [each.organisation_id, each.name, each.score, "; ".join(each.why)]
        cells += [""] * (len(head) - len(cells))
        writer.writerow([protect(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()


def queue_json(asked: Asked) -> str:
    """The same as a document, with every record that is shown."""
    document = {
        "progress": asdict(asked.progress),
        "held_back": asked.held_back,
        "questions": [
            {
                **asdict(question),
                "candidates": [asdict(each) for each in asked.of(question)],
                "where": [_plain(record) for record in asked.where(question)],
            }
            for question in asked.questions
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    amount = None if pd.isna(record["amount_pence"]) else int(record["amount_pence"])
    return {name: None if pd.isna(cell) else cell for name, cell in record.items()} | {"amount_pence": amount}
