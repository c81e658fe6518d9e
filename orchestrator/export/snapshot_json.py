"""A snapshot as one JSON document: the reference form, described by docs/snapshot.schema.json."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.document import PARTS, part_text
from orchestrator.model.snapshot import Snapshot

__all__ = ["snapshot_json"]


def snapshot_json(snapshot: Snapshot) -> Iterator[bytes]:
    """The document piece by piece, in UTF-8: one object with the parts of the snapshot, a line for each row."""
    for at, part in enumerate(PARTS):
        yield f'{"," if at else "{"}\n"{part}":'.encode()
        for piece in part_text(snapshot, part):
            yield piece.encode()
    yield b"\n}\n"
