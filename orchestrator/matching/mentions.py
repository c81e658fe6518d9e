"""One cell, several bodies: joined suppliers and joint operators are split by the rules that stand here.

Taken in this order, outside brackets only:

1. A cell that the register knows as it stands is one body, whatever is in it.
2. What stands behind ``formerly``, ``previously``, ``t/a``, ``trading as`` or ``c/o`` is no body of its own: it is kept
   beside the name as what it is also told (a former name, a trading name, an address).
3. ``A / B``: a slash splits, with a space beside it; without one where both sides have three letters or more and one of
   them has five. ``A/S``, ``c/o`` and ``and/or`` are words. So does ``;``.
4. ``A & B JV``, ``A and B joint venture``: the last word goes, and commas, ``&`` and ``and`` split. Words that only go
   with a name (``& Sons``) do not stand alone. So it is with ``… consortium`` where the register knows one part, since
   many a body is called so.
5. Commas, ``&`` and ``and`` split anywhere else only where the register knows every part by its name.

A part holds a letter and two characters at least; a body named twice in a cell is one part. The parts of a cell share
it equally in whole millionths that add up to 1,000,000, the first parts taking what is left over: an amount times its
share is whole, and nothing is lost or doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["WHOLE", "Part", "parts_of", "shares"]

#: What the shares of a cell add up to.
WHOLE: Final = 1_000_000
MOST_PARTS: Final = 200

_ALSO: Final = re.compile(
    r"[\s(,]+(?:formerly(?: known as| know as| owned by)?|previously|now known as|t/ ?as?|trading as|c/o)\b[\s:]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED: Final = re.compile(
    r"\s*\((?:formerly(?: known as| know as| owned by)?|previously|now known as|t/ ?as?|trading as|c/o)\s+([^()]*)\)",
    re.IGNORECASE,
)
_WORDS_WITH_SLASH: Final = re.compile(r"\b(a/s|c/o|t/ ?as?|t/ s|and/or|w/o|n/a|j/v)\b", re.IGNORECASE)
_JOINT: Final = re.compile(r"[\s,(-]+(?:jv|j/v|joint venture|consortium)[\s)]*$", re.IGNORECASE)
_COMMAS: Final = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+&\s+|\s+and\s+", re.IGNORECASE)
_SEVERAL: Final = re.compile(
    r"[/;,&]|\sand\s|formerly|previously|now known as|trading as|consortium|joint venture|\bjv\b", re.IGNORECASE
)
_NOT_ALONE: Final = frozenset(
    [
        "sons",
        "son",
        "daughters",
        "co",
        "company",
        "partners",
        "brothers",
        "bros",
        "associates",
        "others",
        "limited",
        "ltd",
        "plc",
        "llp",
        "the",
    ]
)


@dataclass(frozen=True)
class Part:
    """One body of a cell: which of how many, its name, its share in millionths, the rule that split it off, and what
    it is also called there."""

    part: int
    parts: int
    name: str
    share: int
    rule: str
    also: str = ""


def shares(parts: int) -> tuple[int, ...]:
    """The shares of so many parts, in whole millionths.

    >>> shares(3)
    (333334, 333333, 333333)
    """
    each, over = divmod(WHOLE, parts)
    return tuple(each + (at < over) for at in range(parts))


def parts_of(cells: Iterable[str], known: Callable[[set[str]], set[str]]) -> Mapping[str, tuple[Part, ...]]:
    """Which bodies does each cell name? ``known`` gives those of a set of names that the register has.

    Every cell has one part at least; the parts stand in the order of the cell. ``known`` is asked once.

    >>> there = {"Ash", "Elm Energy"}
    >>> found = parts_of(["Oak / Elm Energy", "Ash, Elm Energy", "Ash, York"], lambda names: names & there)
    >>> [[part.name for part in parts] for parts in found.values()]
    [['Oak', 'Elm Energy'], ['Ash', 'Elm Energy'], ['Ash, York']]
    """
    every = list(dict.fromkeys(cells))
    proposed = {cell: list(_proposals(cell)) for cell in every if _may_hold_several(cell)}
    asked = set(proposed) | {name for each in proposed.values() for _, names, _ in each for name in names}
    there = known(asked) if asked else set()
    return {
        cell: _numbered(*_choice(cell, proposed[cell], there)) if cell in proposed else (Part(1, 1, cell, WHOLE, ""),)
        for cell in every
    }


#: A rule, the parts it makes, and how many of them the register has to know: ``none``, ``one`` or ``all``.
_Proposal = tuple[str, tuple[str, ...], str]


def _may_hold_several(cell: str) -> bool:
    return bool(_SEVERAL.search(cell))


def _choice(cell: str, proposals: list[_Proposal], there: set[str]) -> tuple[str, tuple[str, ...]]:
    if cell in there:
        return "", (cell,)
    for rule, names, needed in proposals:
        known = sum(_bare(name)[0] in there or name in there for name in names)
        if known >= {"none": 0, "one": 1, "all": len(names)}[needed]:
            return rule, names
    return "", (cell,)


def _numbered(rule: str, names: tuple[str, ...]) -> tuple[Part, ...]:
    named = dict(_bare(name) for name in reversed(names))
    names = tuple(dict.fromkeys(_bare(name)[0] for name in names))
    given = zip(names, shares(len(names)), strict=True)
    return tuple(
        Part(at, len(names), name, share, rule, named[name]) for at, (name, share) in enumerate(given, start=1)
    )


def _bare(name: str) -> tuple[str, str]:
    """A name without what stands behind ``formerly`` and the like, and that; the whole where nothing would be left."""
    also = [each.strip() for each in _BRACKETED.findall(name)]
    text = _BRACKETED.sub("", name)
    if behind := _ALSO.search(text):
        also.append(behind.group(1).strip(" )"))
        text = text[: behind.start()]
    text = text.strip(" ,-(")
    return (text, "; ".join(each for each in also if each)) if re.search(r"\w\w", text) else (name, "")


def _proposals(cell: str) -> Iterator[_Proposal]:
    text, joint = _JOINT.subn("", cell)
    if joint:
        parts = [part for each in _slashed(text) for part in _outside_brackets(_COMMAS, each)]
        if _stand_alone(parts):
            yield "joint venture", tuple(parts), "one" if "consortium" in cell.casefold() else "none"
    slashed = _slashed(cell)
    if len(slashed) > 1 and _proper(slashed):
        yield "slash", tuple(slashed), "none"
    commas = _outside_brackets(_COMMAS, cell)
    if _stand_alone(commas):
        yield "every part is known", tuple(commas), "all"


def _stand_alone(parts: list[str]) -> bool:
    return len(parts) > 1 and _proper(parts) and not any(part.casefold().strip(". ") in _NOT_ALONE for part in parts)


def _proper(parts: list[str]) -> bool:
    return len(parts) <= MOST_PARTS and all(re.search(r"[^\W\d_]", part) and len(part) > 1 for part in parts)


def _slashed(text: str) -> list[str]:
    masked = _WORDS_WITH_SLASH.sub(lambda found: found.group().replace("/", "\x00"), text)
    parts = _outside_brackets(re.compile(r"\s+/\s*|/\s+|\s*;\s*"), masked)
    every = [one for part in parts for one in _tight(part)]
    return [part.replace("\x00", "/").strip() for part in every]


def _tight(part: str) -> list[str]:
    """Split at slashes without a space, where what stands on both sides can be a name."""
    pieces = _outside_brackets(re.compile("/"), part)
    letters = [len(re.findall(r"[^\W\d_]", piece)) for piece in pieces]
    return pieces if len(pieces) > 1 and min(letters) >= 3 and max(letters) >= 5 else [part]


def _outside_brackets(splitter: re.Pattern[str], text: str) -> list[str]:
    parts, start = [], 0
    for found in splitter.finditer(text):
        before = text[: found.start()]
        if before.count("(") <= before.count(")"):
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
