"""Snapshots in the workspace: taking one, bringing one, what is there, and what changed between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dashboards.jobs import Tell
from orchestrator.errors import OrchestratorError
from orchestrator.freezing import freeze, open_snapshot
from orchestrator.model.comparison import Comparison, compare
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.snapshot import Row, Snapshot
from orchestrator.store import SUFFIX, read_manifest, snapshot_file
from orchestrator.study import analyse
from orchestrator.tables.files import write_whole
from orchestrator.tables.pack import Pack

__all__ = ["Kept", "compared", "kept", "name_of", "taken", "welcomed"]

_DIGITS = 8


@dataclass(frozen=True)
class Kept:
    """A snapshot in the workspace as its file says of itself: not looked into yet."""

    name: str
    mission_id: str
    title: str
    as_of: date
    marking: str
    members: int
    ties: int


def kept(paths: Sequence[Path]) -> tuple[Kept, ...]:
    """What these files say that they are, the latest day first; one that says nothing readable is left out."""
    found = [one for path in paths if (one := _kept(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.as_of, one.name), reverse=True))


def _kept(path: Path) -> Kept | None:
    try:
        manifest: Mapping[str, Any] = read_manifest(path)
        return Kept(
            path.name.removesuffix(SUFFIX),
            str(manifest["mission_id"]),
            str(manifest["title"]),
            date.fromisoformat(str(manifest["as_of"])),
            str(manifest["marking"]),
            int(manifest["members"]),
            int(manifest["ties"]),
        )
    except (OrchestratorError, KeyError, TypeError, ValueError):
        return None


def name_of(snapshot: Snapshot) -> str:
    """What a snapshot is called in the workspace: mission, day, marking, and the beginning of its digest."""
    return f"{snapshot.stem}_{snapshot.graph.digest[:_DIGITS]}"


def _write(folder: str, snapshot: Snapshot) -> str:
    name = name_of(snapshot)
    write_whole(Path(folder) / f"{name}{SUFFIX}", b"".join(snapshot_file(snapshot)))
    return name


# ── what workers are asked ────────────────────────────────────────────────────────────────────────


def taken(
    tell: Tell, pack: Pack, mission_id: str, day: date, level: int, decisions: tuple[Row, ...], folder: str
) -> str:
    """Freeze a mission into a folder; the name of the snapshot."""
    return _write(folder, _today(tell, pack, mission_id, day, level, decisions))


def welcomed(tell: Tell, path: str, folder: str) -> str:
    """Read a snapshot file that was brought, or an export of one, and keep it; its name."""
    tell("Reading the snapshot", 0, 0)
    return _write(folder, open_snapshot(Path(path)))


def compared(
    tell: Tell,
    pack: Pack,
    mission_id: str,
    day: date,
    level: int,
    decisions: tuple[Row, ...],
    before: tuple[str, int],
    after: tuple[str, int],
) -> Comparison:
    """What changed from one snapshot to another. Each is the path of a file and when it was written; blank: the day."""

    def opened(path: str) -> Snapshot:
        return open_snapshot(Path(path)) if path else _today(tell, pack, mission_id, day, level, decisions)

    tell("Reading the two snapshots", 0, 2)
    earlier, later = opened(before[0]), opened(after[0])
    tell("Comparing", 2, 2)
    missions = pack["missions"]
    return compare(earlier, later, dict(zip(missions["mission_id"], missions["follows"], strict=True)))


def _today(tell: Tell, pack: Pack, mission_id: str, day: date, level: int, decisions: tuple[Row, ...]) -> Snapshot:
    results = analyse(MissionGraph.from_pack(pack, mission_id, day, level), progress=lambda asked: tell(asked, 0, 0))
    return freeze(pack, results, decisions)
