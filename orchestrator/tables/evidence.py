"""The evidence table: its columns, its rows, and the balanced report on each file that was read into it.

Evidence is what a published record says: a grant, a contract, a payment, a meeting. It names bodies exactly as they
were written; which organisations those are, and what ties follow, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

from orchestrator.errors import BadData, Problem

__all__ = [
    "EVIDENCE_COLUMNS",
    "KINDS",
    "OUTCOMES",
    "Evidence",
    "EvidenceColumn",
    "EvidenceReport",
    "Reason",
    "report_from_document",
]


@dataclass(frozen=True)
class EvidenceColumn:
    """A column of the evidence table: its name, its type (``text``, ``date`` or ``whole``) and what it means."""

    name: str
    kind: str
    meaning: str


#: What a record can be evidence of.
KINDS: Final = ("grant", "contract", "payment", "meeting", "consent", "notice", "tie")

#: Text is '' where nothing was given, never null; dates and whole numbers are null in Parquet where not given.
EVIDENCE_COLUMNS: Final = (
    EvidenceColumn(
        "evidence_id", "text", "32 hexadecimal digits: the same record has the same in every file, and counts once"
    ),
    EvidenceColumn("kind", "text", f"one of {', '.join(KINDS)}"),
    EvidenceColumn("from_name", "text", "who pays, buys, funds, meets or consents, as written"),
    EvidenceColumn("to_name", "text", "who is paid, supplies, receives, is met or operates, as written"),
    EvidenceColumn("from_identifiers", "text", "identifiers with their scheme in front, | between: GB-LAE-TRF"),
    EvidenceColumn("to_identifiers", "text", "the same for the other side: GB-COH-01234567|GB-CHC-1136419"),
    EvidenceColumn("from_town", "text", "town or postcode as written"),
    EvidenceColumn("to_town", "text", "town or postcode as written; it tells two bodies of one name apart"),
    EvidenceColumn("starts", "date", "the day of the award, payment, meeting or consent"),
    EvidenceColumn("ends", "date", "the day on which it ends, where that is given"),
    EvidenceColumn("amount_pence", "whole", "whole pence, or minor units of the currency; may be negative or zero"),
    EvidenceColumn("currency", "text", "ISO code; GBP where the format says so; '' where there is no amount"),
    EvidenceColumn("place_name", "text", "where it is delivered, as written"),
    EvidenceColumn("place_code", "text", "statistical code of that place"),
    EvidenceColumn("title", "text", "title or description as written"),
    EvidenceColumn("programme", "text", "grant programme, technology, purchase category or office, as written"),
    EvidenceColumn("classification", "text", "codes such as CPV, or the status of a project; | between"),
    EvidenceColumn("record_id", "text", "the publisher's own name of the record"),
    EvidenceColumn("publisher", "text", "who published the file"),
    EvidenceColumn("licence", "text", "the licence, where it is stated"),
    EvidenceColumn("file", "text", "name of the file"),
    EvidenceColumn("file_digest", "text", "SHA-256 of the file"),
    EvidenceColumn("row", "text", "where in the file: row 41, sheet Apr 2020 row 41, $.releases[0].awards[1]"),
)


class Evidence(NamedTuple):
    """One row of the evidence table, its columns in their order. Dates are ISO text or '', amounts None if not given.

    >>> Evidence._fields == tuple(column.name for column in EVIDENCE_COLUMNS)
    True
    """

    evidence_id: str
    kind: str
    from_name: str
    to_name: str
    from_identifiers: str
    to_identifiers: str
    from_town: str
    to_town: str
    starts: str
    ends: str
    amount_pence: int | None
    currency: str
    place_name: str
    place_code: str
    title: str
    programme: str
    classification: str
    record_id: str
    publisher: str
    licence: str
    file: str
    file_digest: str
    row: str


#: What can become of a record that is not kept: nothing is wrong with it, or it cannot be read.
OUTCOMES: Final = ("set aside", "rejected")


@dataclass(frozen=True)
class Reason:
    """Why records were not kept: the outcome, the reason in words, how many there were, and the first of them.

    >>> Reason("set aside", "redacted", 2).count
    2
    """

    outcome: str
    reason: str
    count: int
    first: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise AssertionError(f"{self.outcome} is no outcome")


@dataclass(frozen=True)
class EvidenceReport:
    """What became of every record of one file. The counts always balance: read = kept + rejected + set aside.

    A record is what becomes one row of evidence: a line of a table; in a document with several suppliers to an award,
    each of them. ``notices`` say what was decided about the file as a whole, such as how its dates were read.

    >>> EvidenceReport("a.csv", "0" * 64, "spending", "", 3, 1, 0, (Reason("set aside", "redacted", 2),)).set_aside
    2
    """

    file: str
    digest: str
    format: str
    publisher: str
    read: int
    kept: int
    rejected: int
    reasons: tuple[Reason, ...] = ()
    notices: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        counted = {outcome: sum(each.count for each in self.reasons if each.outcome == outcome) for outcome in OUTCOMES}
        balances = (
            self.read == self.kept + self.rejected + counted["set aside"] and self.rejected == counted["rejected"]
        )
        if not balances:
            raise AssertionError(
                f"{self.file}: {self.read} read, {self.kept} kept, {self.rejected} rejected, {counted}"
            )

    @property
    def set_aside(self) -> int:
        """How many records were set aside?"""
        return sum(each.count for each in self.reasons if each.outcome == "set aside")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The first rejected records of each reason, and how many more there are."""
        rejected = [each for each in self.reasons if each.outcome == "rejected"]
        found = [problem for each in rejected for problem in each.first]
        for each in rejected:
            if each.count > len(each.first):
                more = each.count - len(each.first)
                found.append(Problem(f"{more:,} more rejected: {each.reason}.", self.file))
        return tuple(found)

    def raise_for_problems(self) -> None:
        """Raise BadData with the rejected records, if there is one."""
        if self.rejected:
            raise BadData(self.problems)

    def document(self) -> dict[str, Any]:
        """The report as plain values, as it is written to the store and with ``--format json``."""
        counts = {"read": self.read, "kept": self.kept, "rejected": self.rejected, "set_aside": self.set_aside}
        head = {"file": self.file, "digest": self.digest, "format": self.format, "publisher": self.publisher}
        reasons = [asdict(each) for each in self.reasons]
        return {**head, **counts, "reasons": reasons, "notices": [asdict(each) for each in self.notices]}


def report_from_document(document: Mapping[str, Any]) -> EvidenceReport:
    """The report that ``document`` wrote. Raises KeyError or TypeError where it is not of that form.

    >>> report = EvidenceReport("a.csv", "0" * 64, "spending", "", 1, 0, 0, (Reason("set aside", "redacted", 1),))
    >>> report_from_document(report.document()) == report
    True
    """
    return EvidenceReport(
        **{name: document[name] for name in ("file", "digest", "format", "publisher", "read", "kept", "rejected")},
        reasons=tuple(Reason(**{**each, "first": _problems(each["first"])}) for each in document["reasons"]),
        notices=_problems(document["notices"]),
    )


def _problems(found: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**each) for each in found)
