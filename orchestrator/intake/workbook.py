"""One workbook with a sheet a table: looked through first, then read by a child process with a clock and a limit."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.gathering import Sorted, gather, sort_names
from orchestrator.intake.layout import lay_out
from orchestrator.intake.ods_scan import scan_ods
from orchestrator.intake.reading import Reading, refused
from orchestrator.intake.sheet_scan import Area, SheetScan
from orchestrator.intake.xlsx_scan import scan_xlsx
from orchestrator.intake.xml_scan import RefusedError
from orchestrator.intake.zip_kinds import zip_kind
from orchestrator.intake.zip_parts import Parts, open_parts
from orchestrator.tables.raw import RawPack
from orchestrator.tables.schema import read_schema

__all__ = ["LONGEST", "SheetRows", "read_rows", "read_sheets", "read_workbook"]

#: Seconds for looking through a workbook, and again for reading it.
LONGEST: Final = 60.0
_LARGEST: Final = 128 << 20
_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_CSV: Final = "Save the tables as a folder of CSV files."


@dataclass(frozen=True)
class _Failed(Exception):
    """The child process gave no rows, for this reason."""

    what: str


def read_workbook(file: str, data: bytes, longest: float = LONGEST) -> RawPack:
    """Which tables does this workbook hold? Sheets that are named like a table; others are left alone and told.

    Numbers come back as text in the shortest exact form (2.0 is "2"), dates as ISO, true and false as yes and no; text
    stays what it is. Refused are macros, passwords, links to other workbooks, document types; and by sheet: stray
    cells beyond 200,000 rows, 256 columns or 8,000,000 cells, merged cells, error cells, formulas without a value.
    Never raises. ``longest`` is in seconds, once for looking through and once for reading.
    """
    pack = PurePath(file).stem
    if len(data) > _LARGEST:
        allowed = f"At most {_LARGEST:,} bytes are read."
        return RawPack(pack, (), (Problem("the workbook is too large.", file, allowed=allowed, hint=_CSV),))
    parts = open_parts(file, data)
    if isinstance(parts, tuple):
        return RawPack(pack, (), parts)
    try:
        sheets = _scan(parts, time.monotonic() + longest)
    except RefusedError as error:
        return RawPack(pack, (), (error.problem,))
    names = sort_names(file, sheets)
    return gather(pack, names, _readings(file, data, sheets, names, longest))


def _scan(parts: Parts, until: float) -> dict[str, SheetScan | None]:
    def label(sheet: str) -> str | None:
        table = sheet.strip().casefold()
        return f"{parts.file}/{table}" if table in read_schema().names else None

    scan = scan_ods if zip_kind(parts).suffix == ".ods" else scan_xlsx
    return scan(parts, label, until)


def _readings(
    file: str, data: bytes, sheets: dict[str, SheetScan | None], names: Sorted, longest: float
) -> Iterator[Reading]:
    sound: list[tuple[str, str, SheetScan]] = []
    for table, sheet in names.tables.items():
        scan = sheets[sheet]
        refusal = scan.refusal() if scan is not None else None
        if refusal is not None:
            yield refusal
        elif scan is not None:
            sound.append((table, sheet, scan))
    if sound:
        yield from read_sheets(file, data, sound, longest)


def read_sheets(file: str, data: bytes, sound: list[tuple[str, str, SheetScan]], longest: float) -> list[Reading]:
    """The tables on sheets that were found sound: table, sheet and scan of each. All of them, or one problem.

    ``longest`` is in seconds. Never raises.
    """
    readings: dict[int, Reading] = {}
    try:
        lines = _lines(data, [sheet for _, sheet, _ in sound], longest)
        for number, rows in groupby(map(json.loads, lines), key=lambda line: int(line[0])):
            table, _, scan = sound[number]
            reading = lay_out(table, scan.file, (cells for _, cells in rows), edges_told=False)
            readings[number] = Reading(reading.table, reading.problems, (*scan.notices(), *reading.notices))
    except _Failed as failed:
        return [refused(Problem(failed.what, file, hint=_CSV))]
    return [readings.get(at) or lay_out(table, scan.file, []) for at, (table, _, scan) in enumerate(sound)]


def _lines(data: bytes, sheets: list[str], longest: float) -> list[bytes]:
    """The lines that the child process writes. Raises _Failed if it breaks off, is stopped, or takes too long."""
    command = [sys.executable, "-P", str(_CHILD), *sheets]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _Failed("the workbook takes too long to read.") from error
    except (OSError, ValueError, MemoryError) as error:
        raise _Failed(f"the workbook cannot be read: {error}.") from error
    if done.returncode == 3:
        raise _Failed("the workbook holds too much text.")
    *lines, end = done.stdout.splitlines() or [b""]
    if done.returncode != 0 or end != b'"end"':
        raise _Failed("the workbook is damaged, or it needs more memory than is allowed.")
    return lines


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet as texts, from its first row on, and which of its cells are merged."""

    name: str
    rows: list[list[str]]
    merged: tuple[Area, ...]


def read_rows(file: str, data: bytes, longest: float = LONGEST) -> tuple[list[SheetRows], tuple[Problem, ...]]:
    """The rows of every sheet that holds something, and notices. Raises BadData for a workbook that cannot be read.

    Refused is what ``read_workbook`` refuses, but for merged cells: whoever reads the rows knows where they do harm.
    """
    scans = {name: scan for name, scan in _scan_all(file, data, longest).items() if scan is not None and scan.last_row}
    merged = {name: tuple(scan.merged) for name, scan in scans.items()}
    for scan in scans.values():
        scan.merged.clear()
    problems = [problem for scan in scans.values() for problem in scan.problems()]
    if problems:
        raise BadData(problems)
    rows: dict[int, list[list[str]]] = {}
    try:
        for number, cells in map(json.loads, _lines(data, list(scans), longest)) if scans else ():
            rows.setdefault(number, []).append(cells)
    except _Failed as failed:
        raise BadData([Problem(failed.what, file, hint=_CSV)]) from None
    sheets = [SheetRows(name, rows.get(at, []), merged[name]) for at, name in enumerate(scans)]
    return sheets, tuple(notice for scan in scans.values() for notice in scan.notices())


def _scan_all(file: str, data: bytes, longest: float) -> dict[str, SheetScan | None]:
    if len(data) > _LARGEST:
        allowed = f"At most {_LARGEST:,} bytes are read."
        raise BadData([Problem("the workbook is too large.", file, allowed=allowed, hint=_CSV)])
    parts = open_parts(file, data)
    if isinstance(parts, tuple):
        raise BadData(parts)
    kind = zip_kind(parts)
    if kind.suffix not in (".xlsx", ".ods"):
        raise BadData([Problem(f"this is {kind.called}, not a workbook or a CSV file.", file)])
    try:
        scan = scan_ods if kind.suffix == ".ods" else scan_xlsx
        return scan(parts, lambda sheet: f"{file}/{sheet}", time.monotonic() + longest)
    except RefusedError as error:
        raise BadData([error.problem]) from None
