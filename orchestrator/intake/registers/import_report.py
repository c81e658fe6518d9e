"""What became of every record and every row of an import: counts that balance, conflicts, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.errors import Problem, quoted

__all__ = ["Conflict", "FileCount", "ImportReport", "RowCount"]


@dataclass(frozen=True)
class FileCount:
    """How many records a file has, from how many something was taken, and how many were set aside for which reason."""

    file: str
    read: int
    taken: int
    set_aside: Mapping[str, int]

    def __post_init__(self) -> None:
        if self.read != self.taken + sum(self.set_aside.values()):
            raise AssertionError(f"{self.file}: {self.read} read, {self.taken} taken, {dict(self.set_aside)} set aside")


@dataclass(frozen=True)
class RowCount:
    """How many rows were read for a table and what became of them. They always balance."""

    table: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int

    def __post_init__(self) -> None:
        if self.read != self.added + self.updated + self.unchanged + self.rejected:
            raise AssertionError(f"{self.table} does not balance: {self}")


@dataclass(frozen=True)
class Conflict:
    """A cell in which the pack and the source say different things, and which of the two stands now.

    >>> print(Conflict("organisations", "neso", "kind", "public corporation", "company", overwritten=False))
    organisations, neso, column kind: kept 'public corporation'; the source says 'company'.
    """

    table: str
    key: str
    column: str
    in_pack: str
    in_source: str
    overwritten: bool

    def __str__(self) -> str:
        where = f"{self.table}, {self.key}, column {self.column}"
        if self.overwritten:
            return f"{where}: overwrote {quoted(self.in_pack)} with {quoted(self.in_source)}."
        return f"{where}: kept {quoted(self.in_pack)}; the source says {quoted(self.in_source)}."


@dataclass(frozen=True)
class ImportReport:
    """The balanced report on one import into one pack.

    ``rejected`` says of each rejected row why; ``left_blank`` names references that the pack cannot hold yet.
    """

    format: str
    pack: str
    files: tuple[FileCount, ...]
    rows: tuple[RowCount, ...]
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[Problem, ...] = ()
    left_blank: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """How many rows were added or updated?"""
        return sum(count.added + count.updated for count in self.rows)
