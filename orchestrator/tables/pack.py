"""A pack whose rows were all checked: one typed frame a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from orchestrator.errors import UnknownName
from orchestrator.tables.nearest import nearest
from orchestrator.tables.schema import Column, TableSchema, read_schema

__all__ = ["Pack", "empty_table", "typed"]


def typed(values: list[object], column: Column) -> pd.Series:
    """A column of checked values as a typed series: numbers as float (blank: NaN), dates (blank: NaT), else text."""
    if column.kind in ("number", "integer"):
        return pd.Series(np.array(values, dtype=np.float64))
    if column.kind == "date":
        return pd.Series(np.array(["NaT" if v is None else v for v in values], dtype="datetime64[s]"))
    return pd.Series(["" if v is None else v for v in values], dtype="str")


def empty_table(table: TableSchema) -> pd.DataFrame:
    """A table without rows that keeps the schema.

    >>> list(empty_table(read_schema()["responses"]))
    ['organisation_id', 'mission_id', 'asked', 'responded']
    """
    return pd.DataFrame({column.name: typed([], column) for column in table.columns})


@dataclass(frozen=True, eq=False)
class Pack:
    """Checked tables by name. Every table of the schema is there with every column, empty ones included.

    Text cells are text (blank: ""), numbers floats (blank: NaN), dates days (blank: NaT). Columns that the schema
    does not know are kept as text behind the others. Rows stand as they were written.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]

    def __post_init__(self) -> None:
        filled = {table.name: self.tables.get(table.name, empty_table(table)) for table in read_schema().tables}
        object.__setattr__(self, "tables", MappingProxyType(filled))

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def mission(self, mission_id: str) -> pd.Series:
        """The row of a mission. Raises UnknownName with the nearest ids."""
        return self._row("missions", "mission_id", mission_id, "mission")

    def organisation(self, organisation_id: str) -> pd.Series:
        """The row of an organisation. Raises UnknownName with the nearest ids."""
        return self._row("organisations", "organisation_id", organisation_id, "organisation")

    def _row(self, table: str, key: str, name: str, kind: str) -> pd.Series:
        found = self.tables[table][self.tables[table][key] == name]
        if found.empty:
            raise UnknownName(kind, name, nearest(name, list(self.tables[table][key])))
        return found.iloc[0]
