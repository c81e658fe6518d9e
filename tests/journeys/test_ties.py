"""The road on the command line: published files, a store, names matched, ties in a pack, and back to the records."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.evidence import packaged_rules
from orchestrator.evidencing import infer
from orchestrator.study import open_pack

SPENDING = """\
Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,Amount
Health,NHS England,03/04/2026,Agency staff,Region,Ofgem,1,"260,000.00"
Health,NHS England,04/04/2026,Agency staff,Region,Ofgem,2,"40,000.00"
Health,NHS England,05/04/2026,Agency staff,Region,Citizens Advice,3,"24,000.00"
Health,NHS England,05/04/2026,Agency staff,Region,Nobody In Particular Ltd,4,"90,000.00"
Health,NHS England,05/04/2016,Agency staff,Region,Ofgem,5,"90,000.00"
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "spending.csv").write_text(SPENDING, encoding="utf-8")
    assert main(["evidence", str(folder / "spending.csv"), "--into", str(folder / "store")]) == 0
    return folder / "store"


def _ties(store: Path, *more: str) -> int:
    return main(["ties", "--evidence", str(store), "--as-of", "2026-11-23", *more])


def test_evidence_becomes_a_pack_that_stands_and_every_tie_opens(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    assert _ties(store, "--mission", "nhs", "--out", str(pack)) == 0
    said = capsys.readouterr().out
    assert "5 =           2 +           3" in said
    for reason in ("a name on it is not matched", "too old", "below the threshold"):
        assert f"1   {reason}" in said
    with (pack / "ties.csv").open(encoding="utf-8", newline="") as file:
        (tie,) = [row for row in csv.DictReader(file) if row["basis"] == "inferred"]
    assert (tie["source_id"], tie["target_id"], tie["mission_id"]) == ("nhs-england", "ofgem", "nhs")
    assert (tie["level"], tie["amount_pence"], tie["evidence"]) == ("2", "30000000", "2")
    assert main(["check", str(pack)]) == 0
    assert main(["analyse", "nhs", "--pack", str(pack), "--only", "reach", "--as-of", "2026-11-23"]) == 0
    capsys.readouterr()
    assert _ties(store, "--out", str(pack), "--explain", "nhs-england:ofgem", "--format", "json") == 0
    (opened,) = json.loads(capsys.readouterr().out)
    assert [record["row"] for record in opened["records"]] == ["row 3", "row 2"]
    assert _ties(store, "--out", str(pack), "--explain", tie["tie"]) == 0
    said = capsys.readouterr().out
    assert "NHS England → Ofgem; spending.csv, row 2" in said
    assert "GBP 260,000.00" in said


def test_the_same_inputs_give_the_same_bytes(store: Path, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        assert _ties(store, "--out", str(tmp_path / name)) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (tmp_path / "one.tie_records.parquet").is_file()


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--engine", "oracle://x"], 2, "There is no engine 'oracle://x'"),
        (["--engine", "postgresql://me:secret@127.0.0.1:9/none"], 2, "Cannot reach postgresql://me@127.0.0.1:9/none"),
        (["--table", "lake.evidence"], 2, "--table names a table that lies in PostgreSQL or Spark"),
        (["--memory", "plenty"], 2, "'plenty' is no amount of memory"),
        (["--temp", "no-such-folder"], 2, "There is no folder 'no-such-folder'"),
        (["--mission", "nsh"], 4, "Did you mean 'nhs'"),
        (["--mission", "growth"], 4, "There is no mission in Packaged rules, version 1 'growth'"),
        (["--rules", "no-such-rules.toml"], 3, "it cannot be read"),
        (["--explain", "a:b"], 2, "Say where the ties were written"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_message(
    store: Path, more: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ties(store, *more) == code
    told = capsys.readouterr().err
    assert said in told
    assert "secret" not in told


def test_an_unknown_tie_a_table_without_ties_and_an_empty_store_are_told(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ties.csv"
    assert _ties(store, "--out", str(out)) == 0
    assert _ties(store, "--out", str(out), "--explain", "nhs-england:ofgme") == 4
    assert "Did you mean 'nhs-england:ofgem'?" in capsys.readouterr().err
    assert _ties(store, "--out", str(tmp_path / "none.csv"), "--explain", "a:b") == 3
    assert _ties(tmp_path / "no-store") == 3
    assert "there is no evidence in this folder" in capsys.readouterr().err


def test_a_driver_that_is_not_installed_is_told_with_how_to_get_it(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert _ties(store, "--engine", "postgresql://127.0.0.1/x") == 2
    assert _ties(store, "--engine", "spark") == 2
    told = capsys.readouterr().err
    assert "pip install 'orchestrator[postgres]'" in told
    assert "pip install 'orchestrator[spark]'" in told


def test_who_cancels_finds_nothing_half_written(store: Path, tmp_path: Path) -> None:
    told: list[str] = []

    def stop(step: str) -> None:
        told.append(step)
        if step == "making ties":
            raise KeyboardInterrupt

    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        infer(store, open_pack(), packaged_rules(), tmp_path / "records.parquet", progress=stop)
    assert "looking up who is meant" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_decision_that_makes_a_new_body_puts_it_into_the_pack(store: Path, tmp_path: Path) -> None:
    decisions, pack = tmp_path / "matches.csv", tmp_path / "pack"
    name = "Nobody In Particular Ltd"
    decide = ["match", "--decisions", str(decisions), "--decide", "new", "--name", name, "--sector", "firm"]
    assert main([*decide, "--body", "nobody-in-particular", "--by", "AB"]) == 0
    assert _ties(store, "--decisions", str(decisions), "--out", str(pack)) == 0
    assert main(["check", str(pack)]) == 0
    with (pack / "ties.csv").open(encoding="utf-8", newline="") as file:
        targets = {row["target_id"] for row in csv.DictReader(file) if row["basis"] == "inferred"}
    assert targets == {"ofgem", "nobody-in-particular"}
