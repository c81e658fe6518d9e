"""No request, however it was changed, ends in an error of ours or in a blank page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.app import create_app
from dashboards.index import DocumentDash
from tests.laws.sent import Sender
from tests.packs import MISSION, SHAPES, library

ANSWERS = {200, 202, 204, 301, 302, 303, 304, 308, 400, 403, 404, 405, 413, 503}


@pytest.fixture(scope="module")
def app() -> Iterator[DocumentDash]:
    made = create_app(library(SHAPES["many gaps"]))
    yield made
    made.desk.close()


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_no_request_ends_in_an_error_of_ours(app: DocumentDash, luck: int) -> None:
    sender = Sender(app.server.test_client(), MISSION, luck)
    for _ in range(10):
        what, status = sender.send()
        assert status in ANSWERS, (status, what)
