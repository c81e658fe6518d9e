"""A published table as rows of text: one sheet of a CSV file, or every sheet of a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.decoding import line_of, marks, text_problem
from orchestrator.intake.evidence.statement import EvidenceSource
from orchestrator.intake.evidence.tally import Tally
from orchestrator.intake.quoting import quoting_problem
from orchestrator.intake.sheet_scan import Area
from orchestrator.intake.signature import is_zip
from orchestrator.intake.workbook import read_rows
from orchestrator.tables.cells import LONGEST_CELL
from orchestrator.tables.protect import unprotect

__all__ = ["WINDOWS", "Sheet", "open_sheets"]

Row = Sequence[str]

WINDOWS: Final = "windows-1252"
#: Letters with accents, £ and typographic signs in UTF-8; in Windows-1252 they would be pairs that no word has.
_UTF_8_LETTER: Final = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xbf]")
_NOT_WINDOWS: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MARK: Final = 3


@dataclass(frozen=True)
class Sheet:
    """A sheet: what messages call it, its name ('' in a CSV file), and its rows, which can be gone through again."""

    file: str
    name: str
    rows: Callable[[], Iterator[Row]]
    merged: tuple[Area, ...] = ()

    def row_label(self, number: int) -> str:
        """How is a row of it called in the evidence table?"""
        return f"sheet {self.name} row {number}" if self.name else f"row {number}"


def open_sheets(source: EvidenceSource, tally: Tally, encoding: str, *, may_be_windows: bool) -> list[Sheet]:
    """The sheets of this file. Raises BadData where it cannot be read as a table at all.

    ``encoding`` is what a mapping file says; where it says nothing, UTF-8 is read and, if ``may_be_windows``,
    Windows-1252 when the file as a whole is no UTF-8. A file in which both stand is refused.
    """
    if is_zip(source.content[:4]):
        found, notices = read_rows(source.name, source.content)
        tally.notices.extend(notices)
        return [Sheet(f"{source.name}/{each.name}", each.name, each.rows.__iter__, each.merged) for each in found]
    chosen = _encoding(source, tally, encoding, may_be_windows=may_be_windows)
    if not source.content.endswith((b"\n", b"\r")):
        tally.notices.append(Problem("the file does not end with a line end: was it cut off?", source.name))
    return [Sheet(source.name, "", _Lines(source, chosen))]


def _encoding(source: EvidenceSource, tally: Tally, encoding: str, *, may_be_windows: bool) -> str:
    """The encoding to read with. Raises BadData where there is none."""
    problem = text_problem(source.name, source.content)
    if problem is None:
        if encoding == WINDOWS and _UTF_8_LETTER.search(source.content):
            raise _mixed(source)
        _tell_marks(source, tally)
        return "utf-8"
    if "is not UTF-8" not in problem.what:
        raise BadData([problem])
    if encoding == WINDOWS or (may_be_windows and not encoding):
        return _windows(source, tally, problem)
    hint = f'If all of it is Windows-1252, say so in the mapping file: encoding = "{WINDOWS}".'
    raise BadData([Problem(problem.what, source.name, line=problem.line, hint=hint)])


def _tell_marks(source: EvidenceSource, tally: Tally) -> None:
    count = marks(source.content)
    if count > 1:
        what = f"the text starts with {count} byte order marks; they were left out."
        tally.notices.append(Problem(what, source.name, line=1))


def _windows(source: EvidenceSource, tally: Tally, problem: Problem) -> str:
    outside = _NOT_WINDOWS.search(source.content)
    if outside is not None:
        line = line_of(source.content, outside.start())
        what = f"the byte {source.content[outside.start()]:02X} is neither UTF-8 nor Windows-1252."
        raise BadData([Problem(what, source.name, line=line, hint="Save the table as 'CSV UTF-8'.")])
    if _UTF_8_LETTER.search(source.content) or marks(source.content):
        raise _mixed(source, problem.line)
    what = "this line is not UTF-8; the whole file was read as Windows-1252."
    tally.notices.append(Problem(what, source.name, line=problem.line))
    return "cp1252"


def _mixed(source: EvidenceSource, other: int | None = None) -> BadData:
    found = _UTF_8_LETTER.search(source.content)
    line = line_of(source.content, found.start() if found else 0)
    against = f"line {other} is Windows-1252" if other else "the mapping file says Windows-1252"
    what = f"this line is UTF-8 and {against}: no encoding fits all of the file."
    return BadData([Problem(what, source.name, line=line, hint="Save the table as 'CSV UTF-8' and compare its names.")])


@dataclass(frozen=True)
class _Lines:
    """The rows of a CSV file, read strictly each time."""

    source: EvidenceSource
    encoding: str

    def text(self) -> TextIOWrapper:
        """The text from its start."""
        stream = BytesIO(self.source.content)
        if self.encoding == "utf-8":
            stream.seek(marks(self.source.content) * _MARK)
        return TextIOWrapper(stream, encoding=self.encoding, newline="")

    def __call__(self) -> Iterator[Row]:
        """Row by row. Raises BadData where quotation marks go wrong."""
        clean = unprotect
        number = 0
        try:
            for row in csv.reader(self.text(), strict=True):
                number += 1
                yield [clean(cell) if cell[:1] == "'" else cell for cell in row]
        except csv.Error as error:
            if "field larger" in str(error):
                what = f"a cell of row {number + 1} is longer than {LONGEST_CELL:,} characters."
                hint = "Is a quotation mark missing?"
                raise BadData([Problem(what, self.source.name, number + 1, hint=hint)]) from None
            raise BadData([quoting_problem(self.source.name, self.text)]) from None
