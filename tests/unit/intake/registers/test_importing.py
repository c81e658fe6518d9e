"""Into a pack: matched by identifier first, hand-made values kept, balanced, and the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from orchestrator.errors import BadData, CannotWrite, UnknownName
from orchestrator.intake import read_pack
from orchestrator.intake.registers import FORMATS, ImportReport, SourceFile, import_files
from orchestrator.intake.registers.pack_tables import read_tables
from orchestrator.tables import check_pack
from tests.unit.intake.registers import made

ORGANISATIONS = """\
organisation_id,name,sector,kind,aliases,identifiers,website,source
sea-by-hand,Sea Department,central,ministerial department,Ministry of Waves,GB-GOR-D1,https://sea.example,own
centre,The Centre,central,centre,,,,own
port-city-council,Port City Council,local,,,,,own
"""
TABLES = {
    "organisations": ORGANISATIONS,
    "missions": "mission_id,title,centre_id\nm,Mission,centre\n",
    "ties": "source_id,target_id,kind,level,source\ncentre,sea-by-hand,meets,1,own\n",
    "sources": "source_id,title\nown,Our own list\n",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack, made by hand."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def taken(name: str, files: Sequence[SourceFile], pack: Path, **more: Any) -> ImportReport:
    return import_files(name, files, pack, **more)


def content(pack: Path) -> dict[str, bytes]:
    """Every file of the pack, what it remembers included."""
    return {str(path.relative_to(pack)): path.read_bytes() for path in sorted(pack.rglob("*")) if path.is_file()}


def row(pack: Path, organisation_id: str) -> dict[str, str]:
    _, tables = read_tables(pack)
    return dict(tables["organisations"].rows[(organisation_id,)][0])


def count(report: ImportReport, table: str) -> tuple[int, ...]:
    found = next(each for each in report.rows if each.table == table)
    return found.read, found.added, found.updated, found.unchanged, found.rejected


def test_a_body_is_matched_by_its_identifier_and_keeps_its_id_and_name(pack: Path) -> None:
    report = taken("govuk-organisations", [made.govuk(*made.SEA)], pack)
    assert count(report, "organisations") == (3, 2, 1, 0, 0)
    assert row(pack, "sea-by-hand")["name"] == "Sea Department"
    assert row(pack, "sea-by-hand")["aliases"] == "Ministry of Waves|DS"
    assert row(pack, "tides-r-us")["parent_id"] == "sea-by-hand"


def test_what_was_made_by_hand_is_kept_and_reported(pack: Path) -> None:
    report = taken("govuk-organisations", [made.govuk(*made.SEA)], pack)
    assert {(each.column, each.in_pack, each.overwritten) for each in report.conflicts} == {
        ("name", "Sea Department", False),
        ("website", "https://sea.example", False),
    }


def test_overwriting_is_asked_for_by_column_and_said(pack: Path) -> None:
    files = [made.govuk(*made.SEA)]
    report = taken("govuk-organisations", files, pack, overwrites=lambda column: column == "name")
    assert row(pack, "sea-by-hand")["name"] == "Department for the Sea"
    assert row(pack, "sea-by-hand")["website"] == "https://sea.example"
    assert [each.column for each in report.conflicts if each.overwritten] == ["name"]


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_a_second_import_changes_no_byte(each: Any, pack: Path, good: dict[str, Sequence[SourceFile]]) -> None:
    for name in ("govuk-organisations", "council-register", "integrated-care-boards", "police-forces", each.name):
        taken(name, good[name], pack, keep_valid=True)
    before = content(pack)
    again = taken(each.name, good[each.name], pack, keep_valid=True)
    assert content(pack) == before
    assert again.changes == 0
    assert again.written == ()


def test_the_pack_stays_sound(pack: Path, good: dict[str, Sequence[SourceFile]]) -> None:
    for each in FORMATS:
        taken(each.name, good[each.name], pack, keep_valid=True)
    _, report = check_pack(read_pack(pack))
    assert report.clean
    assert report.notices == ()


def test_a_source_that_says_something_new_is_followed_where_the_pack_repeats_it(pack: Path) -> None:
    taken("police-forces", [made.FORCES], pack, keep_valid=True)
    first = made.body("tides", "EA2", "Tides", "Executive agency", abbreviation="T")
    taken("govuk-organisations", [made.govuk(first)], pack)
    second = made.body("tides", "EA2", "Tides and Ebbs", "Executive agency", abbreviation="TE")
    report = taken("govuk-organisations", [made.govuk(second)], pack)
    assert row(pack, "tides")["name"] == "Tides and Ebbs"
    assert row(pack, "tides")["aliases"] == "TE"
    assert report.conflicts == ()


def test_the_same_name_with_another_identifier_is_another_body(pack: Path) -> None:
    twins = [made.body("a", "PB1", "Advisory Board"), made.body("b", "PB2", "Advisory Board")]
    taken("govuk-organisations", [made.govuk(*twins)], pack)
    assert row(pack, "advisory-board")["identifiers"] == "GB-GOR-PB1"
    assert row(pack, "advisory-board-pb2")["identifiers"] == "GB-GOR-PB2"
    again = taken("govuk-organisations", [made.govuk(*reversed(twins))], pack)
    assert again.changes == 0


def test_a_body_that_the_pack_knows_by_another_name_is_not_added_a_second_time(pack: Path) -> None:
    before = content(pack)
    with pytest.raises(BadData, match="is another name of 'sea-by-hand'"):
        taken("govuk-organisations", [made.govuk(made.body("w", "OT9", "Ministry of Waves"))], pack)
    assert content(pack) == before


def test_rows_that_name_nobody_are_rejected_and_then_nothing_is_written(pack: Path) -> None:
    before = content(pack)
    with pytest.raises(BadData, match="'GB-GOR-OT1241' is no body of the pack"):
        taken("police-forces", [made.FORCES], pack)
    assert content(pack) == before
    report = taken("police-forces", [made.FORCES], pack, keep_valid=True)
    assert count(report, "ties") == (2, 0, 0, 0, 2)
    assert count(report, "organisations") == (2, 2, 0, 0, 0)


def test_references_that_the_pack_cannot_hold_yet_stay_blank_and_are_told(pack: Path) -> None:
    report = taken("integrated-care-boards", [made.BOARDS], pack, keep_valid=True)
    told = "\n".join(map(str, report.left_blank))
    assert "'GB-GOR-PB481' is no body of the pack; the cell stays blank" in told
    assert "'E92000001' is no place of the pack; it is left out" in told


def test_formats_that_add_to_places_make_none(pack: Path) -> None:
    with pytest.raises(BadData, match="'E10000001' is not in the table places"):
        taken("tile-map", [made.TILES], pack)


def test_a_dry_run_writes_nothing(pack: Path) -> None:
    before = content(pack)
    report = taken("govuk-organisations", [made.govuk(*made.SEA)], pack, write=False)
    assert report.changes > 0
    assert content(pack) == before


def test_a_pack_with_problems_is_not_added_to(pack: Path) -> None:
    (pack / "ties.csv").write_text("source_id,target_id\ncentre,nobody\n", encoding="utf-8")
    with pytest.raises(BadData, match="'nobody' is not in the table organisations"):
        taken("govuk-organisations", [made.govuk(*made.SEA)], pack)


def test_an_empty_folder_becomes_a_pack(tmp_path: Path) -> None:
    report = taken("govuk-organisations", [made.govuk(*made.SEA)], tmp_path, dated="2026-06-01")
    assert count(report, "organisations") == (3, 3, 0, 0, 0)
    assert b"2026-06-01" in (tmp_path / "sources.csv").read_bytes()


def test_no_folder_no_import(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="there is no such folder"):
        taken("govuk-organisations", [made.govuk()], tmp_path / "nowhere")


def test_an_unknown_format_is_told_with_the_nearest(pack: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'council-register'"):
        taken("council-registry", [], pack)


def test_where_one_file_cannot_be_written_none_is_changed(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(pack)
    monkeypatch.setattr("orchestrator.tables.files.os.fsync", full)
    with pytest.raises(CannotWrite, match="Nothing was written"):
        taken("govuk-organisations", [made.govuk(*made.SEA)], pack)
    monkeypatch.undo()
    assert content(pack) == before


def test_rows_are_sorted_and_lines_end_as_on_every_system(pack: Path) -> None:
    taken("govuk-organisations", [made.govuk(*made.SEA)], pack)
    lines = (pack / "organisations.csv").read_bytes().split(b"\n")
    assert lines[1:-1] == sorted(lines[1:-1])
    assert not [line for line in lines if line.endswith(b"\r")]
