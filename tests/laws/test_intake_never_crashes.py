"""Whatever bytes come in: an answer with tables or problems comes out, soon, and never an exception."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator.intake.archive import read_archive
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.workbook import read_workbook
from orchestrator.tables.protect import protect, unprotect
from orchestrator.tables.raw import RawTable

LONGEST = 5.0
CSV = (
    "\ufefforganisation_id,name,sector,capacity\r\n"
    'a,"Ministry of ""Energy"", the",central,2\r\n\r\n'
    'b,Caerphilly – Caerffili,local,\r\n007,NA,firm,1e3\r\n"c\nd",\'=1+1,research,0\r\n'
).encode()
OTHERS = {"missions.csv": b"mission_id,title,centre_id\nm,M,a\n", "ties.csv": b"source_id,target_id\na,b\n"}
#: Bytes that mean something to one of the readers.
TELLING = st.sampled_from(
    [b'"', b'""', b",", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"'", b"=", b"<", b">", b"&", b"/", b"PK"]
)


@lru_cache
def archive() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"organisations.csv": CSV, **OTHERS}.items():
            made.writestr(name, content)
    return buffer.getvalue()


@lru_cache
def workbook() -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("ties")
        for row in range(6):
            sheet.write_row(row, 0, ["a", "b", row, row / 3, row > 2])
        sheet.write_formula(6, 0, "=1+1", None, 2)
    return buffer.getvalue()


@st.composite
def mutated(draw: st.DrawFn, whole: Callable[[], bytes]) -> bytes:
    """The whole with some bytes replaced, put in, taken out, and perhaps cut off."""
    data = bytearray(whole())
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 8))
        data[at : at + length] = draw(TELLING | st.binary(max_size=8))
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


def assert_sound(table: RawTable) -> None:
    """Every column is as long as the rows are many, every cell is text, every row stands below the heading."""
    assert len(table.columns) == len(table.cells)
    assert all(len(column) == len(table) for column in table.cells)
    assert all(isinstance(cell, str) for column in table.cells for cell in column)
    assert all(first < then for first, then in zip([1, *table.rows], table.rows, strict=False))
    assert not {problem.row for problem in table.ragged} & set(table.rows)


@settings(max_examples=400, deadline=None)
@given(mutated(lambda: CSV) | st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_table_or_have_a_problem(data: bytes) -> None:
    reading = read_csv("organisations", "organisations.csv", data)
    assert (reading.table is None) == bool(reading.problems)
    if reading.table is not None:
        assert_sound(reading.table)


@settings(max_examples=250, deadline=None)
@given(mutated(archive) | st.binary(max_size=300).map(lambda tail: archive()[:60] + tail))
def test_any_archive_is_a_pack_or_has_a_problem(data: bytes) -> None:
    pack = read_archive("uk.zip", data)
    assert len(pack.tables) == 3 or pack.problems
    for table in pack.tables:
        assert_sound(table)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]), st.data())
def test_any_workbook_has_an_answer_in_time(part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = data.draw(mutated(lambda: parts[part]))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    started = time.monotonic()
    pack = read_workbook("uk.xlsx", buffer.getvalue(), longest=LONGEST)
    assert time.monotonic() - started < 2 * LONGEST
    assert pack.problems  # two of the three tables are never there
    for table in pack.tables:
        assert_sound(table)


@settings(max_examples=25, deadline=None)
@given(mutated(workbook))
def test_any_damaged_workbook_has_an_answer(data: bytes) -> None:
    assert read_workbook("uk.xlsx", data, longest=LONGEST).problems


@given(st.text())
def test_protecting_a_cell_is_undone_exactly(cell: str) -> None:
    assert unprotect(protect(cell)) == cell
    assert not protect(cell).startswith(tuple("=+-@\t\r"))


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)
    )
)
def test_what_is_written_strictly_is_read_exactly(rows: list[list[str]]) -> None:
    quoted = ("{},{}\n".format(*('"' + protect(cell).replace('"', '""') + '"' for cell in row)) for row in rows)
    reading = read_csv("ties", "ties.csv", ("source_id,target_id\n" + "".join(quoted)).encode())
    assert reading.table is not None
    kept = [row for row in rows if any(protect(cell).strip() for cell in row)]  # a row is blank as it is written
    assert [list(row) for row in zip(*reading.table.cells, strict=True)] == kept
