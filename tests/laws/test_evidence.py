"""Laws of reading evidence: amounts and dates mean what was written, counts balance, names come back, ids stay."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestrator.intake.evidence import read_evidence_bytes
from orchestrator.intake.evidence.amounts import read_amount, shares
from orchestrator.intake.evidence.dates import DAY_FIRST, MONTH_FIRST, DateColumn, DateRule
from orchestrator.tables.evidence import Evidence, EvidenceReport

PENCE = st.integers(-(10**13), 10**13)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
NUMERIC = {
    DAY_FIRST: ("{0.day:02}/{0.month:02}/{0.year}", "{0.day}.{0.month}.{0.year}", "{0.day:02}-{0.month:02}-{1:02}"),
    MONTH_FIRST: ("{0.month}/{0.day}/{0.year}", "{0.month:02}/{0.day:02}/{1:02}", "{0.month}-{0.day}-{0.year} 10:30"),
}
PLAIN = (
    "{0:%Y-%m-%d}",
    "{0:%Y-%m-%d} 00:00:00",
    "{0:%Y-%m-%d}T00:00:00Z",
    "{0:%d-%b-%y}",
    "{0:%d %B %Y}",
    "{0:%B %d, %Y}",
)


@given(
    PENCE, st.sampled_from(["{0:,.2f}", "{0:.2f}", "£{0:,.2f}", " {0:.2f} "]), st.sampled_from(["-{}", "{}-", "({})"])
)
def test_an_amount_is_what_was_written_to_the_penny(pence: int, plain: str, negative: str) -> None:
    whole, rest = divmod(abs(pence), 100)
    text = plain.replace("{0:,.2f}", f"{whole:,}.{rest:02}").replace("{0:.2f}", f"{whole}.{rest:02}")
    assert read_amount(negative.format(text.strip()) if pence < 0 else text).minor == pence


@given(PENCE, st.integers(1, 60))
def test_shares_add_up_and_differ_by_a_penny_at_most(pence: int, of: int) -> None:
    found = shares(pence, of)
    assert (sum(found), len(found)) == (pence, of)
    assert max(found) - min(found) <= 1


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from([DAY_FIRST, MONTH_FIRST]), st.randoms())
def test_a_column_of_dates_is_read_as_it_was_meant_or_asked_about(days: list[date], order: str, draw: object) -> None:
    choices = [(day, NUMERIC[order][at % 3].format(day, day.year % 100)) for at, day in enumerate(days)]
    column = DateColumn(DateRule())
    for _, text in choices:
        column.look(text)
    if any(day.day > 12 for day in days):
        assert column.order == order
        assert [column.read(text) for _, text in choices] == [day.isoformat() for day in days]
    else:
        assert column.open == any(day.day != day.month for day in days)


@given(DAYS, st.sampled_from(PLAIN))
def test_dates_with_one_reading_are_read_whatever_the_column_says(day: date, layout: str) -> None:
    for rule in (DateRule(), DateRule(stated=MONTH_FIRST), DateRule(default=DAY_FIRST)):
        assert DateColumn(rule).read(layout.format(day)) == day.isoformat()


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["A firm", "REDACTED", "Total", "5"]
)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=12)


def spending(rows: list[list[str]]) -> tuple[list[Evidence], EvidenceReport]:
    file = io.StringIO()
    csv.writer(file).writerows([["Entity", "Date", "Supplier", "Amount"], *rows])
    reading = read_evidence_bytes("a.csv", file.getvalue().encode(), "spending")
    return [row for batch in reading.batches() for row in batch], reading.report


@settings(max_examples=80)
@given(ROWS)
def test_every_row_is_kept_set_aside_or_rejected(rows: list[list[str]]) -> None:
    assume(not any("\x00" in cell for row in rows for cell in row))
    kept, report = spending(rows)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert (report.read, report.kept) == (filled, len(kept))
    assert report.read == report.kept + report.rejected + report.set_aside


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, PENCE), min_size=1, max_size=12))
def test_names_and_sums_come_back_and_ids_do_not_depend_on_the_order(said: list[tuple[str, int]]) -> None:
    rows = [
        ["A trust", "2020-04-30", name, f"{'-' * (pence < 0)}{abs(pence) // 100}.{abs(pence) % 100:02}"]
        for name, pence in said
    ]
    kept, report = spending(rows)
    back, _ = spending(rows[::-1])
    assert {row.evidence_id for row in kept} == {row.evidence_id for row in back}
    assert len({row.evidence_id for row in kept}) == len(kept)
    aside = Counter(name for name, _ in said) - Counter(row.to_name for row in kept)
    assert aside.total() == report.set_aside
    assert all(int(a.row[4:]) < int(b.row[4:]) for a, b in pairwise(kept))
