"""The parts of a zip archive, looked at before anything is expanded and never expanded beyond a cap."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Final

from orchestrator.errors import Problem, quoted

__all__ = ["BROKEN", "LARGEST_ARCHIVE", "Parts", "open_parts"]

LARGEST_ARCHIVE: Final = 512 << 20
MOST_PARTS: Final = 1_000
LARGEST_TOTAL: Final = 1 << 30
LARGEST_RATIO: Final = 200
#: A small part may shrink as much as it likes.
RATIO_COUNTS_FROM: Final = 1 << 20

_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_LINK: Final = 0o120000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_AGAIN: Final = "Make the archive again."

#: What the zip reader of the standard library raises for archives that are damaged.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True)
class Parts:
    """An archive whose directory was found sound. ``names`` are those of its files, folders left out."""

    file: str
    archive: zipfile.ZipFile
    names: tuple[str, ...]

    def size(self, name: str) -> int:
        """How many bytes does this part have, as the archive says?"""
        return self.archive.getinfo(name).file_size

    def open(self, name: str) -> IO[bytes]:
        """This part as a stream of bytes, never more than the archive says. Raises one of ``BROKEN``."""
        return self.archive.open(name)

    def read(self, name: str) -> bytes | Problem:
        """The bytes of this part, or the problem why they cannot be had."""
        try:
            with self.open(name) as stream:
                return stream.read(self.size(name) + 1)
        except (*BROKEN, MemoryError) as error:
            return Problem(f"this part of {self.file} is damaged: {error}.", name, hint=_AGAIN)


def open_parts(file: str, data: bytes) -> Parts | tuple[Problem, ...]:
    """Which parts has this archive? Or every reason why it is refused, found without expanding anything.

    Refused are damaged archives, more than 1,000 parts, more than 1 GiB in all, parts that expand more than 200
    times, passwords, rare ways of packing, names that lead out of the archive or stand twice, and archives inside.

    >>> [str(problem) for problem in open_parts("pack.zip", b"PK")]
    ['pack.zip: the zip archive is damaged: File is not a zip file. Make the archive again.']
    """
    if data.count(_ENTRY) > 2 * MOST_PARTS:
        return (_too_many(file),)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        return (Problem(f"the zip archive is damaged: {error}.", file, hint=_AGAIN),)
    infos = archive.infolist()
    problems = tuple(_problems(file, infos))
    if problems:
        return problems
    return Parts(file, archive, tuple(info.filename for info in infos if not info.filename.endswith("/")))


def _problems(file: str, infos: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(infos) > MOST_PARTS:
        yield _too_many(file)
        return
    total = sum(info.file_size for info in infos)
    if total > LARGEST_TOTAL:
        what = f"it would expand to {total:,} bytes."
        yield Problem(what, file, allowed=f"At most {LARGEST_TOTAL:,} are expanded.", hint="Give the folder itself.")
    for name, count in Counter(info.filename for info in infos).items():
        if count > 1:
            yield Problem(
                f"{quoted(name)} is in the archive {count} times.", file, allowed="Each name once.", hint=_AGAIN
            )
    for info in infos:
        yield from _part_problems(file, info)


def _too_many(file: str) -> Problem:
    return Problem("the archive has too many parts.", file, allowed=f"At most {MOST_PARTS:,} are allowed.")


def _part_problems(file: str, info: zipfile.ZipInfo) -> Iterator[Problem]:
    name = quoted(info.filename)
    if not info.filename:
        yield Problem("a part has no name.", file, allowed="Each part has a name.", hint=_AGAIN)
    if _leads_out(info.filename):
        yield Problem(f"{name} leads out of the archive.", file, allowed="Names lie inside the archive.", hint=_AGAIN)
    if info.flag_bits & _ENCRYPTED:
        yield Problem(f"{name} has a password.", file, hint="Save it without one.")
    if info.compress_type not in _METHODS:
        allowed = "Parts are stored or deflated, as every usual program does."
        yield Problem(f"{name} is packed by a rare method (number {info.compress_type}).", file, allowed=allowed)
    if info.external_attr >> 16 & 0o170000 == _LINK:
        yield Problem(f"{name} is a link, not a file.", file, hint="Put the file itself into the archive.")
    if info.file_size > RATIO_COUNTS_FROM and info.file_size > LARGEST_RATIO * info.compress_size:
        what = f"{name} would expand from {info.compress_size:,} to {info.file_size:,} bytes, as a zip bomb does."
        yield Problem(what, file, allowed=f"At most {LARGEST_RATIO} times is allowed.", hint="Give the folder itself.")
    if PurePosixPath(info.filename).suffix.lower() in (".zip", ".xlsx", ".xlsm", ".ods", ".gz", ".7z", ".rar"):
        yield Problem(f"{name} is an archive inside the archive.", file, hint="Take it out and give it by itself.")


def _leads_out(name: str) -> bool:
    windows = PureWindowsPath(name)
    return bool(windows.drive or windows.root) or ".." in windows.parts
