"""``orchestrator import`` as it is typed: what it prints, what it leaves in the folder, with which code it ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.intake.registers import SourceFile
from orchestrator.study import PACKAGED
from orchestrator.tables import packaged_folder
from tests.unit.intake.registers import made

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the packaged pack."""
    folder = tmp_path / "uk"
    shutil.copytree(packaged_folder() / PACKAGED, folder)
    return folder


def put(file: SourceFile, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def test_importing_twice_adds_once(typed: Typed, pack: Path, tmp_path: Path) -> None:
    file = put(made.govuk(*made.SEA), tmp_path)
    code, out, _ = typed("import", "govuk-organisations", file, "--to", pack, "--keep-valid")
    assert code == 0
    assert "        7 =       4 +       3   organisations.json" in out
    files = {path: path.read_bytes() for path in pack.rglob("*.csv")}
    code, out, _ = typed("import", "govuk-organisations", file, "--to", pack, "--keep-valid")
    assert code == 0
    assert "No table changed." in out
    assert {path: path.read_bytes() for path in pack.rglob("*.csv")} == files


def test_the_pack_is_checked_and_still_clean(typed: Typed, pack: Path, tmp_path: Path) -> None:
    typed("import", "govuk-organisations", put(made.govuk(*made.SEA), tmp_path), "--to", pack)
    code, out, _ = typed("check", pack)
    assert code == 0
    assert "No problems" in out
    assert "Notices" not in out


def test_the_report_as_json_balances(typed: Typed, pack: Path, tmp_path: Path) -> None:
    file = put(made.govuk(*made.SEA), tmp_path)
    code, out, _ = typed("import", "govuk-organisations", file, "--to", pack, "--format", "json", "--dry-run")
    report = json.loads(out)
    assert code == 0
    for row in report["rows"]:
        assert row["read"] == row["added"] + row["updated"] + row["unchanged"] + row["rejected"]
    for each in report["files"]:
        assert each["read"] == each["taken"] + sum(each["set_aside"].values())


def test_rejected_rows_end_with_3_and_change_nothing(typed: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    code, out, err = typed("import", "police-forces", put(made.FORCES, tmp_path), "--to", folder)
    assert (code, out) == (3, "")
    assert "forces.tsv, row 2, column source_id: 'GB-GOR-OT1241' is no body of the pack." in err
    assert list(folder.iterdir()) == []


def test_a_wrong_file_ends_with_3_and_is_named(typed: Typed, pack: Path, tmp_path: Path) -> None:
    code, _, err = typed("import", "council-register", put(made.BOARDS, tmp_path), "--to", pack)
    assert code == 3
    assert "boards.csv, row 1" in err
    assert "this is not the council register" in err


def test_an_unknown_format_ends_with_4_and_a_missing_file_with_3(typed: Typed, pack: Path, tmp_path: Path) -> None:
    file = put(made.BOARDS, tmp_path)
    code, _, err = typed("import", "gov-uk", file, "--to", pack)
    assert code == 4
    assert "govuk-organisations" in err
    code, _, err = typed("import", "tile-map", tmp_path / "nowhere.hexjson", "--to", pack)
    assert code == 3
    assert "nowhere.hexjson" in err


def test_an_archive_is_not_added_to(typed: Typed, pack: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", pack)
    code, _, err = typed("import", "govuk-organisations", put(made.govuk(), tmp_path), "--to", archive)
    assert code == 3
    assert "there is no such folder" in err


@pytest.mark.parametrize("day", ["yesterday", "2026-6-1", "01.06.2026"])
def test_a_day_is_written_one_way(typed: Typed, pack: Path, day: str) -> None:
    with pytest.raises(SystemExit) as ended:
        typed("import", "tile-map", "x", "--to", pack, "--dated", day)
    assert ended.value.code == 2


def test_overwriting_says_so(typed: Typed, tmp_path: Path) -> None:
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "organisations.csv").write_text(
        "organisation_id,name,sector,identifiers,website\nsea,The Sea,central,GB-GOR-D1,https://sea.example\n"
    )
    (pack / "missions.csv").write_text("mission_id,title,centre_id\nm,Mission,sea\n")
    (pack / "ties.csv").write_text("source_id,target_id\n")
    file = put(made.govuk(made.SEA[0]), tmp_path)
    _, out, _ = typed("import", "govuk-organisations", file, "--to", pack, "--dry-run")
    assert "organisations, sea, column name: kept 'The Sea'; the source says 'Department for the Sea'." in out
    _, out, _ = typed("import", "govuk-organisations", file, "--to", pack, "--overwrite", "name")
    assert "column name: overwrote 'The Sea' with 'Department for the Sea'." in out
    assert "column website: kept 'https://sea.example'" in out
    assert "Department for the Sea" in (pack / "organisations.csv").read_text()
