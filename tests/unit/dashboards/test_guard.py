"""No request ends in an error of ours, and every answer carries the headers that keep a page to itself."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.app import create_app
from dashboards.guard import LARGEST_REQUEST
from tests.packs import MISSION, SHAPES, library

UPDATE = "/_dash-update-component"
SOUND: dict[str, Any] = {
    "output": "content.data",
    "outputs": {"id": "content", "property": "data"},
    "inputs": [{"id": "address", "property": "data", "value": f"/mission/{MISSION}/network?body=a"}],
    "changedPropIds": ["address.data"],
}
PANEL: dict[str, Any] = {
    "output": "panel.data",
    "outputs": {"id": "panel", "property": "data"},
    "inputs": [{"id": "picked", "property": "data", "value": f"/mission/{MISSION}/network?body=a"}],
    "changedPropIds": ["picked.data"],
}
#: What a hand that means harm, or a script gone wrong, puts in the place of something else.
STRANGE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    10**40,
    "",
    "x",
    "content.data",
    "panel.modified_timestamp",
    "..content.data...panel.data..",
    '{"index":1}.data',
    "\x00",
    "\ud800",
    "/mission/\ud800/network?on=\udfff",
    "/mission/%ff%00/coverage?place=%ED%A0%80",
    "?" + "&" * 3000,
    "/mission/m?" + "x=1&" * 1500,
    "a" * 20_000,
    [],
    {},
    [[]],
    [None],
    ["x"],
    [{}],
    {"id": []},
    {"id": "address", "property": "data", "value": {"x": []}},
    {"id": {"type": "x", "index": 1}, "property": "data"},
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(library(SHAPES["many gaps"])).server.test_client()


def send(client: FlaskClient, body: Any) -> int:
    return client.post(UPDATE, data=json.dumps(body), content_type="application/json").status_code


def paths(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a body."""
    yield way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from paths(part, (*way, name))


def changed(body: Any, way: tuple[Any, ...], to: Any) -> Any:
    """The body with one part put in the place of another; without ``to``, the part is left out."""
    if not way:
        return to
    whole = copy.deepcopy(body)
    inside = whole
    for name in way[:-1]:
        inside = inside[name]
    if to is ...:
        del inside[way[-1]]
    else:
        inside[way[-1]] = to
    return whole


@pytest.mark.parametrize("body", [SOUND, PANEL], ids=["page", "panel"])
def test_what_our_own_pages_send_is_answered(client: FlaskClient, body: Any) -> None:
    assert send(client, body) == 200


@pytest.mark.parametrize("body", [SOUND, PANEL], ids=["page", "panel"])
def test_no_change_of_a_part_ends_in_an_error_of_ours(client: FlaskClient, body: Any) -> None:
    tried = [
        changed(body, way, strange) for way in paths(body) for strange in (*STRANGE, ...) if way or strange is not ...
    ]
    tried += [{**body, "state": strange} for strange in STRANGE] + [
        {**body, strange: 1} for strange in ("", "x", "\ud800")
    ]
    answers = {json.dumps(one): send(client, one) for one in tried}
    assert len(answers) > 300
    assert set(answers.values()) <= {200, 204, 400}, [sent[:200] for sent, got in answers.items() if got > 400]
    assert sum(got == 400 for got in answers.values()) > 250


@pytest.mark.parametrize("way", [(), ("output",), ("outputs",), ("inputs",), ("changedPropIds",), ("inputs", 0, "id")])
def test_a_request_of_another_shape_is_refused(client: FlaskClient, way: tuple[Any, ...]) -> None:
    for strange in (None, 7, [], {}, "x", [[]], ...):
        if strange == [] and way == ("changedPropIds",):
            continue  # nothing has changed: that is a shape of ours
        if way or strange is not ...:
            assert send(client, changed(SOUND, way, strange)) == 400, (way, strange)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_no_broken_text_ends_in_an_error_of_ours(client: FlaskClient, luck: int) -> None:
    chance, text = random.Random(luck), bytearray(json.dumps(SOUND).encode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        text[at : at + chance.randint(0, 3)] = bytes(chance.choices(b'[]{}",:\\u0\xff\x00 e9', k=chance.randint(0, 3)))
    kind = chance.choice(
        ["application/json", "text/plain", "", "multipart/form-data", "application/json; charset=utf-16"]
    )
    assert client.post(UPDATE, data=bytes(text), content_type=kind).status_code in (200, 204, 400)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[" * 30_000,
        b"[" * 30_000 + b"]" * 30_000,
        b'{"output":' * 5_000,
        b"\xff\xfe\x00",
        b"9" * 5_000,
        b"NaN",
        b"\x00",
    ],
    ids=["nothing", "open brackets", "brackets", "braces", "another coding", "a long number", "not a number", "NUL"],
)
def test_text_that_is_no_request_is_refused(client: FlaskClient, text: bytes) -> None:
    assert client.post(UPDATE, data=text, content_type="application/json").status_code == 400


def test_a_request_that_is_too_large_is_refused(client: FlaskClient) -> None:
    body = changed(SOUND, ("inputs", 0, "value"), "x" * LARGEST_REQUEST)
    assert send(client, body) == 413


@pytest.mark.parametrize("store", ["content", "panel"])
def test_what_runs_in_the_browser_is_not_run_here(client: FlaskClient, store: str) -> None:
    body = {
        "output": f"{store}.modified_timestamp",
        "outputs": {"id": store, "property": "modified_timestamp"},
        "inputs": [{"id": store, "property": "data", "value": "x"}],
        "changedPropIds": [f"{store}.data"],
    }
    assert send(client, body) == 400


@pytest.mark.parametrize("query", ["?job=1", "?cacheKey=1&job=2", "?oldJob=3", "?cancelJob=4"])
def test_jobs_that_there_are_not_are_not_looked_for(client: FlaskClient, query: str) -> None:
    assert client.post(UPDATE + query, json=SOUND).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_dash-component-suites/nobody/x.js",
        "/_dash-component-suites/dash/nothing.js",
        "/_dash-component-suites/dash/../../pyproject.toml",
        "/assets/nothing.js",
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/favicon.txt",
    ],
)
def test_a_script_that_is_not_there_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@settings(max_examples=150)
@given(st.text(max_size=40), st.text(max_size=60))
def test_no_address_ends_in_an_error_of_ours(client: FlaskClient, path: str, query: str) -> None:
    for at in ("/", f"/mission/{MISSION}/", "/mission/", "/_dash-"):
        asked = f"{at}{quote(path, errors='replace')}?{quote(query, safe='=&%', errors='replace')}"
        answer = client.get(asked)
        assert answer.status_code in (200, 204, 308, 400, 404, 405), asked


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_a_page_is_only_read(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


@pytest.mark.parametrize(
    "path", ["/", f"/mission/{MISSION}/network", "/nothing", "/mission/nobody/network.json", "/assets/x"]
)
def test_a_page_may_run_only_our_scripts(client: FlaskClient, path: str) -> None:
    policy = dict(part.split(" ", 1) for part in client.get(path).headers["Content-Security-Policy"].split("; "))
    scripts = policy["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in scripts[1:])
    assert policy["default-src"] == "'self'"
    assert {policy[part] for part in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert "http" not in " ".join(policy.values())


@pytest.mark.parametrize(
    "path", ["/", "/assets/app.css", f"/mission/{MISSION}/network.json", "/_dash-layout", "/nothing"]
)
def test_nothing_is_taken_for_what_it_is_not(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_holds_no_script_of_its_own_but_the_one_that_the_policy_names(client: FlaskClient) -> None:
    page = client.get(f"/mission/{MISSION}/network").text
    inline = [part for part in page.split("<script")[1:] if " src=" not in part.split(">", 1)[0]]
    assert [part.split(">", 1)[0].strip() for part in inline] == [
        'id="_dash-config" type="application/json"',
        'id="_dash-renderer" type="application/javascript"',
    ]
