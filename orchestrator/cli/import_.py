"""``orchestrator import``: a published register into a pack folder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from orchestrator.cli.output import put
from orchestrator.errors import BadData, Problem
from orchestrator.intake.folder import read_whole
from orchestrator.intake.registers import ImportReport, SourceFile, import_files

__all__ = ["run"]

_LARGEST = 256 << 20
_SHOWN = 100


def run(options: argparse.Namespace) -> int:
    """Add published files to a pack and print what became of every row."""
    overwrite = options.overwrite
    report = import_files(
        options.register,
        [_read(path) for path in options.files],
        options.to,
        dated=options.dated or "",
        overwrites=lambda column: overwrite is not None and (not overwrite or column in overwrite),
        keep_valid=options.keep_valid,
        write=not options.dry_run,
    )
    put(_as_json(report) if options.format == "json" else "\n".join(_lines(report)), options.out)
    return 0


def _read(path: Path) -> SourceFile:
    content = read_whole(path, _LARGEST)
    if isinstance(content, Problem):
        raise BadData([content])
    return SourceFile(path.name, content)


def _lines(report: ImportReport) -> Iterator[str]:
    yield f"{report.format} → {report.pack}"
    yield "\nrecords: read = taken + set aside"
    for file in report.files:
        aside = sum(file.set_aside.values())
        yield f"  {file.read:>7,} = {file.taken:>7,} + {aside:>7,}   {file.file}"
        yield from (f"{count:>29,}   {reason}" for reason, count in file.set_aside.items())
    yield "\nrows: read = added + updated + unchanged + rejected"
    for row in report.rows:
        counts = f"{row.added:>7,} + {row.updated:>7,} + {row.unchanged:>7,} + {row.rejected:>7,}"
        yield f"  {row.table:<13} {row.read:>7,} = {counts}"
    yield from _listed("Kept or overwritten, since the pack says otherwise than the source", report.conflicts)
    yield from _listed("Rejected", report.rejected)
    yield from _listed("Left blank", report.left_blank)
    yield f"\nWritten: {', '.join(report.written)}." if report.written else "\nNo table changed."


def _listed(heading: str, entries: tuple[object, ...]) -> Iterator[str]:
    if entries:
        yield f"\n{heading}: {len(entries):,}"
        yield from (f"  {entry}" for entry in entries[:_SHOWN])
        if len(entries) > _SHOWN:
            yield f"  … and {len(entries) - _SHOWN:,} more; --format json lists them all."


def _as_json(report: ImportReport) -> str:
    return json.dumps(asdict(report), indent=2, ensure_ascii=False)
