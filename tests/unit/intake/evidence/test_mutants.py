"""Damaged files of every format: read or refused in words, with a report that balances; never a crash, never a hang.

Twenty thousand of each format were looked at once (docs/evidence.md says when); here is a sample that differs little.
"""

from __future__ import annotations

import random
import zlib

import pytest

from orchestrator.errors import BadData, Problem
from orchestrator.intake.evidence import EVIDENCE_FORMATS, read_evidence_bytes
from tests.unit.intake.evidence.mutants import SEEDS, WORKBOOK, mutated


def look_at(name: str, content: bytes, asked: str | None) -> bool:
    """Was it read? Raises AssertionError where the report is wrong, and whatever should not be raised."""
    problems: tuple[Problem, ...] = ()
    try:
        reading = read_evidence_bytes(name, content, asked, publisher="A publisher")
        rows = [row for batch in reading.batches() for row in batch]
    except BadData as bad:
        problems = bad.problems
    if problems:
        assert all(each.file.startswith(name) and each.what for each in problems)
        return False
    report = reading.report
    assert (report.kept, report.read) == (len(rows), report.kept + report.rejected + report.set_aside)
    assert len({row.evidence_id for row in rows}) == len(rows)
    return True


@pytest.mark.parametrize("name", [each.name for each in EVIDENCE_FORMATS])
def test_damaged_files_are_read_or_refused_in_words(name: str) -> None:
    draw = random.Random(zlib.crc32(name.encode()))
    seeds = [seed for seed in SEEDS if seed[0] == name]
    for format_name, file, content in seeds:
        assert look_at(file, content, format_name)
    outcomes = set()
    for _ in range(120):
        format_name, file, content = draw.choice(seeds)
        outcomes.add(look_at(file, mutated(content, draw), draw.choice((format_name, None))))
    assert outcomes == {True, False}


def test_damaged_workbooks_are_refused_in_words() -> None:
    draw = random.Random(7)
    _, file, content = WORKBOOK
    assert look_at(file, content, None)
    read = [look_at(file, mutated(content, draw), "spending") for _ in range(12)]
    assert read.count(False) > 0
