"""Spending over a threshold: headings that drift, dates in several layouts, masked suppliers, amounts of every look."""

from __future__ import annotations

import pytest

from tests.unit.intake.evidence.read import mapped, read, reasons, refusal

HEADINGS = "Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,Amount\n"


def line(supplier: str = "A firm", date: str = "2020-04-30", amount: str = "25000") -> str:
    return f'Health,A trust,{date},Rents,Estates,"{supplier}",17,"{amount}"\n'


def spent(*lines: str) -> str:
    return HEADINGS + "".join(lines)


def test_a_line_becomes_a_row() -> None:
    rows, report = read("a.csv", spent(line()), publisher="A publisher")
    row = rows[0]
    assert (row.kind, row.from_name, row.to_name, row.starts) == ("payment", "A trust", "A firm", "2020-04-30")
    assert (row.amount_pence, row.currency, row.programme, row.title) == (2_500_000, "GBP", "Rents", "Estates")
    assert (row.record_id, row.publisher, row.file, row.row) == ("17", "A publisher", "a.csv", "row 2")
    assert (report.read, report.kept, report.rejected, report.set_aside) == (1, 1, 0, 0)


@pytest.mark.parametrize("heading", ["Supplier Name", "SUPPLIER_NAME", "Beneficiary", " vendor: "])
def test_known_headings_are_read_however_they_are_set(heading: str) -> None:
    rows, _ = read("a.csv", f"{heading},Date,Amount (£)\nA firm,30/04/2020,1\n", publisher="A council")
    assert rows[0].to_name == "A firm"


def test_numbers_of_companies_and_charities_become_identifiers() -> None:
    text = "Entity,Date,Supplier,Amount,Company Number,Charity Number\nA,30/04/2020,B,1,1234567,SC012345\n"
    rows, _ = read("a.csv", text)
    assert rows[0].to_identifiers == "GB-COH-01234567|GB-SC-SC012345"


def test_two_spellings_of_a_heading_in_one_file_are_one_column() -> None:
    text = "entuty,date,expensearea,expsensearea,supplier,amount\nT,30/04/2020,,Estates,F,1\nT,30/04/2020,Wards,,F,1\n"
    rows, _ = read("a.csv", text)
    assert [row.title for row in rows] == ["Estates", "Wards"]


def test_an_unknown_heading_is_asked_about_with_the_nearest_known_one() -> None:
    said = refusal("a.csv", "Entity,Date,Suplier,Supplier,Amount\nA,30/04/2020,,B,1\n")
    assert "a.csv, row 1, column Suplier: the heading 'Suplier' is not known." in said
    assert "It is spelt like 'Supplier', which holds to_name." in said
    assert '"Suplier" = "ignore"' in said


def test_thousands_of_unknown_headings_are_asked_about_in_few_words() -> None:
    said = refusal("a.csv", "Entity,Date,Supplier,Amount," + ",".join(f"x{at}" for at in range(9000)) + "\n")
    assert len(said.splitlines()) == 51
    assert "8,950 more headings are not known." in said


def test_a_mapping_says_what_an_unknown_heading_holds() -> None:
    said = mapped(format="spending", columns={"Who got it": "to_name", "Clerk": "ignore"})
    rows, _ = read("a.csv", "Entity,Date,Who got it,Clerk,Amount\nA,30/04/2020,B,x,1\n", mapping=said)
    assert rows[0].to_name == "B"


def test_what_is_missing_is_named_with_how_it_is_known() -> None:
    said = refusal("a.csv", "Entity,Date,Who got it,Amount\nA,30/04/2020,B,1\n", format="spending")
    assert "Missing: to_name (known as 'Supplier', 'Supplier Name', 'Beneficiary')" in said


def test_nobody_who_pays_is_asked_about() -> None:
    assert "no column says from whom it is" in refusal("a.csv", "Supplier,Date,Amount\nA,30/04/2020,1\n")


def test_headings_in_row_seven_below_titles() -> None:
    titles = "Spending of a trust,,,,,,,\n" + ",,,,,,,\n" * 5
    rows, report = read("a.csv", titles + spent(line()))
    assert rows[0].row == "row 8"
    assert "the headings stand in row 7" in " ".join(map(str, report.notices))


def test_six_layouts_of_dates_in_one_column() -> None:
    dates = ("2020-04-03 00:00:00", "2020/04/03", "03-Apr-20", "3 April 2020", "Friday 3rd April 2020", "April 3, 2020")
    rows, report = read("a.csv", spent(*(line(date=f'"{date}"') for date in dates)))
    assert {row.starts for row in rows} == {"2020-04-03"}
    assert report.kept == 6


def test_the_whole_column_says_whether_the_month_comes_first() -> None:
    rows, report = read("a.csv", spent(line(date="4/3/2020"), line(date="4/30/2020")))
    assert [row.starts for row in rows] == ["2020-04-03", "2020-04-30"]
    assert (
        "the month comes first in dates: 1 can only be read so; 1 that could be read either way follow them."
        in " ".join(map(str, report.notices))
    )


def test_where_nothing_tells_the_default_of_the_format_is_said() -> None:
    rows, report = read("a.csv", spent(line(date="04/03/2020")))
    assert rows[0].starts == "2020-03-04"
    assert "the day comes first in dates, as this format has it: 1 could be read either way." in " ".join(
        map(str, report.notices)
    )


def test_a_column_that_contradicts_itself_is_asked_about_and_not_read_row_by_row() -> None:
    lines = spent(line(date="30/04/2020"), line(date="4/30/2020"), line(date="03/04/2020"))
    rows, report = read("a.csv", lines)
    assert [row.starts for row in rows] == ["2020-04-30", "2020-04-30"]
    assert reasons(report) == {"rejected: Date: can be read as day and month or as month and day": 1}
    rows, report = read("a.csv", lines, mapping=mapped(dates="day-month-year"))
    assert [row.starts for row in rows] == ["2020-04-30", "2020-04-03"]
    assert reasons(report) == {"rejected: Date: is not a day of the calendar": 1}


def test_each_published_file_in_a_merged_one_has_its_own_dates() -> None:
    lines = ("T,4/3/2020,F,1,a", "T,4/30/2020,F,1,a", "T,04/03/2020,F,1,b", "T,30/03/2020,F,1,b")
    text = "\n".join(("Entity,Date,Supplier,Amount,file", *lines, ""))
    rows, _ = read("a.csv", text)
    assert [row.starts for row in rows] == ["2020-04-03", "2020-04-30", "2020-03-04", "2020-03-30"]


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("1,234.56", 123_456),
        ("£1,234", 123_400),
        ("(1,234.50)", -123_450),
        ("-1234.5", -123_450),
        ("1,234.56-", -123_456),
        ("-£5", -500),
        ("0.00", 0),
        ("27851.0", 2_785_100),
    ],
)
def test_amounts_however_they_are_written(written: str, pence: int) -> None:
    rows, _ = read("a.csv", spent(line(amount=written)))
    assert rows[0].amount_pence == pence


@pytest.mark.parametrize("written", ["1.234,56", "1,23", "(5", "(-5)", "$5", "1e6", "1 234", "5 CR", "-"])
def test_what_is_not_plainly_an_amount_is_rejected(written: str) -> None:
    rows, report = read("a.csv", spent(line(amount=written)))
    assert rows == []
    assert report.rejected == 1
    assert report.problems[0].value == written


def test_fractions_of_a_penny_are_rounded_and_said() -> None:
    rows, report = read("a.csv", spent(line(amount="10.005"), line(amount="10.015")))
    assert [row.amount_pence for row in rows] == [1000, 1002]
    assert "2 have fractions of a penny and were rounded" in " ".join(map(str, report.notices))


def test_an_amount_that_is_not_given_stays_unknown() -> None:
    rows, report = read("a.csv", spent(line(amount="")))
    assert (rows[0].amount_pence, rows[0].currency) == (None, "")
    assert "1 has no amount" in " ".join(map(str, report.notices))


@pytest.mark.parametrize("name", ["REDACTED", "Redacted - Personal Data", "XXXXXX", "*****", "Name withheld", "██████"])
def test_masked_suppliers_are_set_aside(name: str) -> None:
    rows, report = read("a.csv", spent(line(name), line()))
    assert [row.to_name for row in rows] == ["A firm"]
    assert reasons(report) == {"set aside: redacted: who it is is not said": 1}


@pytest.mark.parametrize("name", ["1927", "NA", "007", "Nil Desperandum Ltd", "=SUM(A1)", "TRUE"])
def test_names_stay_as_they_are_written(name: str) -> None:
    rows, _ = read("a.csv", spent(line(name)))
    assert rows[0].to_name == name


def test_lines_that_are_no_records_are_set_aside() -> None:
    total = ",,,,,Total,,50000\n"
    note = "Source: the ledger,,,,,,,\n"
    rows, report = read("a.csv", spent(line(), total, note, HEADINGS, line("")))
    assert len(rows) == 1
    assert reasons(report) == {
        "set aside: a note between the records": 1,
        "set aside: a total of other lines": 1,
        "set aside: nobody is named in Supplier": 1,
        "set aside: the headings again": 1,
    }


def test_lines_that_say_the_same_are_kept_and_told_apart() -> None:
    rows, _ = read("a.csv", spent(line(), line()))
    again, _ = read("b.csv", spent(line(), line()))
    assert rows[0].evidence_id != rows[1].evidence_id
    assert [row.evidence_id for row in rows] == [row.evidence_id for row in again]


def test_a_row_that_was_cut_off_is_rejected() -> None:
    rows, report = read("a.csv", spent(line(), "Health,A trust,2020-04"))
    assert len(rows) == 1
    assert reasons(report) == {"rejected: the row has 3 cells": 1}
    assert "was it cut off?" in " ".join(map(str, report.notices))
