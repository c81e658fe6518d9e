"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

from typing import Final

__all__ = ["LOOKED_AT", "foreign_kind", "is_zip"]

#: How many bytes at the start of a file are looked at.
LOOKED_AT: Final = 4096

_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_STARTS: Final = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or one with a password"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"version https://git-lfs", "a Git LFS pointer instead of the file itself"),
)
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def is_zip(head: bytes) -> bool:
    """Do these first bytes start a zip archive? Workbooks are zip archives too.

    >>> is_zip(b"PK\\x03\\x04rest"), is_zip(b"source_id,target_id")
    (True, False)
    """
    return head.startswith(_ZIP_STARTS)


def foreign_kind(head: bytes) -> str | None:
    """What is this file, if it is no text table? A few words for a message; None where nothing speaks against text.

    >>> foreign_kind(b"%PDF-1.7"), foreign_kind(b"<!DOCTYPE html>"), foreign_kind(b"source_id,target_id")
    ('a PDF document', 'a web page', None)
    """
    if is_zip(head):
        return "a zip archive or a workbook"
    return next((kind for start, kind in _STARTS if head.startswith(start)), None) or _foreign_text(head)


def _foreign_text(head: bytes) -> str | None:
    text = head[:LOOKED_AT].removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    if text.startswith(b"<"):
        return "a web page" if b"<html" in text or b"<!doctype html" in text else "an XML or HTML file"
    if text.startswith((b'{"', b"[{", b"{\n", b"{\r", b"{ ")):
        return "a JSON file"
    return None
