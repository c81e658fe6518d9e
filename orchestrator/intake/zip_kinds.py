"""What a zip archive really is: a folder of files, a workbook, or another document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator.intake.zip_parts import Parts

__all__ = ["ZipKind", "zip_kind"]


@dataclass(frozen=True)
class ZipKind:
    """What an archive is ``called``, and the ``suffix`` that its name should have; "" where it can be no pack."""

    called: str
    suffix: str


_FOLDER: Final = ZipKind("a zip archive of files", ".zip")
_ODS: Final = ZipKind("an OpenDocument workbook", ".ods")
_BY_FOLDER: Final = (
    ("xl/workbook.bin", ZipKind("a binary Excel workbook", "")),
    ("xl/", ZipKind("an Excel workbook", ".xlsx")),
    ("word/", ZipKind("a Word document", "")),
    ("ppt/", ZipKind("a PowerPoint presentation", "")),
    ("Index/", ZipKind("a Numbers, Pages or Keynote document", "")),
    ("META-INF/MANIFEST.MF", ZipKind("a Java archive", "")),
)
_ODS_TYPES: Final = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)


def zip_kind(parts: Parts) -> ZipKind:
    """What is this archive, told by the parts in it? A folder of files, where nothing says that it is a document.

    >>> from orchestrator.intake.zip_parts import open_parts
    >>> zip_kind(open_parts("pack.zip", b"PK\\x05\\x06" + bytes(18)))
    ZipKind(called='a zip archive of files', suffix='.zip')
    """
    if "[Content_Types].xml" in parts.names or "Index/Document.iwa" in parts.names:
        for start, kind in _BY_FOLDER:
            if any(name.startswith(start) for name in parts.names):
                return kind
    if "mimetype" in parts.names:
        return _open_document(parts)
    return _FOLDER


def _open_document(parts: Parts) -> ZipKind:
    written = parts.read("mimetype") if parts.size("mimetype") < 200 else b""
    if not isinstance(written, bytes) or not written.startswith(b"application/"):
        return _FOLDER
    return _ODS if written.strip() in _ODS_TYPES else ZipKind("another OpenDocument or e-book file", "")
