"""Names as they are published, names as they are read, and the short stable ids made from them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = ["clean", "distinct", "from_capitals", "slug"]

_NOT_IN_A_SLUG: Final = re.compile(r"[^a-z0-9]+")
_SPACES: Final = re.compile(r"\s+")
_MISREAD: Final = re.compile("[\x80-\x9f]")
_LETTERS: Final = str.maketrans({"ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L"})
_SMALL: Final = frozenset({"and", "of", "the", "on", "upon", "for", "in", "with", "to", "de", "under", "by"})
_KEPT: Final = frozenset({"NHS", "UK", "ICB", "CCG"})


def clean(name: str) -> str:
    """How is this published name written properly? Without HTML entities, stray spaces and misread quotation marks.

    >>> clean("Attorney General&#39;s  Office "), clean("The Adjudicatorâ\\x80\\x99s Office")
    ("Attorney General's Office", 'The Adjudicator’s Office')
    """
    text = html.unescape(name)
    if _MISREAD.search(text):
        text = _read_again(text)
    return _SPACES.sub(" ", text).strip()


def _read_again(text: str) -> str:
    """UTF-8 that somebody took for Latin-1 on the way; as it is if that was not it."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def slug(name: str) -> str:
    """The short stable id of a name: lower-case letters, digits and hyphens. Blank for a name without any of them.

    >>> slug("Department for Environment, Food & Rural Affairs"), slug("King's Lynn and West Norfolk")
    ('department-for-environment-food-and-rural-affairs', 'kings-lynn-and-west-norfolk')
    """
    text = re.sub(r"['’`]", "", name.replace("&", " and ").translate(_LETTERS))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_IN_A_SLUG.sub("-", plain.lower()).strip("-")


def from_capitals(name: str) -> str:
    """How is a name that was published in capitals written in a sentence?

    >>> from_capitals("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST")
    "Guy's and St Thomas' NHS Foundation Trust"
    >>> from_capitals("STOKE-ON-TRENT (NORTH) NHS TRUST")
    'Stoke-on-Trent (North) NHS Trust'
    """
    words = re.findall(r"[A-Za-z']+|[^A-Za-z']+", clean(name))
    return "".join(_word(word, first=at == 0) for at, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word.upper() in _KEPT:
        return word.upper()
    if word.lower() in _SMALL and not first:
        return word.lower()
    return word[:1].upper() + word[1:].lower()


def distinct(names: Iterable[str], *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """Each name once, whatever its capitals, in the order given; blank ones and those in ``but`` left out.

    >>> distinct(["Hull", "HULL", "", "Kingston upon Hull"], but=["hull city council"])
    ('Hull', 'Kingston upon Hull')
    """
    seen = {name.casefold() for name in but}
    found = []
    for name in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            found.append(name)
    return tuple(found)
