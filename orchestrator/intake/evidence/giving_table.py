"""Grants to the 360Giving standard as a table: CSV, or a workbook, with the titles of the standard as headings."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from orchestrator.intake.evidence.dates import DAY_FIRST, DateRule
from orchestrator.intake.evidence.layouts import Layout

__all__ = ["GIVING"]

GIVING: Final = Layout(
    format="360giving",
    kind="grant",
    called="grants to the 360Giving standard",
    headings=MappingProxyType(
        {
            "record_id": ("Identifier",),
            "title": ("Title",),
            "currency": ("Currency",),
            "amount": ("Amount Awarded",),
            "starts": ("Award Date",),
            "ends": ("Planned Dates:End Date", "Planned Dates:0:End Date"),
            "from_identifiers": ("Funding Org:Identifier", "Funding Org:0:Identifier"),
            "from_name": ("Funding Org:Name", "Funding Org:0:Name"),
            "to_identifiers": (
                "Recipient Org:Identifier",
                "Recipient Org:0:Identifier",
                "Recipient Org:Charity Number",
                "Recipient Org:Company Number",
            ),
            "to_name": ("Recipient Org:Name", "Recipient Org:0:Name"),
            "to_town": ("Recipient Org:Postal Code", "Recipient Org:City"),
            "place_name": ("Beneficiary Location:Name", "Beneficiary Location:0:Name"),
            "place_code": (
                "Beneficiary Location:Geographic Code",
                "Beneficiary Location:0:Geographic Code",
                "Beneficiary Location:Geographic Code Value",
            ),
            "programme": ("Grant Programme:Title", "Grant Programme:0:Title"),
        }
    ),
    needed=(("record_id",), ("amount",), ("starts",), ("from_name",), ("to_name",)),
    unused=(
        "Description",
        "Amount Applied For",
        "Amount Disbursed",
        "URL",
        "Planned Dates:Start Date",
        "Planned Dates:0:Start Date",
        "Planned Dates:Duration (months)",
        "Planned Dates:0:Duration (months)",
        "Actual Dates:Start Date",
        "Actual Dates:End Date",
        "Actual Dates:Duration (months)",
        "Recipient Org:Street Address",
        "Recipient Org:County",
        "Recipient Org:Country",
        "Recipient Org:Description",
        "Recipient Org:Web Address",
        "Recipient Org:Organisation Type",
        "Recipient Org:Department",
        "Recipient Org:Location:Geographic Code",
        "Recipient Org:Location:0:Geographic Code",
        "Recipient Org:Location:0:Geographic Code Type",
        "Recipient Org:Location:0:Name",
        "Recipient Org:Location:Geographic Code Type",
        "Recipient Org:Location:Name",
        "Beneficiary Location:Country Code",
        "Beneficiary Location:Latitude",
        "Beneficiary Location:Longitude",
        "Beneficiary Location:Geographic Code Type",
        "Beneficiary Location:0:Country Code",
        "Beneficiary Location:0:Geographic Code Type",
        "Funding Org:Department",
        "Funding Org:Postal Code",
        "Funding Org:Web Address",
        "Grant Programme:Code",
        "Grant Programme:URL",
        "Grant Programme:Description",
        "From an open call?",
        "Related Activity",
        "Last modified",
        "Data Source",
        "Funding Type",
        "Regrant Type",
        "Classifications:Title",
        "Classifications:Code",
        "Classifications:Vocabulary",
    ),
    dates=DateRule(default=DAY_FIRST),
    may_be_windows=True,
    unique_records=True,
    first_filled=frozenset({"to_town"}),
)
