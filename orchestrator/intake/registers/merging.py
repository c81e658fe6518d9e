"""A contribution laid over the tables of a pack: what is added, what is updated, what stays, what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from orchestrator.errors import Problem, quoted
from orchestrator.intake.registers.cell_rules import merge_cell, merge_list
from orchestrator.intake.registers.contribution import Contribution, Row
from orchestrator.intake.registers.identity import Identities
from orchestrator.intake.registers.import_report import Conflict, RowCount
from orchestrator.intake.registers.pack_tables import KEYS, Cells, Table
from orchestrator.tables.cells import LIST_SEPARATOR, split_list
from orchestrator.tables.schema import read_schema

__all__ = ["Merging"]

_LISTS: Final = ("list", "references", "source")
_BODIES: Final = (("ties", "source_id"), ("ties", "target_id"), ("organisations", "parent_id"))
_PLACES: Final = (("organisations", "seat_place_id"), ("places", "parent_id"))


class _RefusedError(Exception):
    """A row cannot be taken."""

    def __init__(self, what: str, column: str, value: str, allowed: str) -> None:
        self.what, self.column, self.value, self.allowed = what, column, value, allowed
        super().__init__(what)


@dataclass
class Merging:
    """One import on its way into the tables of a pack, which it changes.

    ``said`` is what this format said the last time, and afterwards what it says now. ``overwrites`` tells of a column
    whether the source has the last word.
    """

    tables: dict[str, Table]
    said: dict[str, Table]
    overwrites: Callable[[str], bool]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    left_blank: list[Problem] = field(default_factory=list)
    bodies: Identities = field(default_factory=Identities)
    places: set[str] = field(default_factory=set)

    def take(self, contribution: Contribution) -> tuple[RowCount, ...]:
        """Lay every row over the tables, sources first and ties last; the count of each table in that order."""
        self.bodies = Identities.of(self.tables["organisations"].every())
        self.places = {cells.get("place_id", "") for cells in self.tables["places"].every()}
        self.places |= {row.cells.get("place_id", "") for row in contribution.table("places") if not row.partial}
        named = [(row, self._named(row)) for row in contribution.table("organisations")]
        for table in KEYS:
            rows = [(row, dict(row.cells)) for row in contribution.table(table)] if table != "organisations" else named
            for row, cells in rows:
                self._take(row, cells)
        return tuple(self._count(table) for table in KEYS if table in self.counts)

    def _count(self, table: str) -> RowCount:
        count = self.counts[table]
        return RowCount(table, count.total(), count["added"], count["updated"], count["unchanged"], count["rejected"])

    def _named(self, row: Row) -> Cells:
        """The cells of an organisation under the id that it has, or will have, in the pack; blank for none."""
        cells = {"organisation_id": "", **row.cells}
        wanted = cells["organisation_id"]
        found = self.bodies.find(cells)
        fresh = "" if found or self.bodies.has_alias(cells) else self.bodies.fresh(cells)
        cells["organisation_id"] = found[0] if len(found) == 1 else fresh
        if cells["organisation_id"]:
            self.bodies.renamed.setdefault(wanted, cells["organisation_id"])
            self.bodies.add(cells)
        return cells

    def _take(self, row: Row, cells: Cells) -> None:
        outcome = "rejected"
        try:
            self._refer(row, cells)
            outcome = self._lay(row, cells)
        except _RefusedError as refused:
            where = (refused.column, refused.value, refused.allowed)
            self.rejected.append(Problem(refused.what, row.file, row.row, *where))
        self.counts.setdefault(row.table, Counter())[outcome] += 1

    def _refer(self, row: Row, cells: Cells) -> None:
        """Put ids of the pack where the row names bodies and places."""
        if row.table == "organisations" and not cells["organisation_id"]:
            raise self._doubtful(cells)
        for table, column in _BODIES:
            if table == row.table and column in cells:
                self._refer_body(row, cells, column)
        for table, column in _PLACES:
            if table == row.table and column in cells:
                self._refer_places(row, cells, column)

    def _doubtful(self, cells: Cells) -> _RefusedError:
        """Why is it not clear which body of the pack a row means?"""
        given, name = cells.get("identifiers", ""), cells.get("name", "")
        other = self.bodies.has_alias(cells)
        if other and not self.bodies.find(cells):
            what = f"{quoted(name)} is another name of {quoted(other)} in the pack."
            return _RefusedError(what, "name", name, f"Give that body the identifier {given}, or take the alias away.")
        what = f"{quoted(name)} ({given}) may be two bodies of the pack."
        return _RefusedError(what, "identifiers", given, "Each identifier belongs to one body.")

    def _refer_body(self, row: Row, cells: Cells, column: str) -> None:
        body = self.bodies.resolve(cells[column])
        if not body and row.table == "ties":
            what = f"{quoted(cells[column])} is no body of the pack."
            raise _RefusedError(what, column, cells[column], "Import the register of those bodies first.")
        if not body:
            what = f"{quoted(cells[column])} is no body of the pack; the cell stays blank."
            self.left_blank.append(Problem(what, row.file, row.row, column, cells[column]))
        cells[column] = body

    def _refer_places(self, row: Row, cells: Cells, column: str) -> None:
        there = [place for place in split_list(cells[column]) if place in self.places]
        for place in split_list(cells[column]):
            if place not in there:
                what = f"{quoted(place)} is no place of the pack; it is left out."
                self.left_blank.append(Problem(what, row.file, row.row, column, place))
        cells[column] = LIST_SEPARATOR.join(there)

    def _lay(self, row: Row, cells: Cells) -> str:
        table = self.tables[row.table]
        key = table.key(cells)
        for column, name in zip(KEYS[row.table], key, strict=True):
            if not name and column != "mission_id":
                raise _RefusedError(f"the row has no {column}.", column, "", "Each row is named.")
        before = self._before(row.table, key, cells)
        if key not in table.rows:
            if row.partial:
                what = f"{quoted(key[0])} is not in the table {row.table}."
                raise _RefusedError(what, KEYS[row.table][0], key[0], "This format adds to rows that are there.")
            table.add({column: cell for column, cell in cells.items() if cell})
            self._widen(table, cells)
            return "added"
        changed = [self._merge(row.table, key, table.rows[key][0], column, cells, before) for column in cells]
        self._widen(table, cells)
        return "updated" if any(changed) else "unchanged"

    def _before(self, name: str, key: tuple[str, ...], cells: Cells) -> Mapping[str, str]:
        """What the source said of this row the last time; what it says now is kept for the next time."""
        said = self.said.setdefault(name, Table(name, list(read_schema()[name].column_names)))
        before = said.rows[key][0] if key in said.rows else {}
        said.rows[key] = [{column: cell for column, cell in cells.items() if cell}]
        return before

    def _merge(
        self, name: str, key: tuple[str, ...], current: Cells, column: str, cells: Cells, before: Mapping[str, str]
    ) -> bool:
        if column in KEYS[name]:
            return False
        old, new, last = current.get(column, ""), cells[column], before.get(column, "")
        if column in _list_columns(name):
            outcome = merge_list(old, new, last)
        else:
            outcome = merge_cell(old, new, last, overwrite=self.overwrites(column))
        if outcome.conflict:
            self.conflicts.append(Conflict(name, " → ".join(filter(None, key)), column, old, new, outcome.cell == new))
        current[column] = outcome.cell
        return outcome.cell != old

    def _widen(self, table: Table, cells: Cells) -> None:
        """Give the table the columns that it lacked."""
        wanted = [column for column in read_schema()[table.name].column_names if cells.get(column)]
        table.columns.extend(column for column in wanted if column not in table.columns)


def _list_columns(name: str) -> frozenset[str]:
    return frozenset(column.name for column in read_schema()[name].columns if column.kind in _LISTS)
