"""A folder of CSV files: every table read, every other file told, nothing from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestrator.intake import read_pack
from orchestrator.intake.folder import read_whole
from orchestrator.tables.raw import RawPack

SMALL = {
    "organisations.csv": "organisation_id,name,sector\na,A,central\n",
    "missions.csv": "mission_id,title,centre_id\nm,M,a\n",
    "ties.csv": "source_id,target_id\na,a\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "pack"
    inside.mkdir()
    for name, text in SMALL.items():
        (inside / name).write_text(text)
    return inside


def tables(pack: RawPack) -> set[str]:
    return {table.name for table in pack.tables}


def problems(pack: RawPack) -> str:
    return "\n".join(map(str, pack.problems))


def notices(pack: RawPack) -> str:
    return "\n".join(map(str, pack.notices))


def test_every_table_of_a_folder_is_read(folder: Path) -> None:
    pack = read_pack(folder)
    assert (pack.name, tables(pack)) == ("pack", {"organisations", "missions", "ties"})
    assert pack.problems == pack.notices == ()


def test_capitals_in_a_file_name_do_not_matter(folder: Path) -> None:
    (folder / "ties.csv").rename(folder / "Ties.CSV")
    pack = read_pack(folder)
    assert "ties" in tables(pack)
    assert {table.file for table in pack.tables} >= {"Ties.CSV"}


def test_two_files_for_one_table_are_a_problem(folder: Path) -> None:
    (folder / "TIES.csv").write_text(SMALL["ties.csv"])
    if len(list(folder.iterdir())) == 3:
        pytest.skip("this file system does not tell capitals apart")
    pack = read_pack(folder)
    assert "'TIES.csv' and 'ties.csv' are both the table ties." in problems(pack)
    assert "missing" not in problems(pack)


def test_other_files_are_left_alone_and_told(folder: Path) -> None:
    (folder / "notes.txt").write_text("x")
    (folder / ".DS_Store").write_text("x")
    assert notices(read_pack(folder)) == "pack: 'notes.txt' was left alone: no table has that name."


@pytest.mark.parametrize(
    ("name", "near"), [("organisation.csv", "organisations.csv"), ("Tie.csv", "ties.csv"), ("offers.txt", "offers.csv")]
)
def test_a_near_miss_is_told_with_the_nearest_table(folder: Path, name: str, near: str) -> None:
    (folder / name).write_text("x\n")
    told = notices(read_pack(folder))
    assert f"'{name}' is not the name of a table" in told
    assert f"Did you mean '{near}'?" in told


def test_many_other_files_are_told_in_few_words(folder: Path) -> None:
    for number in range(500):
        (folder / f"{number}.log").write_text("")
    pack = read_pack(folder)
    assert len(pack.notices) == 1
    assert "and 490 more were left alone" in notices(pack)


def test_a_missing_required_table_is_told_with_what_was_found(folder: Path) -> None:
    (folder / "missions.csv").unlink()
    pack = read_pack(folder)
    assert problems(pack).startswith("missions.csv: the table is missing. A pack needs organisations.csv, missions.csv")
    assert "Found: 'organisations.csv', 'ties.csv'." in problems(pack)


def test_a_broken_table_is_not_also_missing(folder: Path) -> None:
    (folder / "ties.csv").write_bytes(b"\xff\xfea\x00")
    assert [problem.file for problem in read_pack(folder).problems] == ["ties.csv"]


def test_the_problems_of_all_files_are_collected(folder: Path) -> None:
    for name in SMALL:
        (folder / name).write_text('a,b\n"open\n')
    assert {problem.file for problem in read_pack(folder).problems} == set(SMALL)


def test_a_folder_without_tables_gives_one_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    pack = read_pack(tmp_path)
    assert pack.tables == ()
    assert len(pack.problems) == 1
    assert "there is no table here" in problems(pack)
    assert "'a.txt'" in problems(pack)


def test_tables_one_folder_further_down_are_pointed_at(folder: Path) -> None:
    pack = read_pack(folder.parent)
    assert "there is no table here" in problems(pack)
    assert f"Did you mean '{folder}'?" in notices(pack)


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("source_id,target_id\nsecret,secret\n")
    (folder / "ties.csv").unlink()
    (folder / "ties.csv").symlink_to(secret)
    pack = read_pack(folder)
    assert "ties" not in tables(pack)
    assert "ties.csv: this is a link that leads out of the folder." in problems(pack)


def test_a_link_within_the_folder_is_read(folder: Path) -> None:
    (folder / "real.csv").write_text(SMALL["ties.csv"])
    (folder / "ties.csv").unlink()
    (folder / "ties.csv").symlink_to("real.csv")
    assert "ties" in tables(read_pack(folder))


def test_a_link_in_a_circle_is_refused(folder: Path) -> None:
    (folder / "ties.csv").unlink()
    (folder / "ties.csv").symlink_to("ties.csv")
    assert "ties.csv: " in problems(read_pack(folder))


def test_a_pipe_or_a_folder_with_the_name_of_a_table_is_refused(folder: Path) -> None:
    (folder / "ties.csv").unlink()
    os.mkfifo(folder / "ties.csv")
    (folder / "offers.csv").mkdir()
    told = problems(read_pack(folder))
    assert "ties.csv: this is not a plain file." in told
    assert "offers.csv: this is not a plain file." in told


def test_a_file_beyond_the_cap_is_refused(folder: Path) -> None:
    found = read_whole(folder / "ties.csv", largest=5)
    assert "the file is too large. At most 5 bytes are read." in str(found)
