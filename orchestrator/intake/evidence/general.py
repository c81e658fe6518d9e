"""A table of evidence that somebody made, or any other table with a mapping file that says what its columns hold."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from orchestrator.intake.evidence.layouts import Layout
from orchestrator.intake.evidence.mapping import ROLES

__all__ = ["GENERAL"]

#: Its headings are the names of the columns themselves; dates that can be read both ways are asked about.
GENERAL: Final = Layout(
    format="general",
    kind="tie",
    called="a table of evidence",
    headings=MappingProxyType({role: (role,) for role in ROLES}),
    needed=(("from_name",), ("to_name",)),
    payer_is_publisher=True,
)
