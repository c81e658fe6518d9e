"""Reading a published file of a test's own making: rows as dictionaries, and the report."""

from __future__ import annotations

from typing import Any

from orchestrator.errors import BadData
from orchestrator.intake.evidence import EvidenceMapping, read_evidence_bytes
from orchestrator.tables.evidence import Evidence, EvidenceReport


def read(name: str, content: bytes | str, **said: Any) -> tuple[list[Evidence], EvidenceReport]:
    """All rows of a file, and its report."""
    data = content.encode() if isinstance(content, str) else content
    reading = read_evidence_bytes(name, data, **said)
    rows = [row for batch in reading.batches() for row in batch]
    return rows, reading.report


def refusal(name: str, content: bytes | str, **said: Any) -> str:
    """What is said of a file that cannot be read."""
    try:
        read(name, content, **said)
    except BadData as bad:
        return str(bad)
    raise AssertionError(f"{name} was read")


def mapped(**said: Any) -> EvidenceMapping:
    """A mapping that says this."""
    return EvidenceMapping(**said)


def reasons(report: EvidenceReport) -> dict[str, int]:
    """Why records were not kept, and how many for each reason."""
    return {f"{each.outcome}: {each.reason}": each.count for each in report.reasons}
