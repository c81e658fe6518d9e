"""Contract notices, as Contracts Finder exports them: one row a notice, with every supplier in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from orchestrator.errors import quoted
from orchestrator.intake.evidence.dates import DAY_FIRST, DateRule
from orchestrator.intake.evidence.identifiers import charity, company
from orchestrator.intake.evidence.layouts import Layout
from orchestrator.intake.evidence.table import Cells, Refine
from orchestrator.tables.cells import LIST_SEPARATOR, UnreadableError

__all__ = ["NOTICES", "refine_notices"]

NOTICES: Final = Layout(
    format="notices",
    kind="notice",
    called="contract notices",
    headings=MappingProxyType(
        {
            "record_id": ("Notice Identifier",),
            "from_name": ("Organisation Name",),
            "from_town": ("Contact Town",),
            "to_name": ("Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]", "Supplier", "Suppliers"),
            "starts": ("Awarded Date",),
            "ends": ("Contract end date",),
            "amount": ("Awarded Value",),
            "place_name": ("Region",),
            "title": ("Title",),
            "classification": ("Cpv Codes",),
            "status": ("Status",),
        }
    ),
    needed=(("record_id",), ("from_name",), ("to_name",)),
    unused=(
        "Notice Type",
        "Published Date",
        "Description",
        "Nationwide",
        "Postcode",
        "Contact Name",
        "Contact Email",
        "Contact Address 1",
        "Contact Address 2",
        "Contact Postcode",
        "Contact Country",
        "Contact Telephone",
        "Contact Website",
        "Attachments",
        "Links",
        "Additional Text",
        "Start Date",
        "End Date",
        "Closing Date",
        "Closing Time",
        "Is sub-contract",
        "Parent Reference",
        "Suitable for SME",
        "Suitable for VCO",
        "Supply Chain",
        "OJEU Contract Type",
        "Value Low",
        "Value High",
        "Supplier's contact name",
        "Contract start date",
        "OJEU Procedure Type",
        "Accelerated Justification",
    ),
    dates=DateRule(default=DAY_FIRST),
    may_be_windows=True,
    unique_records=True,
)

_BLOCK: Final = re.compile(r"\[([^\[\]]*)\]")
_CODES: Final = re.compile(r"[\s,;|]+")


def refine_notices() -> Refine:
    """One statement for each supplier that the notice lists in brackets; a cell without brackets stays as written.

    >>> row = Cells(*[""] * 18)._replace(to_name="[A firm|Town|COMPANIES_HOUSE|01234567|Yes|No][B firm|||||]")
    >>> [(each.to_name, each.to_identifiers) for each in refine_notices()(row)]
    [('A firm', 'GB-COH-01234567'), ('B firm', '')]
    """

    def refine(cells: Cells) -> Sequence[Cells]:
        codes = LIST_SEPARATOR.join(filter(None, _CODES.split(cells.classification)))
        cells = cells._replace(classification=codes)
        text = cells.to_name
        if not text.startswith("["):
            return (cells,)
        if _BLOCK.sub("", text).strip():
            what = f"{quoted(text)} is no list of suppliers."
            raise UnreadableError(what, "Each supplier stands in square brackets: [Name|Address|…].")
        return tuple(_supplier(cells, block.split("|")) for block in _BLOCK.findall(text))

    return refine


def _supplier(cells: Cells, parts: Sequence[str]) -> Cells:
    name, _address, kind, number = (*(part.strip() for part in parts[:4]), *[""] * (4 - len(parts[:4])))
    read = {"COMPANIES_HOUSE": company, "CHARITIES_COMMISSION": charity, "CHARITY_COMMISSION": charity}.get(
        kind.upper()
    )
    return cells._replace(to_name=name, to_identifiers=read(number) if read is not None else "")
