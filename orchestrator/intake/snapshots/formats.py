"""Which reader reads which file: told by its name, never by a guess at what is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.folder import read_whole
from orchestrator.intake.reading import file_label
from orchestrator.intake.snapshots.csv_package import read_csv_package
from orchestrator.intake.snapshots.gexf import read_gexf
from orchestrator.intake.snapshots.graphml import read_graphml
from orchestrator.intake.snapshots.snapshot_json import read_snapshot_json
from orchestrator.intake.snapshots.workbook import read_snapshot_workbook
from orchestrator.model.snapshot import Snapshot

__all__ = ["LARGEST_EXPORT", "READERS", "read_export"]

LARGEST_EXPORT: Final = 1 << 30

#: The ending of the name, and who reads it.
READERS: Final = MappingProxyType[str, Callable[[str, bytes], Snapshot]](
    {
        ".json": read_snapshot_json,
        ".graphml": read_graphml,
        ".gexf": read_gexf,
        ".xlsx": read_snapshot_workbook,
        ".ods": read_snapshot_workbook,
    }
)


def read_export(path: Path, data: bytes | None = None) -> Snapshot:
    """The snapshot that an export holds, in any of the formats that are complete.

    ``data`` are its bytes where they were read already. Raises BadData for a name whose ending is none of these, a file
    that is too large or cannot be read, and whatever in it breaks a rule.
    """
    name = file_label(path)
    if path.is_dir():
        return read_csv_package(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        allowed = f"A snapshot (.snapshot.zip), a folder of CSV tables, or {', '.join(READERS)}."
        raise BadData([Problem("this is no format that is read back.", name, allowed=allowed)])
    content = read_whole(path, LARGEST_EXPORT) if data is None else data
    if isinstance(content, Problem):
        raise BadData([content])
    return reader(name, content)
