"""Bytes to text: UTF-8 and nothing else, with the line of the first byte that is not."""

from __future__ import annotations

import codecs
from io import BytesIO, TextIOWrapper
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.signature import LOOKED_AT, foreign_kind

__all__ = ["line_of", "marks", "open_text", "text_problem"]

_MARK: Final = codecs.BOM_UTF8
_BLOCK: Final = 1 << 22
_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ONLY_UTF_8: Final = "Only UTF-8 is read."
_SAVE_AS: Final = "In a spreadsheet choose 'Save as' and 'CSV UTF-8'."


def marks(data: bytes) -> int:
    """How many byte order marks does the text start with? One is usual, none is fine, two come from saving twice.

    >>> marks(b"\\xef\\xbb\\xbfname"), marks(b"name")
    (1, 0)
    """
    count = 0
    while data.startswith(_MARK, count * len(_MARK)):
        count += 1
    return count


def open_text(data: bytes) -> TextIOWrapper:
    """The text behind the byte order marks, line by line; line ends (LF, CRLF, CR) are kept as they are.

    >>> list(open_text(b"a\\rb\\r\\nc"))
    ['a\\r', 'b\\r\\n', 'c']
    """
    stream = BytesIO(data)
    stream.seek(marks(data) * len(_MARK))
    return TextIOWrapper(stream, encoding="utf-8", newline="")


def line_of(data: bytes, offset: int) -> int:
    """In which line of the text does this byte stand? The first line is 1; LF, CRLF and CR each end one.

    >>> line_of(b"a\\r\\nb\\rc", 5)
    3
    """
    ends = data.count(b"\n", 0, offset) + data.count(b"\r", 0, offset) - data.count(b"\r\n", 0, offset)
    return ends + 1


def text_problem(file: str, data: bytes) -> Problem | None:
    """Why can these bytes not be read as a text table? None if they can.

    >>> print(text_problem("ties.csv", b"name\\nCaf\\xe9,1"))
    ties.csv, line 2: the byte E9 is not UTF-8; in Windows-1252 it would read 'Café,1'. Only UTF-8 is read. In a \
spreadsheet choose 'Save as' and 'CSV UTF-8'.
    """
    return _empty(file, data) or _wide(file, data) or _foreign(file, data) or _nul(file, data) or _not_utf8(file, data)


def _empty(file: str, data: bytes) -> Problem | None:
    if data[marks(data) * len(_MARK) :][:LOOKED_AT].strip() or data.strip(b"\xef\xbb\xbf \t\r\n"):
        return None
    return Problem("the file is empty.", file, allowed="The first row holds the headings.")


def _wide(file: str, data: bytes) -> Problem | None:
    name = next((name for mark, name in _WIDE_MARKS if data.startswith(mark)), None) or _wide_without_mark(data)
    if name is None:
        return None
    return Problem(f"the text is {name}.", file, line=1, allowed=_ONLY_UTF_8, hint=_SAVE_AS)


def _wide_without_mark(data: bytes) -> str | None:
    head = data[:LOOKED_AT]
    most = 0.4 * ((len(head) + 1) // 2)
    if len(head) >= 4 and max(head[0::2].count(0), head[1::2].count(0)) > most:
        return "UTF-16 or another encoding of two bytes"
    return None


def _foreign(file: str, data: bytes) -> Problem | None:
    kind = foreign_kind(data[:LOOKED_AT])
    if kind is None:
        return None
    hint = "Open it in the program that it belongs to and save the table as 'CSV UTF-8'."
    return Problem(f"this is {kind}, not a CSV file.", file, allowed="A CSV file is plain text.", hint=hint)


def _nul(file: str, data: bytes) -> Problem | None:
    offset = data.find(b"\0")
    if offset < 0:
        return None
    count = data.count(b"\0")
    what = "there is a NUL byte here." if count == 1 else f"there is a NUL byte here, the first of {count:,}."
    hint = "The file is damaged or no text: export it again."
    return Problem(what, file, line=line_of(data, offset), allowed="Text holds none.", hint=hint)


def _not_utf8(file: str, data: bytes) -> Problem | None:
    offset = _first_bad_byte(data)
    if offset is None:
        return None
    would_read = quoted(_around(data, offset))
    what = f"the byte {data[offset]:02X} is not UTF-8; in Windows-1252 it would read {would_read}."
    return Problem(what, file, line=line_of(data, offset), allowed=_ONLY_UTF_8, hint=_SAVE_AS)


def _first_bad_byte(data: bytes) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _BLOCK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _BLOCK], final=start + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _around(data: bytes, offset: int) -> str:
    line = data[max(0, offset - 20) : offset + 20].replace(b"\r", b"\n")
    before, after = line[: min(20, offset)], line[min(20, offset) :]
    return (before.rpartition(b"\n")[2] + after.partition(b"\n")[0]).decode("cp1252", "replace")
