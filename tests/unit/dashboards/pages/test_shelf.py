"""A page that was made is kept, and is made anew as soon as anything that it follows from is another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards import desk as desks
from dashboards.desk import Desk
from dashboards.jobs import board
from dashboards.pages import shelf
from dashboards.pages.shelf import Shelf
from dashboards.selection import Selection
from dashboards.workspace import Workspace
from orchestrator.study import Library
from tests.packs import DAY, MISSION, SHAPES, pack

OVERVIEW = Selection("overview", MISSION, DAY)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Shelf, Desk, list[Selection]]]:
    """A shelf, its desk, and for which selections a page was made."""
    asked: list[Selection] = []
    page_for = shelf.page_for

    def counted(desk: Desk, selection: Selection) -> Any:
        asked.append(selection)
        return page_for(desk, selection)

    monkeypatch.setattr(shelf, "page_for", counted)
    desk = Desk(Library(pack(SHAPES["many gaps"])), workspace=Workspace(tmp_path))
    yield Shelf(desk), desk, asked
    desk.close()


def test_the_second_person_gets_the_page_that_was_made_for_the_first(made: Any) -> None:
    pages, _, asked = made
    first = pages.page(OVERVIEW)
    assert pages.page(Selection("overview", MISSION, DAY)) is first
    assert len(asked) == 1
    assert pages.page(Selection("overview", MISSION)) is not first
    assert pages.page(Selection("overview", MISSION, DAY, level=3)) is not first


def test_a_new_snapshot_or_decision_makes_it_anew(made: Any) -> None:
    pages, desk, _ = made
    first = pages.page(OVERVIEW)
    assert "Since the last snapshot" not in first.body
    desk.take_snapshot(OVERVIEW)
    second = pages.page(OVERVIEW)
    assert "Since the last snapshot" in second.body
    desk.workspace.decisions_file("").write_text("decided_on,mission_id\n")
    assert pages.page(OVERVIEW) is not second


def test_a_page_that_is_not_whole_is_kept_until_some_work_is_over(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, desk, asked = made
    desk.take_snapshot(OVERVIEW)
    desk.results(OVERVIEW)
    desk.advice(OVERVIEW)
    monkeypatch.setattr(desks, "SMALL", 0)
    part = pages.page(OVERVIEW)
    assert part.status == 200
    assert "being worked out" in part.body
    assert pages.page(OVERVIEW) is part or desk.jobs.finished
    while "being worked out" in (whole := pages.page(OVERVIEW)).body:
        pass
    assert "nothing that is recorded changed" in whole.body
    count = len(asked)
    assert pages.page(OVERVIEW) is whole
    assert len(asked) == count


def test_what_a_page_was_made_without_is_worked_on_though_nobody_waits(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, desk, _ = made
    desk.take_snapshot(OVERVIEW)
    desk.results(OVERVIEW)
    desk.advice(OVERVIEW)
    monkeypatch.setattr(desks, "SMALL", 0)
    monkeypatch.setattr(board, "_PATIENCE", 0.0)
    monkeypatch.setattr(board, "_TICK", 0.01)
    pages.page(OVERVIEW)
    while "being worked out" in (whole := pages.page(OVERVIEW)).body:
        pass
    assert "nothing that is recorded changed" in whole.body


def test_what_is_not_there_and_what_depends_on_more_is_made_anew(made: Any) -> None:
    pages, _, asked = made
    for selection in (Selection("overview", "nobody"), Selection("bring")):
        pages.page(selection)
        pages.page(selection)
    assert len(asked) == 4


def test_no_more_is_kept_than_there_is_room_for(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, _, asked = made
    monkeypatch.setattr(shelf, "_MOST", len(pages.page(OVERVIEW).body))
    pages.page(Selection("coverage", MISSION, DAY))
    pages.page(OVERVIEW)
    assert len(asked) == 3
