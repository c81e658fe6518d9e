"""One CSV file: everything stays text, and what is not sound is told with its line or row."""

from __future__ import annotations

import pytest

from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.reading import Reading
from orchestrator.tables.protect import protect, unprotect
from orchestrator.tables.raw import RawTable

HEAD = b"source_id,target_id,level\n"


def read(data: bytes) -> Reading:
    return read_csv("ties", "ties.csv", data)


def table(data: bytes) -> RawTable:
    found = read(data).table
    assert found is not None
    return found


def only_problem(data: bytes) -> str:
    reading = read(data)
    assert reading.table is None
    (problem,) = reading.problems
    return str(problem)


def test_cells_stay_text_as_they_were_written() -> None:
    found = table(HEAD + b"007,NA, 2.0 \n1e5,None,TRUE\n")
    assert found.columns == ("source_id", "target_id", "level")
    assert found.cells == (["007", "1e5"], ["NA", "None"], [" 2.0 ", "TRUE"])
    assert list(found.rows) == [2, 3]


def test_equal_cells_share_one_text() -> None:
    found = table(HEAD + b"organisation-one,organisation-one,2\n" * 3)
    assert len({id(cell) for column in found.cells[:2] for cell in column}) == 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_read(end: bytes) -> None:
    found = table(end.join([b"source_id,target_id", b'a,"x', b'y"', b"", b"c,d"]))
    assert found.cells == (["a", "c"], [f"x{end.decode()}y", "d"])
    assert list(found.rows) == [2, 4]  # the quoted cell is one row, the blank line counts


def test_blank_rows_count_but_are_skipped_and_told() -> None:
    reading = read(HEAD + b"a,b,1\n\n , ,\n,,\nc,d,2\n")
    assert reading.table is not None
    assert list(reading.table.rows) == [2, 6]
    assert [str(notice) for notice in reading.notices] == ["ties.csv: 3 blank rows were skipped: rows 3, 4, 5."]


def test_a_heading_alone_is_an_empty_table() -> None:
    found = table(HEAD)
    assert (len(found), found.cells) == (0, ([], [], []))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n  \r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert only_problem(data).startswith("ties.csv: the file is empty.")


def test_one_byte_order_mark_is_silent_and_two_are_told() -> None:
    mark = b"\xef\xbb\xbf"
    assert read(mark + HEAD).notices == ()
    doubled = read(mark + mark + HEAD)
    assert doubled.table is not None
    assert doubled.table.columns[0] == "source_id"
    assert "2 byte order marks" in str(doubled.notices[0])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_utf_16_and_32_are_refused_with_what_to_do(encoding: str) -> None:
    problem = only_problem("source_id,target_id\nministry,council\n".encode(encoding))
    assert "ties.csv, line 1: the text is UTF-" in problem
    assert "CSV UTF-8" in problem


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_latin_1_is_refused_with_the_line(end: bytes) -> None:
    problem = only_problem(end.join([b"source_id,target_id", b"a,b", b"Caf\xe9,Soci\xe9t\xe9"]))
    assert "ties.csv, line 3: the byte E9 is not UTF-8" in problem
    assert "'Café,Société'" in problem
    assert "CSV UTF-8" in problem


def test_latin_1_far_into_a_file_is_found_in_its_line() -> None:
    data = HEAD + b"abc,def,2\n" * 500_000 + b"caf\xe9,b,1\n"
    assert "line 500002" in only_problem(data)


def test_a_text_cut_off_within_a_character_is_refused() -> None:
    assert "line 2" in only_problem(HEAD + "é".encode()[:1])


def test_nul_bytes_are_refused_with_the_line() -> None:
    problem = only_problem(HEAD + b"a,b,1\nc,\x00,2\n\x00,,\n")
    assert "line 3: there is a NUL byte here, the first of 2." in problem


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (HEAD + b'a,b,1\nc,"d,2\ne,f,3\n', 3, "never closed"),
        (HEAD + b'a,b,1\nc,"d\nx"y,2\n', 3, "ends wrongly in line 4"),
        (HEAD + b'a,"b"x,1\n', 2, "goes on after its closing"),
        (HEAD + b'"a\nb","c\n\nd",1\n"e', 6, "never closed"),
        (b'"source_id,target_id\n', 1, "never closed"),
        (HEAD + b'a,"b,1\n' + b"c,d,2\n" * 40_000, 2, "does not end"),
        (HEAD + b"a," + b"x" * 200_000 + b",1\n", 2, "cannot be read"),
    ],
)
def test_wrong_quoting_is_told_with_the_line_where_it_opens(data: bytes, line: int, words: str) -> None:
    problem = only_problem(data)
    assert problem.startswith(f"ties.csv, line {line}: ")
    assert words in problem


def test_quotation_marks_written_twice_are_one() -> None:
    assert table(HEAD + b'"the ""A"" team","x, y",1\n').cells[:2] == (['the "A" team'], ["x, y"])


def test_rows_of_a_wrong_length_are_set_aside_each_with_its_row() -> None:
    found = table(HEAD + b"a,b,1\nc,d\ne,f,1,x\ng,h,1,,\ni,j,2\n")
    assert list(found.rows) == [2, 6]
    short, long, commas = (str(problem) for problem in found.ragged)
    assert "row 3: the row has 2 cells. Each row has 3" in short
    assert "row 4: the row has 4 cells." in long
    assert "quotation marks" in long
    assert "Remove the commas at its end." in commas


def test_a_cell_that_is_too_long_sets_its_row_aside() -> None:
    found = table(HEAD + b"a,b,1\n" * 300 + b"c," + b"x" * 32_768 + b",1\n" + b"d," + b"y" * 32_767 + b",1\n")
    assert len(found) == 301
    (problem,) = found.ragged
    assert "ties.csv, row 302, column target_id: a cell of 32,768 characters is too long" in str(problem)


def test_a_long_cell_that_stands_twice_is_found_twice() -> None:
    row = b"c," + b"x" * 40_000 + b",1\n"
    assert [problem.row for problem in table(HEAD + row + b"a,b,1\n" + row).ragged] == [2, 4]


def test_double_headings_refuse_the_table() -> None:
    problem = only_problem(b"source_id,level, level \na,b,c\n")
    assert problem.startswith("ties.csv, row 1, column level: the heading stands twice.")


def test_a_blank_heading_over_cells_refuses_the_table() -> None:
    problem = only_problem(b"source_id,,level\na,,1\nb,x,2\n")
    assert "row 1, column B: the heading is blank, but row 3 has a cell" in problem


def test_a_blank_column_without_a_heading_is_left_out_and_told() -> None:
    reading = read(b"source_id,,target_id,\na,,b,\n")
    assert reading.table is not None
    assert reading.table.columns == ("source_id", "target_id")
    assert "2 wholly blank columns were left out" in str(reading.notices[0])


def test_more_columns_than_a_spreadsheet_has_are_refused() -> None:
    assert "the first row has 20,001 cells." in only_problem(b"a" + b",b" * 20_000 + b"\n")


def test_a_blank_first_row_is_refused() -> None:
    assert "row 1: the first row is blank." in only_problem(b"\nsource_id,target_id\na,b\n")


@pytest.mark.parametrize(("separator", "called"), [(b";", "semicolons"), (b"\t", "tabs"), (b"|", "upright bars")])
def test_other_separators_are_named(separator: bytes, called: str) -> None:
    problem = only_problem(separator.join([b"source_id", b"target_id"]) + b"\n")
    assert f"separated by {called}" in problem


@pytest.mark.parametrize(
    ("data", "called"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b"\xef\xbb\xbf \n<HTML>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML or HTML file"),
        (b"PK\x03\x04xl/workbook.xml", "a zip archive or a workbook"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b'{"organisations": []}', "a JSON file"),
    ],
)
def test_a_file_that_is_something_else_is_recognised(data: bytes, called: str) -> None:
    problem = only_problem(data)
    assert f"this is {called}" in problem
    assert "not a CSV file" in problem


def test_the_apostrophe_of_our_own_exports_is_taken_off_again() -> None:
    found = table(b"source_id,name\na,'=1+1\nb,'tis\nc,''@x\nd,=2\n")
    assert found.cells[1] == ["=1+1", "'tis", "'@x", "=2"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", "'=1", "''=1", "'a", "a=1", "", "'", " =1"])
def test_protecting_is_undone_exactly(cell: str) -> None:
    assert unprotect(protect(cell)) == cell
    assert not protect(cell).startswith(tuple("=+-@\t\r"))


def test_any_unicode_is_a_name() -> None:
    names = ["Ŵrexham", "𝄞", "e\u0301", "\u202eabc", "\u2028"]
    data = "source_id,target_id\n" + "".join(f"{name},b\n" for name in names)
    assert table(data.encode()).cells[0] == names
