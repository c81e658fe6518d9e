"""Published files into a pack folder: read, laid over what is there, checked, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from orchestrator.errors import BadData, CannotWrite
from orchestrator.intake.registers.contribution import Contribution, Row, SourceFile
from orchestrator.intake.registers.formats import format_of
from orchestrator.intake.registers.import_report import FileCount, ImportReport
from orchestrator.intake.registers.merging import Merging
from orchestrator.intake.registers.pack_tables import (
    KEYS,
    Table,
    check_tables,
    read_remembered,
    read_tables,
    table_bytes,
)
from orchestrator.tables.files import write_all

__all__ = ["import_files"]

#: In here a pack folder remembers what each format said the last time. Readers of packs leave it alone.
REMEMBERED: Final = ".imported"


def import_files(
    name: str,
    files: Sequence[SourceFile],
    folder: Path,
    *,
    dated: str = "",
    overwrites: Callable[[str], bool] | None = None,
    keep_valid: bool = False,
    write: bool = True,
) -> ImportReport:
    """Add published files of a format to the pack in a folder; the balanced report on what became of each row.

    ``dated`` is the day on which the first source of the format was published. ``overwrites`` tells of a column whether
    the source has the last word over a value made by hand (default: never). Files that change are written together,
    whole or not at all; a second import of the same files changes no byte.

    Raises UnknownName for a format that there is not; BadData where a file cannot be read, where a row was rejected
    (unless ``keep_valid``), or where the pack has problems before or would have afterwards; CannotWrite.
    """
    contribution = _dated(format_of(name).read(files), dated)
    raw, tables = read_tables(folder)
    problems = check_tables(raw, {})
    if problems:
        raise BadData(problems)
    before = {each: _state(table) for each, table in tables.items()}
    memory = folder / REMEMBERED / name
    merging = Merging(tables, read_remembered(memory), overwrites or _never)
    counts = merging.take(contribution)
    if merging.rejected and not keep_valid:
        raise BadData(merging.rejected)
    changed = {each: table for each, table in tables.items() if _state(table) != before[each]}
    problems = check_tables(raw, changed)
    if problems:
        raise BadData(problems)
    if write:
        _write(folder, memory, changed, merging.said)
    return ImportReport(
        format=name,
        pack=folder.name or folder.resolve().name,
        files=tuple(_file_count(contribution, file) for file in contribution.read),
        rows=counts,
        conflicts=tuple(merging.conflicts),
        rejected=tuple(merging.rejected),
        left_blank=tuple(merging.left_blank),
        written=tuple(f"{each}.csv" for each in changed) if write else (),
    )


def _never(_column: str) -> bool:
    return False


def _dated(contribution: Contribution, day: str) -> Contribution:
    """The contribution with the day put on its first source."""
    if not day or not contribution.rows or contribution.rows[0].table != "sources":
        return contribution
    first, *others = contribution.rows
    source = Row(first.table, {**first.cells, "date": day}, first.file)
    return Contribution(contribution.format, (source, *others), contribution.read, contribution.set_aside)


def _state(table: Table) -> list[dict[str, str]]:
    """The rows as they are now, to be compared later."""
    return [dict(cells) for cells in table.every()]


def _write(folder: Path, memory: Path, changed: dict[str, Table], said: dict[str, Table]) -> None:
    files = {folder / f"{name}.csv": table_bytes(table) for name, table in changed.items()}
    for name in KEYS:
        if name in said and said[name].rows:
            path, content = memory / f"{name}.csv", table_bytes(said[name])
            if not path.is_file() or path.read_bytes() != content:
                files[path] = content
    try:
        memory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"Cannot make the folder {memory}: {reason}. Nothing was written.") from error
    write_all(files)


def _file_count(contribution: Contribution, file: str) -> FileCount:
    reasons = contribution.reasons(file)
    read = contribution.read[file]
    return FileCount(file, read, read - reasons.total(), dict(sorted(reasons.items())))
