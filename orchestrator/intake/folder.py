"""A folder of CSV files, one a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.gathering import Sorted, gather, is_dropping, sort_names
from orchestrator.intake.reading import Reading, file_label, refused
from orchestrator.tables.raw import RawPack

__all__ = ["LARGEST_FILE", "read_folder", "read_whole"]

#: 15,000,000 ties take about 1.5 GB.
LARGEST_FILE: Final = 4 << 30
_SUFFIX: Final = ".csv"
_LOOKED_INTO: Final = 100


def read_folder(folder: Path) -> RawPack:
    """Which tables does this folder hold? Files ``NAME.csv`` are read, all others left alone and told in a notice.

    A link that leads out of the folder is refused. Problems of all files are collected; a folder without a table
    gives one problem. Raises OSError if the folder cannot be listed.
    """
    names = sort_names(file_label(folder), (path.name for path in folder.iterdir()), _SUFFIX)
    if not names.tables and not names.problems:
        names = _with_inner_hint(folder, names)
    return gather(file_label(folder), names, _readings(folder, names), _SUFFIX)


def read_whole(path: Path, largest: int) -> bytes | Problem:
    """The bytes of a plain file, or why they cannot be had; never more than ``largest``, never a device or a pipe."""
    name = file_label(path)
    try:
        if not path.is_file():
            return Problem("this is not a plain file.", name, allowed="Only plain files are read.")
        with path.open("rb") as file:
            data = file.read(largest + 1) if path.stat().st_size <= largest else None
    except (OSError, MemoryError) as error:
        return Problem(f"the file cannot be read: {_reason(error)}.", name, hint="Is it there and may you read it?")
    if data is None or len(data) > largest:
        return Problem("the file is too large.", name, allowed=f"At most {largest:,} bytes are read.")
    return data


def _reason(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    return (error.strerror or "it fails").lower()


def _readings(folder: Path, names: Sorted) -> Iterator[Reading]:
    for table, name in names.tables.items():
        if not _leads_inside(folder, name):
            hint = "Put the file itself into the folder."
            yield refused(Problem("this is a link that leads out of the folder.", name, hint=hint))
            continue
        data = read_whole(folder / name, LARGEST_FILE)
        yield refused(data) if isinstance(data, Problem) else read_csv(table, name, data)


def _leads_inside(folder: Path, name: str) -> bool:
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle lead nowhere
        return False


def _with_inner_hint(folder: Path, names: Sorted) -> Sorted:
    """Say where the tables are, if they lie in a folder inside this one."""
    inner = next((path for path in sorted(folder.iterdir())[:_LOOKED_INTO] if _holds_tables(path)), None)
    if inner is None:
        return names
    what, hint = f"tables lie in {file_label(inner)} inside it.", f"Did you mean {quoted(str(inner))}?"
    notice = Problem(what, file_label(folder), hint=hint)
    return Sorted(names.tables, names.problems, (*names.notices, notice), names.found)


def _holds_tables(path: Path) -> bool:
    if is_dropping(path.name) or path.is_symlink() or not path.is_dir():
        return False
    try:
        return bool(sort_names(path.name, (each.name for each in path.iterdir()), _SUFFIX).tables)
    except OSError:
        return False
