"""Which letters can the documents' font show? What it cannot is shown as a box and named, never left out silently."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["MISSING", "characters", "shown_with", "told_missing"]

#: Stands where a letter cannot be shown.
MISSING: Final = "□"
_FONT: Final = Path(__file__).parent / "fonts" / "Inter-Regular.otf"
_MOST_NAMED: Final = 12


@cache
def characters() -> frozenset[str]:
    """All characters that the font has, read from its own table (OpenType ``cmap``, format 4)."""
    font = _FONT.read_bytes()
    (tables,) = struct.unpack(">H", font[4:6])
    entries = (struct.unpack(">4sLLL", font[12 + 16 * at : 28 + 16 * at]) for at in range(tables))
    (start,) = (offset for tag, _, offset, _ in entries if tag == b"cmap")
    (count,) = struct.unpack(">H", font[start + 2 : start + 4])
    found: set[str] = set()
    for at in range(count):
        (offset,) = struct.unpack(">L", font[start + 8 + 8 * at : start + 12 + 8 * at])
        found |= _of_format_4(font[start + offset :])
    return frozenset(found)


def _of_format_4(table: bytes) -> set[str]:
    """The characters of one sub-table: segments with an end and a start each."""
    form, _, _, twice = struct.unpack(">4H", table[:8])
    if form != 4:
        return set()
    ends = struct.unpack(f">{twice // 2}H", table[14 : 14 + twice])
    starts = struct.unpack(f">{twice // 2}H", table[16 + twice : 16 + 2 * twice])
    return {chr(code) for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)} - {"\uffff"}


def shown_with(text: str, missing: set[str]) -> str:
    """The text as the font can show it; what it lacks becomes □ and is added to ``missing``. Line ends are spaces.

    >>> lacks = set()
    >>> shown_with("Ŵyn 👩", lacks), lacks
    ('Ŵyn □', {'👩'})
    """
    text = " ".join(text.split())
    lacking = set(text) - characters()
    missing |= lacking
    return "".join(MISSING if letter in lacking else letter for letter in text)


def told_missing(missing: Iterable[str]) -> str:
    """Which characters could not be shown, by their numbers in Unicode; blank if all could.

    >>> told_missing({"👩"})
    'One character that the font of this document lacks is shown as □ (U+1F469). Every other format has it.'
    """
    codes = sorted(ord(letter) for letter in missing)
    if not codes:
        return ""
    named = ", ".join(f"U+{code:04X}" for code in codes[:_MOST_NAMED])
    more = f" and {len(codes) - _MOST_NAMED} more" if len(codes) > _MOST_NAMED else ""
    if len(codes) == 1:
        said, them = "One character that the font of this document lacks is", "it"
    else:
        said, them = f"{len(codes)} characters that the font of this document lacks are", "them"
    return f"{said} shown as {MISSING} ({named}{more}). Every other format has {them}."
