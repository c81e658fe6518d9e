"""Raw tables in, a checked pack and a balanced report out: all problems at once, not the first.

Three passes: each column by itself (every distinct text is read once), each table by itself (ids, circles), then
references across tables until nothing more falls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from orchestrator.errors import Problem, quoted
from orchestrator.tables.cells import UnreadableError, parser, split_list
from orchestrator.tables.circles import circles
from orchestrator.tables.coded import CodedColumn
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack, empty_table, typed
from orchestrator.tables.raw import RawPack, RawTable
from orchestrator.tables.report import Report, TableCount
from orchestrator.tables.schema import Column, Schema, TableSchema, read_schema

__all__ = ["check_pack"]

ADVISED_AT_MOST = 200
#: Before the first day of the calendar, and after the last.
_NEVER, _EVER = 0, 10**7


@dataclass
class _Draft:
    """A table on its way through the checks: parsed columns, which rows still stand, what was found."""

    schema: TableSchema
    raw: RawTable
    values: dict[str, CodedColumn[Any]] = field(default_factory=dict)
    stands: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def problem(self, row: int, column: str, value: str, what: str, allowed: str, hint: str = "") -> None:
        """Reject a row (by its index here) and say why."""
        self.stands[row] = False
        self.problems.append(Problem(what, self.raw.file, self.raw.rows[row], column, value, allowed, hint))

    def notice(self, what: str, column: str | None = None, row: int | None = None, hint: str = "") -> None:
        """Say something that rejects nothing."""
        number = None if row is None else self.raw.rows[row]
        self.notices.append(Problem(what, self.raw.file, number, column, hint=hint))

    def standing(self) -> np.ndarray:
        """The indices of the rows that still stand."""
        return np.flatnonzero(self.stands)


def check_pack(raw: RawPack, *, keep_valid: bool = False) -> tuple[Pack | None, Report]:
    """Is this pack fit to be used? Its checked tables, and the report that says what became of every row.

    The pack is None where there is a problem, unless ``keep_valid`` asks for the rows that stand. The report
    balances for every table: read = kept + rejected. Cost grows with the number of cells; each distinct text of a
    column is read once.

    >>> from orchestrator.tables.raw import RawTable
    >>> ties = RawTable("ties", "ties.csv", ("source_id", "target_id"), (["a"], ["b"]), [2])
    >>> pack, report = check_pack(RawPack("small", (ties,)))
    >>> pack is None, [problem.file for problem in report.problems][:1]
    (True, ['organisations'])
    """
    schema = read_schema()
    drafts = {table.name: _draft(schema[table.name], table) for table in raw.tables if table.name in schema.names}
    problems = [*raw.problems, *_missing_tables(schema, raw)]
    for draft in drafts.values():
        _check_columns(draft)
        _check_ids(draft)
        _check_circles(draft)
        _notice_spans(draft)
    _check_references(drafts)
    counts = tuple(_count(drafts[name]) for name in schema.names if name in drafts)
    for name in schema.names:
        if name in drafts:
            problems += sorted(drafts[name].problems, key=lambda p: p.row or 0)
    notices = [*raw.notices, *(n for name in schema.names if name in drafts for n in drafts[name].notices)]
    report = Report(raw.name, counts, tuple(problems), tuple(notices))
    if report.problems and not keep_valid:
        return None, report
    return Pack(raw.name, {name: _frame(draft) for name, draft in drafts.items()}), report


def _missing_tables(schema: Schema, raw: RawPack) -> Iterator[Problem]:
    if raw.problems and not raw.tables:
        return  # nothing could be read, and the reader said why
    found = {table.name for table in raw.tables}
    broken = {problem.file.rsplit("/", 1)[-1].rsplit(".", 1)[0] for problem in raw.problems}
    for table in schema.tables:
        if table.required and table.name not in found | broken:
            have = f"Found: {', '.join(sorted(found))}." if found else "No table was found."
            need = ", ".join(t.name for t in schema.tables if t.required)
            yield Problem(f"the table {table.name} is missing.", table.name, allowed=f"A pack needs {need}.", hint=have)


def _draft(schema: TableSchema, raw: RawTable) -> _Draft:
    draft = _Draft(schema, raw, stands=np.ones(len(raw), dtype=bool), problems=list(raw.ragged))
    twice = sorted({name for name in raw.columns if raw.columns.count(name) > 1})
    missing = [c.name for c in schema.columns if c.required and c.name not in raw.columns]
    unknown = [name for name in raw.columns if name not in schema.column_names]
    for name in twice:
        draft.problems.append(Problem("the heading stands twice.", raw.file, 1, name, name, "Each heading once."))
    for name in missing:
        near = nearest(name, unknown, most=1)
        hint = f"Is it {quoted(near[0])}? Then rename that heading." if near else f"{schema.column(name).meaning}."
        missed = Problem("the column is missing.", raw.file, 1, name, allowed="It is required.", hint=hint)
        draft.problems.append(missed)
    if twice or missing:
        draft.stands[:] = False
    for name in unknown:
        near = nearest(name, [c for c in schema.column_names if c not in raw.columns], most=1)
        hint = f"Did you mean {quoted(near[0])}?" if near else ""
        draft.notice("the column is not part of the schema; it is kept as it is.", name, hint=hint)
    return draft


def _check_columns(draft: _Draft) -> None:
    given = dict(zip(draft.raw.columns, draft.raw.cells, strict=True))
    for column in draft.schema.columns:
        cells = given.get(column.name)
        if cells is None:
            draft.values[column.name] = CodedColumn(np.zeros(len(draft.raw), dtype=np.int32), [None])
        else:
            draft.values[column.name] = _read_column(draft, column, cells)
    for name, cells in given.items():
        if name not in draft.values:
            draft.values[name] = CodedColumn.of(cells)


def _read_column(draft: _Draft, column: Column, cells: Sequence[str]) -> CodedColumn[Any]:
    """Read every distinct text once."""
    read = parser(column.kind)
    texts = CodedColumn.of(cells)
    meanings: list[Any] = [None] * len(texts.distinct)
    failures: dict[int, UnreadableError] = {}
    for code, cell in enumerate(texts.distinct):
        if not cell.strip():
            if column.required:
                failures[code] = UnreadableError("the cell is blank.", "A value is required.", f"{column.meaning}.")
            continue
        try:
            meanings[code] = read(cell, column)
        except UnreadableError as unreadable:
            failures[code] = unreadable
    for row in texts.rows_with(failures):
        why = failures[int(texts.codes[row])]
        draft.problem(row, column.name, cells[row], why.what, why.allowed, why.hint)
    return CodedColumn(texts.codes, meanings)


def _check_ids(draft: _Draft) -> None:
    key = draft.schema.key
    if key is None:
        return
    first: dict[str, int] = {}
    for row, name in enumerate(draft.values[key]):
        if name is None:
            continue
        if name in first:
            what = f"{quoted(name)} stands in row {draft.raw.rows[first[name]]} already."
            draft.problem(row, key, name, what, "Each id once.", "Remove one of the rows or give it another id.")
        else:
            first[name] = row


def _check_circles(draft: _Draft) -> None:
    """A place cannot lie inside itself, nor a body belong to itself, however long the way round."""
    key = draft.schema.key
    if key is None or "parent_id" not in draft.values:
        return
    names, parents = draft.values[key], draft.values["parent_id"]
    many = draft.schema.column("parent_id").kind == "references"
    first: dict[str, int] = {}
    for row, name in enumerate(names):
        if name is not None:
            first.setdefault(name, row)
    named = {name: parents[row] for name, row in first.items() if parents[row] is not None}
    for name, parent in circles({name: split_list(cell) if many else (cell,) for name, cell in named.items()}):
        what = f"{quoted(parent)} lies inside {quoted(name)} itself, directly or by a longer way."
        hint = "Give one of them another parent."
        draft.problem(first[name], "parent_id", parent, what, "Parents form no circle.", hint)


def _notice_spans(draft: _Draft) -> None:
    starts, ends = draft.values.get("starts"), draft.values.get("ends")
    if starts is None or ends is None:
        return
    begun = np.array([_NEVER if day is None else day.toordinal() for day in starts.distinct])[starts.codes]
    over = np.array([_EVER if day is None else day.toordinal() for day in ends.distinct])[ends.codes]
    for row in np.flatnonzero(begun >= over).tolist():
        first, last = starts[row], ends[row]
        draft.notice(f"it ends on {last}, not after it starts on {first}, so it never holds.", "ends", row)


def _check_references(drafts: dict[str, _Draft]) -> None:
    """Reject rows that name something unknown, then whatever names a row that was rejected, all the way down."""
    ever = {name: _ids(draft, range(len(draft.raw))) for name, draft in drafts.items() if draft.schema.key}
    for draft, column in _referring(drafts):
        _check_unknown(draft, column, ever.get(column.refers_to, {}))
    fallen = []
    for table, names in ever.items():
        if not drafts[table].stands.all():
            standing = _ids(drafts[table], drafts[table].standing().tolist())
            fallen += [(table, name) for name in names if name not in standing]
    naming: dict[str, list[_Naming]] = {}
    while fallen:
        table, name = fallen.pop()
        if table not in naming:
            naming[table] = [_Naming(*each) for each in _referring(drafts) if each[1].refers_to == table]
        for each in naming[table]:
            fallen += each.reject(name)


def _referring(drafts: dict[str, _Draft]) -> list[tuple[_Draft, Column]]:
    """Every column that names rows of some table, with its own table."""
    return [
        (draft, column)
        for draft in drafts.values()
        for column in draft.schema.columns
        if column.refers_to and (column.kind != "source" or column.refers_to in drafts)
    ]


class _Naming:
    """Which rows of a column name whom? Rows of one cell lie together, so that a name is found without a search."""

    def __init__(self, draft: _Draft, column: Column) -> None:
        self.draft, self.column = draft, column
        values = draft.values[column.name]
        self.rows = np.argsort(values.codes, kind="stable")
        self.bounds = np.searchsorted(values.codes[self.rows], np.arange(len(values.distinct) + 1))
        self.cells: dict[str, list[int]] = {}
        for code, cell in enumerate(values.distinct):
            for name in _names_in(cell, column):
                self.cells.setdefault(name, []).append(code)

    def reject(self, name: str) -> list[tuple[str, str]]:
        """Reject the rows that name this one, whose own row fell; which names of rows fall with them?"""
        parts = [self.rows[self.bounds[code] : self.bounds[code + 1]] for code in self.cells.get(name, ())]
        table, fallen = self.draft.schema, []
        for row in sorted(row for part in parts for row in part.tolist()):
            if self.draft.stands[row]:
                hint = f"Its own row in {self.column.refers_to} was rejected: mend that first."
                _unknown(self.draft, self.column, row, name, hint)
                own = self.draft.values[table.key][row] if table.key else None
                if own is not None:
                    fallen.append((table.name, own))
        return fallen


def _ids(draft: _Draft, rows: Iterable[int]) -> dict[str, None]:
    names = draft.values[draft.schema.key or ""]
    return dict.fromkeys(name for name in map(names.__getitem__, rows) if name is not None)


def _check_unknown(draft: _Draft, column: Column, there: dict[str, None]) -> None:
    """Reject rows that name what is nowhere, rejected rows included."""
    values = draft.values[column.name]
    missing: dict[int, list[str]] = {}
    for code, cell in enumerate(values.distinct):
        names = [name for name in _names_in(cell, column) if name not in there and not _is_address(name, column)]
        if names:
            missing[code] = names
    advised = 0
    for row in values.rows_with(missing):
        for name in missing[int(values.codes[row])]:
            hint = _advice(name, column.refers_to, there, search=advised < ADVISED_AT_MOST)
            _unknown(draft, column, row, name, hint)
            advised += 1


def _names_in(cell: str | None, column: Column) -> tuple[str, ...]:
    if cell is None:
        return ()
    return tuple(dict.fromkeys(split_list(cell))) if column.kind in ("references", "source") else (cell,)


def _unknown(draft: _Draft, column: Column, row: int, name: str, hint: str) -> None:
    what = f"{quoted(name)} is not in the table {column.refers_to}."
    draft.problem(row, column.name, name, what, f"Name a row of {column.refers_to}.", hint)


def _is_address(name: str, column: Column) -> bool:
    return column.kind == "source" and name.startswith(("https://", "http://"))


def _advice(name: str, table: str, there: dict[str, None], *, search: bool) -> str:
    if not there:
        return f"The table {table} has no rows."
    near = nearest(name, there, most=2) if search else ()
    return f"Did you mean {' or '.join(quoted(n) for n in near)}?" if near else ""


def _count(draft: _Draft) -> TableCount:
    read = len(draft.raw) + len(draft.raw.ragged)
    kept = int(draft.stands.sum())
    return TableCount(draft.schema.name, draft.raw.file, read, kept, read - kept)


def _frame(draft: _Draft) -> pd.DataFrame:
    rows = draft.standing()
    if not len(rows):
        return empty_table(draft.schema)
    whole = len(rows) == len(draft.raw)
    columns = {}
    for name, values in draft.values.items():
        known = name in draft.schema.column_names
        texts = values.distinct
        distinct = typed(texts, draft.schema.column(name)) if known else pd.Series(texts, dtype="str")
        columns[name] = pd.Series(distinct.array.take(values.codes if whole else values.codes[rows]))
    return pd.DataFrame(columns)
