"""Contracts to the Open Contracting Data Standard 1.1: release packages with their awards and suppliers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.errors import Problem
from orchestrator.intake.evidence.amounts import shares
from orchestrator.intake.evidence.identifiers import schemed
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.parties import is_redacted
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.walking import Record, day, money, part, parts, text
from orchestrator.tables.cells import LIST_SEPARATOR, UnreadableError

__all__ = ["fits_ocds", "read_ocds"]

#: Awards of these states bind nobody to anybody.
_NOT_BINDING: Final = frozenset({"cancelled", "pending", "unsuccessful"})
_CANCELLING: Final = frozenset({"awardCancellation", "contractTermination", "tenderCancellation"})


def fits_ocds(opened: Opened) -> bool:
    """Is this a package of releases?"""
    return "releases" in opened.names


def read_ocds(opened: Opened) -> Iterator[Statement]:
    """What the awards say: one statement a supplier, an award to several of them shared equally.

    Of an award that several releases of one process tell, the latest counts.
    """
    releases = opened.document["releases"] if "releases" in opened.names else None
    if not isinstance(releases, list):
        hint = (
            "A record package tells the same in another form: ask for the releases."
            if "records" in opened.names
            else ""
        )
        raise opened.tally.refuse("it holds no list of releases.", 'A release package: {"releases": [...]}.', hint)
    package = opened.document
    try:
        opened.tally.publisher = text(part(package, "publisher"), "name")
        opened.tally.licence = text(package, "license")
    except UnreadableError as unreadable:
        raise opened.tally.refuse(unreadable.what, unreadable.allowed) from None
    reader = _Package(opened, _latest(releases))
    for number, release in enumerate(releases):
        yield from reader.release(release, f"$.releases[{number}]")


def _latest(releases: list[Any]) -> dict[tuple[str, str], int]:
    """Which release tells of an award last, by the release's date and then its place in the package?"""
    last: dict[tuple[str, str], tuple[str, int]] = {}
    for number, release in enumerate(releases):
        if isinstance(release, dict) and isinstance(release.get("awards"), list):
            dated = str(release.get("date") or "")
            for award in release["awards"]:
                if isinstance(award, dict):
                    key = (str(release.get("ocid")), str(award.get("id")))
                    last[key] = max(last.get(key, ("", -1)), (dated, number))
    return {key: number for key, (_, number) in last.items()}


@dataclass
class _Package:
    opened: Opened
    latest: dict[tuple[str, str], int]
    parties: dict[str, Record] = field(default_factory=dict)

    def release(self, release: Any, where: str) -> Iterator[Statement]:
        """What one release says."""
        try:
            if not isinstance(release, dict):
                raise UnreadableError("the release is no object.", "A release is an object with its ocid.")
            awards = parts(release, "awards")
            tags = release.get("tag")
            cancelling = _CANCELLING.intersection(map(str, tags)) if isinstance(tags, list) else frozenset()
            self.parties = {text(each, "id"): each for each in reversed(parts(release, "parties"))}
            buyer, base = self._buyer(release), self._base(release)
        except UnreadableError as unreadable:
            self._reject(unreadable, where)
            return
        if cancelling or not awards:
            self._aside("a cancellation" if cancelling else "a release without an award", where, text(release, "ocid"))
            return
        number = int(where.rpartition("[")[2].rstrip("]"))
        for at, award in enumerate(awards):
            place = f"{where}.awards[{at}]"
            try:
                yield from self._award(release, award, buyer, base, place, number)
            except UnreadableError as unreadable:
                self._reject(unreadable, place)

    def _award(
        self, release: Record, award: Record, buyer: Statement, base: str, where: str, number: int
    ) -> Iterator[Statement]:
        name, suppliers = f"{text(release, 'ocid')} {text(award, 'id')}", parts(award, "suppliers")
        reason = self._why_aside(
            award, suppliers, buyer, self.latest[str(release.get("ocid")), str(award.get("id"))] != number
        )
        if reason:
            for at in range(max(1, len(suppliers))):
                self._aside(reason, f"{where}.suppliers[{at}]" if suppliers else where, name)
            return
        value = part(award, "value")
        amount, currency, rounded = money(value.get("amount"), text(value, "currency"))
        if rounded:
            self.opened.tally.notice(
                "have fractions of a penny and were rounded", Problem(name, self.opened.source.name)
            )
        told = buyer._replace(
            starts=day(award, "date"),
            ends=day(part(award, "contractPeriod"), "endDate"),
            currency=currency,
            title=text(award, "title") or base or text(award, "description"),
            classification=_codes(part(release, "tender"), award),
            place_name=_places(part(release, "tender"), award),
            record_id=name,
        )
        amounts = shares(amount, len(suppliers)) if amount is not None else [None] * len(suppliers)
        made = [self._supplier(told, supplier) for supplier in suppliers]
        for at, (statement, share) in enumerate(zip(made, amounts, strict=True)):
            place = f"{where}.suppliers[{at}]"
            if not statement.to_name or is_redacted(statement.to_name):
                self._aside(
                    "redacted: who it is is not said" if statement.to_name else "no supplier is named", place, name
                )
                continue
            self.opened.tally.read += 1
            yield statement._replace(row=place, amount_pence=share)

    @staticmethod
    def _why_aside(award: Record, suppliers: list[Record], buyer: Statement, replaced: bool) -> str:
        status = text(award, "status").casefold()
        if status in _NOT_BINDING:
            return f"an award that is {status}"
        if replaced:
            return "an award that a later release tells again"
        if not suppliers:
            return "an award without suppliers"
        return "" if buyer.from_name else "no buyer is named"

    def _buyer(self, release: Record) -> Statement:
        buyer = part(release, "buyer") or part(part(release, "tender"), "procuringEntity")
        party = self._party(text(buyer, "id"))
        name = text(buyer, "name") or text(party, "name")
        return Statement("", "contract", name, "", _identifiers(party), from_town=_town(party))

    @staticmethod
    def _base(release: Record) -> str:
        return text(part(release, "tender"), "title")

    def _supplier(self, told: Statement, supplier: Record) -> Statement:
        party = self._party(text(supplier, "id"))
        name = text(supplier, "name") or text(party, "name")
        identifiers = _identifiers(party) or _identifiers(supplier)
        key = "␟".join((told.record_id, text(supplier, "id"), name))
        return told._replace(to_name=name, to_identifiers=identifiers, to_town=_town(party), key=key)

    def _party(self, name: str) -> Record:
        return self.parties.get(name, {}) if name else {}

    def _aside(self, reason: str, where: str, name: str) -> None:
        self.opened.tally.read += 1
        self.opened.tally.set_aside(reason, Problem(f"{name!r}.", f"{self.opened.source.name}, {where}", value=name))

    def _reject(self, unreadable: UnreadableError, where: str) -> None:
        self.opened.tally.read += 1
        problem = Problem(unreadable.what, f"{self.opened.source.name}, {where}", allowed=unreadable.allowed)
        self.opened.tally.reject(unreadable.what.partition(":")[0].rstrip("."), problem)


def _identifiers(party: Record) -> str:
    every = [part(party, "identifier"), *parts(party, "additionalIdentifiers")]
    found = (schemed(text(each, "scheme"), text(each, "id")) for each in every)
    return LIST_SEPARATOR.join(dict.fromkeys(filter(None, found)))


def _town(party: Record) -> str:
    address = part(party, "address")
    return text(address, "postalCode") or text(address, "locality")


def _codes(tender: Record, award: Record) -> str:
    """The classification of the tender and of what is bought; codes of CPV as they are, others with their scheme."""
    every = [part(tender, "classification")]
    every += [part(item, "classification") for holder in (tender, award) for item in parts(holder, "items")]
    codes = []
    for each in every:
        scheme, code = text(each, "scheme"), text(each, "id")
        codes.append(code if scheme in ("", "CPV") else schemed(scheme, code))
    return LIST_SEPARATOR.join(dict.fromkeys(filter(None, codes)))


def _places(tender: Record, award: Record) -> str:
    items = [item for holder in (award, tender) for item in parts(holder, "items")]
    addresses = [part(item, "deliveryAddress") for item in items]
    addresses += [each for item in items for each in parts(item, "deliveryAddresses")]
    named = (text(each, "region") or text(each, "locality") or text(each, "countryName") for each in addresses)
    return "; ".join(dict.fromkeys(filter(None, named)))
