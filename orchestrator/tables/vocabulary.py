"""The words of the field and their plain-English labels. The words themselves are fixed in data/tables.csv."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["LEVEL_LABELS", "NOT_WORKING", "SECTORS", "SECTOR_LABELS", "STATES", "STATE_LABELS", "WORKING_STATUSES"]

SECTORS: Final = ("central", "regional", "local", "firm", "civil-society", "research")
SECTOR_LABELS: Final = MappingProxyType(
    {
        "central": "Central government",
        "regional": "Regional bodies",
        "local": "Local government",
        "firm": "Firms",
        "civil-society": "Civil society",
        "research": "Research and education",
    }
)

#: From best to worst; ``no-data`` stands outside the order because nobody knows.
STATES: Final = ("covered", "thin", "on-paper", "gap", "no-data")
STATE_LABELS: Final = MappingProxyType(
    {
        "covered": "Covered",
        "thin": "Thin",
        "on-paper": "On paper",
        "gap": "Gap",
        "no-data": "No data",
    }
)
#: What each state says, for people who read a key.
STATE_MEANINGS: Final = MappingProxyType(
    {
        "covered": "enough independent partners work there",
        "thin": "somebody works there, fewer than needed",
        "on-paper": "promised, and nobody working yet",
        "gap": "nobody works there",
        "no-data": "nothing is recorded there, so nobody knows",
    }
)
NOT_WORKING: Final = ("on-paper", "gap", "no-data")

#: An active engagement with one of these counts as engaged.
WORKING_STATUSES: Final = ("committed", "delivering")

LEVEL_LABELS: Final = MappingProxyType({1: "awareness", 2: "cooperation", 3: "coordination", 4: "integration"})
