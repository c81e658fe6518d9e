"""An OpenDocument workbook looked through before it is read: its sheets, and what cannot be taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from orchestrator.errors import Problem
from orchestrator.intake.sheet_scan import Area, SheetScan, refuse_double
from orchestrator.intake.xml_scan import Attributes, RefusedError, check_prolog, scan_part
from orchestrator.intake.zip_parts import Parts

__all__ = ["scan_ods"]

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_NOT_MACROS: Final = ("script-lb.xml", "script-lc.xml")
_MOST_MERGED: Final = 20
_LOST: Final = (("tab", "a tab"), ("line-break", "a line break that is no paragraph"))


def scan_ods(parts: Parts, label: Callable[[str], str | None], until: float) -> dict[str, SheetScan | None]:
    """Which sheets has this workbook, and what do those hold that ``label`` gives a file name to?

    The answer has every sheet by its name, None for those without a label. Raises RefusedError for a workbook with a
    password, macros, links to other files or a document type, and for one that is damaged.
    """
    _refuse_dangerous(parts)
    for name in parts.names:
        if name.lower().endswith((".xml", ".rdf")):
            check_prolog(parts, name, until)
    reader = _ContentReader(parts.file, label)
    scan_part(parts, _CONTENT, reader.parser, until)
    reader.end_cell()
    return reader.sheets


def _refuse_dangerous(parts: Parts) -> None:
    for name in parts.names:
        if name.startswith(("Basic/", "Scripts/")) and PurePosixPath(name).name not in _NOT_MACROS:
            raise RefusedError(Problem("the workbook holds macros.", parts.file, hint="Remove them and save it."))
    manifest = parts.read(_MANIFEST) if _MANIFEST in parts.names else b""
    if isinstance(manifest, bytes) and b"encryption-data" in manifest:
        raise RefusedError(Problem("the workbook has a password.", parts.file, hint="Save it without one."))


def _repeated(attributes: Attributes, what: str) -> int:
    number = attributes.get(what, "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1


def _plain(name: str) -> str:
    return name.rpartition(" ")[2]


def _flat(attributes: Attributes) -> Attributes:
    """The attributes without namespaces; where two namespaces give a type of value, an error outweighs the other."""
    flat: dict[str, str] = {}
    for key, value in attributes.items():
        name = _plain(key)
        if flat.get(name) != "error":
            flat[name] = value
    return flat


class _ContentReader:
    """Follows the cells of all sheets as they stream by; a repeated row or cell stands as often as it says."""

    def __init__(self, file: str, label: Callable[[str], str | None]) -> None:
        self.file, self.label = file, label
        self.sheets: dict[str, SheetScan | None] = {}
        self.scan: SheetScan | None = None
        self.row, self.next_row, self.column, self.next_column = 1, 1, 0, 0
        self.attributes: Attributes = {}
        self.filled = self.in_cell = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.handlers: dict[str, Callable[[Attributes], None]] = {
            "table": self.start_sheet,
            "table-row": self.start_row,
            "table-cell": self.start_cell,
            "covered-table-cell": self.start_cell,
            "p": self.fill,
            "table-source": self.refuse_link,
            "cell-range-source": self.refuse_link,
            "dde-link": self.refuse_link,
            **{element: self.lose(words) for element, words in _LOST},
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """An element starts."""
        handler = self.handlers.get(_plain(name))
        if handler is not None:
            handler(_flat(attributes))

    def start_sheet(self, attributes: Attributes) -> None:
        """A sheet starts."""
        self.end_cell()
        name = attributes.get("name", "")
        refuse_double(self.file, name, self.sheets)
        file = self.label(name)
        self.scan = self.sheets[name] = None if file is None else SheetScan(file)
        self.next_row = 1

    def start_row(self, attributes: Attributes) -> None:
        """A row starts."""
        self.end_cell()
        self.row = self.next_row
        self.next_row += _repeated(attributes, "number-rows-repeated")
        self.next_column = 0

    def start_cell(self, attributes: Attributes) -> None:
        """A cell starts, or one that another covers."""
        self.end_cell()
        self.column = self.next_column
        self.next_column += _repeated(attributes, "number-columns-repeated")
        self.attributes, self.in_cell = attributes, True
        self.filled = "value-type" in attributes or "formula" in attributes

    def fill(self, _attributes: Attributes) -> None:
        """There is text."""
        self.filled = self.filled or self.in_cell

    def lose(self, words: str) -> Callable[[Attributes], None]:
        """What to do at an element that would be lost."""

        def note(_attributes: Attributes) -> None:
            if self.scan is not None and self.in_cell:
                self.scan.unreadable(self.row, self.column, words)

        return note

    def refuse_link(self, _attributes: Attributes) -> None:
        """Cells come from another file."""
        hint = "Break the links in the spreadsheet program, then save it."
        raise RefusedError(Problem("the workbook has links to other files.", self.file, hint=hint))

    def end_cell(self) -> None:
        """All of the last cell has been seen."""
        scan, attributes, was_in_cell = self.scan, self.attributes, self.in_cell
        self.attributes, self.in_cell = {}, False
        if scan is None or not was_in_cell:
            return
        self._note_merged(scan, attributes)
        if self.filled:
            scan.content(self.row, self.column)
            scan.content(self.next_row - 1, self.next_column - 1)
            self._note_formula(scan, attributes)

    def _note_merged(self, scan: SheetScan, attributes: Attributes) -> None:
        rows = _repeated(attributes, "number-rows-spanned")
        columns = _repeated(attributes, "number-columns-spanned")
        if rows * columns > 1 and len(scan.merged) < _MOST_MERGED:
            scan.merged.append(Area(self.row, self.column, self.row + rows - 1, self.column + columns - 1))

    def _note_formula(self, scan: SheetScan, attributes: Attributes) -> None:
        if attributes.get("value-type") == "error":
            scan.error_cell(self.row, self.column)
        if "formula" in attributes:
            scan.formulas += 1
            if "value-type" not in attributes:
                scan.uncomputed(self.row, self.column)
