"""Names that name nobody: masked and withheld ones, nil returns, totals. The words are listed, nothing is guessed."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["NIL", "REDACTED", "VOID", "is_nil", "is_redacted", "is_total", "is_void"]

#: Names that stand for somebody who is not named, in small letters without punctuation.
REDACTED: Final = frozenset(
    {
        "anonymised",
        "anonymous",
        "commercial in confidence",
        "commercially confidential",
        "confidential",
        "data protection",
        "individual",
        "individuals",
        "masked",
        "name not disclosed",
        "name removed",
        "name withheld",
        "not disclosed",
        "personal data",
        "personal information",
        "private developer",
        "private individual",
        "private individuals",
        "removed for data protection",
        "unknown",
        "withheld",
    }
)
#: What stands where there is nothing to report, in small letters without punctuation.
NIL: Final = frozenset(
    {
        "n a",
        "na",
        "nil",
        "nil return",
        "nil returns",
        "no external meetings",
        "no meetings",
        "no meetings held",
        "no meetings this quarter",
        "no meetings to declare",
        "no return",
        "none",
        "not applicable",
        "nothing to declare",
    }
)
#: What a publisher says of a record that did not come to anything, in small letters.
VOID: Final = frozenset({"cancelled", "canceled", "terminated", "unsuccessful", "void", "withdrawn"})
_MASKING: Final = frozenset("x*█■#")
_BETWEEN: Final = frozenset("?._- \t")
_REDACTED_WORD: Final = re.compile(r"\bredact(?:ed|ion)\b", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[\W_]+")


def _plain(text: str) -> str:
    return _PLAIN.sub(" ", text).strip().casefold()


def is_redacted(name: str) -> bool:
    """Does this name hide who it is?

    >>> is_redacted("REDACTED - Personal Data"), is_redacted("XXXXX"), is_redacted("1927")
    (True, True, False)
    """
    return bool(_REDACTED_WORD.search(name)) or _plain(name) in REDACTED or _is_mask(name)


def is_void(status: str) -> bool:
    """Does this status say that the record did not come to anything?

    >>> is_void("Cancelled"), is_void("Awarded")
    (True, False)
    """
    return _plain(status) in VOID


def _is_mask(name: str) -> bool:
    """Three or more of x, * and blocks, and nothing else but points and dashes."""
    characters = name.casefold()
    return set(characters) <= _MASKING | _BETWEEN and sum(character in _MASKING for character in characters) >= 3


def is_nil(text: str) -> bool:
    """Does this say that there is nothing to report?

    >>> is_nil("Nil return"), is_nil("N/A"), is_nil("Nile Street Partnership")
    (True, True, False)
    """
    return _plain(text) in NIL


def is_total(text: str) -> bool:
    """Is this the label of a line that adds up the others?

    >>> is_total("Grand Total"), is_total("Total Energies")
    (True, False)
    """
    return _plain(text) in {"total", "totals", "grand total", "sub total", "subtotal", "overall total"}
