"""The Renewable Energy Planning Database: projects with their operator, planning authority and status.

Only projects with a consent are evidence; those refused, withdrawn, abandoned, expired or not decided are set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from orchestrator.errors import quoted
from orchestrator.intake.evidence.dates import DAY_FIRST, DateRule
from orchestrator.intake.evidence.layouts import Layout
from orchestrator.intake.evidence.table import AsideError, Cells, Refine
from orchestrator.tables.cells import UnreadableError

__all__ = ["REPD", "refine_repd"]

REPD: Final = Layout(
    format="repd",
    kind="consent",
    called="the Renewable Energy Planning Database",
    headings=MappingProxyType(
        {
            "from_name": ("Planning Authority",),
            "to_name": ("Operator (or Applicant)",),
            "record_id": ("Ref ID",),
            "title": ("Site Name",),
            "programme": ("Technology Type",),
            "status": ("Development Status (short)",),
            "starts": ("Planning Permission Granted", "Appeal Granted", "Secretary of State - Granted"),
            "place_name": ("County", "Region"),
        }
    ),
    needed=(("from_name",), ("to_name",), ("record_id",), ("status",)),
    unused=(
        "Old Ref ID",
        "Record Last Updated (dd/mm/yyyy)",
        "Storage Type",
        "Storage Co-location REPD Ref ID",
        "Are they re-applying (New REPD Ref)",
        "Are they re-applying (Old REPD Ref)",
        "Installed Capacity (MWelec)",
        "Share Community Scheme",
        "CHP Enabled",
        "RO Banding (ROC/MWh)",
        "FiT Tariff (p/kWh)",
        "CfD Capacity (MW)",
        "CfD Allocation Round",
        "Turbine Capacity (MW)",
        "Turbine Capacity",
        "No. of Turbines",
        "Height of Turbines (m)",
        "Mounting Type for Solar",
        "Development Status",
        "Address",
        "Country",
        "Post Code",
        "X-coordinate",
        "Y-coordinate",
        "Planning Application Reference",
        "Appeal Reference",
        "Secretary of State Reference",
        "Type of Secretary of State Intervention",
        "Judicial Review",
        "Offshore Wind Round",
        "Planning Application Submitted",
        "Planning Application Withdrawn",
        "Planning Permission Refused",
        "Appeal Lodged",
        "Appeal Withdrawn",
        "Appeal Refused",
        "Secretary of State - Intervened",
        "Secretary of State - Refusal",
        "Planning Permission Expired",
        "Under Construction",
        "Operational",
        "Heat Network Ref",
        "Solar Site Area (sqm)",
    ),
    dates=DateRule(default=DAY_FIRST),
    may_be_windows=True,
    unique_records=True,
    first_filled=frozenset({"starts", "place_name"}),
)

_CONSENTED: Final = frozenset({"operational", "under construction", "awaiting construction"})
_NO_CONSENT: Final = frozenset(
    {
        "abandoned",
        "appeal withdrawn",
        "appeal refused",
        "appeal lodged",
        "application refused",
        "application submitted",
        "application withdrawn",
        "decommissioned",
        "finished",
        "planning permission expired",
        "revised",
    }
)


def refine_repd() -> Refine:
    """A project without a consent that holds is set aside; the status of the others is their classification."""

    def refine(cells: Cells) -> Sequence[Cells]:
        status = " ".join(cells.status.casefold().split())
        if status in _CONSENTED:
            return (cells._replace(classification=cells.status, status=""),)
        if status in _NO_CONSENT:
            raise AsideError(f"no consent that holds: {status}")
        allowed = f"Known are {', '.join(sorted(_CONSENTED | _NO_CONSENT))}."
        raise UnreadableError(f"{quoted(cells.status)} is not a status of a project.", allowed)

    return refine
