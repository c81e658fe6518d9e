"""What is in a pack that was brought, what is wrong with it, and what to do about each row?"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from orchestrator.errors import Problem, quoted
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.protect import protect
from orchestrator.tables.report import Report, TableCount

__all__ = ["BringView", "ProblemLine", "bring_problem", "bring_view", "report_csv"]

#: Problems that a page shows; the rest are in the file.
SHOWN = 200


@dataclass(frozen=True)
class ProblemLine:
    """One thing that is wrong: where, the value, what is wrong, what to do."""

    where: str
    value: str
    what: str
    to_do: str


@dataclass(frozen=True)
class BringView:
    """The balanced report of a pack that was brought. ``problems`` are the first of them; ``taken`` where none is."""

    headline: str
    lede: str
    balance: str
    taken: bool
    counts: tuple[TableCount, ...]
    problems: tuple[ProblemLine, ...]
    problems_sentence: str
    notices: tuple[ProblemLine, ...]
    notices_sentence: str


def bring_view(report: Report) -> BringView:
    """Can the pack be used? If not, what is wrong in which row, and what would mend it?"""
    return BringView(
        _headline(report),
        _lede(report),
        _balance(report),
        report.clean,
        report.counts,
        tuple(_line(problem) for problem in report.problems[:SHOWN]),
        _how_many(report.problems, "problem"),
        tuple(_line(notice) for notice in report.notices[:SHOWN]),
        _how_many(report.notices, "notice"),
    )


def _headline(report: Report) -> str:
    if report.clean:
        return f"{report.pack} can be opened: {_rows(report, 'kept')} in {_tables(report)}, and nothing is wrong"
    files = len({problem.file for problem in report.problems})
    where = f" in {counted(files, 'file')}" if files > 1 else ""
    return f"Nothing of {report.pack} was taken: {counted(len(report.problems), 'problem')}{where} to mend"


def _lede(report: Report) -> str:
    if report.clean:
        return "The packaged pack stays as it is. Whoever has the address of your pack sees it; nobody else does."
    return "Mend what is listed, row by row, and bring it again. Until all of it is sound, none of it is used."


def _balance(report: Report) -> str:
    if not report.counts:
        return "No table could be read."
    read, kept, rejected = (
        sum(getattr(count, name) for count in report.counts) for name in ("read", "kept", "rejected")
    )
    return f"{read:,} rows read = {kept:,} kept + {rejected:,} rejected."


def _rows(report: Report, name: str) -> str:
    return counted(sum(getattr(count, name) for count in report.counts), "row")


def _tables(report: Report) -> str:
    return counted(len(report.counts), "table")


def _line(problem: Problem) -> ProblemLine:
    value = "" if problem.value is None else quoted(problem.value)[1:-1]
    to_do = " ".join(part for part in (problem.allowed, problem.hint) if part)
    return ProblemLine(problem.where(), value, _capital(problem.what), to_do)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _how_many(found: tuple[Problem, ...], word: str) -> str:
    if not found:
        return f"No {word}s."
    by_file = Counter(problem.file for problem in found).most_common()
    said = sentence(
        f"{counted(len(found), word)}: {listed([f'{count:,} in {name}' for name, count in by_file], most=5)}"
    )
    return said + (f" The first {SHOWN} are shown; the file holds all of them." if len(found) > SHOWN else "")


def bring_problem(name: str) -> str:
    """What was wrong with what was sent, by its short name in the address; blank for nothing.

    >>> bring_problem("nothing")
    'No file was chosen. Choose the .zip or the workbook, and bring it then.'
    """
    return "No file was chosen. Choose the .zip or the workbook, and bring it then." if name == "nothing" else ""


def report_csv(report: Report) -> str:
    """Every problem and notice as a CSV table, a row each, safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "file", "row", "line", "column", "value", "what", "allowed", "hint"))
    for kind, found in (("problem", report.problems), ("notice", report.notices)):
        for one in found:
            cells = (kind, one.file, one.row, one.line, one.column, one.value, one.what, one.allowed, one.hint)
            writer.writerow(["" if cell is None else protect(str(cell)) for cell in cells])
    return text.getvalue()
