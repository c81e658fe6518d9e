"""The commands as a user types them: what they print, and with which exit code they end."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from orchestrator.cli import main

SMALL = {
    "organisations": """organisation_id,name,sector
unit,Mission Delivery Unit,central
north,Northern Authority,regional
007,NA,firm
""",
    "missions": "mission_id,title,centre_id\nretrofit,Warm homes,unit\n",
    "places": "place_id,name,level,parent_id\nN,North,region,\nS,South,region,\n",
    "capabilities": "capability_id,name\nfit,Fitting\n",
    "requirements": """requirement_id,mission_id,capability_id,place_id,minimum
q1,retrofit,fit,N,1
q2,retrofit,fit,S,1
""",
    "offers": "organisation_id,capability_id,place_id\n007,fit,N\n",
    "engagements": "organisation_id,mission_id,status\n007,retrofit,delivering\nnorth,retrofit,committed\n",
    "ties": """source_id,target_id,mission_id,kind,level
unit,north,retrofit,commissions,3
north,007,retrofit,delivers-with,2
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack that is right, as a folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Type a command: its exit code, what it printed, and what it told."""

    def typed(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return typed


Run = Callable[..., tuple[int, str, str]]


def test_every_command_has_help_with_an_example(run: Run) -> None:
    _, overview, _ = run("--help")
    for command in ("serve", "missions", "check", "analyse", "import"):
        assert command in overview
        code, text, _ = run(command, "--help")
        assert code == 0
        assert "example" in text


def test_missions_prints_one_line_a_mission(run: Run, pack: Path) -> None:
    code, out, _ = run("missions", "--pack", pack)
    assert (code, out) == (0, "retrofit  Warm homes (centre: Mission Delivery Unit)\n")


def test_check_reports_a_clean_pack_with_balanced_counts(run: Run, pack: Path) -> None:
    code, out, _ = run("check", pack, "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["clean"]
    assert {row["table"]: row["read"] for row in report["counts"]} == {
        name: len(text.splitlines()) - 1 for name, text in SMALL.items()
    }
    assert all(row["read"] == row["kept"] + row["rejected"] for row in report["counts"])


def test_check_lists_all_problems_at_once_and_ends_with_3(run: Run, pack: Path) -> None:
    (pack / "ties.csv").write_text(
        "source_id,target_id,mission_id,kind,level\n"
        "unit,nort,retrofit,commissions,3\n"
        "north,007,retrofit,helps,2\n"
        "north,007,retrofit,meets,high\n"
    )
    code, out, _ = run("check", pack)
    assert code == 3
    assert "ties.csv, row 2, column target_id: 'nort' is not in the table organisations." in out
    assert "Did you mean 'north'?" in out
    assert "ties.csv, row 3, column kind: 'helps' is not a kind." in out
    assert "ties.csv, row 4, column level: 'high' is not a whole number." in out
    assert "3 =         0 +         3   ties.csv" in out


def test_nothing_of_a_bad_pack_is_used_unless_asked_for(run: Run, pack: Path) -> None:
    with (pack / "organisations.csv").open("a") as file:
        file.write("unit,Again,central\n")
    code, out, err = run("analyse", "retrofit", "--pack", pack)
    assert (code, out) == (3, "")
    assert "organisations.csv, row 5, column organisation_id: 'unit' stands in row 2 already." in err
    code, out, _ = run("analyse", "retrofit", "--pack", pack, "--keep-valid")
    assert code == 0
    assert "Warm homes" in out


def test_names_that_look_like_numbers_or_blanks_stay_names(run: Run, pack: Path) -> None:
    _, out, _ = run("analyse", "retrofit", "--pack", pack, "--format", "json")
    ids = [row["organisation_id"] for row in json.loads(out)["organisations"]]
    assert ids == ["007", "north", "unit"]


def test_analyse_gives_the_documented_json(run: Run, pack: Path) -> None:
    code, out, _ = run("analyse", "retrofit", "--pack", pack, "--as-of", "2026-11-23", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["mission_id"], found["as_of"], len(found["digest"])) == ("retrofit", "2026-11-23", 64)
    assert found["mission"]["members"] == 3
    assert found["mission"]["components"] == 1
    assert {row["requirement_id"]: row["state"] for row in found["requirements"]} == {"q1": "covered", "q2": "no-data"}
    assert found["requirements"][0]["working"] == ["007"]
    north = found["organisations"][1]
    assert (north["hops"], north["routes"], north["cut_off"], north["weight_lost"]) == (1, 1, ["007"], 1.0)
    assert [(row["source_id"], row["target_id"], row["is_bridge"]) for row in found["ties"]] == [
        ("007", "north", True),
        ("north", "unit", True),
    ]
    said = [finding["statement"] for finding in found["findings"] if finding["subject_id"] == "north"]
    assert any(text.startswith("If Northern Authority left, one body would lose every route") for text in said)
    assert all(finding["action"] and finding["evidence"] for finding in found["findings"])


def test_the_three_formats_hold_the_same_findings(run: Run, pack: Path) -> None:
    findings = json.loads(run("analyse", "retrofit", "--pack", pack, "--format", "json")[1])["findings"]
    rows = list(csv.DictReader(io.StringIO(run("analyse", "retrofit", "--pack", pack, "--format", "csv")[1])))
    table = " ".join(run("analyse", "retrofit", "--pack", pack)[1].split())
    assert [row["finding_id"] for row in rows] == [finding["finding_id"] for finding in findings]
    assert all(finding["statement"] in table for finding in findings)


def test_only_limits_the_analyses_and_leaves_the_rest_null(run: Run, pack: Path) -> None:
    _, out, _ = run("analyse", "retrofit", "--pack", pack, "--only", "coverage", "--format", "json")
    found = json.loads(out)
    assert {finding["analysis"] for finding in found["findings"]} <= {"coverage"}
    assert {row["hops"] for row in found["organisations"]} == {None}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["analyse", "retrofitt"], 4, "There is no mission 'retrofitt'. Did you mean 'retrofit'?"),
        (["analyse", "retrofit", "--only", "coverge"], 4, "There is no analysis 'coverge'. Did you mean 'coverage'"),
        (["analyse", "retrofit", "--as-of", "2024-02-30"], 2, "'2024-02-30' is not a day"),
        (["analyse", "retrofit", "--as-of", "20240201"], 2, "'20240201' is not a day"),
        (["analyse", "retrofit", "--min-level", "5"], 2, "invalid choice"),
        (["analyse", "retrofit", "--out", "no/such/folder/x.json"], 5, "Cannot write 'no/such/folder/x.json'"),
        (["serve", "--host", "0.0.0.0"], 2, "no login"),
        (["serve", "--port", "99999"], 2, "not a port"),
    ],
)
def test_a_wrong_word_ends_with_its_code_and_one_clear_message(
    run: Run, pack: Path, words: list[str], code: int, told: str
) -> None:
    ended, out, err = run(*words, "--pack", pack)
    assert (ended, out) == (code, "")
    assert told in err


def test_a_pack_that_is_not_there_is_one_problem(run: Run, pack: Path) -> None:
    code, _, err = run("missions", "--pack", pack.parent / "smal")
    assert code == 3
    assert f"Did you mean '{pack}'?" in err
    assert len(err.splitlines()) == 1


def test_out_writes_the_file_whole_and_says_so(run: Run, pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    code, out, err = run("analyse", "retrofit", "--pack", pack, "--format", "json", "--out", target)
    assert (code, out) == (0, "")
    assert str(target) in err
    assert json.loads(target.read_text())["mission_id"] == "retrofit"
    assert sorted(tmp_path.iterdir()) == [target, pack]


def as_zip(pack: Path, name: str) -> Path:
    target = pack.parent / name
    with zipfile.ZipFile(target, "w") as archive:
        for table in pack.iterdir():
            archive.write(table, table.name)
    return target


def as_workbook(pack: Path) -> Path:
    target = pack.parent / "small.xlsx"
    with xlsxwriter.Workbook(str(target), {"strings_to_numbers": False}) as book:
        for table in pack.iterdir():
            sheet = book.add_worksheet(table.stem)
            for at, row in enumerate(csv.reader(io.StringIO(table.read_text()))):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell)
    return target


@pytest.mark.parametrize("other", [lambda pack: as_zip(pack, "small.zip"), as_workbook])
def test_a_zip_and_a_workbook_say_the_same_as_the_folder(run: Run, pack: Path, other: Callable[[Path], Path]) -> None:
    def digest(path: Path) -> Any:
        return json.loads(run("analyse", "retrofit", "--pack", path, "--format", "json")[1])["digest"]

    assert digest(other(pack)) == digest(pack)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("organisations.csv", b"organisation_id,name\nunit,Unit\n", "column sector: the column is missing"),
        ("organisations.csv", "organisation_id,name,sector\nu,\u00e9,central\n".encode("latin-1"), "UTF-8"),
        ("organisations.csv", "organisation_id,name,sector\nu,x,central\n".encode("utf-16"), "UTF-16"),
        ("organisations.csv", b"organisation_id,name,sector\nu,a\x00b,central\n", "NUL"),
        ("organisations.csv", b'organisation_id,name,sector\nu,"a,central\n', "quot"),
        ("organisations.csv", b"organisation_id,name,sector\nu,a,central,more\n", "4"),
        ("organisations.csv", b"<!DOCTYPE html><html><body>no</body></html>", "web page"),
        ("organisations.csv", b"PK\x03\x04rest", "organisations.csv"),
        ("organisations.csv", b"", "empty"),
        ("engagements.csv", b"organisation_id,mission_id,status,load\n007,retrofit,delivering,NaN\n", "'NaN'"),
        ("engagements.csv", b"organisation_id,mission_id,status,load\n007,retrofit,delivering,inf\n", "'inf'"),
        (
            "engagements.csv",
            b"organisation_id,mission_id,status,starts\n007,retrofit,delivering,1/2/2024\n",
            "1/2/2024",
        ),
        ("places.csv", b"place_id,name,level,parent_id\nN,North,region,S\nS,South,region,N\n", "circle"),
    ],
)
def test_each_kind_of_bad_file_is_refused_with_its_name_and_no_traceback(
    run: Run, pack: Path, file: str, content: bytes, told: str
) -> None:
    (pack / file).write_bytes(content)
    code, out, _ = run("check", pack)
    assert code == 3
    assert any(file in line and told in line for line in out.splitlines()), out


def test_a_text_that_looks_like_a_formula_leaves_as_text(run: Run, pack: Path) -> None:
    text = (pack / "organisations.csv").read_text().replace("Northern Authority", "=HYPERLINK(1)")
    (pack / "organisations.csv").write_text(text)
    _, out, _ = run("analyse", "retrofit", "--pack", pack, "--format", "csv")
    for row in csv.reader(io.StringIO(out)):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_the_program_runs_as_a_process_and_ends_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from orchestrator.cli import main; sys.exit(main())", "analyse", "nope"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("There is no mission 'nope'.")
