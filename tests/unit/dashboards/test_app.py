"""The app through Flask's test client: pages, callbacks, the ring map's JSON, two apps side by side."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from dashboards.pages import catalogue
from orchestrator.study import Library, open_pack
from tests.packs import HTML, MISSION, SHAPES, library, mission

PAGES = ("/", *(f"/mission/{MISSION}{part}" for part in ("", "/coverage", "/network", "/bottlenecks", "/scenario")))


def client_of(shape: str) -> FlaskClient:
    return create_app(library(SHAPES[shape])).server.test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of("many gaps")


def ask(client: FlaskClient, address: str | None, store: str = "address", into: str = "content") -> Any:
    """What a page sends when its store changes."""
    return client.post(
        "/_dash-update-component",
        json={
            "output": f"{into}.data",
            "outputs": {"id": into, "property": "data"},
            "inputs": [{"id": store, "property": "data", "value": address}],
            "changedPropIds": [f"{store}.data"],
        },
    )


def brought(client: FlaskClient, address: str | None, store: str = "address", into: str = "content") -> str:
    return str(ask(client, address, store, into).get_json()["response"][into]["data"])


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_page_is_there_whatever_the_mission_holds(shape: str) -> None:
    client = client_of(shape)
    for path in PAGES:
        answer = client.get(path, query_string={"on": "2026-06-01"})
        assert answer.status_code == 200, path
        assert heading(answer.text)
        assert HTML not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_brought_later_is_the_page_of_the_first_answer(client: FlaskClient, path: str) -> None:
    whole = client.get(path).text
    assert f'<div id="page">{brought(client, path)}</div>' in whole


@pytest.mark.parametrize("path", PAGES)
def test_the_title_of_the_document_is_the_title_that_scripts_set(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    (first,) = re.findall(r"<title>(.*?)</title>", page)
    (later,) = re.findall(r'<main[^>]* data-title="(.*?)"', page)
    assert html.unescape(first) == html.unescape(later)
    assert first.count("Mission orchestrator") == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_main_part_one_heading_and_no_id_twice(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert (page.count("<main"), page.count("<h1")) == (1, 1)
    ids = re.findall(r' id="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_a_blank_address_brings_the_missions(client: FlaskClient) -> None:
    assert heading(brought(client, None)) == heading(client.get("/").text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/mission/nobody", "There is no mission of this name"),
        ("/mission/nobody/network", "There is no mission of this name"),
        (f"/mission/{MISSION}/nothing", "There is no such page"),
        ("/nothing", "There is no such page"),
        ("/mission/%3Cscript%3Ealert(1)%3C/script%3E", "There is no such page"),
        ("/mission/%3Cimg src=x onerror=alert(1)%3E", "There is no mission of this name"),
    ],
)
def test_where_there_is_nothing_a_page_says_so_and_shows_the_way_on(client: FlaskClient, path: str, said: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, heading(answer.text)) == (404, said)
    assert 'href="/"' in answer.text
    assert f'href="/mission/{MISSION}"' in answer.text
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert heading(brought(client, path)) == said


def test_the_nearest_mission_is_named() -> None:
    answer = create_app(Library(open_pack())).server.test_client().get("/mission/clean-energi")
    assert "clean-energy" in html.unescape(re.sub("<[^>]*>", "", answer.text))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_a_day_before_or_after_everything_has_a_clear_page(client: FlaskClient, path: str, day: str) -> None:
    answer = client.get(path, query_string={"on": day})
    assert answer.status_code == 200
    assert heading(answer.text)
    assert "nan" not in answer.text.casefold().split()


@pytest.mark.parametrize("path", PAGES)
def test_a_wrong_day_is_told_at_the_top_of_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path, query_string={"on": "<b>soon</b>"})
    assert answer.status_code == 200
    assert "is not a day, so today is shown." in answer.text
    assert "<b>soon" not in answer.text


def test_what_the_address_picks_and_is_not_there_is_told(client: FlaskClient) -> None:
    place = client.get(f"/mission/{MISSION}/coverage?place=nowhere").text
    assert "no requirement for the capability or place that the address names" in place
    body = client.get(f"/mission/{MISSION}/network?body=<i>nobody</i>").text
    assert "takes no part in this mission on this day." in body
    assert "<i>nobody" not in body


def test_a_fault_of_ours_is_a_page_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(catalogue, "missions_view", fails)
    answer = client_of("many gaps").get("/")
    assert (answer.status_code, heading(answer.text)) == (500, "Something went wrong on our side")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


# ── the panel of the body that is picked ──────────────────────────────────────────────────────────


def test_the_panel_that_comes_later_is_the_panel_of_the_page(client: FlaskClient) -> None:
    address = f"/mission/{MISSION}/network?body=a"
    panel = brought(client, address, "picked", "panel")
    assert "Body A" in panel
    rooms = re.findall(r'<div data-room="([^"]*)">(.*?)</div>(?=<div data-room|$)', panel, re.DOTALL)
    page = client.get(address).text
    assert [name for name, inside in rooms if inside in page] == ["picked-panel", "surroundings-room"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"/mission/{MISSION}/network", "Nothing is selected."),
        (f"/mission/{MISSION}/network?body=nobody", "'nobody' takes no part"),
        ("/mission/nobody/network?body=a", ""),
        (None, ""),
    ],
)
def test_a_panel_without_a_body_says_so(client: FlaskClient, address: str | None, said: str) -> None:
    panel = brought(client, address, "picked", "panel")
    assert said in panel
    assert bool(panel) == bool(said)


# ── the ring map's JSON ───────────────────────────────────────────────────────────────────────────

RING = f"/mission/{MISSION}/network.json"


def test_the_ring_map_is_sent_once_and_then_only_that_it_is_the_same(client: FlaskClient) -> None:
    first = client.get(RING)
    assert (first.status_code, first.mimetype) == (200, "application/json")
    again = client.get(RING, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_level_or_somebodys_surroundings_is_another_ring_map(client: FlaskClient) -> None:
    asked: tuple[dict[str, str], ...] = ({}, {"level": "4"}, {"body": "a", "around": "1"}, {"body": "a", "around": "2"})
    tags = [client.get(RING, query_string=query).headers["ETag"] for query in asked]
    assert len(set(tags)) == 4


@pytest.mark.parametrize("shape", SHAPES)
def test_the_ring_map_holds_the_members_of_the_table_beside_it(shape: str) -> None:
    client = client_of(shape)
    page = client.get(f"/mission/{MISSION}/network").text
    ring = json.loads(client.get(html.unescape(re.findall(r'data-address="(.*?)"', page)[0])).data)
    table = page[page.index("Everyone in the mission") :].partition("</table>")[0]
    heads = re.findall(r'<th[^>]* scope="row"[^>]*>(.*?)</th>', table)
    names = [html.unescape(re.sub("<[^>]*>", "", head)) for head in heads]
    assert sorted(ring["bodies"]["name"]) == sorted(name[:600] for name in names)
    assert sum(wedge["count"] for wedge in ring["wedges"]) == len(names) - 1


def test_there_is_no_ring_map_of_a_mission_that_is_not_there(client: FlaskClient) -> None:
    assert client.get("/mission/nobody/network.json").status_code == 404


# ── what the what-if page fetches ─────────────────────────────────────────────────────────────────

CHANGES = '[{change="abolish",organisation_id="a"}]'


def test_the_map_before_and_after_the_changes(client: FlaskClient) -> None:
    path = f"/mission/{MISSION}/scenario.json"
    before, after = (
        json.loads(client.get(path, query_string={"changes": CHANGES, "on": "2026-06-01", **side}).data)
        for side in ({"side": "before"}, {})
    )
    assert set(before["bodies"]["id"]) - set(after["bodies"]["id"]) == {"a"}
    assert client.get("/mission/nobody/scenario.json").status_code == 404


def test_the_list_is_downloaded_as_the_file_that_the_command_takes(client: FlaskClient) -> None:
    answer = client.get(f"/mission/{MISSION}/scenario.toml", query_string={"changes": CHANGES})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="changes.toml"'
    assert answer.text.endswith('[[changes]]\nchange = "abolish"\norganisation_id = "a"\n')


def test_names_are_looked_for_while_one_types(client: FlaskClient) -> None:
    def names(of: str, typed: str) -> Any:
        answer = client.get(f"/mission/{MISSION}/names.json", query_string={"of": of, "q": typed})
        return answer.get_json()

    assert names("body", "body g") == [["Body G", "Local government"]]
    assert [name for name, _ in names("requirement", "skill s")] == [
        "Skill s in Place e",
        "Skill s in Place n",
        "Skill s in Place w",
    ]
    assert names("fund", "") == []
    assert client.get(f"/mission/{MISSION}/names.json?of=person&q=a").status_code == 404
    assert client.get("/mission/nobody/names.json?of=body").status_code == 404


# ── side by side ──────────────────────────────────────────────────────────────────────────────────


def test_two_apps_in_one_process_keep_to_their_own_packs() -> None:
    first, second = client_of("many gaps"), client_of("no requirements")
    both = heading(first.get(f"/mission/{MISSION}").text), heading(second.get(f"/mission/{MISSION}").text)
    assert both[0] != both[1]
    assert both == (heading(brought(first, f"/mission/{MISSION}")), heading(brought(second, f"/mission/{MISSION}")))


def test_a_pack_without_missions_has_a_page_that_says_what_to_do() -> None:
    tables = mission("ca")
    tables.update(missions=[], ties=[], engagements=[])
    page = create_app(library(tables)).server.test_client().get("/").text
    assert heading(page) == "This pack holds no missions"
    assert "Add a row to the table missions" in page


# ── the bar without scripts ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("mission=m&page=coverage&on=2026-06-01&level=3&pack=k", "/mission/m/coverage?pack=k&on=2026-06-01&level=3"),
        ("mission=m&page=overview&on=&level=", "/mission/m"),
        ("mission=a/b%26c&page=../x", "/mission/a%2Fb%26c"),
        ("", "/mission/"),
    ],
)
def test_the_choices_of_the_bar_lead_to_their_page_without_scripts(
    client: FlaskClient, asked: str, leads_to: str
) -> None:
    answer = client.get(f"/mission?{asked}")
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)
