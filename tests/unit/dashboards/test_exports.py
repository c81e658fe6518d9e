"""The page of exports: choices, markings that never fall silently, files that are whole, nobody reaches another's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from dashboards.desk import Desk
from dashboards.exports import Wanted, exported
from dashboards.pages.catalogue import PAGES
from dashboards.selection import read_selection
from dashboards.views.export import export_view, size_of
from orchestrator.export.carried import CARRIED, SNAPSHOT, carried_table
from orchestrator.export.formats import FORMATS
from orchestrator.intake.snapshots import read_export
from orchestrator.model.marking import MARKINGS
from orchestrator.study import Library
from orchestrator.tables.pack import Pack
from tests.packs import DAY, MISSION, SHAPES, library, pack

PATH = f"/mission/{MISSION}/export"
HERE = f"?on={DAY}"


def marked_pack(marking: str) -> Pack:
    made = pack(SHAPES["many gaps"])
    return Pack(made.name, {**made.tables, "missions": made["missions"].assign(marking=marking)})


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk(Library(marked_pack("OFFICIAL-SENSITIVE")))
    yield found
    found.close()


def made(folder: Path, *formats: str, marking: str | None = None, fall: bool = False) -> tuple[Path, str]:
    wanted = Wanted(formats, marking, fall)
    told: list[str] = []
    work = (marked_pack("OFFICIAL"), MISSION, DAY, 2, (), wanted, str(folder))
    found = exported(lambda words, done, of: told.append(f"{words} {done}/{of}"), *work)
    assert told
    assert all(0 <= int(done) < int(of) for done, of in (line.rsplit(" ", 1)[1].split("/") for line in told))
    assert found.size == (folder / found.key / found.name).stat().st_size
    return folder / found.key / found.name, found.marking


def test_one_format_is_the_file_itself(tmp_path: Path) -> None:
    path, marking = made(tmp_path, "json")
    assert path.name == f"{MISSION}_{DAY}_OFFICIAL.json"
    assert read_export(path).marking == marking == "OFFICIAL"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_several_formats_and_folders_come_in_a_zip(tmp_path: Path) -> None:
    path, _ = made(tmp_path, "csv", SNAPSHOT, "kumu", marking="SECRET")
    assert path.name == f"{MISSION}_{DAY}_SECRET.zip"
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        assert parts.testzip() is None
    assert f"{MISSION}_{DAY}_SECRET.snapshot.zip" in names
    assert f"{MISSION}_{DAY}_SECRET-csv/datapackage.json" in names
    assert all("SECRET" in name for name in names)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("stands", MARKINGS)
@pytest.mark.parametrize("asked", MARKINGS)
def test_a_lower_marking_is_asked_back_about(stands: str, asked: str) -> None:
    graph = Library(marked_pack(stands)).graph(MISSION, DAY)
    address = f"{HERE}&json=yes&make=yes&marking={asked or 'none'}"
    view = export_view(graph, read_selection(PATH, address))
    falls = MARKINGS.index(asked) < MARKINGS.index(stands)
    assert bool(view.problem) is falls
    assert (view.wanted is None) is falls
    if falls:
        assert f"The mission is marked {stands}" in view.problem
    meant = export_view(graph, read_selection(PATH, f"{address}&lower=yes"))
    assert meant.wanted == Wanted(("json",), asked, may_fall=True)


def test_nothing_is_made_before_it_is_asked_for() -> None:
    graph = library(SHAPES["many gaps"]).graph(MISSION, DAY)
    first = export_view(graph, read_selection(PATH, HERE))
    assert (first.wanted, first.problem) == (None, "")
    assert [one.name for one in first.readable if one.chosen] == ["pdf"]
    nothing = export_view(graph, read_selection(PATH, f"{HERE}&make=yes"))
    assert nothing.problem == "No format is chosen. Tick at least one."
    wrong = export_view(graph, read_selection(PATH, f"{HERE}&json=yes&make=yes&marking=PRIVATE"))
    assert "'PRIVATE' is not a marking" in wrong.problem


@pytest.fixture
def client(desk: Desk) -> Iterator[FlaskClient]:
    app = create_app(desk.served)
    yield app.server.test_client()
    app.desk.close()


def page(client: FlaskClient, query: str) -> str:
    for _ in range(200):
        answer = client.get(PATH + query)
        if answer.status_code != 202:
            assert answer.status_code == 200
            return answer.text
        assert "data-working" in answer.text
    raise AssertionError("it never came to an end")


def test_an_export_is_made_off_the_path_and_downloaded(client: FlaskClient) -> None:
    text = page(client, f"{HERE}&json=yes&docx=yes&make=yes")
    (link,) = re.findall(r"<a [^>]*download=[^>]*>", text)
    (address,) = re.findall(r'href="([^"]*)"', link)
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert f"{MISSION}_{DAY}_OFFICIAL-SENSITIVE.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        assert len(parts.namelist()) == 2
    key = address.split("/")[-2]
    for wrong in (f"{PATH}/{key}/..", f"{PATH}/../x", f"{PATH}/{'A' * 22}/x.zip", f"{PATH}/{key}/other.zip"):
        assert client.get(wrong).status_code in (404, 405)


def test_the_marking_stands_above_and_below_every_page(client: FlaskClient, desk: Desk) -> None:
    for each in PAGES:
        if each.name == "organisation":
            address = "/organisation/a"
        else:
            address = read_selection(f"/mission/{MISSION}", HERE).to(each.name).address()
        text = client.get(address).text
        assert text.count('<p class="app-marking">OFFICIAL-SENSITIVE</p>') >= 2, each.name
    assert "app-marking" not in create_app(library(SHAPES["one gap"])).server.test_client().get("/").text


def test_every_format_is_in_the_one_table_and_the_document_shows_it() -> None:
    assert [one.name for one in CARRIED] == [SNAPSHOT, *(one.name for one in FORMATS)]
    document = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert carried_table() in document
    for each in FORMATS:
        (row,) = (one for one in CARRIED if one.name == each.name)
        assert row.read_back.startswith("yes") is each.complete
        assert each.ending.strip("-") in f"{row.file} {row.name}"


def test_sizes_are_said_as_people_say_them() -> None:
    assert size_of(1_234_000_000) == "1,234.0 MB"
