"""Meetings of ministers with outside bodies, as departments publish them each quarter.

Of the minister only the office is kept, and of that only the words listed here: never the name of a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from orchestrator.intake.evidence.dates import DAY_FIRST, DateRule
from orchestrator.intake.evidence.layouts import Layout
from orchestrator.intake.evidence.parties import is_nil
from orchestrator.intake.evidence.table import AsideError, Cells, Refine

__all__ = ["MEETINGS", "office", "refine_meetings"]

MEETINGS: Final = Layout(
    format="meetings",
    kind="meeting",
    called="ministers' meetings",
    headings=MappingProxyType(
        {
            "programme": (
                "Minister",
                "Minister and role",
                "Name of Minister",
                "Minister's Name",
                "Ministers",
                "Minister Name",
                "Role",
                "Office",
            ),
            "from_name": ("Department",),
            "starts": ("Date", "Date of Meeting", "Date of meetings", "Meeting Date", "Date(s)", "Month"),
            "to_name": (
                "Name of Organisation(s)",
                "Name of Organisations",
                "Name of Organisation",
                "Organisation",
                "Organisations",
                "Organisation(s)",
                "Organisation Name",
                "Name of External Organisation",
                "Name of External Organisation(s)",
                "Name of Individual or Organisation",
                "Name of Organisation or Individual",
                "Person or organisation that was met",
                "Person(s) or organisation(s) met",
            ),
            "title": (
                "Purpose",
                "Purpose of Meeting",
                "Purpose of Meetings",
                "Purpose of meeting(s)",
                "Reason for Meeting",
                "Subject of Meeting",
            ),
        }
    ),
    needed=(("to_name",), ("starts",), ("title",)),
    unused=("Type of Meeting", "Location", "Notes"),
    dates=DateRule(default=DAY_FIRST, months=True),
    may_be_windows=True,
    payer_is_publisher=True,
)

#: Offices as they begin; what follows them in the cell is not kept.
_OFFICES: Final = (
    "Deputy Prime Minister",
    "Prime Minister",
    "Chancellor of the Duchy of Lancaster",
    "Chancellor of the Exchequer",
    "Lord Chancellor",
    "Parliamentary Under-Secretary of State",
    "Parliamentary Under Secretary of State",
    "Parliamentary Secretary",
    "Parliamentary Under-Secretary",
    "Parliamentary Under Secretary",
    "First Secretary of State",
    "Chief Secretary to the Treasury",
    "Financial Secretary to the Treasury",
    "Economic Secretary to the Treasury",
    "Exchequer Secretary to the Treasury",
    "Secretary of State",
    "Foreign Secretary",
    "Home Secretary",
    "Minister of State",
    "Minister without Portfolio",
    "Minister",
    "Paymaster General",
    "Attorney General",
    "Solicitor General",
    "Advocate General",
    "Lord President of the Council",
    "Lord Privy Seal",
    "Leader of the House of Commons",
    "Leader of the House of Lords",
    "Government Whip",
    "Permanent Secretary",
)
_OFFICE: Final = re.compile("|".join(rf"\b{re.escape(office)}\b" for office in _OFFICES), re.IGNORECASE)
_SPELT: Final = MappingProxyType({office.casefold(): office for office in _OFFICES})


def office(cell: str) -> str:
    """Which office is named in this cell? '' where none of the list is. Nothing else of the cell is given.

    >>> office("The Secretary of State for Weather, somebody")
    'Secretary of State'
    """
    found = _OFFICE.search(cell)
    return _SPELT[found[0].casefold()] if found else ""


def refine_meetings() -> Refine:
    """Blank office and date mean the same as above, and a nil return is no meeting.

    >>> above = Cells(*[""] * 18)._replace(programme="Minister of State", starts="2024-01-18", to_name="A body")
    >>> refine = refine_meetings()
    >>> refine(above)[0].starts, refine(above._replace(programme="", starts=""))[0].starts
    ('2024-01-18', '2024-01-18')
    """
    minister, day = "", ""

    def refine(cells: Cells) -> Sequence[Cells]:
        nonlocal minister, day
        if cells.programme:
            minister, day = cells.programme, ""
        if is_nil(cells.to_name) or is_nil(cells.starts) or (is_nil(cells.title) and not cells.to_name):
            raise AsideError("a nil return")
        day = cells.starts or day
        return (cells._replace(programme=office(minister), starts=day),)

    return refine
