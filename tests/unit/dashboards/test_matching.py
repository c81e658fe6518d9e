"""Deciding about names on the page: what is asked, what is written, what is refused, what is held back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from orchestrator.errors import BadData
from orchestrator.matching import read_decisions
from orchestrator.study import Library
from tests.packs import HTML, SHAPES, library
from tests.unit.matching.evidence import record, register, store

BODIES = "apex; Apex Care Limited;;; Leeds\noak; Oak Energy plc"
ROWS = (
    record("Apex Crae Ltd", 120_000, title="Care"),
    record("Dr N Example", 5_000),
    record("Birch", 3_000, from_name="Dr N Example"),
    record(HTML, 100),
    record("Oak Energy plc", 70),
)


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    return tmp_path / "matches.csv"


@pytest.fixture
def client(tmp_path: Path, decisions: Path) -> Iterator[FlaskClient]:
    folder = store(tmp_path / "store", ROWS)
    app = create_app(Library(register(BODIES)), None, folder, decisions)
    yield app.server.test_client()
    app.desk.close()


def page(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/data/match?{query}")
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def choose(client: FlaskClient, **fields: str) -> tuple[int, str]:
    """Press a button: the status, and where it leads or what is wrong."""
    answer = client.post("/data/match", data={"by": "AB", "back": "mission=m", **fields})
    if answer.status_code == 303:
        return 303, answer.headers["Location"]
    found = re.search(r'role="alert">(.*?)</p>', answer.text)
    return answer.status_code, html.unescape(found.group(1)) if found else ""


def test_names_are_asked_with_where_from_and_whom_they_may_mean(client: FlaskClient) -> None:
    text = page(client, "mission=m")
    assert "Four names in the evidence are still open" in text
    assert "0 of 4 names decided, covering 0% of the money." in text
    assert "One name looks like a private person's and is held back." in text
    assert "Dr N Example" not in text
    assert "a private person" in text  # on the other side of Birch
    assert "One record, £1,200, on 2020-06-01, one time beside a member of the mission" in text
    assert "as in spend.csv, row 1, 2020-06-01, £1,200." in text
    assert "Apex Care Limited One letter differs; shares ‘apex’." in text
    assert "Dr N Example" in page(client, "persons=yes")


def test_a_filter_leaves_names_out_and_says_when_none_is_left(client: FlaskClient) -> None:
    assert "Apex Crae" not in page(client, "contains=bir")
    assert "No open name contains ‘zzz’." in page(client, "contains=zzz")


def test_a_body_is_accepted_and_that_is_taken_back(client: FlaskClient, decisions: Path) -> None:
    said = choose(client, decide="accept:0:apex", **{"name-0": "Apex Crae Ltd"})
    assert said == (303, "/data/match?mission=m&by=AB&done=1")
    text = page(client, "by=AB&done=1")
    assert "Written: ‘Apex Crae Ltd’ is Apex Care Limited. Decision 1 by AB" in text
    assert "1 of 4 names decided, covering 92% of the money." in text
    assert choose(client, decide="undo:1:")[0] == 303
    assert "0 of 4 names decided" in page(client)
    assert [each.verdict for each in read_decisions(decisions)] == ["accept", "undo"]


def test_every_other_button_decides_what_it_says(client: FlaskClient, decisions: Path) -> None:
    assert choose(client, decide="reject:0:apex", **{"name-0": "Apex Crae Ltd"})[0] == 303
    assert "Apex Care Limited" not in page(client, "contains=apex").split("Last decisions")[0]
    assert choose(client, decide="accept:1:", **{"name-1": "Birch", "body-1": "OAK ENERGY PLC"})[0] == 303
    assert choose(client, decide="new:2:", **{"name-2": "Apex Crae Ltd", "sector-2": "firm"})[0] == 303
    assert choose(client, decide="none:3:", **{"name-3": HTML, "kind-3": "heading"})[0] == 303
    rows = read_decisions(decisions)
    assert [(each.verdict, each.organisation_id) for each in rows] == [
        ("reject", "apex"),
        ("accept", "oak"),
        ("new", "apex-crae-limited"),
        ("none", ""),
    ]
    assert "Only names that look like private persons' are left." in page(client)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decide": "new:0:", "name-0": "Birch"}, "A new body needs its sector"),
        ({"decide": "none:0:", "name-0": "Birch"}, "Say what it is instead of a body"),
        ({"decide": "accept:0:elm", "name-0": "Birch"}, "'elm' is no body of the register"),
        ({"decide": "accept:0:", "name-0": "Birch"}, "Type the id or the name"),
        ({"decide": "accept:0:", "name-0": "Birch", "body-0": "Elm"}, "The register has no body called 'Elm'"),
        ({"decide": "accept:0:apex", "name-0": "Birch", "by": ""}, "Say who decides"),
        ({"decide": "undo:7:"}, "nothing to undo"),
        ({"decide": "everything"}, "No button of this page was pressed"),
        ({}, "No button of this page was pressed"),
    ],
)
def test_what_makes_no_sense_is_told_on_the_page(
    fields: dict[str, str], told: str, client: FlaskClient, decisions: Path
) -> None:
    status, said = choose(client, **fields)
    assert status == 400
    assert told in said
    assert not decisions.exists()


def test_the_button_that_remembers_decides_nothing(client: FlaskClient, decisions: Path) -> None:
    assert choose(client, decide="remember") == (303, "/data/match?mission=m&by=AB")
    assert not decisions.exists()


def test_another_site_cannot_decide(client: FlaskClient, decisions: Path) -> None:
    fields = {"decide": "accept:0:apex", "name-0": "Birch", "by": "AB"}
    assert client.post("/data/match", data=fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/data/match", data=fields, headers={"Origin": "https://example.org"}).status_code == 403
    assert not decisions.exists()


def test_without_a_table_of_decisions_names_are_only_shown(tmp_path: Path) -> None:
    app = create_app(Library(register(BODIES)), None, store(tmp_path / "store", ROWS))
    client = app.server.test_client()
    text = page(client)
    assert "Nothing can be decided here: no table of decisions was given." in text
    assert "It is this body" not in text
    assert choose(client, decide="accept:0:apex", **{"name-0": "Birch"})[0] == 400
    app.desk.close()


def test_without_evidence_the_page_says_how_to_begin() -> None:
    app = create_app(library(SHAPES["many gaps"]))
    client = app.server.test_client()
    assert "orchestrator serve --evidence evidence --decisions matches.csv" in page(client)
    assert choose(client, decide="accept:0:a", **{"name-0": "B"})[0] == 400
    app.desk.close()


def test_a_store_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="there is no evidence in this folder"):
        create_app(library(SHAPES["many gaps"]), None, tmp_path)
