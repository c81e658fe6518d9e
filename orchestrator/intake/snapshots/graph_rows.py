"""Nodes and edges gathered from a graph file, with the tables beside them, and made a snapshot again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.model.document import table_from_json
from orchestrator.model.marking import highest, marking_of
from orchestrator.model.restoring import restore
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import KINDS, MisfitError, column_of
from orchestrator.tables.strict_json import read_json

__all__ = ["GraphRows", "Table"]

_HEAD: Final = "orchestrator-snapshot"
_TABLE: Final = "orchestrator-table"
Raise = Callable[..., BadData]


@dataclass
class Table:
    """Organisations or ties while they are gathered: column names and kinds, rows of texts, the line of each."""

    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> list[str]:
        """A new row of blanks, to be filled."""
        row = [""] * len(self.columns)
        self.rows.append(row)
        self.lines.append(line)
        return row

    def at(self, name: str) -> int:
        """The position of a column; -1 if there is none."""
        return next((at for at, (column, _) in enumerate(self.columns) if column == name), -1)

    def frame(self, file: str) -> pd.DataFrame:
        """The typed table. Raises BadData with the line of the first cell that does not fit."""
        cells = zip(*self.rows, strict=True) if self.rows else [()] * len(self.columns)
        found = {}
        for (name, kind), column in zip(self.columns, cells, strict=True):
            try:
                found[name] = column_of(kind, column)
            except MisfitError as misfit:
                line, shown = self.lines[misfit.row], quoted(name)[1:-1]
                told = Problem(misfit.what, file, column=shown, allowed=misfit.allowed, line=line)
                raise BadData([told]) from None
        return pd.DataFrame(found)


@dataclass
class GraphRows:
    """All that a graph file holds, gathered while it streams by; ``problem`` makes the error for the present line."""

    file: str
    problem: Raise
    head: dict[str, Any] = field(default_factory=dict)
    organisations: Table = field(default_factory=Table)
    ties: Table = field(default_factory=Table)
    beside: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    markings: list[str] = field(default_factory=list)

    def instruction(self, target: str, text: str) -> None:
        """Take in a processing instruction; those of others are skipped."""
        if target == _HEAD:
            if self.head:
                raise self.problem("the header stands twice.", "Once, at the top.")
            self.head = self._object(text)
            self._take_columns()
        elif target == _TABLE:
            self._take_rows(self._object(text))

    def _object(self, text: str) -> dict[str, Any]:
        value = read_json(self.file, text.encode("utf-8", "surrogatepass"))
        if not isinstance(value, dict):
            raise self.problem("this instruction is no object.", "As we write it.")
        return value

    def _take_columns(self) -> None:
        columns = self.head.get("columns")
        for name, table in (("organisations", self.organisations), ("ties", self.ties)):
            heads = columns.get(name) if isinstance(columns, dict) else None
            if not _are_columns(heads):
                raise self.problem(f"the columns of {name} cannot be read.", f"Names and kinds: {', '.join(KINDS)}.")
            table.columns = [(column, kind) for column, kind in heads or ()]

    def _take_rows(self, found: dict[str, Any]) -> None:
        name, heads, rows = found.get("table"), found.get("columns"), found.get("rows")
        if not isinstance(name, str) or not _are_columns(heads) or not isinstance(rows, list):
            raise self.problem("this instruction holds no table.", "As we write it.")
        columns = [{"name": column, "kind": kind} for column, kind in heads or ()]
        table = self.beside.setdefault(name, {"columns": columns, "rows": []})
        if table["columns"] != columns:
            raise self.problem(f"the table {quoted(name)} changes its columns.", "The same columns throughout.")
        table["rows"] += rows

    def new_row(self, table: Table, line: int) -> list[str]:
        """A new row of a table, to be filled. Raises BadData where the header has not been seen."""
        if not table.columns:
            raise self.problem("there is no header before this.", "A header as we write it, at the top.")
        return table.add(line)

    def name_of(self, node: str | None) -> str:
        """The organisation of a node that was seen. Raises BadData for one that was not."""
        found = self.names.get(node or "")
        if found is None:
            raise self.problem(f"{quoted(node or '')} is no node of this file.", "Nodes come before edges.")
        return found

    def name_node(self, node: str, organisation: str) -> None:
        """Note which organisation a node is. Raises BadData for a node that stands twice."""
        if node in self.names:
            raise self.problem(f"the node {quoted(node)} stands twice.", "Each node once.")
        self.names[node] = organisation

    def snapshot(self) -> Snapshot:
        """What was gathered, as a snapshot. Raises BadData with everything that is wrong."""
        header, mission = self.head.get("header"), self.head.get("mission")
        if not isinstance(header, dict) or not isinstance(mission, dict) or not _texts(header) or not _texts(mission):
            where = Problem("it has no header of ours.", self.file, allowed="Only files that we wrote are read back.")
            raise BadData([where])
        marked = highest(marking_of(header.get("marking", "")), *map(marking_of, self.markings))
        tables = {name: table_from_json(table, f"{self.file}: {name}") for name, table in self.beside.items()}
        tables |= {"organisations": self.organisations.frame(self.file), "ties": self.ties.frame(self.file)}
        return restore({**header, "marking": marked}, mission, tables, self.file)


def _are_columns(heads: Any) -> bool:
    if not isinstance(heads, list):
        return False
    pairs = [tuple(head) for head in heads if isinstance(head, list) and len(head) == 2]
    fine = all(isinstance(name, str) and kind in KINDS for name, kind in pairs if isinstance(kind, str))
    sound = len(pairs) == len(heads) and all(isinstance(kind, str) for _, kind in pairs)
    return fine and sound and len({str(name) for name, _ in pairs}) == len(pairs)


def _texts(found: dict[str, Any]) -> bool:
    return all(isinstance(value, str) for value in found.values())
