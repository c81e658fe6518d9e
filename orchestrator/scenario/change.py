"""A change and a scenario as values, and the list of what a change can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

__all__ = ["CHANGES", "Change", "ChangeForm", "Field", "Scenario"]


@dataclass(frozen=True)
class Field:
    """A part of a change: its type (a column type of the schema, or ``ids`` or ``parts``) and what it means."""

    kind: str
    meaning: str
    required: bool = True
    column: str = ""


@dataclass(frozen=True)
class ChangeForm:
    """What a kind of change does, and which fields it takes."""

    does: str
    fields: Mapping[str, Field]


def _form(does: str, **fields: Field) -> ChangeForm:
    return ChangeForm(does, MappingProxyType(fields))


_BODY: Final = Field("organisation", "the organisation")
_REQUIREMENT: Final = Field("requirement", "the requirement")

#: Every kind of change by its name.
CHANGES: Final = MappingProxyType(
    {
        "add-engagement": _form(
            "an organisation takes part in the mission",
            organisation_id=_BODY,
            status=Field("cell", "how firmly", column="engagements.status"),
            load=Field("cell", "how much load it takes on (default 1)", False, "engagements.load"),
            role=Field("cell", "what it does", False, "engagements.role"),
        ),
        "withdraw-engagement": _form("an organisation leaves the mission; its ties stay", organisation_id=_BODY),
        "add-tie": _form(
            "two organisations begin to work together in the mission",
            source_id=Field("organisation", "one end"),
            target_id=Field("organisation", "the other end"),
            kind=Field("cell", "what sort of tie", False, "ties.kind"),
            level=Field("cell", "how close (default 2)", False, "ties.level"),
            strength=Field("cell", "how much goes over it (default: the level)", False, "ties.strength"),
            fund=Field("cell", "the fund it rests on", False, "ties.fund"),
        ),
        "end-tie": _form(
            "all active ties between two organisations end",
            source_id=Field("organisation", "one end"),
            target_id=Field("organisation", "the other end"),
        ),
        "strengthen-tie": _form(
            "the active ties between two organisations reach a level",
            source_id=Field("organisation", "one end"),
            target_id=Field("organisation", "the other end"),
            level=Field("cell", "the new level", column="ties.level"),
        ),
        "abolish": _form("an organisation ends: its ties and engagements end, its offers lapse", organisation_id=_BODY),
        "merge": _form(
            "organisations become one: ties, offers, engagements and load go over to it",
            organisation_ids=Field("organisations", "the organisations that merge"),
            into=Field("organisation", "the one of them that goes on"),
        ),
        "split": _form(
            "an organisation becomes several; what no part takes stays with the first",
            organisation_id=_BODY,
            parts=Field("parts", "each with organisation_id, name, and what it takes: capabilities, partners, engaged"),
        ),
        "move": _form(
            "an organisation gets another parent; its governing tie moves with it",
            organisation_id=_BODY,
            parent_id=Field("organisation", "the new parent"),
        ),
        "end-fund": _form("a fund ends, and with it every tie that rests on it", fund=Field("fund", "the fund")),
        "move-date": _form("the mission is looked at on another day", date=Field("date", "the day")),
        "change-requirement": _form(
            "a requirement asks for something else",
            requirement_id=_REQUIREMENT,
            minimum=Field("cell", "how many independent partners are enough", False, "requirements.minimum"),
            weight=Field("cell", "how much it matters", False, "requirements.weight"),
            sector=Field("cell", "which sector counts", False, "requirements.sector"),
        ),
        "drop-requirement": _form("a requirement falls away", requirement_id=_REQUIREMENT),
    }
)


@dataclass(frozen=True)
class Change:
    """One change: its kind, a key of ``CHANGES``, and the values of its fields."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """A named list of changes, applied in order."""

    name: str
    changes: tuple[Change, ...] = ()

    def undo(self) -> Scenario:
        """The scenario without its last change; an empty one stays as it is."""
        return Scenario(self.name, self.changes[:-1])

    def then(self, change: Change) -> Scenario:
        """The scenario with one more change at its end."""
        return Scenario(self.name, (*self.changes, change))
