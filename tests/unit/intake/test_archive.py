"""A zip archive: read without touching the disk, and refused where it is broken, locked or dangerous."""

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO

import pytest

from orchestrator.intake.archive import read_archive
from orchestrator.tables.raw import RawPack

SMALL = {
    "organisations.csv": b"organisation_id,name,sector\na,A,central\n",
    "missions.csv": b"mission_id,title,centre_id\nm,M,a\n",
    "ties.csv": b"source_id,target_id\na,a\n",
}


def zipped(files: dict[str, bytes] | list[tuple[str | zipfile.ZipInfo, bytes]], method: int = 8) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes) -> RawPack:
    return read_archive("uk.zip", data)


def only_problem(data: bytes) -> str:
    pack = read(data)
    assert pack.tables == ()
    (problem,) = pack.problems
    return str(problem)


@pytest.mark.parametrize("inside", ["", "uk/", "any name/"])
def test_tables_are_read_at_the_top_or_in_one_folder(inside: str) -> None:
    pack = read(zipped({inside + name: content for name, content in SMALL.items()}))
    assert {table.name for table in pack.tables} == {"organisations", "missions", "ties"}
    assert {table.file for table in pack.tables} == set(SMALL)
    assert (pack.name, pack.problems, pack.notices) == ("uk", (), ())


def test_what_macos_and_windows_leave_behind_is_not_told() -> None:
    pack = read(zipped({**SMALL, "__MACOSX/._ties.csv": b"\0", ".DS_Store": b"\0", "Thumbs.db": b"\0"}))
    assert pack.problems == pack.notices == ()


def test_tables_in_several_folders_are_a_problem() -> None:
    assert "tables lie in several folders: a, b." in only_problem(zipped({"a/ties.csv": b"x", "b/offers.csv": b"x"}))


def test_tables_elsewhere_are_left_alone_and_told() -> None:
    pack = read(zipped({**SMALL, "old/ties.csv": b"x", "readme.txt": b"x"}))
    assert len(pack.tables) == 3
    told = "\n".join(map(str, pack.notices))
    assert "'old/ties.csv'" in told
    assert "'readme.txt'" in told


def test_tables_two_folders_down_are_not_found() -> None:
    problem = only_problem(zipped({"a/b/ties.csv": b"x"}))
    assert "there is no table here" in problem


def test_problems_of_the_files_inside_are_collected() -> None:
    pack = read(zipped({**SMALL, "ties.csv": b'a,b\n"', "offers.csv": b"\xe9,b\n"}))
    assert [problem.file for problem in pack.problems] == ["offers.csv", "ties.csv"]


def test_an_empty_archive_has_no_table() -> None:
    assert "there is no table here" in only_problem(zipped({}))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_archive_is_refused(kept: float) -> None:
    data = zipped(SMALL)
    assert "uk.zip: the zip archive is damaged" in only_problem(data[: int(len(data) * kept)])


def test_a_part_that_is_damaged_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped(SMALL, zipfile.ZIP_STORED))
    at = data.index(b"source_id")
    data[at] = ord("x")
    pack = read(bytes(data))
    assert {table.name for table in pack.tables} == {"organisations", "missions"}
    assert "ties.csv: this part of uk.zip is damaged" in str(pack.problems[0])


def test_a_zip_bomb_is_refused_without_expanding_it() -> None:
    problem = only_problem(zipped({"ties.csv": b"a" * 50_000_000}))
    assert "as a zip bomb does" in problem


def test_an_archive_that_would_expand_too_far_is_refused() -> None:
    data = zipped({**SMALL, "offers.csv": b"x" * 10}, zipfile.ZIP_STORED)
    entry = data.index(b"PK\x01\x02")
    grown = bytearray(data)
    struct.pack_into("<II", grown, entry + 20, 2**31 - 1, 2**31 - 1)
    assert "At most 1,073,741,824 are expanded." in str(read(bytes(grown)).problems[0])


def test_a_part_larger_than_it_says_is_read_no_further() -> None:
    content = b"source_id,target_id\n" + b"a,b\n" * 1000
    data = bytearray(zipped({**SMALL, "ties.csv": content}))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 40)
    pack = read(bytes(data))
    assert {table.name for table in pack.tables} == {"organisations", "missions"}
    assert "damaged" in str(pack.problems[0])


def test_too_many_parts_are_refused() -> None:
    assert "too many parts" in only_problem(zipped({f"{n}.txt": b"" for n in range(1_001)}))
    assert "too many parts" in only_problem(b"PK\x03\x04" + b"PK\x01\x02" * 3_000)


@pytest.mark.parametrize("name", ["../ties.csv", "a/../../ties.csv", "..\\ties.csv", "/etc/ties.csv", "C:\\ties.csv"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "leads out of the archive" in only_problem(zipped({name: b"x"}))


def test_a_part_without_a_name_is_refused() -> None:
    data = bytearray(zipped({"a": b"x"}))
    for at, length_at in ((data.index(b"PK\x03\x04"), 26), (data.index(b"PK\x01\x02"), 28)):
        struct.pack_into("<HH", data, at + length_at, 0, 1)
    assert "a part has no name." in "\n".join(map(str, read(bytes(data)).problems))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_stand_twice_are_refused() -> None:
    assert "'ties.csv' is in the archive 2 times." in only_problem(zipped([("ties.csv", b"a"), ("ties.csv", b"b")]))


def test_a_password_is_refused() -> None:
    data = bytearray(zipped({"ties.csv": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    assert "'ties.csv' has a password." in only_problem(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_refused(method: int) -> None:
    assert "packed by a rare method" in only_problem(zipped({"ties.csv": b"x"}, method))


def test_a_link_inside_is_refused() -> None:
    link = zipfile.ZipInfo("ties.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "is a link, not a file" in only_problem(zipped([(link, b"/etc/passwd")]))


@pytest.mark.parametrize("name", ["more.zip", "book.xlsx", "old/Book.ODS"])
def test_an_archive_inside_is_refused(name: str) -> None:
    assert "is an archive inside the archive" in only_problem(zipped({**SMALL, name: b"PK"}))


def test_something_else_is_refused() -> None:
    assert "damaged" in only_problem(b"not a zip at all")
