"""Identifiers of organisations with their scheme in front, as org-id.guide writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from orchestrator.tables.cells import LIST_SEPARATOR, split_list

__all__ = ["charity", "company", "joined_identifiers", "schemed"]

_CHARITY: Final = MappingProxyType({"": "GB-CHC-", "SC": "GB-SC-SC", "NIC": "GB-NIC-"})
_CHARITY_NUMBER: Final = re.compile(r"(SC|NIC)?\s*0*(\d{5,7})(?:-\d+)?", re.ASCII | re.IGNORECASE)
_COMPANY_NUMBER: Final = re.compile(r"[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|\d{5,8}", re.ASCII)
#: Columns of plain numbers, by their headings folded; columns called otherwise hold whole identifiers.
_NUMBERED: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "charitynumber",
                "recipientorgcharitynumber",
                "registeredcharitynumber",
                "suppliercharitynumber",
            ),
            "charity",
        ),
        **dict.fromkeys(
            (
                "companynumber",
                "companyregistrationnumber",
                "recipientorgcompanynumber",
                "suppliercompanynumber",
                "suppliercompanyregistrationnumber",
            ),
            "company",
        ),
    }
)


def charity(number: str) -> str:
    """The identifier of a charity by its number: of England and Wales, of Scotland (SC), of Northern Ireland (NIC).

    '' for what is no such number.

    >>> charity("1136419"), charity("SC012345"), charity("n/a")
    ('GB-CHC-1136419', 'GB-SC-SC012345', '')
    """
    found = _CHARITY_NUMBER.fullmatch(number.strip())
    if found is None:
        return ""
    country = (found[1] or "").upper()
    return _CHARITY[country] + (found[2].zfill(6) if country else found[2])


def company(number: str) -> str:
    """The identifier of a company by its number; zeros that a spreadsheet took off its front are put back.

    '' for what is no such number.

    >>> company("1234567"), company("sc123456"), company("none")
    ('GB-COH-01234567', 'GB-COH-SC123456', '')
    """
    text = number.strip().upper()
    return f"GB-COH-{text.zfill(8)}" if _COMPANY_NUMBER.fullmatch(text) else ""


def schemed(scheme: str, number: str) -> str:
    """An identifier of this scheme; '' where either is missing.

    >>> schemed("GB-COH", "01234567"), schemed("", "7")
    ('GB-COH-01234567', '')
    """
    scheme, number = scheme.strip(), number.strip()
    if not scheme or not number:
        return ""
    return number if number.upper().startswith(f"{scheme.upper()}-") else f"{scheme}-{number}"


def joined_identifiers(said: Iterable[tuple[str, str]]) -> str:
    """All identifiers that columns hold, each once, | between. A column of plain numbers is known by its heading.

    >>> joined_identifiers([("recipientorgidentifier", "GB-CHC-1136419"), ("recipientorgcharitynumber", "1136419")])
    'GB-CHC-1136419'
    """
    found: dict[str, None] = {}
    for heading, text in said:
        kind = _NUMBERED.get(heading)
        written = split_list(text) if kind is None else (charity(text) if kind == "charity" else company(text),)
        found |= dict.fromkeys(each for each in written if each)
    return LIST_SEPARATOR.join(found)
