"""Files that are not what they seem: each has a stated outcome, and nothing of them is dropped or doubled silently."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from orchestrator.errors import BadData
from orchestrator.intake.evidence import EVIDENCE_FORMATS, read_mapping
from tests.unit.intake.evidence.read import mapped, read, reasons, refusal

LINES = "Entity,Date,Supplier,Amount\nA trust,30/04/2020,A firm,25000\nA trust,30/04/2020,B firm,25000\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


def test_half_a_file_keeps_whole_rows_and_says_so() -> None:
    rows, report = read("a.csv", LINES[:-12])
    assert len(rows) == 1
    assert reasons(report) == {"rejected: the row has 3 cells": 1}
    assert "the file does not end with a line end: was it cut off?" in str(report.notices[0])


def test_half_a_quoted_cell_refuses_the_file_with_its_line() -> None:
    assert "a.csv, line 2: a quotation mark opens a cell" in refusal("a.csv", LINES.replace("A firm", '"A firm'))


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html><body>Sorry</body></html>", "\ufeff<html><table></table></html>"]
)
def test_a_web_page_saved_as_csv_is_refused(page: str) -> None:
    assert "a.csv: this is a web page" in refusal("a.csv", page)
    assert "a.csv: this is a web page, not a CSV file" in refusal("a.csv", page, format="spending")


@pytest.mark.parametrize("marks", [1, 2])
def test_byte_order_marks_are_left_out_and_two_are_told(marks: int) -> None:
    rows, report = read("a.csv", b"\xef\xbb\xbf" * marks + LINES.encode())
    assert len(rows) == 2
    assert [str(notice) for notice in report.notices] == (
        ["a.csv, line 1: the text starts with 2 byte order marks; they were left out."] if marks == 2 else []
    )


def test_windows_1252_is_read_where_its_publishers_use_it_and_asked_about_elsewhere() -> None:
    rows, report = read("a.csv", LINES.replace("A firm", "Café").encode("cp1252"))
    assert rows[0].to_name == "Café"
    assert "line 2: this line is not UTF-8; the file was read as Windows-1252" in str(report.notices[0])
    for text in ("from_name,to_name\nA,Café\n", ",A,Café\nA,0,1\nCafé,1,0\n"):
        content = text.encode("cp1252")
        assert 'say so in the mapping file: encoding = "windows-1252"' in refusal("a.csv", content)
        assert read("a.csv", content, mapping=mapped(encoding="windows-1252"))[0][0].to_name == "Café"


def test_utf_16_is_refused() -> None:
    assert "the text is UTF-16" in refusal("a.csv", LINES.encode("utf-16"))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b"PK\x03\x04", b"\x00" * 40, b"%PDF-1.7\n"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    assert refusal("a.csv", content).startswith("a.csv")


def test_a_control_character_rejects_its_row() -> None:
    rows, report = read("a.csv", LINES.replace("A firm", "A\x07firm"))
    assert len(rows) == 1
    assert reasons(report) == {"rejected: a control character": 1}


def test_a_workbook_with_a_sheet_a_month() -> None:
    head: list[object] = ["Entity", "Date", "Supplier", "Amount"]
    april, may = (["A trust", f"2020-0{month}-30", "A firm", 25000.5] for month in (4, 5))
    rows, report = read("a.xlsx", workbook(Apr_2020=[["Title"], [], head, april], May_2020=[head, may], Notes=[["x"]]))
    assert [(row.row, row.starts, row.amount_pence) for row in rows] == [
        ("sheet Apr 2020 row 4", "2020-04-30", 2_500_050),
        ("sheet May 2020 row 2", "2020-05-30", 2_500_050),
    ]
    said = " ".join(map(str, report.notices))
    assert "a.xlsx/Notes: it is not laid out as spending over a threshold and was left alone." in said
    assert "a.xlsx/Apr 2020: the headings stand in row 3" in said


@pytest.mark.parametrize(("where", "refused"), [("A1:D1", False), ("A4:A5", True)])
def test_merged_cells_are_titles_above_the_headings_and_refused_below(where: str, refused: bool) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("April")
        sheet.write_row(2, 0, ["Entity", "Date", "Supplier", "Amount"])
        for row in (3, 4):
            sheet.write_row(row, 0, ["A trust", "30/04/2020", "A firm", 25000])
        sheet.merge_range(where, "Spending")
    if refused:
        assert "a.xlsx/April, row 4: the cells A4:A5 are merged." in refusal("a.xlsx", content.getvalue())
    else:
        assert read("a.xlsx", content.getvalue())[1].kept == 2


def test_a_column_without_a_heading_that_holds_something_is_refused() -> None:
    text = "Entity,Date,Supplier,Amount,\nA,30/04/2020,B,1,\nA,30/04/2020,B,1,secret\n"
    assert "a.csv, row 1, column E: the heading is blank, but row 3 has a cell" in refusal("a.csv", text)


def test_two_columns_that_hold_the_same_must_say_the_same() -> None:
    text = "Entity,Date,Supplier,Vendor,Amount\nA,30/04/2020,B,B,1\nA,30/04/2020,B,C,1\n"
    rows, report = read("a.csv", text)
    assert len(rows) == 1
    assert reasons(report) == {"rejected: Supplier: stand in two columns that hold to_name": 1}


def test_two_formats_that_fit_are_asked_about() -> None:
    text = "from_name,to_name,Entity,Date,Supplier,Amount\n"
    assert "Say which it is: --format spending or --format general." in refusal("a.csv", text)


def test_no_format_is_told_with_what_each_would_need() -> None:
    said = refusal("a.csv", "x,y\n1,2\n")
    assert "its headings are those of no format that is known" in said
    assert "no row has the headings of spending over a threshold; row 1 comes nearest: 'x, y'." in said


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_told(separator: str) -> None:
    assert "separated by something else?" in refusal("a.csv", LINES.replace(",", separator), format="spending")


def test_columns_from_which_nothing_is_taken_are_told() -> None:
    text = "Entity,Date,Supplier,Amount,Department Family,Clerk\nA,30/04/2020,B,1,C,D\n"
    _, report = read("a.csv", text, mapping=mapped(other_columns="ignore"))
    assert str(report.notices[0]) == "a.csv, row 1: nothing was taken from 2 columns: 'Department Family', 'Clerk'."


def test_every_format_has_a_name_of_its_own() -> None:
    assert len({each.name for each in EVIDENCE_FORMATS}) == len(EVIDENCE_FORMATS)


MAPPING = """
format = "spending"
dates = "day-month-year"
[columns]
"Who" = "to_name"
[files."b.csv"]
publisher = "B"
columns = { "Whom" = "to_name" }
"""


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(MAPPING)
    mapping = read_mapping(path)
    assert mapping.for_file("a.csv").publisher == ""
    own = mapping.for_file("b.csv")
    assert (own.publisher, own.dates, dict(own.columns)) == (
        "B",
        "day-month-year",
        {"Who": "to_name", "Whom": "to_name"},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("publishr = 'A'", "'publishr' is no entry."),
        ("dates = 'US'", "'US' cannot stand here."),
        ("[columns]\nA = 'supplier'", "'supplier' is nothing that a column holds."),
        ("[fixed]\nkind = 'gift'", "'gift' is no kind."),
        ("[fixed]\ncurrency = 'pounds'", "'pounds' is not a currency."),
        ("[files]\nx = 5", "'files' holds no tables."),
        ("[files.x]\nfiles = {}", "'files.x.files' is no entry."),
        ("heading_row = 0", "'0' cannot stand here."),
        ("= 5", "this is no TOML"),
        ("columns = 5", "'columns' is no table of texts."),
    ],
)
def test_a_mapping_file_with_mistakes_is_refused_with_what_is_allowed(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(BadData) as bad:
        read_mapping(path)
    assert said in str(bad.value)
