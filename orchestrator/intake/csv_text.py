"""One CSV file, read strictly: everything stays text, and what is not sound is said with its line or row."""

from __future__ import annotations

import csv

from orchestrator.errors import Problem
from orchestrator.intake.decoding import marks, open_text, text_problem
from orchestrator.intake.layout import lay_out
from orchestrator.intake.quoting import quoting_problem
from orchestrator.intake.reading import Reading, refused
from orchestrator.tables.protect import unprotect

__all__ = ["read_csv"]


def read_csv(name: str, file: str, data: bytes) -> Reading:
    """What table stands in these bytes? ``name`` is the table's, ``file`` what messages call the file.

    UTF-8 with or without a byte order mark, commas, CRLF, LF or CR. Cells stay as they were written, surrounding
    spaces included; only an apostrophe before = + - @ TAB, which our own exports put there, is taken off. A file that
    is something else, holds NUL bytes or other encodings or breaks the rules of quoting is refused; rows of a wrong
    length are set aside. A heading without rows is an empty table. Never raises. Cost grows with the size of the file.

    >>> reading = read_csv("ties", "ties.csv", b"source_id,target_id\\n007,NA\\n")
    >>> reading.table.cells, list(reading.table.rows)
    ((['007'], ['NA']), [2])
    """
    problem = text_problem(file, data)
    if problem is not None:
        return refused(problem)
    try:
        reading = lay_out(name, file, csv.reader(open_text(data), strict=True), unprotect)
    except csv.Error:
        return refused(quoting_problem(file, lambda: open_text(data)))
    return _with_mark_notice(reading, file, data)


def _with_mark_notice(reading: Reading, file: str, data: bytes) -> Reading:
    count = marks(data)
    if count < 2:
        return reading
    notice = Problem(f"the text starts with {count} byte order marks; they were left out.", file, line=1)
    return Reading(reading.table, reading.problems, (notice, *reading.notices))
