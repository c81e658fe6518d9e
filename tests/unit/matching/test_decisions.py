"""Decisions about names: kept with who and when, only ever added, taken back by adding."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestrator.errors import BadData, WrongUsage
from orchestrator.matching import Verdict, decide, in_force, read_decisions
from orchestrator.matching.decisions import COLUMNS

CALLED = {"apex": "Apex", "oak": "Oak"}


def noon() -> datetime:
    return datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "matches.csv"


def add(table: Path, verdict: str, name: str = "Appex", **cells: object) -> Verdict:
    return decide(table, Verdict(verdict, name, str(cells.pop("by", "AB")), **cells), CALLED, noon)  # type: ignore[arg-type]


def test_rows_are_added_and_what_stands_there_stays(table: Path) -> None:
    made = add(table, "accept", "=Appex", organisation_id="apex", reason="Told by  phone")
    assert (made.number, made.told) == (1, "decision 1 by AB on 2026-01-02")
    first = table.read_text()
    add(table, "new", "Birch & Co", sector="firm")
    add(table, "none", "Petty cash", reason="heading")
    assert table.read_text().startswith(first)
    rows = read_decisions(table)
    assert [(row.verdict, row.organisation_id) for row in rows] == [
        ("accept", "apex"),
        ("new", "birch-and-co"),
        ("none", ""),
    ]
    assert rows[0] == made
    assert "'=Appex" in first  # no spreadsheet runs it
    assert in_force(rows) == rows


def test_a_decision_is_taken_back_by_adding_a_row(table: Path) -> None:
    add(table, "accept", organisation_id="apex")
    with pytest.raises(WrongUsage, match=r"decided already .*Undo number 1 first"):
        add(table, "none", "APPEX", reason="other")
    add(table, "undo", "", undoes=1, by="CD")
    assert in_force(read_decisions(table)) == ()
    assert [row.verdict for row in read_decisions(table)] == ["accept", "undo"]
    with pytest.raises(WrongUsage, match="taken back already"):
        add(table, "undo", "", undoes=1)
    add(table, "accept", organisation_id="oak")
    assert [row.organisation_id for row in in_force(read_decisions(table))] == ["oak"]


def test_a_new_body_that_others_lead_to_stays(table: Path) -> None:
    add(table, "new", "Birch", sector="firm")
    add(table, "accept", "Brich", organisation_id="birch")
    with pytest.raises(WrongUsage, match=r"Number 2 leads to birch\. Undo that first"):
        add(table, "undo", "", undoes=1)


def test_ids_of_new_bodies_are_never_taken_twice(table: Path) -> None:
    assert add(table, "new", "Apex!", sector="firm").organisation_id == "apex-2"
    assert add(table, "new", "مجلس", sector="local").organisation_id == "body"


@pytest.mark.parametrize(
    ("verdict", "cells", "told"),
    [
        ("accept", {"organisation_id": "elm"}, "'elm' is no body of the register"),
        ("new", {}, "needs its sector"),
        ("none", {"reason": "because"}, "person, place, heading, reference, other"),
        ("accept", {"organisation_id": "apex", "by": " "}, "role or initials"),
        ("accept", {"organisation_id": "apex", "by": "a@example.org"}, "role or initials"),
        ("undo", {"undoes": 9}, "nothing to undo"),
        ("accept", {"name": " ", "organisation_id": "apex"}, "needs the name"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    verdict: str, cells: dict[str, object], told: str, table: Path
) -> None:
    with pytest.raises(WrongUsage, match=told):
        add(table, verdict, **cells)  # type: ignore[arg-type]
    assert not table.exists()


def test_what_was_rejected_is_not_accepted_before_it_is_undone(table: Path) -> None:
    add(table, "reject", organisation_id="apex")
    with pytest.raises(WrongUsage, match="Undo number 1 first"):
        add(table, "accept", organisation_id="apex")
    add(table, "reject", organisation_id="oak")
    add(table, "new", sector="firm")
    assert len(in_force(read_decisions(table))) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n", "is no table of decisions"),
        (",".join(COLUMNS) + "\n2,,AB,accept,N,,a,,,\n", "'2' is not the row's number"),
        (",".join(COLUMNS) + "\n1,,AB,maybe,N,,a,,,\n", "'maybe' is no verdict"),
        (",".join(COLUMNS) + "\n1,,AB\n", "the row has 3 cells"),
        (",".join(COLUMNS) + "\n1,,AB,undo,N,,,,,x\n", "'x' is no row's number"),
    ],
)
def test_a_table_that_was_spoiled_is_told_by_row(text: str, told: str, table: Path) -> None:
    table.write_text(text)
    with pytest.raises(BadData, match=told):
        read_decisions(table)
    with pytest.raises(BadData):
        add(table, "accept", organisation_id="apex")
    assert table.read_text() == text


def test_many_writers_at_once_lose_nothing(table: Path) -> None:
    def write(writer: int) -> None:
        for number in range(8):
            add(table, "none", f"name {writer} {number}", reason="other", by=f"w{writer}")

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = read_decisions(table)
    assert [row.number for row in rows] == list(range(1, 49))
    assert len({row.name for row in rows}) == 48
