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
    root = folder.resolve()
    for table, name in names.tables.items():
        if not (folder / name).resolve().is_relative_to(root):
            hint = "Put the file itself into the folder."
            yield refused(Problem("this is a link that leads out of the folder.", name, hint=hint))
            continue
        data = read_whole(folder / name, LARGEST_FILE)
        yield refused(data) if isinstance(data, Problem) else read_csv(table, name, data)


def _with_inner_hint(folder: Path, names: Sorted) -> Sorted:
    """Say where the tables are, if they lie in a folder inside this one."""
    for path in sorted(folder.iterdir())[:100]:
        if path.is_dir() and not path.is_symlink() and not is_dropping(path.name):
            inner = sort_names(path.name, (each.name for each in path.iterdir()), _SUFFIX)
            if inner.tables:
                notice = Problem(
                    f"tables lie in {file_label(path)} inside it.",
                    file_label(folder),
                    hint=f"Did you mean {quoted(str(path))}?",
                )
                return Sorted(names.tables, names.problems, (*names.notices, notice), names.found)
    return names
