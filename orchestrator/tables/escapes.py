"""Characters that a format cannot hold, written so that they come back exactly.

XML knows no control characters and no half of a surrogate pair; workbook programs read ``_x000D_`` as one. Such a
character is written as ␛, its number in hexadecimal, and a semicolon; so is ␛ itself, which makes it exact.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escape", "escape_for_csv", "escape_for_workbook", "escape_for_xml", "unescape"]

_MARK: Final = "␛"
_NOT_XML: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_FOR_XML: Final = re.compile(f"[{_NOT_XML}{_MARK}]")
#: Line ends, tabs, runs of spaces and spaces at the edges are changed by one workbook program or another.
_FOR_WORKBOOK: Final = re.compile(
    f"[{_NOT_XML}{_MARK}\t\r\n\x85\xa0\u2028\u2029]|_(?=x[0-9A-Fa-f]{{4}}_)|^\\s|\\s$|(?<= ) |^\\ufeff"
)
_FOR_CSV: Final = re.compile(f"[\x00\ud800-\udfff{_MARK}]")
_ESCAPED: Final = re.compile(f"{_MARK}([0-9a-f]{{1,6}});")


def escape(text: str, what: re.Pattern[str]) -> str:
    """The text with every character that the pattern finds written as its number.

    >>> escape("a\\tb", re.compile("\\t"))
    'a␛9;b'
    """
    return what.sub(lambda found: f"{_MARK}{ord(found[0]):x};", text) if what.search(text) else text


def escape_for_csv(text: str) -> str:
    """How is a text written into a CSV file? Only NUL and halves of surrogate pairs are changed.

    >>> escape_for_csv("two\\nlines"), escape_for_csv("\\x00")
    ('two\\nlines', '␛0;')
    """
    return escape(text, _FOR_CSV)


def escape_for_xml(text: str) -> str:
    """How is a text written where XML stands? Only what XML cannot hold is changed.

    >>> escape_for_xml("Ö & 👩🏽‍🔬"), escape_for_xml("bell\\x07")
    ('Ö & 👩🏽‍🔬', 'bell␛7;')
    """
    return escape(text, _FOR_XML)


def escape_for_workbook(text: str) -> str:
    """How is a text written into a cell of a workbook? Line ends and spaces that would be lost are changed too.

    >>> escape_for_workbook("two\\nlines"), escape_for_workbook("_x000D_")
    ('two␛a;lines', '␛5f;x000D_')
    """
    return escape(text, _FOR_WORKBOOK)


def unescape(text: str) -> str:
    """What did the text say before? A number that is no character is left as it stands.

    >>> unescape("two␛a;lines"), unescape("␛110000;")
    ('two\\nlines', '␛110000;')
    """
    return _ESCAPED.sub(_character, text) if _MARK in text else text


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= 0x10FFFF else found[0]
