"""What may change nothing, what must change something, and what can only make things better or worse."""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import assume, given

from orchestrator.model import MissionGraph
from tests.laws.effort import tried
from tests.laws.judged import Said, assert_same, column, document, graph, graph_of, what_follows
from tests.laws.oracle import WORSE, Row, Tables, confidence_of, level_of, strength_of
from tests.laws.packs import DAY, DAYS, MISSION, Situation, packs, packs_and_luck, shuffled, situations

EXAMPLES = 20
TODAY = DAY.isoformat()
Drawn = tuple[Tables, random.Random]

#: What can be written in cells that count, by table. None stands for the id of any other body, place or capability.
COUNTED: dict[str, dict[str, Sequence[str]]] = {
    "organisations": {
        "name": ("Another name",),
        "sector": ("firm", "central"),
        "family": ("new", ""),
        "capacity": ("", "0", "9.5"),
    },
    "places": {"parent_id": ("",), "name": ("Elsewhere",)},
    "requirements": {
        "minimum": ("1", "2", "9"),
        "weight": ("0", "1", "3.25"),
        "sector": ("", "firm"),
    },
    "engagements": {
        "status": ("withdrawn", "proposed", "delivering"),
        "load": ("0", "1", "0.75"),
        "starts": ("", *DAYS),
        "ends": ("", *DAYS),
    },
    "ties": {
        "level": ("1", "2", "3", "4"),
        "strength": ("0.5", "2", "11"),
        "confidence": ("0.5", "1"),
        "starts": ("", *DAYS),
        "ends": ("", *DAYS),
    },
}


def with_rows(tables: Tables, table: str, rows: list[Row]) -> Tables:
    return {**tables, table: rows}


def meaning(table: str, column_name: str, row: Row) -> Any:
    """What a cell comes to once blanks are filled in as CONTRACT says."""
    if table == "ties" and column_name in ("level", "strength", "confidence"):
        return {"level": level_of, "strength": strength_of, "confidence": confidence_of}[column_name](row)
    default = {"minimum": "2", "weight": "1", "load": "1"}.get(column_name)
    return float(row[column_name] or default) if default else row[column_name]


def written_out(tables: Tables) -> Tables:
    """The same facts with every default of CONTRACT in its cell."""
    out = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for row in out["ties"]:
        row |= {"level": str(level_of(row)), "strength": str(strength_of(row)), "confidence": str(confidence_of(row))}
    for table, names in (("requirements", ("minimum", "weight")), ("engagements", ("load",))):
        for row in out[table]:
            row |= {name: str(meaning(table, name, row)) for name in names}
    return out


@tried(EXAMPLES)
@given(packs_and_luck())
def test_the_order_of_tables_rows_and_columns_changes_neither_digest_nor_result(
    drawn: Drawn,
) -> None:
    tables, luck = drawn
    assert document(Situation(shuffled(tables, luck))) == document(Situation(tables))


@tried(EXAMPLES)
@given(situations())
def test_a_default_that_is_written_out_changes_neither_digest_nor_result(situation: Situation) -> None:
    other = Situation(written_out(situation.tables), situation.day, situation.min_level)
    assert document(other) == document(situation)


@tried(EXAMPLES * 2)
@given(packs_and_luck())
def test_the_digest_changes_with_every_fact_that_counts(drawn: Drawn) -> None:
    tables, luck = drawn
    cells = [
        (table, at, name)
        for table, columns in COUNTED.items()
        for at, row in enumerate(tables[table])
        for name in columns
        if row.get("mission_id", MISSION) != "n" or table == "engagements"
    ]
    table, at, name = luck.choice(cells)
    row = tables[table][at]
    changed = [{**row, name: text} for text in COUNTED[table][name]]
    others = [new for new in changed if meaning(table, name, new) != meaning(table, name, row)]
    assume(others)
    rows = [*tables[table][:at], luck.choice(others), *tables[table][at + 1 :]]
    assert graph_of(with_rows(tables, table, rows), TODAY) != graph_of(tables, TODAY)


@tried(EXAMPLES)
@given(packs_and_luck())
def test_the_digest_changes_when_a_row_that_counts_is_left_out(drawn: Drawn) -> None:
    tables, luck = drawn
    rows = [(table, at) for table in ("offers", "engagements", "ties") for at in range(len(tables[table]))]
    rows = [(table, at) for table, at in rows if table != "ties" or tables[table][at]["mission_id"] != "n"]
    assume(rows)
    table, at = luck.choice(rows)
    fewer = with_rows(tables, table, tables[table][:at] + tables[table][at + 1 :])
    assert graph_of(fewer, TODAY).digest != graph_of(tables, TODAY).digest


@tried(EXAMPLES)
@given(packs_and_luck())
def test_a_graph_moved_to_a_day_is_the_graph_built_on_that_day(drawn: Drawn) -> None:
    tables, luck = drawn
    situation, day = Situation(tables), luck.choice(DAYS)
    there = Situation(situation.tables, day, situation.min_level)
    moved = graph(situation).at(date.fromisoformat(day))
    assert moved == graph(there)
    assert (moved.digest == graph(situation).digest) == (day == situation.day)
    assert_alike(moved, graph(there))
    assert moved.at(graph(situation).as_of) == graph(situation)


@tried(EXAMPLES)
@given(situations())
def test_a_graph_that_was_stored_and_read_back_is_the_same_graph(situation: Situation) -> None:
    again = pickle.loads(pickle.dumps(graph(situation)))
    assert again == graph(situation)
    assert_alike(again, graph(situation))


def assert_alike(one: MissionGraph, other: MissionGraph) -> None:
    """Equality is the digest; here is the rest."""
    assert one.members == other.members
    assert one.ties.equals(other.ties)
    assert (one.engaged, one.taking_part, one.min_level) == (other.engaged, other.taking_part, other.min_level)


@tried(EXAMPLES)
@given(packs_and_luck())
def test_a_higher_least_level_keeps_the_members_and_takes_ties_away(drawn: Drawn) -> None:
    tables, luck = drawn
    level = luck.choice((1, 2, 3))
    more, less = graph_of(tables, TODAY, level), graph_of(tables, TODAY, level + 1)
    assert less != more
    assert less.members == more.members
    strength = {(row["source_id"], row["target_id"]): row["strength"] for row in more.ties.to_dict("records")}
    for row in less.ties.to_dict("records"):
        assert row["strength"] <= strength[row["source_id"], row["target_id"]] * (1 + 1e-9)


@tried(EXAMPLES)
@given(packs_and_luck())
def test_a_withdrawn_engagement_adds_nobody_and_improves_nothing(drawn: Drawn) -> None:
    tables, luck = drawn
    body = luck.choice([row["organisation_id"] for row in tables["organisations"]])
    row = {"organisation_id": body, "mission_id": MISSION, "status": "withdrawn", "load": "5", "starts": "", "ends": ""}
    before = what_follows(tables)
    after = what_follows(with_rows(tables, "engagements", [*tables["engagements"], row]))
    for need in (*before["requirements"], *after["requirements"]):
        need["candidates"] = sorted(set(need["candidates"]) - {body})
    assert after == before


@tried(EXAMPLES)
@given(packs_and_luck())
def test_parallel_ties_either_way_round_are_one_with_their_strengths_added(drawn: Drawn) -> None:
    tables, luck = drawn
    bodies = [row["organisation_id"] for row in tables["organisations"]]
    assume(len(bodies) > 1)
    a, b = luck.sample(bodies, 2)
    kept = [tie for tie in tables["ties"] if {tie["source_id"], tie["target_id"]} != {a, b}]
    blank = dict.fromkeys(("kind", "starts", "ends"), "") | {"mission_id": MISSION, "level": "3"}
    one_way = {"source_id": a, "target_id": b, "strength": "1.5", "confidence": "0.5", **blank}
    other_way = {"source_id": b, "target_id": a, "strength": "2.5", "confidence": "0.75", **blank}
    both_in_one = {"source_id": b, "target_id": a, "strength": "4", "confidence": "0.875", **blank}
    assert what_follows(with_rows(tables, "ties", [*kept, one_way, other_way])) == what_follows(
        with_rows(tables, "ties", [both_in_one, *kept])
    )


@tried(EXAMPLES)
@given(packs_and_luck())
def test_which_end_of_a_tie_is_called_its_source_changes_no_result(drawn: Drawn) -> None:
    tables, luck = drawn
    turned = [
        {**tie, "source_id": tie["target_id"], "target_id": tie["source_id"]} if luck.random() < 0.5 else tie
        for tie in tables["ties"]
    ]
    assert_close(what_follows(with_rows(tables, "ties", turned)), what_follows(tables))


@tried(EXAMPLES)
@given(packs())
def test_rows_that_do_not_hold_on_the_day_change_no_result(tables: Tables) -> None:
    """Neither what is over on that very day nor what starts on the next."""

    def holds(row: Row) -> bool:
        return not (row["starts"] and row["starts"] > TODAY) and not (row["ends"] and row["ends"] <= TODAY)

    now = {
        name: [row for row in rows if holds(row)] for name, rows in tables.items() if name in ("engagements", "ties")
    }
    assert_close(what_follows({**tables, **now}), what_follows(tables))


@tried(EXAMPLES)
@given(packs())
def test_what_another_mission_needs_and_ties_changes_nothing_here(tables: Tables) -> None:
    ours = {
        name: [row for row in tables[name] if row["mission_id"] in (MISSION, "")] for name in ("requirements", "ties")
    }
    assert graph_of({**tables, **ours}, TODAY).digest == graph_of(tables, TODAY).digest


@tried(EXAMPLES)
@given(packs_and_luck())
def test_a_further_tie_between_members_never_makes_contact_or_cover_worse(drawn: Drawn) -> None:
    tables, luck = drawn
    before = what_follows(tables)
    members = column(before["organisations"], "organisation_id")
    assume(len(members) > 1)
    a, b = luck.sample(members, 2)
    tie = dict.fromkeys(("kind", "level", "strength", "confidence", "starts", "ends"), "")
    tie |= {"source_id": a, "target_id": b, "mission_id": MISSION}
    after = what_follows(with_rows(tables, "ties", [*tables["ties"], tie]))
    for old, new in zip(before["organisations"], after["organisations"], strict=True):
        assert new["organisation_id"] == old["organisation_id"]
        assert far(new["hops"]) <= far(old["hops"])
        assert (new["routes"] or 0) >= (old["routes"] or 0)
    for old, new in zip(before["requirements"], after["requirements"], strict=True):
        assert not worse(new["state"], old["state"])


def far(hops: int | None) -> float:
    return float("inf") if hops is None else hops


def worse(state: str, than: str) -> bool:
    return state != than and (state == "no-data" or WORSE.index(state) > WORSE.index(than))


def assert_close(found: Said, expected: Said) -> None:
    """The same document; numbers may differ in their last digits, since they are added up in another order."""
    assert_same(flat(found), flat(expected))


def flat(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return [end for name in part for end in (name, *flat(part[name]))]
    if isinstance(part, list):
        return [len(part), *(end for each in part for end in flat(each))]
    return [part]
