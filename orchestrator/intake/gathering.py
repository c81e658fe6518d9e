"""Which of the names that were found are tables, what is told about the others, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.reading import Reading
from orchestrator.tables.raw import RawPack
from orchestrator.tables.schema import read_schema

__all__ = ["Sorted", "gather", "is_dropping", "sort_names"]

_SHOWN: Final = 10
_NEAR_LOOKED_FOR: Final = 100
_ALIKE: Final = 0.7
_LONGEST_NAME: Final = 100
_DROPPINGS: Final = ("__macosx", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Sorted:
    """Names that were found: ``tables`` gives the name found for each table; the rest is told in notices."""

    tables: MappingProxyType[str, str]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    found: tuple[str, ...] = field(default=())


def is_dropping(name: str) -> bool:
    """Did an operating system leave this file behind? Nobody is told about those.

    >>> is_dropping(".DS_Store"), is_dropping("ties.csv")
    (True, False)
    """
    return name.startswith((".", "~$")) or name.casefold() in _DROPPINGS


def sort_names(where: str, names: Iterable[str], suffix: str = "") -> Sorted:
    """Which of these file or sheet names are tables of the schema? Capitals do not matter.

    Two names for one table are a problem; every other name is told in a notice, a near miss with the nearest table.

    >>> dict(sort_names("pack", ["ties.csv", "notes.txt"], ".csv").tables)
    {'ties': 'ties.csv'}
    """
    known = read_schema().names
    found: dict[str, list[str]] = {}
    others: list[str] = []
    listed = sorted(name for name in names if not is_dropping(name))
    for name in listed:
        table = name.strip().casefold().removesuffix(suffix)
        is_table = table in known and name.strip().casefold().endswith(suffix)
        found.setdefault(table, []).append(name) if is_table else others.append(name)
    problems = tuple(_double(where, table, names) for table, names in found.items() if len(names) > 1)
    tables = {table: names[0] for table, names in found.items() if len(names) == 1}
    return Sorted(MappingProxyType(tables), problems, tuple(_left_alone(where, others, suffix)), tuple(listed))


def _double(where: str, table: str, names: Sequence[str]) -> Problem:
    shown = " and ".join(quoted(name) for name in names[:3])
    what = f"{shown} are both the table {table}."
    return Problem(what, f"{where}/{table}", allowed="Each table once.", hint="Remove or rename one of them.")


def _left_alone(where: str, others: Sequence[str], suffix: str) -> Iterator[Problem]:
    plain: list[str] = []
    for at, name in enumerate(others):
        near = _near(name) if at < _NEAR_LOOKED_FOR else None
        if near is None:
            plain.append(name)
        else:
            what = f"{quoted(name)} is not the name of a table; it was left alone."
            yield Problem(what, where, hint=f"Did you mean {quoted(near + suffix)}?")
    if plain:
        was = "was" if len(plain) == 1 else "were"
        yield Problem(f"{_listed(plain)} {was} left alone: no table has that name.", where)


def _near(name: str) -> str | None:
    """The table whose name is spelt nearly like this one; None where none is."""
    stem = PurePosixPath(name).name.strip().split(".", 1)[0].casefold()
    near = get_close_matches(stem[:_LONGEST_NAME], read_schema().names, n=1, cutoff=_ALIKE)
    return near[0] if near else None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return shown + more


def gather(pack: str, names: Sorted, readings: Iterable[Reading], suffix: str = "") -> RawPack:
    """What pack do these readings make? All tables, problems and notices of all files; missing tables are a problem.

    A pack without any table gets one problem that says what was found.
    """
    read = tuple(readings)
    problems = [*names.problems, *(problem for reading in read for problem in reading.problems)]
    notices = [*names.notices, *(notice for reading in read for notice in reading.notices)]
    problems += _missing(pack, names, suffix)
    tables = tuple(reading.table for reading in read if reading.table is not None)
    return RawPack(pack, tables, tuple(problems), tuple(notices))


def _missing(pack: str, names: Sorted, suffix: str) -> Iterator[Problem]:
    required = [table.name for table in read_schema().tables if table.required]
    attempted = {*names.tables, *(problem.file.rpartition("/")[2] for problem in names.problems)}
    need = f"A pack needs {', '.join(name + suffix for name in required)}."
    have = f"Found: {_listed(names.found)}." if names.found else "Nothing was found there."
    if not attempted:
        yield Problem("there is no table here.", pack, allowed=need, hint=have)
        return
    for name in required:
        if name not in attempted:
            yield Problem("the table is missing.", name + suffix, allowed=need, hint=have)
