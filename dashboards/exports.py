"""Exports in the workspace: what was asked for, written in a worker, kept as a file to be downloaded."""

from __future__ import annotations

import secrets
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from dashboards.jobs import Tell
from orchestrator.export.carried import SNAPSHOT
from orchestrator.export.formats import chosen_formats
from orchestrator.freezing import freeze, marked, write_snapshot
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.snapshot import Row
from orchestrator.study import analyse, chosen_analyses
from orchestrator.tables.files import write_together
from orchestrator.tables.pack import Pack

__all__ = ["Exported", "Wanted", "exported"]

#: As many exports are kept; the one asked for longest ago goes first.
_KEPT: Final = 40


@dataclass(frozen=True)
class Wanted:
    """What was asked for: formats by name, a marking (None: the mission's), and what may be done to both.

    ``attempt`` counts how often it was asked for because the file had gone.
    """

    formats: tuple[str, ...]
    marking: str | None = None
    may_fall: bool = False
    leave_out_scores: bool = False
    attempt: int = 0


@dataclass(frozen=True)
class Exported:
    """A file that is there to be downloaded: the key of its folder, its name and size, the files in it, its marking."""

    key: str
    name: str
    size: int
    files: tuple[tuple[str, int], ...]
    marking: str
    digest: str


def exported(
    tell: Tell,
    pack: Pack,
    mission_id: str,
    day: date,
    level: int,
    decisions: tuple[Row, ...],
    wanted: Wanted,
    folder: str,
) -> Exported:
    """Analyse, freeze, mark and write; one file as it is, several as a zip. Raises WrongUsage for a lower marking.

    Raises UnknownName for a format that there is not, CannotWrite where the disk is full.
    """
    formats = chosen_formats(name for name in wanted.formats if name != SNAPSHOT)
    graph = MissionGraph.from_pack(pack, mission_id, day, level)
    questions = [analysis.question for analysis in chosen_analyses()]
    steps = len(questions) + len(formats) + 2
    results = analyse(graph, progress=lambda question: tell(question, questions.index(question), steps))
    snapshot = freeze(pack, results, decisions)
    snapshot = marked(snapshot, wanted.marking, may_fall=wanted.may_fall, leave_out_scores=wanted.leave_out_scores)
    done = iter(range(len(questions), steps + 100))
    key = secrets.token_urlsafe(16)
    home = Path(folder) / key
    paths = write_snapshot(
        snapshot, home, formats, progress=lambda words: tell(words, min(next(done), steps - 1), steps)
    )
    kept = paths if SNAPSHOT in wanted.formats else paths[1:]
    files = tuple((path.name, _size(path)) for path in kept)
    name = _one_file(home, kept, f"{snapshot.stem}.zip")
    _tidy(Path(folder))
    return Exported(key, name, (home / name).stat().st_size, files, snapshot.marking, graph.digest)


def _one_file(home: Path, paths: Sequence[Path], name: str) -> str:
    """The name of the one file that holds these: itself, or a zip of several or of a folder. Everything else goes."""
    if len(paths) == 1 and paths[0].is_file():
        name = paths[0].name
    else:
        write_together(home, {name: lambda file: _zip(file, paths)})
    for path in home.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != name:
            path.unlink(missing_ok=True)
    return name


def _zip(file: BinaryIO, paths: Sequence[Path]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for path in paths:
            for each in sorted(path.iterdir()) if path.is_dir() else [path]:
                parts.write(each, each.relative_to(path.parent))


def _size(path: Path) -> int:
    return sum(each.stat().st_size for each in path.iterdir()) if path.is_dir() else path.stat().st_size


def _tidy(folder: Path) -> None:
    """Let go of the oldest exports beyond as many as are kept."""
    homes = sorted((each for each in folder.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime)
    for old in homes[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
