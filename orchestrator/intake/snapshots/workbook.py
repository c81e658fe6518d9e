"""A workbook that we wrote, ``.xlsx`` or ``.ods``, read back through the same checks that every workbook passes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.ods_scan import scan_ods
from orchestrator.intake.sheet_scan import SheetScan
from orchestrator.intake.snapshots.csv_package import mission_of, typed_table
from orchestrator.intake.workbook import LONGEST, read_sheets
from orchestrator.intake.xlsx_scan import scan_xlsx
from orchestrator.intake.xml_scan import RefusedError
from orchestrator.intake.zip_kinds import zip_kind
from orchestrator.intake.zip_parts import Parts, open_parts
from orchestrator.model.restoring import GRAPH_TABLES, column_kind, restore
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.escapes import unescape
from orchestrator.tables.raw import RawTable

__all__ = ["read_snapshot_workbook"]

_FIRST: Final = "snapshot"
_SHEETS: Final = (_FIRST, "missions", *GRAPH_TABLES)


def read_snapshot_workbook(file: str, data: bytes, longest: float = LONGEST) -> Snapshot:
    """The snapshot in this workbook. Raises BadData with sheet, row and column of what is wrong.

    Refused is what the pack reader refuses, and any formula: there is none in what we write. ``longest`` is in seconds.
    """
    parts = open_parts(file, data)
    if isinstance(parts, tuple):
        raise BadData(parts)
    raw = _raw(file, data, _scanned(parts, time.monotonic() + longest), longest)
    header = {unescape(name): unescape(value) for name, value in zip(*_two(raw[_FIRST]), strict=True)}
    mission = typed_table(raw["missions"], _kinds("missions", raw["missions"], texts=True), f"{file}/missions")
    tables = {name: typed_table(raw[name], _kinds(name, raw[name]), f"{file}/{name}") for name in GRAPH_TABLES}
    return restore(header, mission_of(mission, file), tables, file)


def _scanned(parts: Parts, until: float) -> dict[str, SheetScan]:
    def label(sheet: str) -> str | None:
        return f"{parts.file}/{sheet}" if sheet in _SHEETS else None

    kind = zip_kind(parts)
    if kind.suffix not in (".xlsx", ".ods"):
        raise BadData([Problem(f"this is {kind.called}, not a workbook.", parts.file)])
    try:
        found = (scan_ods if kind.suffix == ".ods" else scan_xlsx)(parts, label, until)
    except RefusedError as error:
        raise BadData([error.problem]) from None
    scans = {name: scan for name, scan in found.items() if scan is not None}
    problems = [Problem("the sheet is missing.", f"{parts.file}/{name}") for name in _SHEETS if name not in scans]
    for scan in scans.values():
        refusal = scan.refusal()
        problems += refusal.problems if refusal is not None else ()
        if scan.formulas:
            problems.append(Problem("the sheet holds formulas.", scan.file, allowed="There is none in what we write."))
    if problems:
        raise BadData(problems)
    return scans


def _raw(file: str, data: bytes, scans: Mapping[str, SheetScan], longest: float) -> dict[str, RawTable]:
    readings = read_sheets(file, data, [(name, name, scans[name]) for name in _SHEETS], longest)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += [problem for reading in readings if reading.table for problem in reading.table.ragged]
    if problems:
        raise BadData(problems)
    return {reading.table.name: reading.table for reading in readings if reading.table is not None}


def _two(table: RawTable) -> tuple[list[str], list[str]]:
    if table.columns != ("name", "value"):
        raise BadData([Problem("the headings are wrong.", table.file, 1, allowed="They are name and value.")])
    return list(table.cells[0]), list(table.cells[1])


def _kinds(name: str, table: RawTable, *, texts: bool = False) -> dict[str, str]:
    return {unescape(column): "text" if texts else column_kind(name, unescape(column)) for column in table.columns}
