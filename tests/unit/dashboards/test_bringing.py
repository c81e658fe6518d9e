"""Bringing a pack: what is wrong is told row by row, nothing is half taken, what is sound opens beside the other."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from xlsxwriter import Workbook

from dashboards.app import create_app
from dashboards.index import DocumentDash
from dashboards.pages import bring
from dashboards.workspace import Workspace
from orchestrator.errors import CannotWrite, UnknownName
from tests.packs import HTML, MISSION, SHAPES, library

SOUND = {
    "organisations": "organisation_id,name,sector\nunit,Delivery Unit,central\nnorth,Northern Authority,regional\n",
    "missions": f"mission_id,title,centre_id\nretrofit,{HTML.replace(',', '')},unit\n",
    "ties": "source_id,target_id,mission_id,kind\nunit,north,retrofit,commissions\n",
}
BROKEN = {**SOUND, "ties": SOUND["ties"] + "unit,norht,retrofit,commissions\nunit,north,retrofit,=marries\n"}


def zipped(tables: dict[str, str]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name, text in tables.items():
            made.writestr(f"{name}.csv", text)
    return into.getvalue()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentDash]:
    made = create_app(library(SHAPES["many gaps"]), tmp_path_factory.mktemp("workspace"))
    yield made
    made.desk.close()


@pytest.fixture(scope="module")
def client(app: DocumentDash) -> FlaskClient:
    return app.server.test_client()


def send(client: FlaskClient, data: bytes, name: str = "mine.zip", **headers: str) -> Any:
    return client.post("/data/bring", data={"pack": (io.BytesIO(data), name)}, headers=headers)


def brought(client: FlaskClient, data: bytes, name: str = "mine.zip") -> tuple[str, str]:
    """The key and the page of the report, once it is there."""
    answer = send(client, data, name)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    client.get(address.replace("?arrival=", "/") + ".csv")  # waits until it is read
    page = client.get(address)
    assert page.status_code == 200
    return address.partition("arrival=")[2], page.text


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def test_a_sound_pack_opens_beside_the_one_that_is_served(client: FlaskClient) -> None:
    key, page = brought(client, zipped(SOUND))
    assert "mine can be opened: four rows in three tables, and nothing is wrong" in words(page)
    assert f'href="/?pack={key}"' in page
    missions = client.get(f"/?pack={key}").text
    assert f'href="/mission/retrofit?pack={key}"' in missions
    assert HTML.replace(",", "") in html.unescape(missions)
    assert "<img src=x" not in missions
    assert "a pack that was brought" in missions
    overview = client.get(f"/mission/retrofit?pack={key}")
    assert overview.status_code == 200
    inside = re.findall(r'href="(/(?:mission|\?)[^"]*)"', overview.text)
    assert len(inside) > 4
    assert all(f"pack={key}" in html.unescape(address) for address in inside)
    assert client.get(f"/mission/retrofit/network.json?pack={key}").status_code == 200
    assert client.get("/mission/retrofit").status_code == 404
    assert client.get(f"/mission/{MISSION}?pack={key}").status_code == 404
    assert client.get(f"/mission/{MISSION}").status_code == 200


def test_a_workbook_is_brought_as_a_folder_is(client: FlaskClient) -> None:
    into = io.BytesIO()
    with Workbook(into, {"in_memory": True}) as book:
        for name, text in SOUND.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(csv.reader(io.StringIO(text))):
                sheet.write_row(row, 0, cells)
    key, page = brought(client, into.getvalue(), "mine.xlsx")
    assert "mine can be opened: four rows in three tables, and nothing is wrong" in words(page)
    assert client.get(f"/mission/retrofit/coverage?pack={key}").status_code == 200


def test_a_broken_pack_is_told_row_by_row_and_nothing_of_it_is_taken(client: FlaskClient) -> None:
    key, page = brought(client, zipped(BROKEN))
    said = words(page)
    assert "Nothing of mine was taken: two problems to mend" in said
    assert "ties.csv, row 3, column target_id" in said
    assert "norht" in said
    assert "north" in said
    assert "6 rows read = 4 kept + 2 rejected." in said
    assert "Open it" not in said
    assert client.get(f"/?pack={key}").status_code == 404


def test_the_report_is_a_table_that_a_spreadsheet_opens_without_harm(client: FlaskClient) -> None:
    key, _ = brought(client, zipped(BROKEN))
    answer = client.get(f"/data/bring/{key}.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["file"], row["row"], row["column"]) for row in rows if row["kind"] == "problem"] == [
        ("ties.csv", "3", "target_id"),
        ("ties.csv", "4", "kind"),
    ]
    assert not rows[1]["value"].startswith("=")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "mine.zip", "the file is empty"),
        (b"PK\x03\x04 and then nothing", "mine.zip", "mine"),
        (b"%PDF-1.7", "plan.pdf", "not a pack"),
        (zipped({"readme": "x"}), "../../etc/passwd.zip", "passwd"),
        (zipped(SOUND), "\u202e‮\x00<b>.xlsx", "zip"),
    ],
)
def test_what_is_no_pack_is_told_and_not_taken(client: FlaskClient, data: bytes, name: str, said: str) -> None:
    _, page = brought(client, data, name)
    assert "was taken" in words(page)
    assert said in words(page).casefold()
    assert "<b>" not in page


def test_nothing_chosen_is_told_on_the_page(client: FlaskClient) -> None:
    answer = client.post("/data/bring", data={}, follow_redirects=True)
    assert "No file was chosen." in answer.text
    assert client.post("/data/bring", data=b"no form").status_code == 303


def test_a_file_that_is_too_large_is_refused_with_a_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.routes.bringing.LARGEST", 1000)
    told = send(client, b"x" * 200_000)
    assert (told.status_code, "This is too large" in told.text) == (413, True)
    head = b'--b\r\nContent-Disposition: form-data; name="pack"; filename="a.zip"\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Transfer-Encoding": "chunked"}
    streamed = client.post(
        "/data/bring",
        input_stream=io.BytesIO(head + b"x" * 200_000),
        headers=headers,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert streamed.status_code == 413


def test_said_to_be_500_mb_it_is_refused_before_it_is_read(client: FlaskClient) -> None:
    class Unread(io.BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            self.at = 500 << 20 if whence else at
            return self.at

        def tell(self) -> int:
            return getattr(self, "at", 0)

        def read(self, *_: object) -> bytes:
            raise AssertionError("this was not to be read")

    answer = client.post("/data/bring", input_stream=Unread(), content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert f"At most {bring.LARGEST >> 20} MB" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_sends_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/data/bring", data={"pack": (io.BytesIO(b"x"), "a.zip")}, headers=headers)
    assert (answer.status_code, "another site" in answer.text) == (403, True)
    assert client.post("/jobs/any/cancel", headers=headers).status_code == 403


@pytest.mark.parametrize("key", ["nothing", "../../etc", "A" * 22, "%2e%2e", "served"])
def test_a_pack_that_is_not_there_has_a_page_that_says_so(client: FlaskClient, key: str) -> None:
    for path in ("/", f"/mission/{MISSION}", "/nothing", "/data/bring"):
        answer = client.get(path, query_string={"pack": key})
        assert (answer.status_code, "This pack is not here" in answer.text) == (404, True), path
    assert client.get("/data/bring", query_string={"arrival": key}).status_code == 404
    assert client.get(f"/mission/{MISSION}/network.json", query_string={"pack": key}).status_code == 404


def test_keys_cannot_be_guessed_and_lead_nowhere_else(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    keys = {workspace.arrive("a.zip", lambda path: path.write_bytes(b"")) for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) == 22 for key in keys)
    for key in ("..", ".", "", "a/b"):
        with pytest.raises(UnknownName):
            workspace.file_of(key)
    for name in ("../decisions", "..", "", "/etc/passwd"):
        with pytest.raises(UnknownName):
            workspace.snapshot_file("", name)


def test_a_workspace_that_is_named_lasts_and_the_other_goes(tmp_path: Path) -> None:
    named = Workspace(tmp_path / "a" / "b")
    key = named.arrive("x.zip", lambda path: path.write_bytes(b"1"))
    named.close()
    assert Workspace(tmp_path / "a" / "b").file_of(key).read_bytes() == b"1"
    passing = Workspace()
    assert passing.folder.is_dir()
    passing.close()
    assert not passing.folder.exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        Workspace(tmp_path / "file" / "below")
