"""Where quotation marks go wrong: what the strict CSV reader stumbled over, in words and with the line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from orchestrator.errors import Problem

__all__ = ["quoting_problem"]

_QUOTED: Final = re.compile(r'"(?:[^"]++|"")*+"')
_BARE: Final = re.compile(r"[^,\r\n]*")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_ALLOWED: Final = "A quoted cell ends with a quotation mark before a comma or the end of the row."
_HINT: Final = 'Inside a quoted cell write each quotation mark twice: "".'


@dataclass(frozen=True)
class _Broken:
    """The row that broke: its first and last line, the text between, and what the CSV reader said."""

    first_line: int
    last_line: int
    text: str
    error: str


def quoting_problem(file: str, lines: Callable[[], Iterable[str]]) -> Problem:
    """Where does the text break the rules of quoting? The line where the broken cell opens, and what is wrong there.

    ``lines`` opens the text anew. Only called for a text that the strict reader has refused.

    >>> print(quoting_problem("ties.csv", lambda: ["a,b\\n", 'x,"y\\n', "z\\n"]).where())
    ties.csv, line 2
    """
    broken = _find(lines)
    opens = _opening(broken.text)
    if opens is None:
        return Problem(f"this line cannot be read: {broken.error}.", file, line=broken.last_line, allowed=_ALLOWED)
    line = broken.first_line + len(_LINE_END.findall(broken.text, 0, opens))
    return Problem(_what(broken, line), file, line=line, allowed=_ALLOWED, hint=_HINT)


def _what(broken: _Broken, line: int) -> str:
    if "end of data" in broken.error:
        return "a quotation mark opens a cell here and is never closed."
    if "limit" in broken.error:
        return "a quotation mark opens a cell here that does not end: it is too long, or the mark is not closed."
    if line == broken.last_line:
        return "a quoted cell goes on after its closing quotation mark."
    return f"a quotation mark opens a cell here that ends wrongly in line {broken.last_line}; it may not be closed."


def _find(lines: Callable[[], Iterable[str]]) -> _Broken:
    """Read row by row up to the one that breaks."""
    reader = csv.reader(iter(lines()), strict=True)
    good = 0
    error = "the text changes while it is read"
    try:
        for _ in reader:
            good = reader.line_num
    except csv.Error as found:
        error = str(found)
    return _Broken(good + 1, reader.line_num, "".join(islice(lines(), good, reader.line_num)), error)


def _opening(record: str) -> int | None:
    """At which character of the row does the cell open whose quoting is broken? None if no cell's is."""
    at = 0
    while at < len(record):
        if record[at] == '"':
            quoted = _QUOTED.match(record, at)
            if quoted is None or record[quoted.end() : quoted.end() + 1] not in ("", ",", "\r", "\n"):
                return at
            at = quoted.end()
        else:
            bare = _BARE.match(record, at)
            at = bare.end() if bare else at
        at += 1
    return None
