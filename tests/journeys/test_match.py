"""From evidence to decisions on the command line: what is asked, what is decided, what is told where nothing can be."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestrator.cli import main
from orchestrator.matching import read_decisions
from tests.unit.matching.evidence import record, store

PACK = {
    "organisations": "organisation_id,name,sector,aliases\nunit,Ministry of Tests,central,\n"
    "apex,Apex Care Limited,firm,\n"
    "oak,Oak Energy plc,firm,OEP\n",
    "missions": "mission_id,title,centre_id\nm,Mission,unit\n",
    "ties": "source_id,target_id,mission_id,kind,level\nunit,oak,m,funds,2\n",
}
ROWS = (
    record("APEX CARE LTD", 100),
    record("Apex Crae Ltd", 5_000),
    record("=SUM(A1)", 70),
    record("Dr N Example", 900),
    record("Birch Works", 10_000, from_name="Dr N Example"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pack").mkdir()
    for name, text in PACK.items():
        (tmp_path / "pack" / f"{name}.csv").write_text(text, encoding="utf-8")
    store(tmp_path / "store", ROWS)
    return tmp_path


def match(folder: Path, *words: str) -> int:
    table = str(folder / "matches.csv")
    return main(["match", "--pack", str(folder / "pack"), "--decisions", table, *words])


def asked(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert match(folder, "--evidence", str(folder / "store"), *words) == 0
    return capsys.readouterr().out


def test_names_are_asked_and_the_tables_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = asked(folder, capsys, "--mission", "m")
    assert "The rules decided two names. 0 of 4 names decided, covering 0% of the money." in text
    assert "One name looks like a private person's and is held back; --persons shows it." in text
    assert "Dr N Example" not in text
    assert text.index("Apex Crae Ltd") < text.index("Birch Works")  # beside a member of the mission, then by money
    assert "apex: Apex Care Limited. one letter differs; shares ‘apex’" in text
    with duckdb.connect() as connection:
        path = folder / "store" / "resolutions.parquet"
        rows = connection.execute(
            f"SELECT name, organisation_id, how FROM '{path}' WHERE how <> '' ORDER BY name"
        ).fetchall()
    assert rows == [("APEX CARE LTD", "apex", "strict"), ("Ministry of Tests", "unit", "strict")]


def test_a_queue_goes_into_a_spreadsheet_and_runs_nothing_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "queue.csv"
    asked(folder, capsys, "--format", "csv", "--out", str(out))
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["name"] for row in rows] == ["Birch Works", "Apex Crae Ltd", "'=SUM(A1)"]
    assert (rows[1]["candidate_1_organisation_id"], rows[1]["amount_pence"]) == ("apex", "5000")
    assert rows[1]["where"] == "spend.csv, row 2, 2020-06-01, £50"


def test_the_queue_as_json_holds_records_and_no_persons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(asked(folder, capsys, "--format", "json"))
    assert found["progress"] == {"decided": 0, "names": 4, "money": 0.0, "by_rules": 2}
    birch = found["questions"][0]
    assert birch["where"][0]["other_name"] == "a private person"
    assert "Dr N Example" not in json.dumps(found)
    assert "Dr N Example" in asked(folder, capsys, "--format", "json", "--persons")


def test_decisions_are_written_told_and_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(folder, "--decide", "accept", "--name", "apex crae LIMITED", "--body", "apex", "--by", "AB") == 0
    assert "'apex crae LIMITED' is Apex Care Limited (decision 1 by AB on" in capsys.readouterr().out
    assert match(folder, "--decide", "new", "--name", "Birch Works", "--sector", "firm", "--by", "AB") == 0
    assert match(folder, "--decide", "none", "--name", "=SUM(A1)", "--reason", "heading", "--by", "AB") == 0
    capsys.readouterr()
    assert "3 of 4 names decided, covering" in asked(folder, capsys)
    assert match(folder, "--decide", "undo", "--number", "1", "--by", "CD") == 0
    capsys.readouterr()
    assert "2 of 4 names decided" in asked(folder, capsys)
    assert [each.verdict for each in read_decisions(folder / "matches.csv")] == ["accept", "new", "none", "undo"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--decide", "accept", "--name", "X", "--body", "apx", "--by", "AB"], 2, "Did you mean apex"),
        (["--decide", "accept", "--body", "apex", "--by", "AB"], 2, "--name NAME"),
        (["--decide", "accept", "--name", "X", "--body", "apex"], 2, "--by TEXT"),
        (["--decide", "new", "--name", "X", "--by", "AB"], 2, "needs its sector"),
        (["--decide", "undo", "--number", "4", "--by", "AB"], 2, "nothing to undo"),
        ([], 2, "--evidence STORE"),
        (["--evidence", "nowhere"], 3, "there is no evidence in this folder"),
    ],
)
def test_what_cannot_be_is_told_in_one_message(
    words: list[str], code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(folder, *words) == code
    assert told in capsys.readouterr().err
    assert not (folder / "matches.csv").exists()


def test_an_unknown_mission_is_told_with_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(folder, "--evidence", str(folder / "store"), "--mission", "n") == 4
    assert "There is no mission 'n'" in capsys.readouterr().err


def test_processes_that_decide_at_once_lose_nothing(folder: Path) -> None:
    run = "import sys; from orchestrator.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", run, "match", "--pack", str(folder / "pack"), "--decisions"]
    command += [str(folder / "matches.csv"), "--decide", "none", "--reason", "other", "--by", "AB"]
    running = [subprocess.Popen([*command, "--name", f"name {at}"], stdout=subprocess.DEVNULL) for at in range(3)]
    assert [each.wait() for each in running] == [0, 0, 0]
    assert {each.name for each in read_decisions(folder / "matches.csv")} == {"name 0", "name 1", "name 2"}
