"""A zip archive of a folder of CSV files; nothing is written to disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath, PurePosixPath
from typing import Final

from orchestrator.errors import Problem
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.gathering import Sorted, gather, is_dropping, sort_names
from orchestrator.intake.reading import Reading, refused
from orchestrator.intake.zip_parts import Parts, open_parts
from orchestrator.tables.raw import RawPack

__all__ = ["read_archive"]

_SUFFIX: Final = ".csv"


def read_archive(file: str, data: bytes) -> RawPack:
    """Which tables does this zip archive hold? ``NAME.csv`` at its top, or in one folder at its top.

    Never raises: an archive that is damaged, locked or dangerous gives a pack without tables, with its problems.
    """
    pack = PurePath(file).stem
    parts = open_parts(file, data)
    if isinstance(parts, tuple):
        return RawPack(pack, (), parts)
    folders = _folders_with_tables(parts)
    if len(folders) > 1 and "" not in folders:
        what = f"tables lie in several folders: {', '.join(sorted(folders)[:5])}."
        return RawPack(pack, (), (Problem(what, file, allowed="They lie at the top or in one folder."),))
    folder = "" if "" in folders or not folders else next(iter(folders))
    inside, elsewhere = _split(parts, folder)
    names = sort_names(file, inside, _SUFFIX)
    names = replace(names, notices=(*names.notices, *sort_names(file, elsewhere, _SUFFIX).notices))
    return gather(pack, names, _readings(parts, folder, names), _SUFFIX)


def _folders_with_tables(parts: Parts) -> set[str]:
    """The folders at the top that hold tables; "" is the top itself."""
    found: dict[str, list[str]] = {}
    for name in _seen(parts):
        folder, _, base = name.rpartition("/")
        if "/" not in folder:
            found.setdefault(folder, []).append(base)
    return {folder for folder, names in found.items() if _holds_table(names)}


def _holds_table(names: list[str]) -> bool:
    sorted_names = sort_names("", names, _SUFFIX)
    return bool(sorted_names.tables or sorted_names.problems)


def _seen(parts: Parts) -> Iterator[str]:
    return (name for name in parts.names if not any(is_dropping(each) for each in PurePosixPath(name).parts))


def _split(parts: Parts, folder: str) -> tuple[list[str], list[str]]:
    """The files of this folder by their own names, and all others by their whole names."""
    inside: list[str] = []
    elsewhere: list[str] = []
    for name in _seen(parts):
        at, _, base = name.rpartition("/")
        inside.append(base) if at == folder else elsewhere.append(name)
    return inside, elsewhere


def _readings(parts: Parts, folder: str, names: Sorted) -> Iterator[Reading]:
    for table, name in names.tables.items():
        data = parts.read(f"{folder}/{name}" if folder else name)
        yield refused(replace(data, file=name)) if isinstance(data, Problem) else read_csv(table, name, data)
