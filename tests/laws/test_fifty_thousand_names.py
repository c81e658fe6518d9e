"""A register of 50,000 names with markup, emoji, letters of another direction, and 4,000 characters: shown exactly."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from orchestrator.study import Library
from tests.packs import EMOJI, HTML, LONG, RIGHT_TO_LEFT, mission, pack

SIZE = 50_000
SHAPES = (
    HTML,
    EMOJI,
    RIGHT_TO_LEFT,
    LONG[:400],
    "\u202eevil\u202c",
    "=1+1",
    "'; --",
    "&amp;lt;",
    "a\u0301 ﷽",
    "007",
)


def name(at: int) -> str:
    return f"{SHAPES[at % len(SHAPES)]} {at}" if at else LONG


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    tables = mission(ties="ca cb", needs="s-w", works="a:s-w")
    tables["organisations"] += [
        {"organisation_id": f"n{at}", "name": name(at), "sector": "firm", "family": ""} for at in range(SIZE)
    ]
    tables["engagements"] += [
        {"organisation_id": f"n{at}", "mission_id": "m", "status": "committed"} for at in range(300)
    ]
    app = create_app(Library(pack(tables)))
    yield app.server.test_client()
    app.desk.close()


def page(client: FlaskClient, path: str) -> str:
    """The page once it is worked out."""
    until = time.monotonic() + 120
    while (answer := client.get(path)).status_code == 202:
        assert time.monotonic() < until
    assert answer.status_code == 200, path
    return answer.text


def test_names_are_shown_exactly_as_they_are(client: FlaskClient) -> None:
    text = page(client, "/mission/m/network?on=2026-06-01")
    table = text[text.index("Everyone in the mission</caption>") :].partition("</table>")[0]
    shown = [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<th [^>]*row.*?</th>", table)]
    assert len(shown) == 200, "the first sheet"
    assert set(shown) <= {name(at) for at in range(300)} | {"Body A", "Body B", "Body C"}
    assert {kind for kind in SHAPES if any(kind in one for one in shown)} >= {"=1+1", "'; --", "&amp;lt;", "007"}
    assert "<img src=x" not in text


@pytest.mark.parametrize(
    "path", ["/", *(f"/mission/m{part}" for part in ("", "/coverage", "/bottlenecks", "/partners"))]
)
def test_every_page_is_there(client: FlaskClient, path: str) -> None:
    text = page(client, f"{path}?on=2026-06-01")
    assert re.search(r"<h1[^>]*>[^<]+</h1>", text)
    assert "<img src=x" not in text


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 5, 7, 8])
def test_a_body_has_its_page_with_its_name(client: FlaskClient, at: int) -> None:
    text = page(client, f"/organisation/n{at}?on=2026-06-01")
    assert name(at) in html.unescape(text)
