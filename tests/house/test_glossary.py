"""The words of the pages are the words of GLOSSARY.md."""

from __future__ import annotations

from orchestrator.tables.glossary import read_glossary
from tests.conftest import CHECKOUT
from tests.house import glossary


def test_the_table_that_the_pages_read_is_the_glossary() -> None:
    written = glossary.table((CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8"))
    assert glossary.TABLE.read_text(encoding="utf-8") == written, (
        "GLOSSARY.md was changed. Type: .venv/bin/python -m tests.house.glossary"
    )


def test_no_row_of_the_glossary_is_overlooked_and_no_word_has_two() -> None:
    lines = (CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    assert len(read_glossary()) == sum(line.startswith("| **") for line in lines)
    words = [term.word for term in read_glossary()]
    assert len(words) == len(set(words))


def test_a_changed_row_is_found() -> None:
    assert glossary.table("| **tie** | Two bodies. |\n") != glossary.table("| **tie** | Two *bodies*, once. |\n")
