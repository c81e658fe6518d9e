"""The tables in docs/evidence.md are those of the code."""

from __future__ import annotations

import tomllib

from orchestrator.intake.evidence import read_mapping
from orchestrator.intake.evidence.mapping import ROLES
from tests.reference.write_evidence import PAGE, with_tables


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page) == page, "type: python -m tests.reference.write_evidence"
    assert all(f"`{role}`" in page for role in ROLES)


def test_the_mapping_files_of_the_docs_are_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert tomllib.loads(page.partition("```toml\n")[2].partition("```")[0])["dates"] == "day-month-year"
    for path in sorted((PAGE.parent / "mappings").glob("*.toml")):
        assert read_mapping(path).files
