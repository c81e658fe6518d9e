"""Published records as evidence: one reader a format, all to the same table, with a report that balances."""

from orchestrator.intake.evidence.formats import EVIDENCE_FORMATS, EvidenceFormat, evidence_format
from orchestrator.intake.evidence.mapping import EvidenceMapping, read_mapping
from orchestrator.intake.evidence.reading import EvidenceReading, read_evidence, read_evidence_bytes

__all__ = [
    "EVIDENCE_FORMATS",
    "EvidenceFormat",
    "EvidenceMapping",
    "EvidenceReading",
    "evidence_format",
    "read_evidence",
    "read_evidence_bytes",
    "read_mapping",
]
