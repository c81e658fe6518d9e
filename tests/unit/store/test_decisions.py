"""Decisions are only ever added, whoever else adds at the same time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.errors import BadData
from orchestrator.freezing import read_decisions
from orchestrator.model.decision import Decision
from orchestrator.store.decisions import add_decision

ADDING = """
import sys
from pathlib import Path
from orchestrator.model.decision import Decision
from orchestrator.store.decisions import add_decision
for at in range(20):
    add_decision(Path(sys.argv[1]), Decision("2026-06-01", "m", f"{sys.argv[2]}-{at}", "", "accepted", "agreed"))
"""


def decision(body: str) -> Decision:
    return Decision("2026-06-01", "m", body, "", "accepted", "agreed")


def test_of_two_programs_that_decide_at_once_neither_loses_a_decision(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    programs = [subprocess.Popen([sys.executable, "-c", ADDING, str(path), name]) for name in ("a", "b")]
    assert [each.wait(timeout=120) for each in programs] == [0, 0]
    written = [row["organisation_id"] for row in read_decisions(path)]
    assert sorted(written) == sorted(f"{name}-{at}" for name in ("a", "b") for at in range(20))


def test_a_file_that_is_no_table_of_decisions_stays_as_it_was_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(BadData, match="no table of decisions"):
        add_decision(path, decision("x"))
    assert path.read_text() == "a,b\n1,2\n"
    assert [each.name for each in tmp_path.iterdir()] == ["other.csv"]
