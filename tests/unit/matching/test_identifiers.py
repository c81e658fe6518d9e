"""One public identifier, however a publisher wrote it."""

from __future__ import annotations

import pytest

from orchestrator.matching.identifiers import read_identifiers


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("GB-COH-6", ["GB-COH-00000006"]),
        ("gb-coh-sc12345", ["GB-COH-SC012345"]),
        ("Companies House: 01234567", ["GB-COH-01234567"]),
        ("UK-COH-1234567", ["GB-COH-01234567"]),
        ("GB-CHC-0326568", ["GB-CHC-326568"]),
        ("GB-ODS-RJ1|GB-NHS-RJ1", ["GB-NHS-RJ1"]),
        ("GB-COH-1|GB-CHC-2", ["GB-COH-00000001", "GB-CHC-2"]),
        ("360G-town-bowls_club", []),
        ("GB-COH-", []),
        ("", []),
    ],
)
def test_lists_and_numbers_are_read(cell: str, read: list[str]) -> None:
    assert [each.text for each in read_identifiers(cell)] == read
