"""A decision on the page is written as the command writes it; what is not a decision is not."""

from __future__ import annotations

import csv
import threading
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from orchestrator.model.decision import COLUMNS
from tests.packs import HTML, MISSION, library, mission

TABLES = mission(ties="ca ab ad", needs="s-w s-e", works="a:s-w", could="e:s-e", names={"e": HTML})
PAGE = f"/mission/{MISSION}/partners?on=2026-06-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    return create_app(library(TABLES), folder).server.test_client()


def decide(client: FlaskClient, page: str = PAGE, **form: str) -> Any:
    return client.post(page, data=form)


def rows(folder: Path) -> list[dict[str, str]]:
    (file,) = folder.glob("decisions/*/decisions.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_a_decision_is_written_shown_and_undone(client: FlaskClient, folder: Path) -> None:
    answer = decide(client, organisation="e", decision="accepted", reason=" Agreed\n by the board ")
    assert (answer.status_code, answer.location) == (303, PAGE)
    (row,) = rows(folder)
    assert tuple(row) == COLUMNS
    assert (row["mission_id"], row["organisation_id"], row["decision"], row["reason"]) == (
        MISSION, "e", "accepted", "Agreed by the board"
    )  # fmt: skip
    shown = client.get(PAGE).text
    assert "Agreed by the board" in shown
    assert "Undo this decision" in shown
    assert decide(client, organisation="e", decision="undone").status_code == 303
    assert [row["decision"] for row in rows(folder)] == ["accepted", "undone"]
    assert "Agreed by the board" not in client.get(PAGE).text


def test_without_a_reason_nothing_is_written_and_the_field_says_so(client: FlaskClient, folder: Path) -> None:
    answer = decide(client, organisation="e", decision="declined", reason="  ")
    assert answer.status_code == 400
    assert 'href="#reason-e">Enter the reason for the decision.' in answer.text
    assert 'id="reason-e-error"' in answer.text
    longer = decide(client, organisation="e", decision="declined", reason="x" * 1001).text
    assert "The reason has 1,001 characters. Use 1,000 or fewer." in longer
    assert not list(folder.glob("decisions/*/*.csv"))


@pytest.mark.parametrize(
    ("page", "form", "status"),
    [
        ("/mission/nobody/partners", {"organisation": "e", "decision": "accepted", "reason": "x"}, 404),
        (PAGE, {"organisation": "nobody", "decision": "accepted", "reason": "x"}, 404),
        (PAGE, {"organisation": "e", "partner": "nobody", "decision": "accepted", "reason": "x"}, 404),
        (PAGE, {"decision": "accepted", "reason": "x"}, 404),
        (PAGE, {"organisation": "e", "decision": "perhaps", "reason": "x"}, 400),
        (PAGE, {"organisation": "e", "reason": "x"}, 400),
    ],
)
def test_what_is_no_decision_is_refused(
    page: str, form: dict[str, str], status: int, client: FlaskClient, folder: Path
) -> None:
    assert decide(client, page, **form).status_code == status
    assert not list(folder.glob("decisions/*/*.csv"))


def test_another_site_decides_nothing(client: FlaskClient, folder: Path) -> None:
    form = {"organisation": "e", "decision": "accepted", "reason": "x"}
    assert client.post(PAGE, data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not list(folder.glob("decisions/*/*.csv"))


def test_of_decisions_taken_at_once_none_is_lost(folder: Path) -> None:
    app = create_app(library(TABLES), folder).server

    def one(number: int) -> None:
        decide(app.test_client(), organisation="e", decision="accepted", reason=f"Reason {number}")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["reason"] for row in rows(folder)) == sorted(f"Reason {number}" for number in range(12))
