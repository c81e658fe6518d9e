"""One published file to rows of the evidence table, batch by batch, with the balanced report at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.evidence.formats import EvidenceFormat, evidence_format, tell_format
from orchestrator.intake.evidence.mapping import EvidenceMapping
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import EvidenceSource, Naming, Statement, everything
from orchestrator.intake.evidence.tally import Tally
from orchestrator.intake.folder import read_whole
from orchestrator.intake.reading import file_label
from orchestrator.tables.evidence import Evidence, EvidenceReport

__all__ = ["EvidenceReading", "read_evidence", "read_evidence_bytes"]

#: A million lines of spending are some 150 million bytes.
_LARGEST: Final = 1 << 30
_BATCH: Final = 10_000
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass
class EvidenceReading:
    """A file that is being read: go through ``batches`` once, then ask for the ``report``."""

    format: EvidenceFormat
    opened: Opened
    progress: Callable[[str], None] | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return self.opened.source.digest

    def batches(self) -> Iterator[list[Evidence]]:
        """The rows of the evidence table, 10,000 at a time, in the order of the file.

        Raises BadData where the file cannot be read as a whole; what was given before is then of no worth.
        """
        naming, tally, batch = Naming(self.format.name), self.opened.tally, list[Evidence]()
        for statement in self.format.read(self.opened):
            said = everything(statement)
            if said.isprintable() or self._sound(statement, said):
                tally.kept += 1
                batch.append(self._evidence(naming.name(statement.key or said), statement))
                if len(batch) == _BATCH:
                    yield self._told(batch)
                    batch = []
        if batch:
            yield self._told(batch)

    def _evidence(self, name: str, statement: Statement) -> Evidence:
        opened, tally, source = self.opened, self.opened.tally, self.opened.source
        publisher, licence = opened.publisher or tally.publisher, opened.mapping.licence or tally.licence
        end = (publisher, licence, source.name, source.digest, statement.row)
        return tuple.__new__(Evidence, (name, *statement[1:-1], *end))

    def _sound(self, statement: Statement, said: str) -> bool:
        """Is there no control character in it, which neither a table nor a page can show?"""
        if not _CONTROL.search(said):
            return True
        bad = next(text for text in statement if isinstance(text, str) and _CONTROL.search(text))
        what, where = f"{quoted(bad)} holds a control character.", f"{self.opened.source.name}, {statement.row}"
        self.opened.tally.reject("a control character", Problem(what, where, value=quoted(bad)))
        return False

    def _told(self, batch: list[Evidence]) -> list[Evidence]:
        if self.progress is not None:
            self.progress(f"{self.opened.source.name}: {self.opened.tally.read:,} records read")
        return batch

    @property
    def report(self) -> EvidenceReport:
        """What became of every record. Only once all batches were gone through."""
        publisher = self.opened.publisher or self.opened.tally.publisher
        return self.opened.tally.report(self.digest, self.format.name, publisher)


def read_evidence(
    path: Path,
    format: str | None = None,  # noqa: A002 - what it is called at the command line
    mapping: EvidenceMapping | None = None,
    publisher: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> EvidenceReading:
    """What does this published file say? Its format is told by what is in it, unless ``format`` or ``mapping`` says.

    ``publisher`` is who published it; in formats that do not say who pays, that is whoever published them.
    ``progress`` is told how far it is. Raises BadData where it cannot be read, UnknownName for a format that there
    is not. Cost grows with the size of the file; no more than a batch of rows is held.
    """
    content = read_whole(path, _LARGEST)
    if isinstance(content, Problem):
        raise BadData([content])
    return read_evidence_bytes(file_label(path), content, format, mapping, publisher, progress)


def read_evidence_bytes(
    name: str,
    content: bytes,
    format: str | None = None,  # noqa: A002 - as above
    mapping: EvidenceMapping | None = None,
    publisher: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> EvidenceReading:
    """As ``read_evidence``, for a file of this name with these bytes.

    >>> lines = b"Supplier,Date,Amount\\nA firm,2020-04-30,25000\\n"
    >>> reading = read_evidence_bytes("a.csv", lines, publisher="A council")
    >>> [(row.from_name, row.to_name, row.amount_pence) for batch in reading.batches() for row in batch]
    [('A council', 'A firm', 2500000)]
    >>> reading.report.read, reading.report.kept
    (1, 1)
    """
    said = (mapping or EvidenceMapping()).for_file(name)
    chosen = evidence_format(format or said.format) if format or said.format else None
    opened = Opened(EvidenceSource.of(name, content), said, Tally(name), publisher or said.publisher)
    return EvidenceReading(chosen or tell_format(opened), opened, progress)
