"""An Excel workbook with a sheet a table: texts and numbers only, numbers to the last bit."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import xlsxwriter

from orchestrator.export.sheets import Sheet, sheets
from orchestrator.model.snapshot import Snapshot

__all__ = ["xlsx"]

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class _Exact(float):
    """A number that is written with all its digits; the library would write sixteen."""

    def __format__(self, _form: str) -> str:
        return repr(float(self))


def xlsx(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the workbook. Nothing in it is a formula or a link; the marking is on every page and in the properties."""
    book = xlsxwriter.Workbook(file, dict(_OPTIONS))
    told = f"{snapshot.marking + '. ' if snapshot.marking else ''}Digest {snapshot.graph.digest}"
    properties = {"title": "Mission snapshot", "comments": told, "keywords": snapshot.marking, "author": ""}
    book.set_properties(properties)
    head = book.add_format({"bold": True})
    for sheet in sheets(snapshot):
        _write(book.add_worksheet(sheet.name), sheet, head, snapshot.marking)
    book.close()


def _write(page: Any, sheet: Sheet, head: Any, marking: str) -> None:
    if marking:
        page.set_header(f"&C{marking}")
        page.set_footer(f"&C{marking}")
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.headings), 20)
    for at, heading in enumerate(sheet.headings):
        page.write_string(0, at, heading, head)
    for number, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, at, cell)
            elif cell is not None:
                page.write_number(number, at, _Exact(cell))
