"""Energy projects, contract notices and tables of one's own."""

from __future__ import annotations

import pytest

from tests.unit.intake.evidence.read import mapped, read, reasons, refusal

REPD = (
    "Ref ID,Record Last Updated (dd/mm/yyyy),Operator (or Applicant),Site Name,Technology Type,Development Status,"
    "Development Status (short),County,Region,Planning Authority,Planning Application Submitted,"
    "Planning Permission Granted,Appeal Granted,Secretary of State - Granted,,\n"
)


def project(
    number: int, operator: str = "Orsted (formerly Dong) / Peel", status: str = "Operational", **said: str
) -> str:
    granted, appeal = said.get("granted", "03/09/2004"), said.get("appeal", "")
    head = f"{number},07/07/2009,{operator},A farm,Wind Onshore,{status},{status}"
    return f"{head},{said.get('county', 'Devon')},South West,A council,16/04/2004,{granted},{appeal},,,\n"


def test_a_project_with_consent_becomes_a_row() -> None:
    (row,), _ = read("a.csv", REPD + project(1))
    assert (row.kind, row.from_name, row.to_name) == ("consent", "A council", "Orsted (formerly Dong) / Peel")
    assert (row.starts, row.record_id, row.title, row.programme) == ("2004-09-03", "1", "A farm", "Wind Onshore")
    assert (row.place_name, row.classification, row.amount_pence) == ("Devon", "Operational", None)


def test_the_day_of_consent_may_stand_in_another_column_and_the_place_too() -> None:
    (row,), _ = read("a.csv", REPD + project(1, granted="", appeal="05/10/2005", county=""))
    assert (row.starts, row.place_name) == ("2005-10-05", "South West")


def test_projects_without_a_consent_are_set_aside_by_their_status() -> None:
    lines = [project(1, status="Application Refused"), project(2, "Private Developer"), project(3, ""), project(1)]
    rows, report = read("a.csv", REPD + "".join(lines))
    assert [row.record_id for row in rows] == ["1"]
    assert reasons(report) == {
        "set aside: no consent that holds: application refused": 1,
        "set aside: nobody is named in Operator (or Applicant)": 1,
        "set aside: redacted: who it is is not said": 1,
    }


def test_a_status_that_nobody_knows_is_rejected() -> None:
    _, report = read("a.csv", REPD + project(1, status="Pondering"))
    assert "'Pondering' is not a status of a project. Known are" in str(report.problems[0])


def test_windows_letters_and_letters_in_utf_8_in_one_file_are_both_read() -> None:
    content = (REPD + project(1, "CAF")).encode() + project(2, "B").encode()
    content = content.replace(b"CAF", b"Caf\xe9").replace(b",B,", b",Br\xc3\xa2n,")
    rows, report = read("a.csv", content)
    assert [row.to_name for row in rows] == ["Café", "Brân"]
    first, second = map(str, report.notices[:2])
    assert first == "a.csv, line 2: this line is not UTF-8; the file was read as Windows-1252."
    assert second.startswith("a.csv, line 3: letters here are UTF-8 in a file that is Windows-1252 elsewhere")


def test_a_byte_that_is_in_neither_encoding_refuses_the_file() -> None:
    content = (REPD + project(1, "CAF")).encode().replace(b"CAF", b"Caf\x81")
    assert "a.csv, line 2: the byte 81 is neither UTF-8 nor Windows-1252." in refusal("a.csv", content)


NOTICES = (
    "Notice Identifier,Organisation Name,Status,Title,Region,Cpv Codes,Contact Name,Awarded Date,Awarded Value,"
    '"Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]",Contract end date\n'
)
BOTH = "[A firm|Leeds, LS1|COMPANIES_HOUSE|1234567|Yes|No][B trust|York|CHARITIES_COMMISSION|1136419|No|Yes]"


def notice(name: str = "N1", suppliers: str = BOTH, status: str = "Awarded", amount: str = "1000.01") -> str:
    head = f'{name},A council,{status},Grass,Yorkshire,"77310000, 77311000",x,2020-04-30'
    return f'{head},{amount},"{suppliers}",30/04/2021\n'


def test_each_supplier_of_a_notice_is_a_row_with_its_share() -> None:
    rows, report = read("a.csv", NOTICES + notice())
    assert [(row.to_name, row.to_identifiers, row.amount_pence, row.row) for row in rows] == [
        ("A firm", "GB-COH-01234567", 50_001, "row 2 part 1"),
        ("B trust", "GB-CHC-1136419", 50_000, "row 2 part 2"),
    ]
    assert (rows[0].kind, rows[0].classification, rows[0].ends) == ("notice", "77310000|77311000", "2021-04-30")
    assert (report.read, report.kept) == (2, 2)


def test_suppliers_joined_by_commas_stay_as_written() -> None:
    (row,), _ = read("a.csv", NOTICES + notice(suppliers="A firm, B trust, C Ltd"))
    assert row.to_name == "A firm, B trust, C Ltd"


def test_notices_that_came_to_nothing_or_stand_twice_are_set_aside() -> None:
    lines = (notice(), notice(), notice("N2", "", "Open"), notice("N3", "A firm", "Withdrawn"))
    rows, report = read("a.csv", NOTICES + "".join(lines))
    assert len(rows) == 2
    assert reasons(report) == {
        "set aside: its status is withdrawn": 1,
        "set aside: nobody is named in Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]": 1,
        "set aside: the same record again": 2,
    }


def test_a_broken_list_of_suppliers_is_rejected() -> None:
    _, report = read("a.csv", NOTICES + notice(suppliers="[A firm|Leeds"))
    assert report.rejected == 1


def test_a_table_with_the_names_of_the_columns_is_read_as_it_stands() -> None:
    (row,), _ = read("a.csv", "from_name,to_name,starts,title\nA,B,2020-04-30,Alliance\n")
    assert (row.kind, row.from_name, row.to_name, row.title) == ("tie", "A", "B", "Alliance")


@pytest.mark.parametrize("stated", ["day-month-year", "month-day-year"])
def test_dates_that_can_be_read_both_ways_are_asked_about_in_a_table_of_ones_own(stated: str) -> None:
    text = "from_name,to_name,starts\nA,B,03/04/2020\n"
    assert 'Say in the mapping file dates = "day-month-year" or' in refusal("a.csv", text)
    (row,), _ = read("a.csv", text, mapping=mapped(dates=stated))
    assert row.starts == ("2020-04-03" if stated == "day-month-year" else "2020-03-04")


def test_a_mapping_makes_any_table_evidence() -> None:
    said = mapped(
        format="general",
        columns={"Who": "from_name", "With": "to_name", "Worth": "amount", "Clerk": "ignore"},
        fixed={"kind": "contract", "currency": "EUR", "programme": "Bridges"},
    )
    (row,), _ = read("a.csv", "Who,With,Worth,Clerk\nA,B,5,x\n", mapping=said)
    assert (row.kind, row.amount_pence, row.currency, row.programme) == ("contract", 500, "EUR", "Bridges")


def test_one_name_in_two_towns_stays_two_bodies() -> None:
    rows, _ = read("a.csv", "from_name,to_name,to_town\nA,St Mary's,Leeds\nA,St Mary's,York\n")
    assert [(row.to_name, row.to_town) for row in rows] == [("St Mary's", "Leeds"), ("St Mary's", "York")]


def test_names_that_differ_in_legal_form_only_stay_as_written() -> None:
    rows, _ = read("a.csv", "from_name,to_name\nA,Acme Ltd\nA,Acme Limited\nA,Acme plc\n")
    assert [row.to_name for row in rows] == ["Acme Ltd", "Acme Limited", "Acme plc"]
