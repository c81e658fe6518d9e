"""A JSON document walked strictly: every value is of the type that its standard says, or its record is rejected."""

from __future__ import annotations

import html
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from orchestrator.errors import quoted
from orchestrator.intake.evidence.amounts import minor_units, read_currency
from orchestrator.intake.evidence.dates import DateColumn, DateRule
from orchestrator.tables.cells import LONGEST_CELL, UnreadableError

__all__ = ["Record", "day", "money", "part", "parts", "text"]

Record = Mapping[str, Any]
_LARGEST: Final = Decimal(10) ** 15


def text(record: Record, name: str) -> str:
    """The text of this name, '' where there is none; signs written for HTML (&amp;) are what they stand for.

    Raises UnreadableError for what is no text and no whole number.

    >>> text({"name": " Arts &amp; Crafts "}, "name"), text({}, "name")
    ('Arts & Crafts', '')
    """
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise UnreadableError(f"{quoted(name)} is {_called(value)}.", "It is a text.")
    if len(value) > LONGEST_CELL:
        raise UnreadableError(
            f"{quoted(name)} has {len(value):,} characters.", f"At most {LONGEST_CELL:,} are allowed."
        )
    return html.unescape(value).strip() if "&" in value else value.strip()


def part(record: Record, name: str) -> Record:
    """The object of this name, empty where there is none. Raises UnreadableError for what is no object.

    >>> part({"buyer": {"name": "A council"}}, "buyer")
    {'name': 'A council'}
    """
    value = record.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnreadableError(f"{quoted(name)} is {_called(value)}.", "It is an object.")
    return value


def parts(record: Record, name: str) -> list[Record]:
    """The objects of this list, none where there is none. Raises UnreadableError for what is no list of objects.

    >>> parts({"awards": [{"id": "1"}]}, "awards")
    [{'id': '1'}]
    """
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UnreadableError(f"{quoted(name)} is {_called(value)}.", "It is a list of objects.")
    return value


def day(record: Record, name: str) -> str:
    """The day of this name as ISO text, '' where there is none. Raises UnreadableError for what is no ISO date.

    >>> day({"awardDate": "2015-06-10T00:00:00+00:00"}, "awardDate")
    '2015-06-10'
    """
    written = text(record, name)
    if not written:
        return ""
    if not written[:4].isdigit():
        raise UnreadableError(f"{quoted(written)} is not an ISO date.", "Write it like 2015-06-10.")
    return DateColumn(DateRule()).read(written)


def money(value: Any, currency: str) -> tuple[int | None, str, bool]:
    """Whole minor units, currency, and whether they were rounded; None and '' where there is no amount.

    Raises UnreadableError for what is no number.

    >>> money(3028.63, "GBP"), money(None, "GBP")
    ((302863, 'GBP', False), (None, '', False))
    """
    if value is None or value == "":
        return None, "", False
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnreadableError(f"the amount is {_called(value)}.", "It is a number.")
    code = read_currency(currency) if currency else "GBP"
    exact = Decimal(repr(value)).scaleb(minor_units(code))
    if abs(exact) > _LARGEST * 100:
        raise UnreadableError(f"{value} is too large.", f"Amounts go up to {_LARGEST:,}.")
    whole = exact.to_integral_value()
    return int(whole), code, whole != exact


def _called(value: Any) -> str:
    names = {bool: "yes or no", str: "a text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    shown = f": {quoted(str(value))}" if not isinstance(value, (list, dict)) else ""
    return names.get(type(value), "nothing") + shown
