"""From results to a snapshot, from a snapshot to files, and back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from orchestrator import __version__
from orchestrator.errors import BadData, Problem, WrongUsage
from orchestrator.export.findings_json import findings_document
from orchestrator.export.formats import Format
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.folder import read_whole
from orchestrator.intake.reading import file_label
from orchestrator.intake.snapshots import read_export
from orchestrator.model.decision import became
from orchestrator.model.marking import marking_of, raised
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.model.snapshot import Row, Snapshot
from orchestrator.model.without_scores import without_scores
from orchestrator.store import SUFFIX, is_snapshot_file, read_snapshot_file, snapshot_file
from orchestrator.tables.files import write_together
from orchestrator.tables.pack import Pack

__all__ = ["advised", "freeze", "marked", "open_both", "open_snapshot", "read_decisions", "write_snapshot"]

_LARGEST: Final = 1 << 32
#: Bytes from which on a process of its own is worth starting.
_LARGE: Final = 8 << 20
_LARGEST_DECISIONS: Final = 64 << 20


def freeze(pack: Pack, results: Results, decisions: Sequence[Row] = ()) -> Snapshot:
    """The snapshot of these results, with the sources of the pack that it names, marked as the mission is marked.

    Raises BadData if the mission's own column ``marking`` holds no marking.
    """
    graph = results.graph
    try:
        marking = marking_of(graph.mission.get("marking", ""))
    except WrongUsage as error:
        where = Problem(str(error), "missions", column="marking", value=graph.mission["marking"])
        raise BadData([where]) from None
    found = Snapshot(graph, MappingProxyType(findings_document(results)), marking=marking, pack=pack.name)
    named = set(found.manifest["sources"])
    sources = [row for row in pack["sources"].to_dict("records") if row["source_id"] in named]
    return replace(
        found,
        sources=tuple({str(name): str(value) for name, value in row.items()} for row in sources),
        decisions=tuple({**row, "became": became(graph, row)} for row in decisions if _of(graph, row)),
        version=__version__,
    )


def _of(graph: MissionGraph, row: Row) -> bool:
    """Is the decision one of this mission? One that names no mission is."""
    return row.get("mission_id", "") in ("", graph.mission_id)


def marked(
    snapshot: Snapshot, marking: str | None, *, may_fall: bool = False, leave_out_scores: bool = False
) -> Snapshot:
    """The snapshot with this marking (None: the one it has) and, if asked for, without scores about named bodies.

    Raises WrongUsage for a marking lower than the one it has, unless ``may_fall``. What was left out stays out.
    """
    found = replace(snapshot, marking=raised(snapshot.marking, marking, may_fall=may_fall))
    if leave_out_scores and not found.scores_left_out:
        kept = MappingProxyType(without_scores(found.findings, found.graph))
        found = replace(found, findings=kept, scores_left_out=True)
    return found


def advised(snapshot: Snapshot, progress: Callable[[str], None] | None = None) -> Snapshot:
    """The snapshot with whom to bring in and to introduce, or with the reason why nobody can be advised."""
    if snapshot.advice is not None or snapshot.no_advice:
        return snapshot
    from orchestrator.study import advise

    try:
        return replace(snapshot, advice=advise(snapshot.graph, progress=progress))
    except BadData as why:
        return replace(snapshot, no_advice=" ".join(problem.what for problem in why.problems))


def write_snapshot(
    snapshot: Snapshot, folder: Path, formats: Iterable[Format] = (), progress: Callable[[str], None] | None = None
) -> tuple[Path, ...]:
    """Write the snapshot file and these formats into a folder, all or none; the paths of what was written.

    Where a format says whom to bring in and the snapshot has no advice yet, that is worked out first.

    Raises CannotWrite with the reason; then nothing was written.
    """
    formats = tuple(formats)
    if any(each.advises for each in formats):
        snapshot = advised(snapshot, progress)
    files: dict[str, Callable[[BinaryIO], None]] = {
        f"{snapshot.stem}{SUFFIX}": lambda file: file.writelines(snapshot_file(snapshot))
    }
    for each in formats:
        files |= each.files(snapshot)
    return write_together(folder, files, progress)


def open_snapshot(path: Path) -> Snapshot:
    """The snapshot in this file, or in this export of one; findings that an export does not carry are found anew.

    Raises BadData for a file that cannot be read, that is none, or in which a byte was changed (naming the part).
    """
    if path.is_dir():
        return _with_findings(read_export(path))
    data = read_whole(path, _LARGEST)
    if isinstance(data, Problem):
        raise BadData([data])
    if is_snapshot_file(data) or path.name.endswith(SUFFIX):
        return read_snapshot_file(file_label(path), data)
    return _with_findings(read_export(path, data))


def open_both(before: Path, after: Path) -> tuple[Snapshot, Snapshot]:
    """Two snapshots; of large files a process of its own reads the second meanwhile. Raises as ``open_snapshot``."""
    if min(_size(before), _size(after)) < _LARGE:
        return open_snapshot(before), open_snapshot(after)
    with ProcessPoolExecutor(1) as beside:
        second = beside.submit(_read_beside, after)
        first = open_snapshot(before)
        graph, findings, rest = second.result()
    return first, Snapshot(graph, MappingProxyType(findings), **rest)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read_beside(path: Path) -> tuple[MissionGraph, dict[str, Any], dict[str, Any]]:
    """A snapshot as it can be handed from one process to another."""
    gc.disable()
    found = open_snapshot(path)
    names = ("sources", "decisions", "marking", "pack", "version", "scores_left_out")
    return found.graph, dict(found.findings), {name: getattr(found, name) for name in names}


def _with_findings(snapshot: Snapshot) -> Snapshot:
    if snapshot.findings:
        return snapshot
    from orchestrator.study import analyse

    findings: Mapping[str, Any] = findings_document(analyse(snapshot.graph))
    if snapshot.scores_left_out:
        findings = without_scores(findings, snapshot.graph)
    return replace(snapshot, findings=MappingProxyType(dict(findings)))


def read_decisions(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV table of decisions, such as ``organisation_id,decision,decided_on,reason``; texts as written.

    Raises BadData for a file that is no sound CSV table.
    """
    data = read_whole(path, _LARGEST_DECISIONS)
    if isinstance(data, Problem):
        raise BadData([data])
    reading = read_csv("decisions", file_label(path), data)
    problems = (*reading.problems, *(reading.table.ragged if reading.table else ()))
    if reading.table is None or problems:
        raise BadData(problems)
    table = reading.table
    return tuple(dict(zip(table.columns, row, strict=True)) for row in zip(*table.cells, strict=True))
