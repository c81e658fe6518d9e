"""The archive that a snapshot is: a zip whose parts are stored as they are, the same bytes on any machine.

Every byte follows from the names and contents of the parts, so that the archive of the parts that were read can be held
against the file: a byte that differs was changed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.errors import CannotWrite

__all__ = ["Layout", "archive", "layout"]

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
_UTF8: Final = 0x800
_FIRST_OF_JANUARY_1980: Final = 0x21
_PLAIN_FILE: Final = 0o100644 << 16
_LARGEST: Final = (1 << 32) - (1 << 24)


@dataclass(frozen=True)
class Layout:
    """Where the parts stand in the archive: ``spans`` gives first byte and byte after the last of every part."""

    spans: Mapping[str, tuple[int, int]]

    def at(self, offset: int) -> str | None:
        """The part in which a byte stands; None for one of the bytes around the parts."""
        return next((name for name, (first, end) in self.spans.items() if first <= offset < end), None)


def layout(sizes: Iterable[tuple[str, int]]) -> Layout:
    """Where do parts of these names and sizes stand?"""
    spans, at = {}, 0
    for name, size in sizes:
        at += _LOCAL.size + len(name.encode())
        spans[name] = (at, at + size)
        at += size
    return Layout(spans)


def archive(parts: Mapping[str, bytes]) -> Iterator[bytes]:
    """The bytes of the archive with these parts, in their order, piece by piece.

    Raises CannotWrite for more than an archive of this form can hold (4 GiB).
    """
    if sum(map(len, parts.values())) > _LARGEST:
        raise CannotWrite("The snapshot would be larger than 4 GiB, more than one file of this form can hold.")
    central, at = [], 0
    for name, content in parts.items():
        encoded = name.encode()
        check = zlib.crc32(content)
        usual = (_VERSION, _UTF8, 0, 0, _FIRST_OF_JANUARY_1980, check, len(content), len(content), len(encoded), 0)
        yield _LOCAL.pack(b"PK\x03\x04", *usual) + encoded
        yield content
        central.append(_CENTRAL.pack(b"PK\x01\x02", 0x300 | _VERSION, *usual, 0, 0, 0, _PLAIN_FILE, at) + encoded)
        at += _LOCAL.size + len(encoded) + len(content)
    directory = b"".join(central)
    yield directory
    yield _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), at, 0)
