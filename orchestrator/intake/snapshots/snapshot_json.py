"""The JSON document of a snapshot, read back."""

from __future__ import annotations

from orchestrator.errors import BadData, Problem
from orchestrator.model.document import from_parts
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.strict_json import read_json

__all__ = ["read_snapshot_json"]


def read_snapshot_json(file: str, data: bytes) -> Snapshot:
    """The snapshot in this document. Raises BadData where it is not as docs/snapshot.schema.json says."""
    document = read_json(file, data)
    if not isinstance(document, dict):
        raise BadData([Problem("this is no snapshot.", file, allowed="A snapshot is one object with its parts.")])
    return from_parts(document, file)
