"""``orchestrator check``: the balanced report on a pack."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from orchestrator.cli.output import put
from orchestrator.errors import BadData, WrongUsage
from orchestrator.study import inspect_pack
from orchestrator.tables.report import Report

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Print what became of every row; the exit code is 3 if there is a problem."""
    if options.path is not None and options.pack is not None:
        raise WrongUsage("Name the pack once: either after check or with --pack.")
    _, report = inspect_pack(options.path or options.pack, keep_valid=options.keep_valid)
    put(_as_json(report) if options.format == "json" else _as_text(report), options.out)
    return 0 if report.clean else BadData.exit_code


def _as_text(report: Report) -> str:
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.pack}: read = kept + rejected"
    width = max((len(count.table) for count in report.counts), default=0)
    for count in report.counts:
        yield f"  {count.table:<{width}}  {count.read:>9,} = {count.kept:>9,} + {count.rejected:>9,}   {count.file}"
    if report.problems:
        yield f"\nProblems: {len(report.problems):,}"
        yield from (f"  {problem}" for problem in report.problems)
    if report.notices:
        yield f"\nNotices (nothing is rejected for these): {len(report.notices):,}"
        yield from (f"  {notice}" for notice in report.notices)
    if report.clean:
        yield "\nNo problems: the pack can be used."
    else:
        yield "\nNothing is used of a pack with problems unless you ask for --keep-valid."


def _as_json(report: Report) -> str:
    document = {"pack": report.pack, "clean": report.clean, **asdict(report)}
    return json.dumps(document, indent=2, ensure_ascii=False)
