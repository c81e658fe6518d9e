"""An Excel workbook looked through before it is read: its sheets, and what in it cannot be taken as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from orchestrator.errors import Problem
from orchestrator.intake.sheet_scan import Area, SheetScan, refuse_double
from orchestrator.intake.xml_scan import Attributes, RefusedError, check_prolog, scan_part
from orchestrator.intake.zip_parts import Parts

__all__ = ["scan_xlsx"]

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_MOST_MERGED: Final = 20


def scan_xlsx(parts: Parts, label: Callable[[str], str | None], until: float) -> dict[str, SheetScan | None]:
    """Which sheets has this workbook, and what do those hold that ``label`` gives a file name to?

    The answer has every sheet by its name, None for those without a label. Raises RefusedError for a workbook with
    macros, links to other workbooks or a document type, and for one that is damaged. Memory does not grow with it.
    """
    _refuse_dangerous(parts)
    for name in parts.names:
        if name.lower().endswith((".xml", ".rels")):
            check_prolog(parts, name, until)
    sheets: dict[str, SheetScan | None] = {}
    for name, part in _sheet_parts(parts, until).items():
        file = label(name)
        sheets[name] = None if file is None else _scan_sheet(parts, part, file, until)
    return sheets


def _refuse_dangerous(parts: Parts) -> None:
    for name in parts.names:
        lower = name.lower()
        if "vbaproject" in lower or lower.startswith("xl/macrosheets/"):
            hint = "Save it as a workbook without macros (.xlsx)."
            raise RefusedError(Problem("the workbook holds macros.", parts.file, allowed="No macros.", hint=hint))
        if lower.startswith("xl/externallinks/"):
            hint = "Break the links in the spreadsheet program, then save it."
            raise RefusedError(Problem("the workbook has links to other workbooks.", parts.file, hint=hint))


def _sheet_parts(parts: Parts, until: float) -> dict[str, str]:
    """The sheets by name, each with the part of the archive that holds it; charts and dialogs left out."""
    targets = {
        _local(attributes, "Id"): attributes.get("Target", "")
        for element, attributes in _elements(parts, _RELATIONS, until)
        if element == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
    }
    sheets: dict[str, str] = {}
    for element, attributes in _elements(parts, _BOOK, until):
        target = targets.get(_local(attributes, "id"))
        if element == "sheet" and target is not None:
            refuse_double(parts.file, attributes.get("name", ""), sheets)
            sheets[attributes.get("name", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return sheets


def _local(attributes: Attributes, name: str) -> str:
    """An attribute by its name in whatever namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def _elements(parts: Parts, name: str, until: float) -> list[tuple[str, Attributes]]:
    found: list[tuple[str, Attributes]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(element: str, attributes: Attributes) -> None:
        found.append((element.rpartition(" ")[2], attributes))

    parser.StartElementHandler = start
    scan_part(parts, name, parser, until)
    return found


def _scan_sheet(parts: Parts, part: str, file: str, until: float) -> SheetScan:
    scan = SheetScan(file)
    reader = _SheetReader(scan)
    scan_part(parts, part, reader.parser, until)
    reader.end_cell()
    return scan


@lru_cache(maxsize=4096)
def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class _SheetReader:
    """Follows the cells of a sheet as they stream by."""

    def __init__(self, scan: SheetScan) -> None:
        self.scan = scan
        self.parser = expat.ParserCreate()  # without namespaces: faster over millions of cells
        self.parser.StartElementHandler = self.start
        self.row, self.column = 0, -1
        self.formula, self.value, self.kind = False, False, ""
        self.handlers: dict[str, Callable[[Attributes], None]] = {
            "row": self.start_row,
            "c": self.start_cell,
            "v": self.start_value,
            "is": self.start_value,
            "f": self.start_formula,
            "mergeCell": self.merge,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """An element starts."""
        handler = self.handlers.get(name) or self.handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def start_row(self, attributes: Attributes) -> None:
        """A row starts; one without a number follows the last."""
        self.end_cell()
        number = attributes.get("r", "")
        self.row = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else self.row + 1
        self.column = -1

    def start_cell(self, attributes: Attributes) -> None:
        """A cell starts; one without a name follows the last."""
        self.end_cell()
        named = _REFERENCE.fullmatch(attributes.get("r", ""))
        if named is None:
            self.column += 1
        else:
            self.row, self.column = int(named[2]), _column_index(named[1])
        self.kind = attributes.get("t", "")
        if self.kind == "e":
            self.scan.error_cell(self.row, self.column)

    def start_value(self, _attributes: Attributes) -> None:
        """The value of a cell starts; only that of a formula has to be looked at."""
        self.scan.content(self.row, self.column)
        self.value = self.value or not self.formula or self.kind == "str"
        if not self.value:
            self.parser.CharacterDataHandler = self.text

    def start_formula(self, _attributes: Attributes) -> None:
        """The cell has a formula."""
        self.formula = True
        self.scan.content(self.row, self.column)

    def text(self, text: str) -> None:
        """Text within the value of a formula."""
        self.value = self.value or not text.isspace()

    def end_cell(self) -> None:
        """All of the last cell has been seen."""
        if self.formula:
            self.scan.formulas += 1
            if not self.value:
                self.scan.uncomputed(self.row, self.column)
        self.formula = self.value = False
        self.parser.CharacterDataHandler = None

    def merge(self, attributes: Attributes) -> None:
        """Cells are merged."""
        first, _, last = attributes.get("ref", "").partition(":")
        ends = [_REFERENCE.fullmatch(each) for each in (first, last or first)]
        if len(self.scan.merged) < _MOST_MERGED and ends[0] and ends[1]:
            (left, top), (right, bottom) = ends[0].groups(), ends[1].groups()
            self.scan.merged.append(Area(int(top), _column_index(left), int(bottom), _column_index(right)))
