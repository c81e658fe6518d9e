"""Public identifiers as org-id.guide writes them, whatever a publisher called the list or did to the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["Identifier", "read_identifiers"]


class Identifier(NamedTuple):
    """One public identifier: the list it is from, and the whole of it with the list in front."""

    scheme: str
    text: str


#: Other ways in which publishers write the list in front of a number.
_SYNONYMS: Final = MappingProxyType(
    {
        "COH": "GB-COH",
        "UK-COH": "GB-COH",
        "GB-CH": "GB-COH",
        "GB-COMPANY": "GB-COH",
        "COMPANIES HOUSE": "GB-COH",
        "OPENCORPORATES-GB": "GB-COH",
        "CHC": "GB-CHC",
        "UK-CHC": "GB-CHC",
        "GB-CC": "GB-CHC",
        "CHARITY COMMISSION": "GB-CHC",
        "GB-OSCR": "GB-SC",
        "GB-CCNI": "GB-NIC",
        "GB-LA": "GB-LAE",
        "GB-ODS": "GB-NHS",
        "GB-URN": "GB-EDU",
        "GB-PRN": "GB-UKPRN",
        "UKPRN": "GB-UKPRN",
        "LEI": "XI-LEI",
        "DUNS": "XI-DUNS",
        "GB-DUNS": "XI-DUNS",
    }
)
_PUBLIC: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]+", re.ASCII)


def read_identifiers(cell: str) -> tuple[Identifier, ...]:
    """The public identifiers of a cell, ``|`` between them; ids that a publisher made up for itself are left out.

    Company numbers get the zeros in front that they lost, charity numbers lose those they were given.

    >>> [each.text for each in read_identifiers("gb-coh-6|GB-CHC-0326568|360G-town-3|GB-ODS-RJ1")]
    ['GB-COH-00000006', 'GB-CHC-326568', 'GB-NHS-RJ1']
    """
    return tuple(dict.fromkeys(_read(cell)))


def _read(cell: str) -> Iterator[Identifier]:
    for each in cell.split("|"):
        scheme, number = _parted(" ".join(each.upper().split()))
        if _PUBLIC.fullmatch(scheme) and number:
            number = _number(scheme, number)
            yield Identifier(scheme, f"{scheme}-{number}")


def _parted(text: str) -> tuple[str, str]:
    country, _, rest = text.partition("-")
    name, _, number = rest.partition("-")
    scheme = f"{country}-{name}"
    if scheme not in _SYNONYMS and _PUBLIC.fullmatch(scheme):
        return scheme, number.strip()
    for synonym, meant in _SYNONYMS.items():
        if text.startswith((f"{synonym}-", f"{synonym}:", f"{synonym} ")):
            return meant, text[len(synonym) + 1 :].strip()
    return "", ""


def _number(scheme: str, number: str) -> str:
    if scheme == "GB-COH":
        number = number.replace(" ", "")
        letters = number[:2] if number[:2].isalpha() else ""
        digits = number[len(letters) :]
        return letters + digits.zfill(8 - len(letters)) if digits.isdecimal() else number
    if scheme == "GB-CHC":
        return number.replace(" ", "").lstrip("0") or number
    return number
