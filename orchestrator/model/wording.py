"""How sentences are put together, so that every page and every command says the same thing in the same words."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["counted", "listed", "number", "percent", "sentence"]

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: float) -> str:
    """A figure as people read it: whole numbers with thousands apart, others with one decimal.

    >>> number(1200), number(2.5)
    ('1,200', '2.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "body", "bodies"), counted(12, "body", "bodies"), counted(0, "tie")
    ('one body', '12 bodies', 'no ties')
    """
    noun = one if count == 1 else (many or f"{one}s")
    return f"{_SMALL[count] if 0 <= count < len(_SMALL) else number(count)} {noun}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence; beyond ``most`` the rest is counted.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C", "D", "E"]), listed(["A"])
    ('A, B and C', 'A, B, C and 2 more', 'A')
    """
    if len(names) <= 1:
        return "".join(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} and {number(len(names) - most)} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def percent(share: float) -> str:
    """A share as a whole percentage; what is not quite nothing or all is not rounded to it.

    >>> percent(0.236), percent(0.001), percent(0.999), percent(1)
    ('24%', 'under 1%', 'over 99%', '100%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share:.0%}"


def sentence(*parts: str) -> str:
    """Parts put together as a sentence: with a capital at its start and a full stop at its end, names left as they are.

    >>> sentence("two places have a need at risk", "Wales the most")
    'Two places have a need at risk, Wales the most.'
    """
    text = ", ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
