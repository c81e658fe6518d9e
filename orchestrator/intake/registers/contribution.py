"""What a published file has to say to a pack: rows for its tables, and what was set aside and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

__all__ = ["Contribution", "Draft", "Row", "SetAside", "SourceFile"]


@dataclass(frozen=True)
class SourceFile:
    """A published file: what messages call it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Row:
    """One row that a file offers to a table of the pack.

    A cell that names an organisation (``parent_id``, ``source_id``, ``target_id``) may hold a public identifier, such
    as GB-LAE-LDS, or the organisation_id that the same contribution gives it. ``partial``: the row adds to one that is
    there already and makes none. ``file`` and ``row`` say where it was read.
    """

    table: str
    cells: Mapping[str, str]
    file: str
    row: int | None = None
    partial: bool = False


@dataclass(frozen=True)
class SetAside:
    """A record of a file from which nothing is taken, and why."""

    file: str
    row: int | None
    record: str
    reason: str


@dataclass(frozen=True)
class Contribution:
    """Everything that files of one format offer. ``read`` counts the records of each file, those set aside included."""

    format: str
    rows: tuple[Row, ...]
    read: Mapping[str, int]
    set_aside: tuple[SetAside, ...] = ()

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows for one table, in the order in which they were read."""
        return tuple(row for row in self.rows if row.table == name)

    def reasons(self, file: str) -> Counter[str]:
        """How many records of a file were set aside for each reason?"""
        return Counter(aside.reason for aside in self.set_aside if aside.file == file)


@dataclass
class Draft:
    """A contribution while a reader fills it."""

    format: str
    rows: list[Row] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)

    def add(self, table: str, file: str, row: int | None = None, *, partial: bool = False, **cells: str) -> None:
        """Offer a row; blank cells are left out."""
        self.put(table, file, row, cells, partial=partial)

    def put(self, table: str, file: str, row: int | None, cells: Mapping[str, str], *, partial: bool = False) -> None:
        """Offer a row whose cells are a mapping; blank ones are left out."""
        filled = MappingProxyType({name: cell for name, cell in cells.items() if cell})
        self.rows.append(Row(table, filled, file, row, partial))

    def count(self, file: str, records: int) -> None:
        """Say how many records a file has."""
        self.read[file] = self.read.get(file, 0) + records

    def aside(self, file: str, row: int | None, record: str, reason: str) -> None:
        """Say that nothing is taken from a record."""
        self.set_aside.append(SetAside(file, row, record, reason))

    def finish(self, sources: Iterable[Mapping[str, str]] = ()) -> Contribution:
        """The contribution, with the rows of the sources that it rests on."""
        first = next(iter(self.read), "")
        cited = [Row("sources", MappingProxyType(dict(source)), first) for source in sources]
        rows = tuple(_folded([*cited, *self.rows]))
        return Contribution(self.format, rows, MappingProxyType(self.read), tuple(self.set_aside))


#: What tells two rows of one contribution apart, and the lists that are joined where they are the same row.
_TOLD_BY: Final = (
    "organisation_id",
    "identifiers",
    "place_id",
    "source_id",
    "target_id",
    "mission_id",
    "kind",
)
_JOINED: Final = ("aliases", "parent_id", "source")


def _folded(rows: Iterable[Row]) -> Iterable[Row]:
    """Each row once: what several records say of one row stands together, where the first of them stood."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (row.table, *(row.cells.get(column, "") for column in _TOLD_BY))
        found[key] = _joined(found[key], row) if key in found else row
    return found.values()


def _joined(first: Row, more: Row) -> Row:
    cells = {**more.cells, **first.cells}
    for column in _JOINED:
        parts = [each for row in (first, more) for each in row.cells.get(column, "").split("|") if each]
        if parts:
            cells[column] = "|".join(dict.fromkeys(parts))
    return Row(first.table, MappingProxyType(cells), first.file, first.row, first.partial and more.partial)
