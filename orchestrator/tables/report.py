"""The balanced import report: for every table, rows read = rows kept + rows rejected."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.errors import BadData, Problem

__all__ = ["Report", "TableCount"]


@dataclass(frozen=True)
class TableCount:
    """How many rows of a table were read, kept and rejected. They always balance."""

    table: str
    file: str
    read: int
    kept: int
    rejected: int

    def __post_init__(self) -> None:
        if self.read != self.kept + self.rejected:
            raise AssertionError(f"{self.table}: {self.read} read, {self.kept} kept, {self.rejected} rejected")


@dataclass(frozen=True)
class Report:
    """What became of a pack on its way in: counts a table, every problem, and what was only noticed.

    A problem rejects its row or its file. A notice rejects nothing: an unknown column that was kept, a tie that
    never holds because it ends before it starts.
    """

    pack: str
    counts: tuple[TableCount, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def clean(self) -> bool:
        """Is the pack free of problems?"""
        return not self.problems

    def raise_for_problems(self) -> None:
        """Raise BadData with every problem, if there is one."""
        if self.problems:
            raise BadData(self.problems)
