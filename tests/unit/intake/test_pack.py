"""A pack from wherever it lies: chosen by what it really is, every problem told at once."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import orchestrator.intake
from orchestrator.errors import BadData
from orchestrator.intake import read_pack

SMALL = {
    "organisations.csv": "organisation_id,name,sector\n007,NA,central\n",
    "missions.csv": "mission_id,title,centre_id\nm,M,007\n",
    "ties.csv": "source_id,target_id\n007,007\n",
}


def folder_at(path: Path) -> Path:
    path.mkdir()
    for name, text in SMALL.items():
        (path / name).write_text(text)
    return path


def archive_at(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in SMALL.items():
            archive.writestr(name, text)
    return path


def workbook_at(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, text in SMALL.items():
            sheet = book.add_worksheet(name.removesuffix(".csv"))
            for row, line in enumerate(text.splitlines()):
                for column, cell in enumerate(line.split(",")):
                    sheet.write_string(row, column, cell)
    return path


def refusal(path: Path) -> str:
    pack = read_pack(path)
    assert pack.tables == ()
    (problem,) = pack.problems
    return str(problem)


def test_the_three_forms_of_a_pack_hold_the_same(tmp_path: Path) -> None:
    packs = [
        read_pack(folder_at(tmp_path / "uk")),
        read_pack(archive_at(tmp_path / "uk.zip")),
        read_pack(workbook_at(tmp_path / "uk.xlsx")),
    ]
    assert [pack.problems for pack in packs] == [(), (), ()]
    assert {pack.name for pack in packs} == {"uk"}
    held = [{t.name: (t.columns, list(map(list, t.cells)), list(t.rows)) for t in pack.tables} for pack in packs]
    assert held[0] == held[1] == held[2]
    assert held[0]["organisations"][1] == [["007"], ["NA"], ["central"]]


@pytest.mark.parametrize("name", ["upload", "pack.bin", "UK.ZIP"])
def test_a_name_that_says_nothing_else_is_no_hindrance(tmp_path: Path, name: str) -> None:
    assert len(read_pack(archive_at(tmp_path / name)).tables) == 3


def test_an_archive_that_is_really_a_workbook_is_refused_with_its_right_name(tmp_path: Path) -> None:
    workbook_at(tmp_path / "uk.xlsx").rename(tmp_path / "uk.zip")
    found = refusal(tmp_path / "uk.zip")
    assert "the name ends in .zip, but this is an Excel workbook." in found
    assert "'uk.xlsx'" in found


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xlsm"])
def test_a_workbook_that_is_really_an_archive_is_refused(tmp_path: Path, suffix: str) -> None:
    found = refusal(archive_at(tmp_path / f"uk{suffix}"))
    assert f"the name ends in {suffix}, but this is a zip archive of files." in found


@pytest.mark.parametrize(
    ("parts", "called"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "a Word document"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "a PowerPoint presentation"),
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "a binary Excel workbook"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "another OpenDocument"),
    ],
)
def test_other_documents_are_recognised(tmp_path: Path, parts: dict[str, str], called: str) -> None:
    with zipfile.ZipFile(tmp_path / "uk.xlsx", "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert f"this is {called}" in refusal(tmp_path / "uk.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ties.csv", b"source_id,target_id\n", "this is one table, not a pack."),
        ("uk.csv", b"source_id,target_id\n", "this is a single file, not a pack."),
        ("uk.txt", b"hello", "this is a single file, not a pack."),
        ("uk.zip", b"hello", "this is not a .zip file"),
        ("uk.xlsx", b"hello", "this is not a .xlsx file"),
        ("uk.xlsx", b"<html><body>Sign in</body></html>", "this is a web page"),
        ("uk.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office file or one with a password"),
        ("uk.pdf", b"%PDF-1.7", "this is a PDF document"),
        ("uk.zip", b"", "the file is empty."),
        ("uk.zip", b"PK\x03\x04" + bytes(50), "the zip archive is damaged"),
    ],
)
def test_files_that_are_no_pack_are_told(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in refusal(tmp_path / name)


def test_one_table_points_at_the_folder_it_lies_in(tmp_path: Path) -> None:
    assert f"Give the folder '{tmp_path / 'uk'}'" in refusal(folder_at(tmp_path / "uk") / "ties.csv")


def test_a_path_that_is_not_there_raises_with_the_nearest_name(tmp_path: Path) -> None:
    folder_at(tmp_path / "clean-energy")
    with pytest.raises(BadData, match="there is no such file or folder") as raised:
        read_pack(tmp_path / "clean-enrgy")
    (problem,) = raised.value.problems
    assert str(tmp_path / "clean-energy") in problem.hint


@pytest.mark.parametrize("name", ["nowhere/at/all", "x" * 5000, "nul\0byte"])
def test_a_path_that_cannot_be_raises(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadData):
        read_pack(tmp_path / name)


def test_a_pipe_raises_instead_of_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "uk.zip")
    with pytest.raises(BadData, match="not a plain file"):
        read_pack(tmp_path / "uk.zip")


def test_a_file_that_may_not_be_read_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    archive_at(tmp_path / "uk.zip")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadData, match="permission denied"):
        read_pack(tmp_path / "uk.zip")


def test_a_name_that_cannot_be_printed_is_shown_all_the_same(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/u\xff\nk"))
    odd.mkdir()
    pack = read_pack(odd)
    "\n".join([pack.name, *map(str, pack.problems)]).encode()
    assert pack.name == "u\\udcff\\u000ak"


def test_the_public_names_are_sorted() -> None:
    assert orchestrator.intake.__all__ == sorted(orchestrator.intake.__all__)
    assert "read_pack" in orchestrator.intake.__all__
