"""Workbooks: every cell as exact text, and whatever cannot be taken as it is refused with its cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from orchestrator.intake.workbook import read_workbook
from orchestrator.intake.workbook_child import cell_text
from orchestrator.tables.raw import RawPack, RawTable

Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
TEXT_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def excel(fill: Fill, sheet: str = "ties") -> bytes:
    """A workbook with headings source_id, target_id, level in the sheet, filled further by ``fill``."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        found = book.add_worksheet(sheet)
        found.write_row(0, 0, ["source_id", "target_id", "level"])
        fill(book, found)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed, or added."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return buffer.getvalue()


def ods(rows: str, *, before: str = "", extra: dict[str, str] | None = None) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {NAMESPACES} {CALC}>'
            f'<office:body><office:spreadsheet><table:table table:name="ties">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"></m:manifest>')
        for name, text in (extra or {}).items():
            archive.writestr(name, text)
    return buffer.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    inside = "".join(cell if cell.startswith("<") else TEXT_CELL.format(escape(cell)) for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


ODS_HEAD = ods_row("source_id", "target_id", "level")


def ties(data: bytes, name: str = "uk.xlsx") -> RawTable:
    pack = read_workbook(name, data)
    (table,) = pack.tables
    return table


def told(pack: RawPack) -> str:
    """The problems, without those of the tables that these small workbooks do not have."""
    return "\n".join(str(problem) for problem in pack.problems if "the table is missing" not in str(problem))


def refusal(data: bytes, name: str = "uk.xlsx") -> str:
    pack = read_workbook(name, data)
    assert pack.tables == ()
    return told(pack)


def test_texts_come_back_as_they_were_written() -> None:
    texts = ["007", "NA", " a ", "a\nb", "a\r\nb\tc", "'=1+1", "=1+1", "é𝄞", "_x000D_", "<b>&amp;</b>", "1e5"]
    found = ties(excel(lambda _, sheet: [sheet.write_string(1 + at, 0, text) for at, text in enumerate(texts)]))
    assert found.cells[0] == texts
    assert list(found.rows) == list(range(2, 2 + len(texts)))
    assert (found.name, found.file) == ("ties", "uk.xlsx/ties")


def test_numbers_dates_and_truths_become_exact_text() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(1, 0, [2.0, 0.1, 1e22])
        sheet.write_row(2, 0, [True, False, -7])
        sheet.write_datetime(3, 0, datetime(2026, 11, 23), day)
        sheet.write_datetime(3, 1, datetime(2026, 11, 23, 10, 30), day)

    found = ties(excel(fill))
    assert [list(row) for row in zip(*found.cells, strict=True)] == [
        ["2", "0.1", "1e+22"],
        ["yes", "no", "-7"],
        ["2026-11-23", "2026-11-23T10:30:00", ""],
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(2**53 * 1.0, "9007199254740992"), (1e16, "1e+16"), (0.1 + 0.2, "0.30000000000000004"), (-0.0, "0"), (3, "3")],
)
def test_numbers_keep_their_value_to_the_last_bit(cell: float, text: str) -> None:
    assert cell_text(cell) == text
    assert float(text) == cell


def test_dates_of_the_other_epoch_are_the_same_days() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": True}) as book:
        sheet = book.add_worksheet("ties")
        sheet.write_row(0, 0, ["starts"])
        sheet.write_datetime(1, 0, date(2026, 11, 23), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert ties(buffer.getvalue()).cells == (["2026-11-23"],)


def test_blank_edges_are_dropped_and_blank_rows_inside_are_told() -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(1, 0, ["a", "b"])
        sheet.write_row(4, 0, ["c", "d"])
        sheet.write_string(9, 7, "")

    pack = read_workbook("uk.xlsx", excel(fill))
    (table,) = pack.tables
    assert (table.columns, list(table.rows)) == (("source_id", "target_id", "level"), [2, 5])
    assert [str(notice) for notice in pack.notices] == ["uk.xlsx/ties: 2 blank rows were skipped: rows 3, 4."]


def test_sheets_keep_their_place_when_they_start_further_right() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("ties").write_row(0, 1, ["source_id", "target_id"])
    assert ties(buffer.getvalue()).columns == ("source_id", "target_id")


def test_cells_without_a_heading_are_told_with_their_row() -> None:
    assert "row 1, column E: the heading is blank, but row 3 has a cell" in refusal(
        excel(lambda _, sheet: sheet.write_row(2, 0, ["a", "b", 1, None, "see below"]))
    )


def test_other_sheets_are_left_alone_and_told() -> None:
    def fill(book: xlsxwriter.Workbook, _: object) -> None:
        for name in ("Notes", "Organisation", "MISSIONS "):
            book.add_worksheet(name).write(0, 0, "mission_id")

    pack = read_workbook("uk.xlsx", excel(fill))
    assert {table.name for table in pack.tables} == {"ties", "missions"}
    notices = "\n".join(map(str, pack.notices))
    assert "'Notes' was left alone" in notices
    assert "Did you mean 'organisations'?" in notices


def test_missing_tables_are_told_with_the_sheets_that_were_found() -> None:
    pack = read_workbook("uk.xlsx", excel(lambda *_: None))
    assert [problem.file for problem in pack.problems] == ["organisations", "missions"]
    assert "Found: 'ties'." in str(pack.problems[0])


def test_an_empty_sheet_is_told() -> None:
    pack = read_workbook("uk.xlsx", excel(lambda book, _: book.add_worksheet("offers")))
    assert told(pack).startswith("uk.xlsx/offers: the table is empty.")


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 0), (1, 16_383), (1_048_575, 16_383), (200_000, 2)])
def test_a_stray_cell_far_out_is_refused_and_named(row: int, column: int) -> None:
    found = refusal(excel(lambda _, sheet: sheet.write(row, column, "x")))
    assert "uk.xlsx/ties: a cell stands as far out as" in found
    assert "At most" in found or "at most 200,000 rows and 256 columns" in found


def test_too_large_an_area_is_refused_before_it_is_filled() -> None:
    assert "At most 8,000,000 are read." in refusal(excel(lambda _, sheet: sheet.write(199_999, 255, "x")))


def test_a_far_cell_that_is_only_formatted_does_no_harm() -> None:
    data = excel(lambda book, sheet: sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True})))
    assert len(ties(data)) == 0


def test_a_false_dimension_does_no_harm() -> None:
    data = excel(lambda _, sheet: sheet.write_row(1, 0, ["a", "b", 1]))
    lied = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"A1:C2", b"A1:XFD1048576"))
    assert ties(lied).cells == (["a"], ["b"], ["1"])


def test_merged_cells_in_the_table_are_refused_and_named() -> None:
    found = refusal(excel(lambda _, sheet: sheet.merge_range(2, 0, 3, 1, "a")))
    assert "uk.xlsx/ties, row 3, column A: the cells A3:B4 are merged." in found


def test_merged_cells_beside_the_table_do_no_harm() -> None:
    data = excel(lambda _, sheet: sheet.write_row(1, 0, ["a", "b", 1]))
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="H8:I9"/></mergeCells>'
    beside = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", merge))
    assert len(ties(beside)) == 1


def test_error_cells_are_refused_and_named() -> None:
    found = refusal(excel(lambda _, sheet: sheet.write_formula(1, 2, "=NA()", None, "#N/A")))
    assert "uk.xlsx/ties, row 2, column C: the cell C2 holds an error such as #N/A." in found


def test_a_formula_is_read_by_its_saved_value_and_told() -> None:
    pack = read_workbook("uk.xlsx", excel(lambda _, sheet: sheet.write_formula(1, 2, "=1+1", None, 2)))
    assert pack.tables[0].cells[2] == ["2"]
    assert "1 cell holds a formula" in str(pack.notices[0])


def test_a_formula_without_its_value_is_refused_and_named() -> None:
    found = refusal(excel(lambda _, sheet: sheet.write_formula(1, 1, "=A2", None, "")))
    assert "row 2, column B: the cell B2 holds a formula without its value." in found


def test_a_hundred_bad_cells_are_told_in_few_words() -> None:
    data = excel(lambda _, sheet: [sheet.write_formula(at, 2, "=NA()", None, "#N/A") for at in range(1, 101)])
    assert "80 more cells like these." in refusal(data)


def test_cells_without_references_are_counted() -> None:
    data = excel(lambda _, sheet: sheet.write_formula(1, 2, "=NA()", None, "#N/A"))
    bare = changed(data, "xl/worksheets/sheet1.xml", lambda x: x.replace(b' r="C2"', b"").replace(b' r="2"', b""))
    assert "holds an error" in refusal(bare)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "holds macros"),
        ("xl/macrosheets/sheet1.xml", "holds macros"),
        ("xl/externalLinks/externalLink1.xml", "has links to other workbooks"),
    ],
)
def test_macros_and_links_to_other_workbooks_are_refused(part: str, words: str) -> None:
    assert words in refusal(changed(excel(lambda *_: None), part, lambda _: b"<x/>"))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "new.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_in_any_part_is_refused(part: str, encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>'.encode(encoding)
    assert "declares a document type" in refusal(changed(excel(lambda *_: None), part, lambda _: bomb))


def test_a_workbook_with_a_damaged_part_is_refused() -> None:
    data = excel(lambda _, sheet: sheet.write_row(1, 0, ["a", "b", 1]))
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        assert "damaged" in refusal(changed(data, part, lambda xml: xml[: len(xml) // 2])), part


def test_a_zip_bomb_is_refused() -> None:
    bomb = changed(excel(lambda *_: None), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 40_000_000)
    assert "as a zip bomb does" in refusal(bomb)


def test_texts_that_expand_too_far_are_refused() -> None:
    data = excel(lambda _, sheet: [sheet.write_column(1, at, ["x" * 30_000] * 5_000) for at in range(3)])
    assert "too much text" in refusal(data)


def test_a_workbook_that_takes_too_long_is_refused() -> None:
    data = excel(lambda _, sheet: sheet.write_row(1, 0, ["a", "b", 1]))
    assert "takes too long" in "\n".join(map(str, read_workbook("uk.xlsx", data, longest=0.001).problems))


def test_an_opendocument_workbook_is_read_exactly() -> None:
    typed = '<table:table-cell office:value-type="{0}" office:{1}="{2}"><text:p>as shown</text:p></table:table-cell>'
    date_cell = typed.format("date", "date-value", "2026-11-23")
    number = typed.format("float", "value", "2.0")
    truth = typed.format("boolean", "boolean-value", "true")
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = ODS_HEAD + ods_row("007", "NA", number) + ods_row(date_cell, truth, "a & b", repeated=2)
    found = ties(ods(rows + ods_row(blank, repeated=1_048_000)), "uk.ods")
    assert [list(row) for row in zip(*found.cells, strict=True)] == [
        ["007", "NA", "2"],
        ["2026-11-23", "yes", "a & b"],
        ["2026-11-23", "yes", "a & b"],
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (ods_row(repeated=900_000) + ods_row("x"), "a cell stands as far out as A900002"),
        (ods_row('<table:table-cell table:number-columns-repeated="9000"/>', "x"), "as far out as"),
        (ods_row("x", repeated=1_000_000), "as far out as A1000001"),
        (
            ods_row(
                '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>x</text:p>'
                "</table:table-cell><table:covered-table-cell/>"
            ),
            "row 2, column A: the cells A2:B2 are merged.",
        ),
        (
            ods_row(
                '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p>'
                "</table:table-cell>"
            ),
            "the cell A2 holds an error",
        ),
        (ods_row("a", '<table:table-cell table:formula="of:=1"/>'), "the cell B2 holds a formula without its value"),
        (
            ods_row(
                '<table:table-cell office:value-type="string"><text:p>a<text:line-break/>b</text:p></table:table-cell>'
            ),
            "the cell A2 holds a line break",
        ),
        ('<table:table-source xlink="x"/>', "links to other files"),
    ],
)
def test_opendocument_cells_that_cannot_be_taken_are_refused(rows: str, words: str) -> None:
    assert words in refusal(ods(ODS_HEAD + rows), "uk.ods")


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"Basic/Standard/Module1.xml": "<x/>"}, "holds macros"),
        ({"Scripts/python/a.py": "x"}, "holds macros"),
        ({"META-INF/manifest.xml": "<m:encryption-data/>"}, "has a password"),
        ({"styles.xml": "<!DOCTYPE a><a/>"}, "declares a document type"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_opendocument_macros_passwords_and_document_types_are_refused(extra: dict[str, str], words: str) -> None:
    data = ods(ODS_HEAD)
    for part, text in extra.items():
        data = changed(data, part, lambda _, text=text: text.encode())  # type: ignore[misc]
    assert words in refusal(data, "uk.ods")


def test_two_sheets_of_one_name_are_refused() -> None:
    twice = changed(
        ods(ODS_HEAD),
        "content.xml",
        lambda x: x.replace(b"</table:table>", b'</table:table><table:table table:name="ties"/>'),
    )
    assert "two sheets are named 'ties'." in refusal(twice, "uk.ods")
