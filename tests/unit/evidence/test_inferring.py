"""What becomes of records: each rule of docs/evidence-ties.md on a handful of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestrator.evidence import Inference, InferredTie, ties_text
from tests.unit.evidence.small import HEAD, infer, record

GRANTS = """
[[ties]]
name = "grants"
evidence = "grant"
kind = "funds"
level = [[0, 1], [2000, 2]]
strength = [[0, 1], [2000, 1.5]]
confidence = [[1, 0.8], [2, 0.9]]
from_pounds = 500
lasts_days = 365
"""


def _one(found: Inference) -> InferredTie:
    (tie,) = found.ties
    return tie


def _left_out(found: Inference) -> dict[str, int]:
    return {each.reason: each.rows for each in found.use.left_out}


def test_amounts_of_a_pair_add_up_and_give_level_and_strength_and_records_give_confidence() -> None:
    tie = _one(infer(GRANTS, [record(), record(starts="2026-07-01", amount_pence=100_001)]))
    assert (tie.source_id, tie.target_id, tie.mission_id, tie.kind) == ("ash", "birch", "m", "funds")
    assert (tie.evidence, tie.amount_pence) == (2, 200_001)
    assert (tie.level, tie.strength, tie.confidence) == (2, 1_500_000, 900_000)
    assert (tie.starts, tie.ends, tie.last_seen) == (date(2026, 6, 1), date(2027, 7, 1), date(2026, 7, 1))
    assert (tie.rule, tie.inferred_by) == ("grants", "everything")


def test_one_grant_is_level_one_by_these_rules_and_says_which_record_it_is() -> None:
    row = record()
    tie = _one(infer(GRANTS, [row]))
    assert (tie.level, tie.strength, tie.confidence) == (1, 1_000_000, 800_000)
    assert tie.records == (row["evidence_id"],)
    assert tie.files == ("0" * 64,)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"kind": "meeting"}, "no rule for it"),
        ({"starts": None}, "without a date"),
        ({"starts": "2027-01-01"}, "dated after the day"),
        ({"starts": "2015-01-01"}, "too old"),
        ({"to_name": "Nobody"}, "a name on it is not matched"),
        ({"to_name": ""}, "a name on it is not matched"),
        ({"to_name": "Ash"}, "both sides are one body"),
        ({"amount_pence": 49_999}, "below the threshold of its rule"),
        ({"amount_pence": 0}, "below the threshold of its rule"),
        ({"amount_pence": -100_000}, "below the threshold of its rule"),
    ],
)
def test_every_record_that_makes_no_tie_is_left_out_for_one_reason(cells: dict[str, object], reason: str) -> None:
    found = infer(GRANTS, [record(**cells), record(to_name="Cedar")], {"Nobody": ""})
    assert _left_out(found) == {reason: 1}
    assert found.use.used == 1
    assert [tie.target_id for tie in found.ties] == ["cedar"]


def test_a_refund_is_taken_off() -> None:
    tie = _one(infer(GRANTS, [record(amount_pence=250_000), record(amount_pence=-100_000)]))
    assert (tie.amount_pence, tie.level) == (150_000, 1)


def test_an_amount_that_is_not_given_is_unknown_and_not_zero() -> None:
    tie = _one(infer(GRANTS, [record(amount_pence=None, currency="")]))
    assert (tie.amount_pence, tie.level) == (None, 1)


def test_other_currencies_are_counted_but_not_added() -> None:
    tie = _one(infer(GRANTS, [record(), record(currency="EUR", amount_pence=900_000)]))
    assert (tie.evidence, tie.amount_pence) == (2, 100_000)


def test_the_same_record_in_two_files_counts_once() -> None:
    again = record(file="b.csv", file_digest="1" * 64, evidence_id=record()["evidence_id"])
    found = infer(GRANTS, [again, record()])
    assert _one(found).amount_pence == 100_000
    assert _one(found).files == ("0" * 64,)
    assert _left_out(found) == {"the same record in another file": 1}


def test_age_takes_from_the_confidence() -> None:
    tie = _one(infer(GRANTS, [record(starts="2023-01-01")]))
    assert tie.confidence == 400_000


def test_what_still_runs_is_not_old() -> None:
    tie = _one(infer(GRANTS, [record(starts="2015-01-01", ends="2027-01-01")]))
    assert (tie.confidence, tie.ends) == (800_000, date(2027, 1, 1))


def test_a_standing_rule_knows_no_age_and_needs_no_date() -> None:
    standing = GRANTS.replace("lasts_days = 365", "standing = true")
    found = infer(standing, [record(starts="1999-01-01"), record(starts=None)])
    tie = _one(found)
    assert (tie.evidence, tie.confidence, tie.starts, tie.ends) == (2, 900_000, date(1999, 1, 1), None)


def test_without_a_date_counts_where_the_rules_say_how_much() -> None:
    found = infer(HEAD + "undated = 0.25\n" + GRANTS, [record(starts=None)])
    assert (_one(found).confidence, _one(found).starts) == (200_000, None)


def test_a_joined_name_shares_the_amount_to_the_penny() -> None:
    found = infer(GRANTS, [record(to_name="Birch + Cedar + Nobody", amount_pence=1_000_000)], {"Nobody": ""})
    assert {tie.target_id: tie.amount_pence for tie in found.ties} == {"birch": 333_334, "cedar": 333_333}
    both = infer(GRANTS, [record(from_name="Ash + Oak", to_name="Birch + Cedar", amount_pence=999_999)])
    assert sum(tie.amount_pence or 0 for tie in both.ties) == 999_999
    assert len(both.ties) == 4


def test_a_body_that_stands_twice_in_a_cell_gets_both_parts_and_one_record() -> None:
    tie = _one(infer(GRANTS, [record(to_name="Birch + Birch Ltd")], {"Birch Ltd": "birch"}))
    assert (tie.evidence, tie.amount_pence) == (1, 100_000)


CONTRACTS_THEN_PAYMENTS = """
[[ties]]
name = "contracts"
evidence = "contract"
kind = "commissions"
level = 2
confidence = 0.7

[[ties]]
name = "payments"
evidence = "payment"
kind = "commissions"
level = 1
confidence = 0.9
"""


def test_money_of_a_contract_and_of_its_payments_is_not_added() -> None:
    rows = [record(kind="contract"), record(kind="payment", amount_pence=60_000), record(kind="payment", title="b")]
    tie = _one(infer(CONTRACTS_THEN_PAYMENTS, rows))
    assert (tie.rule, tie.level, tie.amount_pence, tie.evidence, tie.confidence) == (
        "contracts",
        2,
        100_000,
        3,
        900_000,
    )


def test_a_rule_can_say_that_a_record_makes_no_tie() -> None:
    none = '[[ties]]\nname = "not these"\nevidence = "grant"\ntitle = "*loan*"\nkind = "none"\n'
    found = infer(none + GRANTS, [record(title="A LOAN for a van"), record(title="A grant")])
    assert _left_out(found) == {"its rule makes no tie": 1}
    assert _one(found).evidence == 1


MISSIONS = """
[[missions]]
name = "codes"
mission = "energy"
classification = "093*"

[[missions]]
name = "literally"
mission = "energy"
title = ["100%_sure*", "king's *"]

[[missions]]
name = "a buyer"
mission = "health"
from = "nhs-*"
evidence = "grant"
"""


@pytest.mark.parametrize(
    ("cells", "missions"),
    [
        ({"classification": "45000000|09310000"}, {"energy": "codes"}),
        ({"classification": "45093100"}, {}),
        ({"title": "100%_SURE of it"}, {"energy": "literally"}),
        ({"title": "1000 sure of it"}, {}),
        ({"title": "King's School"}, {"energy": "literally"}),
        ({"title": "É 100%_sure"}, {}),
        ({"from_name": "NHS-Leeds"}, {"health": "a buyer"}),
        (
            {"from_name": "NHS-Leeds", "classification": "09310000", "title": "king's x"},
            {"energy": "codes", "health": "a buyer"},
        ),
    ],
)
def test_the_first_rule_of_each_mission_that_fits_lays_a_record_to_it(
    cells: dict[str, object], missions: dict[str, str]
) -> None:
    found = infer(GRANTS + MISSIONS, [record(**cells)])
    assert {tie.mission_id: tie.inferred_by for tie in found.ties} == missions
    assert _left_out(found) == ({} if missions else {"outside the mission": 1})


def test_rows_in_another_order_give_the_same_ties_byte_for_byte() -> None:
    rows = [record(to_name=name, amount_pence=pence) for name in "BCDE" for pence in (60_000, 70_000, 80_000)]
    sources = {"0" * 64: "a"}
    first, second = (ties_text(infer(GRANTS, each).ties, sources) for each in (rows, rows[::-1]))
    assert first == second
    assert first.count("\n") == 5


def test_no_evidence_gives_no_tie_and_a_report_that_balances() -> None:
    found = infer(GRANTS, [record(kind="payment")])
    assert (found.ties, found.use.read, found.use.used) == ((), 1, 0)


def test_every_tie_opens_to_its_records(tmp_path: Path) -> None:
    saved = tmp_path / "records.parquet"
    rows = [record(), record(title="b", to_name="Birch + Cedar", amount_pence=300_000)]
    found = infer(GRANTS, rows, saved=saved)
    listed = duckdb.sql(f"SELECT tie, evidence_id, rule, pence FROM '{saved}'").fetchall()
    for tie in found.ties:
        mine = [row for row in listed if row[0] == tie.tie]
        assert len(mine) == tie.evidence
        assert sum(row[3] for row in mine) == tie.amount_pence
    assert {row[1] for row in listed} == {row["evidence_id"] for row in rows}
