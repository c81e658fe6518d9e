"""A published table as rows of text: one sheet of a CSV file, or every sheet of a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.decoding import line_of, marks, open_text, text_problem
from orchestrator.intake.evidence.statement import EvidenceSource
from orchestrator.intake.evidence.tally import Tally
from orchestrator.intake.quoting import quoting_problem
from orchestrator.intake.sheet_scan import Area
from orchestrator.intake.signature import is_zip
from orchestrator.intake.workbook import read_rows

__all__ = ["Sheet", "open_sheets"]

Row = Sequence[str]

#: One letter beyond ASCII in UTF-8, or one byte that is none.
_LETTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]"
)
_NOT_WINDOWS: Final = frozenset({b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"})


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


def open_sheets(source: EvidenceSource, tally: Tally, encoding: str) -> list[Sheet]:
    """The sheets of this file. Raises BadData where it cannot be read as a table at all.

    ``encoding`` is what a mapping file says; where it does not say utf-8, a file that as a whole is no UTF-8 is read as
    Windows-1252, and that is noticed: whoever knows the format says whether it will do.
    """
    if is_zip(source.content[:4]):
        found, notices = read_rows(source.name, source.content)
        tally.notices.extend(notices)
        return [Sheet(f"{source.name}/{each.name}", each.name, each.rows.__iter__, each.merged) for each in found]
    content = _text(source, tally, encoding)
    if not source.content.endswith((b"\n", b"\r")):
        tally.notices.append(Problem("the file does not end with a line end: was it cut off?", source.name))
    return [Sheet(source.name, "", _Lines(source.name, content))]


def _text(source: EvidenceSource, tally: Tally, encoding: str) -> bytes:
    """The content in UTF-8, without marks at its start. Raises BadData where it is in no encoding that is read."""
    problem = text_problem(source.name, source.content)
    if problem is None:
        count = marks(source.content)
        if count > 1:
            what = f"the text starts with {count} byte order marks; they were left out."
            tally.notices.append(Problem(what, source.name, line=1))
        return source.content
    if "is not UTF-8" not in problem.what:
        raise BadData([problem])
    if encoding == "utf-8":
        raise BadData([problem])
    return _from_windows(source, tally, problem)


def _from_windows(source: EvidenceSource, tally: Tally, problem: Problem) -> bytes:
    """Windows-1252 in UTF-8; letters that are UTF-8 already, as where files were put together, stay as they are."""
    outside = next((found for found in _LETTER.finditer(source.content) if found[0] in _NOT_WINDOWS), None)
    if outside is not None:
        line = line_of(source.content, outside.start())
        what = f"the byte {outside[0][0]:02X} is neither UTF-8 nor Windows-1252."
        raise BadData([Problem(what, source.name, line=line, hint="Save the table as 'CSV UTF-8'.")])
    already = next((found for found in _LETTER.finditer(source.content) if len(found[0]) > 1), None)
    what = "this line is not UTF-8; the file was read as Windows-1252."
    tally.notices.append(Problem(what, source.name, line=problem.line))
    if already is not None:
        what = "letters here are UTF-8 in a file that is Windows-1252 elsewhere; both were read as what they are."
        tally.notices.append(Problem(what, source.name, line=line_of(source.content, already.start())))
    return _LETTER.sub(
        lambda found: found[0] if len(found[0]) > 1 else found[0].decode("cp1252").encode(), source.content
    )


@dataclass(frozen=True)
class _Lines:
    """The rows of a CSV file, read strictly each time."""

    file: str
    content: bytes

    def text(self) -> TextIOWrapper:
        """The text from its start, behind the byte order marks."""
        return open_text(self.content)

    def __call__(self) -> Iterator[Row]:
        """Row by row. Raises BadData where quotation marks go wrong."""
        try:
            yield from csv.reader(self.text(), strict=True)
        except csv.Error:
            raise BadData([quoting_problem(self.file, self.text)]) from None
