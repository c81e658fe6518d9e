"""Grants to the 360Giving standard: JSON and CSV say the same, records are never doubled, persons are left out."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.intake.evidence.read import read, reasons, refusal

GRANT: dict[str, Any] = {
    "id": "360G-x-1",
    "title": "A choir",
    "currency": "GBP",
    "amountAwarded": 3028.63,
    "awardDate": "2013-01-18T00:00:00+00:00",
    "plannedDates": [{"startDate": "2013-02-01", "endDate": "2014-01-31", "duration": 12}],
    "recipientOrganization": [{"id": "GB-CHC-1136419", "name": "A choir &amp; friends", "postalCode": "M33 1AA"}],
    "beneficiaryLocation": [{"name": "Trafford", "geoCode": "E08000009", "geoCodeType": "MD"}],
    "fundingOrganization": [{"id": "GB-LAE-TRF", "name": "A council"}],
    "grantProgramme": [{"code": "V", "title": "Voluntary grants"}],
}
HEADINGS = (
    "Identifier,Title,Currency,Amount Awarded,Award Date,Planned Dates:End Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Recipient Org:Charity Number,Recipient Org:Company Number,Recipient Org:Postal Code,"
    "Beneficiary Location:Name,Beneficiary Location:Geographic Code,Funding Org:Identifier,Funding Org:Name,"
    "Grant Programme:Title\n"
)
LINE = (
    "360G-x-1,A choir,GBP,3028.63,2013-01-18,2014-01-31,GB-CHC-1136419,A choir & friends,,,M33 1AA,Trafford,E08000009,"
    "GB-LAE-TRF,A council,Voluntary grants\n"
)


def grants(*said: dict[str, Any]) -> str:
    return json.dumps({"grants": [{**GRANT, **each} for each in said]})


def test_a_grant_becomes_a_row() -> None:
    (row,), _ = read("a.json", grants({}))
    assert (row.kind, row.from_name, row.to_name) == ("grant", "A council", "A choir & friends")
    assert (row.from_identifiers, row.to_identifiers, row.to_town) == ("GB-LAE-TRF", "GB-CHC-1136419", "M33 1AA")
    assert (row.starts, row.ends, row.amount_pence, row.currency) == ("2013-01-18", "2014-01-31", 302_863, "GBP")
    assert (row.place_name, row.place_code, row.programme) == ("Trafford", "E08000009", "Voluntary grants")
    assert (row.record_id, row.row) == ("360G-x-1", "$.grants[0]")


def test_the_same_grant_has_the_same_name_in_json_and_csv() -> None:
    (first,), _ = read("a.json", grants({}))
    (second,), _ = read("a.csv", HEADINGS + LINE)
    same = [name for name in first._fields if name not in ("file", "file_digest", "row")]
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]


def test_numbers_of_charities_and_companies_become_identifiers() -> None:
    line = LINE.replace("GB-CHC-1136419,A choir & friends,,", "360G-x-choir,A choir,SC012345,1234567")
    (row,), _ = read("a.csv", HEADINGS + line)
    assert row.to_identifiers == "360G-x-choir|GB-SC-SC012345|GB-COH-01234567"


def test_a_grant_in_euros_stays_in_euros() -> None:
    (row,), _ = read("a.json", grants({"currency": "EUR", "amountAwarded": 100}))
    assert (row.amount_pence, row.currency) == (10_000, "EUR")
    (row,), _ = read("a.csv", HEADINGS + LINE.replace("GBP,3028.63", 'eur,"€1,000"'))
    assert (row.amount_pence, row.currency) == (100_000, "EUR")
    _, report = read("a.csv", HEADINGS + LINE.replace("3028.63", "€1000"))
    assert reasons(report) == {"rejected: Amount Awarded: is not in GBP": 1}


def test_currencies_without_hundredths() -> None:
    (row,), _ = read("a.json", grants({"currency": "JPY", "amountAwarded": 100}))
    assert row.amount_pence == 100


def test_negative_and_zero_amounts_are_kept() -> None:
    rows, _ = read("a.json", grants({"amountAwarded": -5}, {"id": "2", "amountAwarded": 0}))
    assert [row.amount_pence for row in rows] == [-500, 0]


def test_several_recipients_share_the_amount_to_the_penny() -> None:
    three = [{"name": name} for name in ("A", "B", "C")]
    rows, report = read("a.json", grants({"recipientOrganization": three, "amountAwarded": 1}))
    assert [(row.to_name, row.amount_pence) for row in rows] == [("A", 34), ("B", 33), ("C", 33)]
    assert report.read == report.kept == 3


def test_what_is_no_evidence_is_set_aside() -> None:
    person = {"id": "2", "recipientOrganization": [], "recipientIndividual": {"id": "p"}}
    nobody = {"id": "3", "recipientOrganization": [{"id": "x"}]}
    rows, report = read("a.json", grants({}, {}, person, nobody))
    assert len(rows) == 1
    assert reasons(report) == {
        "set aside: a grant to an individual": 1,
        "set aside: no recipient is named": 1,
        "set aside: the same grant again": 1,
    }


def test_what_is_of_the_wrong_type_is_rejected_with_its_place() -> None:
    wrong = ({"amountAwarded": "lots"}, {"id": "2", "awardDate": "18/01/2013"}, {"id": "3", "currency": "pounds"})
    _, report = read("a.json", grants(*wrong, {"id": "4", "recipientOrganization": "A choir"}))
    assert report.rejected == 4
    said = "\n".join(map(str, report.problems))
    assert "a.json, $.grants[0]: the amount is a text: 'lots'. It is a number." in said
    assert "'18/01/2013' is not an ISO date." in said


def test_half_a_document_is_refused_with_its_line() -> None:
    assert "a.json, line 1: this is no JSON" in refusal("a.json", grants({})[:-30])


def test_a_document_without_grants_is_refused() -> None:
    assert "no format that is known" in refusal("a.json", '{"rows": []}')
    assert "it holds no list of grants" in refusal("a.json", '{"grants": 5}')
