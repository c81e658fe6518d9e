"""The page that is being worked out: there at once, with where the work is; cancelled by a button; then filled in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dashboards import desk as desks
from dashboards.app import create_app
from dashboards.index import DocumentDash
from dashboards.jobs import StillWorking
from dashboards.selection import Selection
from tests.packs import DAY, MISSION, SHAPES, library

ADDRESS = f"/mission/{MISSION}/bottlenecks?on=2026-06-01"


@pytest.fixture(scope="module")
def app() -> Iterator[DocumentDash]:
    made = create_app(library(SHAPES["many gaps"]))
    yield made
    made.desk.close()


@contextmanager
def busy(app: DocumentDash) -> Iterator[None]:
    """All workers have more to do than a test takes."""
    told = []
    for seed in range(1, 9):
        with pytest.raises(StillWorking) as still:
            app.desk.worlds(Selection("network", MISSION, DAY), 10_000, seed, grace=0.0)
        told.append(still.value)
    yield
    for each in told:
        app.desk.jobs.cancel(each.job, each.ticket)


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found
    return html.unescape(found[1])


def test_a_page_is_there_at_once_and_can_be_cancelled(app: DocumentDash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "SMALL", 0)
    client = app.server.test_client()
    with busy(app):
        answer = client.get(ADDRESS)
        assert (answer.status_code, heading(answer.text)) == (202, "Working it out…")
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in answer.text
        assert 'aria-label="Mission"' in answer.text, "the ways to other pages are there"
        (asks,) = re.findall(r'data-working="([^"]*)"', answer.text)
        told = client.get(html.unescape(asks))
        assert told.headers["Cache-Control"] == "no-store"
        assert told.get_json() == {"over": False, "words": "Waiting for a free place", "done": 0, "of": 0}
        (action,) = re.findall(r'<form action="(/jobs/[^"]*)"', answer.text)
        ticket = html.unescape(asks).partition("ticket=")[2]
        cancelled = client.post(action, data={"ticket": ticket, "address": ADDRESS})
        assert (cancelled.status_code, heading(cancelled.text)) == (200, "This was not worked out")
        assert f'href="{html.escape(ADDRESS)}"' in cancelled.text
        assert client.get(html.unescape(asks)).get_json() == {"over": True}


def test_then_it_fills_in(app: DocumentDash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "SMALL", 0)
    client = app.server.test_client()
    while (answer := client.get(ADDRESS)).status_code == 202:
        pass
    assert answer.status_code == 200
    assert "relied on" in heading(answer.text)


def test_work_of_no_name_is_over(app: DocumentDash) -> None:
    client = app.server.test_client()
    assert client.get("/jobs/nothing.json?ticket=x").get_json() == {"over": True}
    assert heading(client.post("/jobs/nothing/cancel", data={"address": "/nowhere"}).text) == "This was not worked out"
