"""Advice is accepted or declined with a reason; the next snapshot says what became of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.freezing import open_snapshot
from orchestrator.model.decision import standing_decisions

PACK = {
    "organisations": "organisation_id,name,sector\nunit,Unit,central\na,Alpha,firm\nb,Beta,local\nc,Gamma,research\n",
    "missions": "mission_id,title,centre_id\nm,Mission,unit\n",
    "engagements": "organisation_id,mission_id,status,starts\na,m,delivering,2026-06-01\nb,m,proposed,2026-06-01\n",
    "ties": "source_id,target_id,mission_id,kind,level,starts\nunit,a,m,funds,2,\na,b,m,delivers-with,2,2026-06-01\n",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    folder.mkdir()
    for name, text in PACK.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def decide(pack: Path, *words: str, on: str = "2026-05-01") -> int:
    table = pack.parent / "decisions.csv"
    return main(["decide", "m", *words, "--as-of", on, "--decisions", str(table), "--pack", str(pack)])


def test_a_decision_is_added_and_nothing_before_it_changes(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide(pack, "a", "--accept", "--reason", "=Agreed, by the board") == 0
    assert "the advice to bring in Alpha is accepted. It does not take part on 2026-05-01." in capsys.readouterr().out
    first = (pack.parent / "decisions.csv").read_text()
    assert decide(pack, "a", "b", "--decline", "--reason", "They know each other") == 0
    assert "the advice to introduce Alpha and Beta is declined. They have no tie" in capsys.readouterr().out
    both = (pack.parent / "decisions.csv").read_text()
    assert both.startswith(first)
    assert [row["reason"] for row in csv.DictReader(both.splitlines())] == [
        "'=Agreed, by the board",
        "They know each other",
    ]


def test_a_decision_is_taken_back_and_stays_on_record(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide(pack, "a", "b", "--accept", "--reason", "Agreed") == 0
    assert decide(pack, "b", "a", "--undo", "--reason", "Too early") == 0
    assert "the decision on the advice to introduce Beta and Alpha is undone." in capsys.readouterr().out
    rows = list(csv.DictReader((pack.parent / "decisions.csv").read_text().splitlines()))
    assert [row["decision"] for row in rows] == ["accepted", "undone"]
    assert standing_decisions(rows, "m") == {}
    assert standing_decisions(rows[:1], "m") == {("a", "b"): rows[0]}
    assert standing_decisions(rows[:1], "another") == {}


def test_the_next_snapshot_says_what_became_of_each_decision(pack: Path, tmp_path: Path) -> None:
    for words in (
        ("a", "--accept"),
        ("b", "--accept"),
        ("c", "--accept"),
        ("a", "b", "--accept"),
        ("a", "c", "--decline"),
    ):
        assert decide(pack, *words, "--reason", "Because") == 0
    table = str(tmp_path / "decisions.csv")
    code = main(["snapshot", "m", "--as-of", "2026-07-01", "--to", str(tmp_path / "out"), "--decisions", table,
                 "--pack", str(pack)])  # fmt: skip
    assert code == 0
    snapshot = open_snapshot(next((tmp_path / "out").iterdir()))
    assert [row["became"] for row in snapshot.decisions] == [
        "It takes part on 2026-07-01: delivering.",
        "It is in on paper only on 2026-07-01: proposed.",
        "It does not take part on 2026-07-01.",
        "They have a tie on 2026-07-01.",
        "They have no tie on 2026-07-01.",
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("alpha", "--accept", "--reason", "x"), 4, "There is no organisation 'alpha'."),
        (("a", "a", "--accept", "--reason", "x"), 2, "cannot be introduced to itself"),
        (("a", "--accept", "--reason", "  "), 2, "needs its reason"),
    ],
)
def test_a_decision_about_nobody_or_without_a_reason_is_refused(
    pack: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    assert decide(pack, *words) == code
    assert told in capsys.readouterr().err
    assert not (pack.parent / "decisions.csv").exists()


def test_a_file_that_is_no_table_of_decisions_is_left_alone(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = pack.parent / "decisions.csv"
    other.write_text(json.dumps({"not": "a table"}))
    assert decide(pack, "a", "--accept", "--reason", "x") == 3
    assert "is no table of decisions" in capsys.readouterr().err
    assert json.loads(other.read_text()) == {"not": "a table"}
