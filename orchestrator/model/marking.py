"""Protective markings: which of two is the higher, and that none falls unless somebody says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from orchestrator.errors import WrongUsage, quoted

__all__ = ["MARKINGS", "highest", "marking_of", "marking_over", "raised"]

#: From the lowest to the highest, as the UK Government Security Classifications have them. "" is not marked.
MARKINGS: Final = ("", "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")


def marking_of(text: str) -> str:
    """Which marking is meant? Capitals, and hyphens or spaces between words, do not matter.

    Raises WrongUsage for what is no marking.

    >>> marking_of("official sensitive"), marking_of("Top-Secret"), marking_of("")
    ('OFFICIAL-SENSITIVE', 'TOP SECRET', '')
    """
    asked = " ".join(text.upper().replace("-", " ").replace("_", " ").replace(":", " ").split())
    for marking in MARKINGS:
        if marking.replace("-", " ") == asked:
            return marking
    raise WrongUsage(f"{quoted(text)} is not a protective marking. Use {', '.join(MARKINGS[1:-1])} or {MARKINGS[-1]}.")


def highest(*markings: str) -> str:
    """What marking has what is made of things with these markings? The highest; none of nothing.

    >>> highest("OFFICIAL", "SECRET", ""), highest()
    ('SECRET', '')
    """
    return max(markings, key=MARKINGS.index, default="")


def marking_over(texts: Iterable[str]) -> str:
    """Under which marking stands a page about missions that are marked like this? The highest of them.

    A text that is no marking is shown as it is: somebody meant something by it, and nothing is lowered silently.

    >>> marking_over(["", "official", "Secret"]), marking_over(["", "for the board only"]), marking_over([])
    ('SECRET', 'for the board only', '')
    """
    known, others = [], []
    for text in texts:
        try:
            known.append(marking_of(text))
        except WrongUsage:
            others.append(text.strip())
    return " · ".join(dict.fromkeys(one for one in (highest(*known), *others) if one))


def raised(stands: str, asked: str | None, *, may_fall: bool = False) -> str:
    """Which marking goes on, where ``stands`` was there before and ``asked`` is wished for (None: no wish)?

    Raises WrongUsage for a lower one, unless ``may_fall`` says that it is meant.

    >>> raised("OFFICIAL", "SECRET"), raised("SECRET", None), raised("SECRET", "OFFICIAL", may_fall=True)
    ('SECRET', 'SECRET', 'OFFICIAL')
    """
    if asked is None:
        return stands
    if MARKINGS.index(asked) < MARKINGS.index(stands) and not may_fall:
        lower = asked or "none at all"
        raise WrongUsage(
            f"It is marked {stands}, and {lower} is lower. Say --lower-marking beside --marking if that is meant."
        )
    return asked
