"""Work in processes of its own: done once, kept for everybody, watched, cancelled, and never in the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from dashboards.desk import Desk
from dashboards.jobs import Jobs, StillWorking, Stopped, board
from dashboards.questions import advice_of, results_of, worlds_of
from dashboards.selection import Selection
from orchestrator.errors import BadData, UnknownName
from orchestrator.study import Library
from tests.packs import DAY, MISSION, SHAPES, mission, pack

PACK = pack(SHAPES["many gaps"])
LONG_WORK = (PACK, MISSION, DAY, 2, 10_000, 1)


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    made = Jobs(hands=1)
    yield made
    made.close()


def waited(ask: Callable[[], Any], seconds: float = 180.0) -> Any:
    """What comes of asking until it is there."""
    until = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except StillWorking:
            assert time.monotonic() < until, "it is still not done"


def pause(until: float) -> None:
    """Let the worker have the processor for a moment."""
    assert time.monotonic() < until, "it takes too long"
    threading.Event().wait(0.02)


def still(ask: Callable[[], Any]) -> StillWorking:
    with pytest.raises(StillWorking) as found:
        ask()
    return found.value


def test_a_worker_finds_what_the_library_finds(jobs: Jobs) -> None:
    found = waited(lambda: jobs.ask(results_of, PACK, MISSION, DAY, 2))
    own = Library(PACK).results(MISSION, DAY)
    assert found.graph == own.graph
    assert found.findings == own.findings


def test_what_was_asked_for_is_kept_for_the_next(jobs: Jobs) -> None:
    first = waited(lambda: jobs.ask(results_of, PACK, MISSION, DAY, 2))
    assert jobs.ask(results_of, PACK, MISSION, DAY, 2) is first
    same_rows = pack(SHAPES["many gaps"])
    assert jobs.ask(results_of, same_rows, MISSION, DAY, 2) is first
    assert waited(lambda: jobs.ask(results_of, PACK, MISSION, date(2020, 1, 1), 2)) is not first


def test_an_error_of_the_data_comes_back_as_it_is_and_is_kept(jobs: Jobs) -> None:
    with pytest.raises(UnknownName, match="There is no mission 'n'"):
        waited(lambda: jobs.ask(results_of, PACK, "n", DAY, 2))
    with pytest.raises(BadData) as told:
        waited(lambda: jobs.ask(advice_of, pack(mission("ca")), MISSION, DAY, 2, None))
    assert told.value.problems


def test_a_fault_of_ours_is_told_without_its_reason_and_tried_anew(jobs: Jobs) -> None:
    ask = jobs.ask_with
    with pytest.raises(Stopped, match="Something went wrong on our side"):
        waited(lambda: ask(results_of, (PACK, MISSION, "no day", 2)))
    assert waited(lambda: jobs.ask(results_of, PACK, MISSION, DAY, 2)) is not None


def test_long_work_says_how_far_it_is_and_ends_when_it_is_cancelled(jobs: Jobs) -> None:
    told = still(lambda: jobs.ask(worlds_of, *LONG_WORK))
    until = time.monotonic() + 180
    while (progress := jobs.progress(told.job, told.ticket)) is not None and progress.of != 10_000:
        pause(until)
    assert progress is not None
    assert 0 < progress.done < progress.of
    jobs.cancel(told.job, "another ticket")
    assert jobs.progress(told.job) is not None
    jobs.cancel(told.job, told.ticket)
    while jobs.progress(told.job) is not None:
        pause(until)
    assert waited(lambda: jobs.ask(results_of, PACK, MISSION, date(2021, 1, 1), 2)) is not None


def test_work_goes_on_as_long_as_one_of_two_waits(jobs: Jobs) -> None:
    one, other = (still(lambda: jobs.ask(worlds_of, *LONG_WORK)) for _ in range(2))
    assert one.job == other.job
    assert one.ticket != other.ticket
    jobs.cancel(one.job, one.ticket)
    assert jobs.progress(one.job) is not None
    jobs.cancel(other.job, other.ticket)
    until = time.monotonic() + 60
    while jobs.progress(one.job) is not None:
        pause(until)


def test_work_that_waits_for_its_turn_can_be_cancelled(jobs: Jobs) -> None:
    running = still(lambda: jobs.ask(worlds_of, *LONG_WORK))
    waiting = still(lambda: jobs.ask_with(results_of, (PACK, MISSION, date(2022, 1, 1), 2), grace=0))
    assert waiting.progress.words == "Waiting for a free place"
    jobs.cancel(waiting.job, waiting.ticket)
    assert jobs.progress(waiting.job) is None
    jobs.cancel(running.job, running.ticket)


def test_work_that_takes_too_long_is_stopped() -> None:
    jobs = Jobs(hands=1)
    with pytest.raises(Stopped, match=r"longer than 0 seconds"):
        waited(lambda: jobs.ask_with(worlds_of, LONG_WORK, longest=0.1))
    jobs.close()


def test_short_work_is_done_in_the_thread_that_asks_and_once_for_all() -> None:
    desk, found = Desk(Library(PACK)), []
    asked = Selection("overview", MISSION, DAY)
    threads = [threading.Thread(target=lambda: found.append(desk.results(asked))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(each is found[0] for each in found)
    assert desk.jobs.hands == 0


def test_what_is_done_ahead_is_there_when_it_is_asked_for() -> None:
    desk = Desk(Library(PACK))
    desk.warm()
    today = Selection("overview", MISSION)
    assert waited(lambda: desk.jobs.ask(results_of, PACK, MISSION, today.day, 2)) is desk.results(today)
    desk.close()


def test_no_more_outcomes_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Jobs(keep=2)
    days = [date(2020, 1, day) for day in (1, 2, 3)]

    def ask(day: date) -> Any:
        return few.ask_with(results_of, (PACK, MISSION, day, 2), here=True)

    found = [ask(day) for day in days]
    assert ask(days[2]) is found[2]
    assert ask(days[1]) is found[1]
    assert ask(days[0]) is not found[0]
    monkeypatch.setattr(board, "_MOST_KEPT", 1)
    last = ask(date(2020, 1, 4))
    assert ask(date(2020, 1, 4)) is last, "the last one is always kept"
    assert ask(days[0]) is not last
