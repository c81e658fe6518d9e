"""Snapshots in the workspace: taken, brought, compared; nothing of a broken one is kept."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.app import create_app
from dashboards.index import DocumentDash
from dashboards.selection import Selection
from dashboards.snapshots import kept
from orchestrator.freezing import freeze
from orchestrator.model.decision import COLUMNS
from orchestrator.store import SUFFIX, snapshot_file
from orchestrator.study import Library
from tests.packs import DAY, MISSION, SHAPES, mission, pack

LATER = mission(
    ties="ca cb ad de be ch",
    needs="s-w s-e s-n t-w:2 t-e t-n u-w u-e u-n",
    works="a:s-w e:t-w d:s-n h:s-e",
    paper="b:u-n f:u-e",
    could="g:t-e",
)
CHANGES = f"/mission/{MISSION}/changes"


def frozen(shape: str = "many gaps", day: str = "2026-06-01") -> bytes:
    """A snapshot of the mission as it was before somebody joined."""
    library = Library(pack(SHAPES[shape]))
    return b"".join(snapshot_file(freeze(library.pack, library.results(MISSION, type(DAY).fromisoformat(day)))))


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page[page.index("<main") :])).split())


@pytest.fixture
def app(tmp_path: Path) -> Iterator[DocumentDash]:
    made = create_app(Library(pack(LATER)), tmp_path)
    yield made
    made.desk.close()


def bring(app: DocumentDash, *files: bytes, path: str = CHANGES) -> tuple[int, str]:
    sent = {"snapshot": [(io.BytesIO(data), f"{at}{SUFFIX}") for at, data in enumerate(files)]}
    answer = app.server.test_client().post(path, data=sent, follow_redirects=True)
    return answer.status_code, words(answer.text)


def waited(app: DocumentDash, path: str) -> str:
    """The page once it is worked out."""
    client = app.server.test_client()
    while (answer := client.get(path)).status_code == 202:
        pass
    assert answer.status_code == 200
    return words(answer.text)


def test_without_a_snapshot_the_page_says_how_to_take_one(app: DocumentDash) -> None:
    page = app.server.test_client().get(CHANGES).text
    assert "No snapshot of Ours has been taken yet" in words(page)
    assert f'action="{CHANGES}/take"' in page
    assert "Since the last snapshot" not in app.server.test_client().get(f"/mission/{MISSION}").text


def test_a_snapshot_that_is_taken_is_compared_with_the_day_from_then_on(app: DocumentDash, tmp_path: Path) -> None:
    client = app.server.test_client()
    answer = client.post(f"{CHANGES}/take?on=2026-06-01")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{CHANGES}?on=2026-06-01")
    (file,) = tmp_path.glob(f"snapshots/served/*{SUFFIX}")
    assert file.name.startswith(f"{MISSION}_2026-06-01_")
    assert "Since 1 June 2026: nothing that is recorded changed" in waited(app, f"{CHANGES}?on=2026-06-01")
    client.post(f"{CHANGES}/take?on=2026-06-01")
    assert list(tmp_path.glob(f"snapshots/served/*{SUFFIX}")) == [file], "the same facts are the same snapshot"


def test_two_snapshots_that_are_brought_are_compared_with_who_which_and_why(app: DocumentDash) -> None:
    after = b"".join(snapshot_file(freeze(app.desk.served.pack, app.desk.served.results(MISSION, DAY))))
    status, said = bring(app, frozen(), after)
    assert status == 200
    assert "Since 1 June 2026: one organisation joined and one requirement is better covered" in said
    assert "Skill s in Place e: Gap → Covered" in said
    assert "Body H joined" in said
    assert "Body C and Body H : formed" in said
    assert "No decision on advice was recorded" in said
    overview = waited(app, f"/mission/{MISSION}?on=2026-07-01")
    assert "Since the last snapshot Since 1 June 2026:" in overview


def test_the_other_way_round_the_requirement_is_worse_covered(app: DocumentDash) -> None:
    bring(app, frozen())
    (one,) = app.desk.snapshots(Selection("changes", MISSION))
    said = waited(app, f"{CHANGES}?on=2026-06-01&after={one.name}")
    assert "one organisation left and one requirement is worse covered" in said


def test_advice_that_was_decided_on_is_told_as_taken_or_not(app: DocumentDash) -> None:
    row = ("2026-06-01", MISSION, "h", "", "accepted", "The board agreed")
    path = app.desk.workspace.decisions_file("")
    path.write_text(f"{','.join(COLUMNS)}\n{','.join(row)}\n")
    app.server.test_client().post(f"{CHANGES}/take?on=2026-06-01")
    said = waited(app, f"{CHANGES}?on=2026-06-02")
    assert "One decision on advice, 1 of them taken by now." in said
    assert "Body H : accepted, taken" in said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "0.snapshot.zip"),
        (b"no snapshot", "0.snapshot.zip"),
        (frozen()[:-100], "0.snapshot.zip"),
        (frozen().replace(b"Body A", b"Body Z"), "was changed after it was written"),
    ],
)
def test_a_broken_snapshot_is_refused_with_what_is_wrong_and_not_kept(
    app: DocumentDash, data: bytes, told: str
) -> None:
    status, said = bring(app, data)
    assert status == 400
    assert "This snapshot was not kept" in said
    assert told in said
    assert app.desk.snapshots(Selection("changes", MISSION)) == ()


def test_no_file_another_site_and_no_mission_are_told(app: DocumentDash) -> None:
    client = app.server.test_client()
    assert "no file was chosen" in client.post(CHANGES).text
    assert client.post(f"{CHANGES}/take", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/mission/nobody/changes/take").status_code == 404
    assert client.post(f"{CHANGES}/take?pack=nothing").status_code == 404


@pytest.mark.parametrize("name", ["nothing", "../../decisions", "%00", "a" * 5000])
def test_a_snapshot_that_is_not_there_is_told(app: DocumentDash, name: str) -> None:
    answer = app.server.test_client().get(CHANGES, query_string={"before": name})
    assert (answer.status_code, "There is no snapshot of this name" in answer.text) == (404, True)


def test_a_file_that_is_no_snapshot_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / f"a{SUFFIX}").write_bytes(b"PK")
    (tmp_path / f"b{SUFFIX}").write_bytes(frozen())
    assert [one.name for one in kept(sorted(tmp_path.iterdir()))] == ["b"]
