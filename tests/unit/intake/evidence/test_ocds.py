"""OCDS release packages: suppliers share an award, cancelled awards bind nobody, the latest release counts."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.intake.evidence.read import read, reasons, refusal


def award(**said: Any) -> dict[str, Any]:
    suppliers = [{"id": "1", "name": "A firm"}, {"id": "2", "name": "B &amp; Sons"}]
    plain = {"id": "a1", "status": "active", "date": "2020-02-18T00:00:00Z", "suppliers": suppliers}
    return {**plain, "value": {"amount": 1001, "currency": "GBP"}, "contractPeriod": {"endDate": "2021-02-17"}, **said}


def release(*awards: dict[str, Any], **said: Any) -> dict[str, Any]:
    firm = {"id": "1", "name": "A firm", "identifier": {"scheme": "GB-COH", "id": "01234567"}}
    parties = [firm, {"id": "b", "name": "A buyer", "address": {"locality": "Leeds"}}]
    items = [{"classification": {"scheme": "CPV", "id": code}} for code in ("79952000", "79952100")]
    plain = {"ocid": "ocds-1", "id": "r1", "date": "2020-02-18T00:00:00Z", "tag": ["award"], "parties": parties}
    tender = {"title": "Events", "items": items}
    return {**plain, "tender": tender, "buyer": {"id": "b", "name": "A buyer"}, "awards": list(awards), **said}


def package(*releases: dict[str, Any]) -> str:
    return json.dumps({"publisher": {"name": "A portal"}, "license": "OGL", "releases": list(releases)})


def test_each_supplier_of_an_award_is_a_row_with_its_share() -> None:
    rows, report = read("a.json", package(release(award())))
    assert [(row.to_name, row.to_identifiers, row.amount_pence) for row in rows] == [
        ("A firm", "GB-COH-01234567", 50_050),
        ("B & Sons", "", 50_050),
    ]
    row = rows[0]
    assert (row.kind, row.from_name, row.from_town, row.title) == ("contract", "A buyer", "Leeds", "Events")
    assert (row.starts, row.ends, row.classification) == ("2020-02-18", "2021-02-17", "79952000|79952100")
    assert (row.publisher, row.licence, row.record_id) == ("A portal", "OGL", "ocds-1 a1")
    assert row.row == "$.releases[0].awards[0].suppliers[0]"
    assert (report.read, report.kept) == (2, 2)


def test_cancelled_awards_bind_nobody() -> None:
    states = [award(id=state, status=state) for state in ("cancelled", "unsuccessful", "pending")]
    rows, report = read("a.json", package(release(*states, award())))
    assert len(rows) == 2
    assert reasons(report) == {
        "set aside: an award that is cancelled": 2,
        "set aside: an award that is unsuccessful": 2,
        "set aside: an award that is pending": 2,
    }


def test_what_is_no_award_is_set_aside() -> None:
    releases = (release(), release(award(suppliers=[])), release(award(id="a2"), tag=["contractTermination"]))
    rows, report = read("a.json", package(*releases))
    assert rows == []
    assert reasons(report) == {
        "set aside: a cancellation": 1,
        "set aside: a release without an award": 1,
        "set aside: an award without suppliers": 1,
    }


def test_of_an_award_that_is_told_again_the_latest_counts() -> None:
    later = release(award(value={"amount": 2, "currency": "GBP"}), date="2020-05-01T00:00:00Z")
    rows, report = read("a.json", package(later, release(award())))
    assert [row.amount_pence for row in rows] == [100, 100]
    assert reasons(report) == {"set aside: an award that a later release tells again": 2}


def test_an_award_without_a_value_has_no_amount() -> None:
    rows, _ = read("a.json", package(release(award(value={"amount": None, "currency": "GBP"}))))
    assert [(row.amount_pence, row.currency) for row in rows] == [(None, ""), (None, "")]


def test_fifty_suppliers_share_to_the_penny() -> None:
    many = [{"id": str(at), "name": f"Firm {at}"} for at in range(50)]
    rows, _ = read("a.json", package(release(award(suppliers=many, value={"amount": 100.01, "currency": "GBP"}))))
    assert len(rows) == 50
    assert sum(row.amount_pence or 0 for row in rows) == 10_001


def test_what_is_of_the_wrong_type_is_rejected_with_its_place() -> None:
    _, report = read("a.json", package(release(award(value=7)), release(tag=[], awards=[5])))
    assert "a.json, $.releases[0].awards[0]: 'value' is a number: '7'. It is an object." in "\n".join(
        map(str, report.problems)
    )
    assert report.rejected == 2


def test_a_record_package_is_refused() -> None:
    said = refusal("a.json", '{"records": []}', format="ocds")
    assert "it holds no list of releases" in said
    assert "ask for the releases" in said
