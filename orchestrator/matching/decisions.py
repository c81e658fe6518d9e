"""What people decided about names: a CSV table to which rows are only ever added.

A decision is about one name as it is read (``strict``), in one town if it says so. ``accept`` says which body is
meant, ``new`` that it is a body which the register does not have, ``none`` that it is no body; ``reject`` says which
body is not meant and leaves the name open. ``undo`` takes back an earlier row, by its number: nothing is ever taken out
of the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from orchestrator.errors import BadData, Problem, WrongUsage
from orchestrator.matching.normal import read_name
from orchestrator.tables.files import write_whole
from orchestrator.tables.locking import locked
from orchestrator.tables.protect import protect, unprotect
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["COLUMNS", "NOT_BODIES", "VERDICTS", "Verdict", "decide", "in_force", "read_decisions", "reading_of"]

VERDICTS: Final = ("accept", "reject", "new", "none", "undo")
#: Why a name is no body.
NOT_BODIES: Final = ("person", "place", "heading", "reference", "other")
COLUMNS: Final = ("number", "decided", "by", "verdict", "name", "town", "organisation_id", "sector", "reason", "undoes")
_LONGEST: Final = 40


@dataclass(frozen=True)
class Verdict:
    """One row of the table. ``undoes`` is the number of the row that an ``undo`` takes back, else 0."""

    verdict: str
    name: str
    by: str
    town: str = ""
    organisation_id: str = ""
    sector: str = ""
    reason: str = ""
    undoes: int = 0
    number: int = 0
    decided: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """The name as it is read, and the town: what the decision holds for."""
        return reading_of(self.name), read_name(self.town).strict

    @property
    def told(self) -> str:
        """Who decided and when, in words.

        >>> Verdict("accept", "Apex", "AB", number=3, decided="2026-11-23T10:00:00Z").told
        'decision 3 by AB on 2026-11-23'
        """
        return f"decision {self.number} by {self.by} on {self.decided[:10]}"

    def row(self) -> tuple[str, ...]:
        """The cells of the row, as ``COLUMNS`` orders them."""
        cells = {column: getattr(self, column) for column in COLUMNS}
        return tuple("" if cell == 0 else str(cell) for cell in cells.values())


def reading_of(name: str) -> str:
    """What tells a name from another: its strict reading, or itself where nothing can be read.

    >>> reading_of("Apex LTD"), reading_of("???")
    ('apex limited', '=???')
    """
    return read_name(name).strict or f"={name}"


def read_decisions(path: Path | None) -> tuple[Verdict, ...]:
    """Every row of the table in order; none where there is no file yet.

    Raises BadData where the file is no table of decisions, naming each row that cannot be one.
    """
    if path is None or not path.exists():
        return ()
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadData([Problem(f"it cannot be read as a table of decisions: {error}.", str(path))]) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        what = "it is there and is no table of decisions about names."
        raise BadData([Problem(what, str(path), 1, allowed=f"Its headings are {', '.join(COLUMNS)}.")])
    problems: list[Problem] = []
    found = [_verdict(path, at, row, problems) for at, row in enumerate(rows[1:], start=1)]
    if problems:
        raise BadData(problems)
    return tuple(each for each in found if each is not None)


def _verdict(path: Path, number: int, row: Sequence[str], problems: list[Problem]) -> Verdict | None:
    where = str(path), number + 1
    if len(row) != len(COLUMNS):
        problems.append(Problem(f"the row has {len(row)} cells.", *where, allowed=f"There are {len(COLUMNS)} columns."))
        return None
    cells = dict(zip(COLUMNS, map(unprotect, row), strict=True))
    if cells["number"] != str(number):
        allowed = f"Rows are numbered in order, so it is {number}. No row may be taken out or put in between."
        problems.append(Problem(f"{cells['number']!r} is not the row's number.", *where, "number", allowed=allowed))
    if cells["verdict"] not in VERDICTS:
        allowed = f"Use {', '.join(VERDICTS)}."
        problems.append(Problem(f"{cells['verdict']!r} is no verdict.", *where, "verdict", allowed=allowed))
    undoes = cells.pop("undoes")
    if not (undoes == "" or undoes.isdecimal()):
        problems.append(Problem(f"{undoes!r} is no row's number.", *where, "undoes"))
        undoes = ""
    del cells["number"]
    return Verdict(**cells, number=number, undoes=int(undoes or 0))


def in_force(rows: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The decisions that hold: those that nothing took back, in order."""
    every = list(rows)
    undone = {each.undoes for each in every if each.verdict == "undo"}
    return tuple(each for each in every if each.verdict != "undo" and each.number not in undone)


def decide(
    path: Path, wanted: Verdict, called: Mapping[str, str], now: Callable[[], datetime] | None = None
) -> Verdict:
    """Add a decision to the end of the table, which is made if it is missing. Gives the row as it was written.

    ``called`` are the names of the register's bodies by id. A body that is new gets an id from its name. Two writers
    take turns: each sees what the other wrote, and nothing is lost.
    Raises WrongUsage where the decision makes no sense, where the name is decided already (undo that first), or where
    there is nothing to undo; BadData, CannotWrite.
    """
    with locked(path):
        rows = read_decisions(path)
        holds = in_force(rows)
        made = replace(_checked(wanted, rows, holds, called), number=len(rows) + 1)
        made = replace(made, decided=(now or _now)().strftime("%Y-%m-%dT%H:%M:%SZ"))
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for row in (COLUMNS, *(each.row() for each in (*rows, made))):
            writer.writerow([protect(cell) for cell in row])
        write_whole(path, text.getvalue().encode())
    return made


def _now() -> datetime:
    return datetime.now(UTC)


def _checked(wanted: Verdict, rows: Sequence[Verdict], holds: Sequence[Verdict], called: Mapping[str, str]) -> Verdict:
    by = " ".join(wanted.by.split())
    if not by or len(by) > _LONGEST or "@" in by:
        raise WrongUsage(f"Say who decides with a role or initials of at most {_LONGEST} characters: --by TEXT.")
    if wanted.verdict == "undo":
        return _undoing(replace(wanted, by=by), rows, holds)
    before = next((each for each in holds if each.about == wanted.about and each.verdict != "reject"), None)
    if before is not None:
        what = f"{before.verdict} {before.organisation_id}".strip()
        raise WrongUsage(
            f"'{wanted.name}' is decided already ({what}, {before.told}). Undo number {before.number} first."
        )
    if not wanted.name.strip():
        raise WrongUsage("A decision needs the name that it is about.")
    rule = {"accept": _of_a_body, "reject": _of_a_body, "new": _of_a_new_body, "none": _of_no_body}[wanted.verdict]
    return replace(rule(wanted, holds, called), by=by, reason=" ".join(wanted.reason.split()))


def _undoing(wanted: Verdict, rows: Sequence[Verdict], holds: Sequence[Verdict]) -> Verdict:
    for each in holds:
        if each.number == wanted.undoes:
            leans = [other for other in holds if other.number != each.number and other.verdict == "accept"]
            if each.verdict == "new" and (first := [o for o in leans if o.organisation_id == each.organisation_id]):
                raise WrongUsage(f"Number {first[0].number} leads to {each.organisation_id}. Undo that first.")
            return replace(wanted, name=each.name, town=each.town, organisation_id=each.organisation_id)
    what = "was taken back already" if 0 < wanted.undoes <= len(rows) else "is no decision of this table"
    raise WrongUsage(f"Number {wanted.undoes} {what}, so there is nothing to undo.")


def _of_a_body(wanted: Verdict, holds: Sequence[Verdict], called: Mapping[str, str]) -> Verdict:
    known = set(called) | {each.organisation_id for each in holds if each.verdict == "new"}
    if wanted.organisation_id not in known:
        raise WrongUsage(f"{wanted.organisation_id!r} is no body of the register, nor one that was decided to be new.")
    same = [e for e in holds if (e.about, e.organisation_id) == (wanted.about, wanted.organisation_id)]
    if wanted.verdict == "reject" and same:
        raise WrongUsage(f"That '{wanted.name}' is not {wanted.organisation_id} is decided already: {same[0].told}.")
    if wanted.verdict == "accept" and same:
        raise WrongUsage(
            f"It was decided that it is not this body ({same[0].told}). Undo number {same[0].number} first."
        )
    return replace(wanted, sector="")


def _of_a_new_body(wanted: Verdict, holds: Sequence[Verdict], called: Mapping[str, str]) -> Verdict:
    if wanted.sector not in SECTORS:
        raise WrongUsage(f"A new body needs its sector: {', '.join(SECTORS)}.")
    taken = set(called) | {each.organisation_id for each in holds if each.verdict == "new"}
    return replace(wanted, organisation_id=wanted.organisation_id or _fresh(wanted, taken))


def _fresh(wanted: Verdict, taken: set[str]) -> str:
    """An id from the name as it is read, and its town; with a number behind where another body has that."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in " ".join(wanted.about))
    name = "-".join(part for part in words.split("-") if part) or "body"
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)


def _of_no_body(wanted: Verdict, _holds: Sequence[Verdict], _called: Mapping[str, str]) -> Verdict:
    if wanted.reason not in NOT_BODIES:
        raise WrongUsage(f"Say what it is instead of a body: {', '.join(NOT_BODIES)}.")
    return replace(wanted, organisation_id="", sector="")
