"""Whatever is wrong with a pack, the report balances, says where, and keeps exactly what has no fault."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from hypothesis import given

from orchestrator.errors import Problem
from orchestrator.tables import Pack, RawPack, RawTable, Report, check_pack, read_schema
from tests.laws.broken import Broken, broken_packs
from tests.laws.effort import tried
from tests.laws.packs import checked, packs

EXAMPLES = 80


def row_numbers(problems: tuple[Problem, ...], table: RawTable) -> set[int]:
    """The rows that a report finds fault with; with a heading at fault, all of them."""
    at = {problem.row for problem in problems if problem.file == table.file}
    return set(table.rows) if 1 in at else {row for row in at if row is not None}


def kept(raw: RawPack) -> tuple[Pack, Report]:
    pack, report = check_pack(raw, keep_valid=True)
    assert pack is not None
    return pack, report


def as_text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return "" if pd.isna(value) else str(value)


def as_raw(pack: Pack) -> RawPack:
    """A checked pack written out again, cell by cell."""
    tables = []
    for name in pack:
        frame = pack[name]
        cells = tuple([as_text(value) for value in frame[column]] for column in frame)
        tables.append(RawTable(name, f"{name}.csv", tuple(frame.columns), cells, range(2, len(frame) + 2)))
    return RawPack("kept", tuple(tables))


@tried(EXAMPLES)
@given(broken_packs())
def test_rows_read_are_rows_kept_and_rows_rejected_in_every_table(broken: Broken) -> None:
    raw = broken.raw()
    _, report = kept(raw)
    assert {count.table: count.read for count in report.counts} == {table.name: len(table) for table in raw.tables}
    for count in report.counts:
        assert count.read == count.kept + count.rejected
        assert min(count.kept, count.rejected) >= 0


@tried(EXAMPLES)
@given(broken_packs())
def test_rows_are_rejected_if_and_only_if_a_problem_names_them(broken: Broken) -> None:
    raw = broken.raw()
    pack, report = kept(raw)
    rejected = {count.table: count.rejected for count in report.counts}
    for table in raw.tables:
        faulty = row_numbers(report.problems, table)
        assert rejected[table.name] == len(faulty)
        stays = [at for at, row in enumerate(table.rows) if row not in faulty]
        assert len(pack[table.name]) == len(stays)
        names = dict(zip(table.columns, table.cells, strict=True))
        key = read_schema()[table.name].key
        if key is not None:
            assert pack[table.name][key].tolist() == [names[key][at].strip() for at in stays]


@tried(EXAMPLES)
@given(broken_packs())
def test_every_fault_is_reported_at_once_and_where_it_is(broken: Broken) -> None:
    pack, report = check_pack(broken.raw())
    assert pack is None
    found = {(problem.file.removesuffix(" (1).csv"), problem.row, problem.column) for problem in report.problems}
    assert broken.planted <= found


@tried(EXAMPLES)
@given(broken_packs())
def test_a_problem_names_file_row_column_value_and_what_is_allowed(broken: Broken) -> None:
    raw = broken.raw()
    cells = {(t.file, c): (t, column) for t in raw.tables for c, column in zip(t.columns, t.cells, strict=True)}
    _, report = check_pack(raw)
    for problem in report.problems:
        assert problem.allowed
        assert str(problem).startswith(f"{problem.file}, row {problem.row}, column {problem.column}: ")
        if problem.row != 1:
            table, column = cells[problem.file, str(problem.column)]
            cell = column[list(table.rows).index(problem.row or 0)]
            assert problem.value is not None
            assert problem.value.strip() in (cell.strip(), *(part.strip() for part in cell.split("|")))


@tried(EXAMPLES)
@given(broken_packs())
def test_no_problem_is_told_twice(broken: Broken) -> None:
    _, report = check_pack(broken.raw())
    assert [told for told, times in Counter(map(str, report.problems)).items() if times > 1] == []


@tried(EXAMPLES // 2)
@given(broken_packs())
def test_what_was_kept_is_clean_when_it_is_checked_again(broken: Broken) -> None:
    pack, _ = kept(broken.raw())
    again, report = check_pack(as_raw(pack))
    assert report.problems == ()
    assert again is not None
    for name in pack:
        pd.testing.assert_frame_equal(again[name], pack[name])


@tried(EXAMPLES // 2)
@given(packs())
def test_a_clean_pack_is_kept_whole_with_or_without_asking(tables: dict[str, list[dict[str, str]]]) -> None:
    pack = checked(tables)
    for name, rows in tables.items():
        assert len(pack[name]) == len(rows)
    assert set(pack) == set(read_schema().names)
