"""A snapshot as one file: written so that any byte that changes is found, and read only if none did."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.model.document import PARTS, from_parts, part_text
from orchestrator.model.snapshot import Snapshot
from orchestrator.store.container import archive, layout
from orchestrator.tables.strict_json import read_json

__all__ = ["SUFFIX", "is_snapshot_file", "read_manifest", "read_snapshot_file", "snapshot_file"]

SUFFIX: Final = ".snapshot.zip"
_MANIFEST: Final = "manifest.json"
_SEAL: Final = "manifest.sha256"
_NAMES: Final = tuple(f"{part}.json" for part in PARTS)
_AGAIN: Final = "Take another copy of the file, or freeze the mission again."


def snapshot_file(snapshot: Snapshot) -> Iterator[bytes]:
    """The bytes of the snapshot file, piece by piece: the same snapshot gives the same bytes on any machine.

    The manifest names every other part with its size and SHA-256, and the last part is the manifest's own SHA-256.
    This finds every change; it is no signature, since whoever changes a part on purpose can write a new manifest.
    """
    parts = {f"{part}.json": "".join(part_text(snapshot, part)).encode() for part in PARTS[1:]}
    told = {name: {"sha256": _sha256(content), "bytes": len(content)} for name, content in parts.items()}
    manifest = json.dumps({**snapshot.manifest, "parts": told}, indent=1, allow_nan=False).encode()
    yield from archive({_MANIFEST: manifest, **parts, _SEAL: f"{_sha256(manifest)}\n".encode()})


def is_snapshot_file(data: bytes) -> bool:
    """Does this begin as a snapshot file does?

    >>> is_snapshot_file(b"PK")
    False
    """
    return data[:4] == b"PK\x03\x04" and data[30 : 30 + len(_MANIFEST)] == _MANIFEST.encode()


def read_manifest(path: Path) -> Mapping[str, Any]:
    """What does a snapshot file say of itself? Its manifest; whether the rest is as it says is not looked at.

    Raises BadData for a file that cannot be read or holds no manifest.
    """
    file = quoted(path.name)[1:-1]
    try:
        with zipfile.ZipFile(path) as found:
            text = found.read(_MANIFEST)
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, KeyError, NotImplementedError, EOFError) as error:
        raise _bad(file, f"it holds no manifest that can be read: {error}.", _AGAIN) from None
    manifest = read_json(f"{file}: {_MANIFEST}", text)
    if not isinstance(manifest, dict):
        raise _bad(file, "its manifest is none.", _AGAIN)
    return manifest


def read_snapshot_file(file: str, data: bytes) -> Snapshot:
    """The snapshot that stands in these bytes. ``file`` is what messages call them.

    Raises BadData that names the part in which something was changed, or says what else is wrong.
    """
    parts = _parts(file, data)
    manifest = read_json(f"{file}: {_MANIFEST}", parts[_MANIFEST])
    _check_sums(file, parts, manifest)
    _check_around(file, data, parts)
    values = {part: read_json(f"{file}: {name}", parts[name]) for part, name in zip(PARTS, _NAMES, strict=True)}
    return from_parts(values, file)


def _parts(file: str, data: bytes) -> dict[str, bytes]:
    """The parts by name, as the archive's own directory has them; their sums are checked by the caller."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as found:
            infos = found.infolist()
            sizes = [(info.filename, info.file_size) for info in infos]
            if [name for name, _ in sizes] != [*_NAMES, _SEAL]:
                raise _bad(file, "its parts are not those of a snapshot.", f"They are {', '.join((*_NAMES, _SEAL))}.")
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise _bad(file, f"its directory of parts was changed or cut off: {error}.", _AGAIN) from None
    spans = layout(sizes).spans
    if any(end > len(data) for _, end in spans.values()):
        raise _bad(file, "it is cut off.", _AGAIN)
    return {name: data[first:end] for name, (first, end) in spans.items()}


def _check_sums(file: str, parts: Mapping[str, bytes], manifest: Any) -> None:
    if parts[_SEAL] != f"{_sha256(parts[_MANIFEST])}\n".encode():
        what = f"the part {_MANIFEST} or its seal {_SEAL} was changed after it was written."
        raise _bad(file, what, _AGAIN)
    told = manifest.get("parts") if isinstance(manifest, dict) else None
    if not isinstance(told, dict):
        raise _bad(file, f"the part {_MANIFEST} does not name the parts.", "Each with sha256 and bytes.")
    changed = [name for name in _NAMES[1:] if _told_sum(told.get(name)) != _sha256(parts[name])]
    if changed:
        raise BadData(
            [Problem(f"the part {name} was changed after it was written.", file, hint=_AGAIN) for name in changed]
        )


def _told_sum(told: Any) -> Any:
    return told.get("sha256") if isinstance(told, dict) else None


def _check_around(file: str, data: bytes, parts: Mapping[str, bytes]) -> None:
    """No byte beside the parts differs from what these parts give."""
    at = 0
    names = iter([*parts, "the directory at the end", "the end"])
    beside = ""
    for number, piece in enumerate(archive(parts)):
        if number % 2 == 0 or number >= 2 * len(parts):
            beside = next(names)
        if data[at : at + len(piece)] != piece:
            raise _bad(file, f"the archive was changed beside {beside}.", _AGAIN)
        at += len(piece)
    if at != len(data):
        raise _bad(file, f"{len(data) - at:,} bytes follow its end.", _AGAIN)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bad(file: str, what: str, hint: str) -> BadData:
    return BadData([Problem(what, file, hint=hint)])
