"""The schema of a pack, read from the table ``tables.csv``: what a domain expert can read and correct."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["Column", "Interval", "Schema", "TableSchema", "packaged_folder", "read_schema"]


@dataclass(frozen=True)
class Interval:
    """A range of numbers in interval notation: ``(0, 1]`` is above 0 up to 1; an empty end is open.

    >>> 0.5 in Interval.parse("(0, 1]"), 0 in Interval.parse("(0, 1]"), 9 in Interval.parse("[1, )")
    (True, False, True)
    """

    low: float
    high: float
    with_low: bool
    with_high: bool

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read interval notation. Raises ValueError where it is not one."""
        low, high = text[1:-1].split(",")
        return cls(float(low.strip() or "-inf"), float(high.strip() or "inf"), text[0] == "[", text[-1] == "]")

    def __contains__(self, number: float) -> bool:
        above = number >= self.low if self.with_low else number > self.low
        below = number <= self.high if self.with_high else number < self.high
        return above and below

    def __str__(self) -> str:
        low = f"{'at least' if self.with_low else 'above'} {self.low:g}"
        high = f"{'at most' if self.with_high else 'below'} {self.high:g}"
        return low if self.high == float("inf") else f"{low} and {high}"


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, type, unit and rules, and what it means."""

    name: str
    kind: str
    unit: str
    required: bool
    refers_to: str
    choices: tuple[str, ...]
    interval: Interval | None
    default: str
    meaning: str


@dataclass(frozen=True)
class TableSchema:
    """One table of a pack: whether a pack must have it, what it holds, and its columns in order."""

    name: str
    required: bool
    meaning: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> str | None:
        """The column whose values name the rows; None for a table whose rows have no names."""
        return next((column.name for column in self.columns if column.kind == "id"), None)

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]


@dataclass(frozen=True)
class Schema:
    """All tables of a pack, in the order in which they are reported."""

    tables: tuple[TableSchema, ...]

    def __getitem__(self, name: str) -> TableSchema:
        return {table.name: table for table in self.tables}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, in order."""
        return tuple(table.name for table in self.tables)


def packaged_folder() -> Path:
    """Where is the data that comes with the program: in the installed package, or in the checkout?

    >>> (packaged_folder() / "tables.csv").exists()
    True
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "packaged"
    return installed if installed.is_dir() else package.parent / "data"


def _column(row: dict[str, str]) -> Column:
    allowed = row["allowed"]
    choices = tuple(allowed.split("|")) if row["type"] == "choice" else ()
    interval = Interval.parse(allowed) if allowed and not choices else None
    return Column(
        name=row["column"],
        kind=row["type"],
        unit=row["unit"],
        required=row["required"] == "yes",
        refers_to=row["refers_to"],
        choices=choices,
        interval=interval,
        default=row["default"],
        meaning=row["meaning"],
    )


@lru_cache(maxsize=1)
def read_schema() -> Schema:
    """Which tables and columns may a pack have? Read once from ``tables.csv``.

    >>> read_schema()["ties"].column("level").default
    ''
    >>> read_schema()["requirements"].key
    'requirement_id'
    """
    with (packaged_folder() / "tables.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    tables = []
    for head in (row for row in rows if not row["column"]):
        columns = tuple(_column(row) for row in rows if row["table"] == head["table"] and row["column"])
        tables.append(TableSchema(head["table"], head["required"] == "yes", head["meaning"], columns))
    return Schema(tuple(tables))
