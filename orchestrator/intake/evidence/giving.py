"""Grants to the 360Giving standard as JSON: ``{"grants": [...]}``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchestrator.errors import Problem
from orchestrator.intake.evidence.amounts import shares
from orchestrator.intake.evidence.identifiers import charity, company
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.parties import is_redacted
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.walking import Record, day, money, parts, text
from orchestrator.tables.cells import LIST_SEPARATOR, UnreadableError

__all__ = ["fits_giving", "read_giving"]


def fits_giving(opened: Opened) -> bool:
    """Is this a document of grants?"""
    return "grants" in opened.names


def read_giving(opened: Opened) -> Iterator[Statement]:
    """What the grants say: one statement a funder and recipient, an amount to several of them shared equally."""
    grants = opened.document["grants"] if "grants" in opened.names else None
    if not isinstance(grants, list):
        raise opened.tally.refuse(
            "it holds no list of grants.", 'A document to the 360Giving standard: {"grants": [...]}.'
        )
    seen: set[str] = set()
    for number, grant in enumerate(grants):
        where = f"$.grants[{number}]"
        try:
            yield from _grant(opened, grant, where, seen)
        except UnreadableError as unreadable:
            opened.tally.read += 1
            problem = Problem(unreadable.what, f"{opened.source.name}, {where}", allowed=unreadable.allowed)
            opened.tally.reject(_reason(unreadable.what), problem)


def _reason(what: str) -> str:
    return what.partition(":")[0].rstrip(".")


def _grant(opened: Opened, grant: Any, where: str, seen: set[str]) -> Iterator[Statement]:
    if not isinstance(grant, dict):
        raise UnreadableError("the grant is no object.", "A grant is an object with its id.")
    name = text(grant, "id")
    funders, recipients = parts(grant, "fundingOrganization"), parts(grant, "recipientOrganization")
    aside = _why_aside(grant, name, funders, recipients, seen)
    if aside:
        opened.tally.read += 1
        opened.tally.set_aside(aside, Problem(f"the grant {name!r}.", f"{opened.source.name}, {where}", value=name))
        return
    seen.add(name)
    pairs = [(funder, recipient) for funder in funders for recipient in recipients]
    amount, currency, rounded = money(grant.get("amountAwarded"), text(grant, "currency"))
    if rounded:
        opened.tally.notice("have fractions of a penny and were rounded", Problem(name, opened.source.name))
    made = [_statement(grant, name, *pair) for pair in pairs]
    amounts = shares(amount, len(made)) if amount is not None else [None] * len(made)
    for at, (statement, share) in enumerate(zip(made, amounts, strict=True)):
        row = where if len(made) == 1 else f"{where}.recipientOrganization[{at}]"
        opened.tally.read += 1
        yield statement._replace(row=row, amount_pence=share, currency=currency)


def _why_aside(grant: Record, name: str, funders: list[Record], recipients: list[Record], seen: set[str]) -> str:
    if name and name in seen:
        return "the same grant again"
    if not recipients and grant.get("recipientIndividual") is not None:
        return "a grant to an individual"
    if not all(text(each, "name") for each in recipients) or not recipients:
        return "no recipient is named"
    if not all(text(each, "name") for each in funders) or not funders:
        return "no funder is named"
    return "redacted: who it is is not said" if any(is_redacted(text(each, "name")) for each in recipients) else ""


def _statement(grant: Record, name: str, funder: Record, recipient: Record) -> Statement:
    planned = parts(grant, "plannedDates")
    places = parts(grant, "beneficiaryLocation")
    programmes = [text(each, "title") for each in parts(grant, "grantProgramme")]
    to_name, identifiers = text(recipient, "name"), _identifiers(recipient)
    return Statement(
        row="",
        kind="grant",
        from_name=text(funder, "name"),
        to_name=to_name,
        from_identifiers=_identifiers(funder),
        to_identifiers=identifiers,
        from_town=_town(funder),
        to_town=_town(recipient),
        starts=day(grant, "awardDate"),
        ends=next((ends for ends in (day(each, "endDate") for each in planned) if ends), ""),
        place_name="; ".join(filter(None, (text(each, "name") for each in places))),
        place_code=LIST_SEPARATOR.join(filter(None, (text(each, "geoCode") for each in places))),
        title=text(grant, "title"),
        programme="; ".join(filter(None, programmes)),
        record_id=name,
        key="␟".join((name, to_name, identifiers)) if name else "",
    )


def _identifiers(body: Record) -> str:
    numbers = (text(body, "id"), charity(text(body, "charityNumber")), company(text(body, "companyNumber")))
    return LIST_SEPARATOR.join(dict.fromkeys(each for each in numbers if each))


def _town(body: Record) -> str:
    return text(body, "postalCode") or text(body, "addressLocality")
