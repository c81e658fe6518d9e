"""The list of reference cases in docs is the one that the tests run."""

from __future__ import annotations

from tests.reference.write_list import LIST, listed


def test_the_list_in_docs_is_up_to_date() -> None:
    assert LIST.read_text(encoding="utf-8") == listed(), "run: python -m tests.reference.write_list"
