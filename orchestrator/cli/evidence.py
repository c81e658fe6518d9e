"""``orchestrator evidence``: published files into a store of evidence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from orchestrator.cli.output import put, say
from orchestrator.errors import BadData, Problem, WrongUsage
from orchestrator.intake.evidence import EvidenceMapping, evidence_format, read_evidence, read_mapping
from orchestrator.tables.evidence import EvidenceReport
from orchestrator.tables.evidence_store import EvidenceWriter

__all__ = ["run"]


_REPORTS = ("table", "json")
_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Read every file, write all of them or none, and print what became of every record."""
    as_json = "json" in options.format
    mapping = read_mapping(options.mapping) if options.mapping is not None else None
    name = _format_name(options.format)
    reports: list[EvidenceReport] = []
    problems: list[Problem] = []
    with EvidenceWriter(options.into) as writer:
        for path in options.files:
            try:
                reports.append(_bring_in(path, name, mapping, options.publisher, writer))
            except BadData as bad:
                problems.extend(bad.problems)
        reports = _with_doubles(reports, writer)
        rejected = any(report.rejected for report in reports) and not options.keep_valid
        written = not problems and not rejected
        if written:
            writer.commit()
    document = {"store": str(options.into), "written": written, "files": [each.document() for each in reports]}
    text = json.dumps(document, indent=2, ensure_ascii=False) if as_json else "\n".join(_lines(reports))
    if reports or as_json:
        put(text, options.out)
    if problems:
        raise BadData(problems)
    say(_ending(reports, options.into, written=written))
    return 0 if written else BadData.exit_code


def _format_name(asked: Sequence[str]) -> str | None:
    """The published format among what was asked for, if one was. Raises WrongUsage for two, UnknownName."""
    names = [evidence_format(each).name for each in asked if each not in _REPORTS]
    if len(names) > 1:
        raise WrongUsage(f"The files are of one format; {' and '.join(names)} were named.")
    return names[0] if names else None


def _bring_in(
    path: Path, name: str | None, mapping: EvidenceMapping | None, publisher: str | None, writer: EvidenceWriter
) -> EvidenceReport:
    reading = read_evidence(path, name, mapping, publisher, say if sys.stderr.isatty() else None)
    writer.write(reading.digest, reading.batches())
    return reading.report


def _with_doubles(reports: Sequence[EvidenceReport], writer: EvidenceWriter) -> list[EvidenceReport]:
    """The reports, written, with a notice where records stand in other files of the store too."""
    twice = writer.told_twice()
    told = []
    for report in reports:
        count = twice.get(report.digest, 0)
        what = f"{count:,} of its records stand in other files of the store too; they have the same evidence_id there."
        more = (Problem(what, report.file),) if count else ()
        told.append(replace(report, notices=(*report.notices, *more)))
        writer.report(told[-1])
    return told


def _lines(reports: Sequence[EvidenceReport]) -> Iterator[str]:
    yield "records: read = kept + rejected + set aside"
    for each in reports:
        yield f"{_counts(each.read, each.kept, each.rejected, each.set_aside)}   {each.file} ({each.format})"
        for reason in each.reasons:
            yield f"{reason.count:>22,}   {reason.outcome}: {reason.reason}"
            yield from (f"{'':>25}{problem}" for problem in reason.first[: 3 if reason.outcome == "rejected" else 1])
        yield from (f"{'':>25}noticed: {notice}" for notice in each.notices[:_SHOWN])
        if len(each.notices) > _SHOWN:
            yield f"{'':>25}… and {len(each.notices) - _SHOWN:,} more notices; --format json lists them all."
    if len(reports) > 1:
        totals = [sum(getattr(each, name) for each in reports) for name in ("read", "kept", "rejected", "set_aside")]
        yield f"{_counts(*totals)}   all {len(reports)} files"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _counts(read: int, kept: int, rejected: int, set_aside: int) -> str:
    return f"  {read:>9,} = {kept:>9,} + {rejected:>7,} + {set_aside:>7,}"


def _ending(reports: Sequence[EvidenceReport], store: Path, *, written: bool) -> str:
    if written:
        kept = {each.digest: each.kept for each in reports}  # a file that is named twice is one
        return f"In {store} now: {_counted(sum(kept.values()), 'row')} of evidence from {_counted(len(kept), 'file')}."
    return "Nothing was written: records were rejected. --keep-valid goes on with the others."
