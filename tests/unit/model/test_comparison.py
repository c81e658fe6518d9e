"""What changed between two snapshots: through renames, mergers and lineage, with reasons, in sentences."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import pytest

from orchestrator.export.comparison_text import comparison_json, comparison_sentences, comparison_table
from orchestrator.freezing import freeze, marked
from orchestrator.model.comparison import Comparison, compare
from orchestrator.model.snapshot import Row, Snapshot
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, library, mission, pack

BEFORE = mission(ties="ca ab bd", needs="s-w s-e:2 t-w", works="a:s-w b:s-e d:s-e", could="e:t-w")


def frozen(tables: Tables, decisions: tuple[Row, ...] = (), name: str = MISSION) -> Snapshot:
    return freeze(pack(tables), library(tables).results(name, DAY), decisions)


def after(**changes: object) -> Tables:
    found = copy.deepcopy(BEFORE)
    for table, change in changes.items():
        change(found[table])  # type: ignore[operator]
    return found


def compared(tables: Tables, decisions: tuple[Row, ...] = ()) -> Comparison:
    return compare(frozen(BEFORE, decisions), frozen(tables))


def without(column: str, *values: str) -> object:
    def change(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if row[column] not in values]

    return change


def renamed(tables: Tables, old: str, new: str) -> Tables:
    """Another id for a body, everywhere."""
    found = copy.deepcopy(tables)
    for rows in found.values():
        for row in rows:
            for column in ("organisation_id", "source_id", "target_id", "centre_id"):
                if row.get(column) == old:
                    row[column] = new
    return found


def test_nothing_changed_says_so() -> None:
    found = compared(copy.deepcopy(BEFORE))
    assert comparison_sentences(found) == ("Nothing that is recorded changed.",)
    assert (found.jaccard, found.joined, found.left, found.needs) == (1.0, (), (), ())
    assert found.findings_persistent


def test_ties_kept_formed_and_dissolved_and_their_jaccard() -> None:
    tables = after(ties=lambda rows: rows.append({**rows[0], "source_id": "c", "target_id": "d"}))
    tables["ties"] = [row for row in tables["ties"] if row["source_id"] != "a"]
    found = compared(tables)
    assert (found.kept, found.formed, found.dissolved) == ((("a", "c"), ("b", "d")), (("c", "d"),), (("a", "b"),))
    assert found.jaccard == pytest.approx(2 / 4)


def test_jaccard_looks_only_at_bodies_that_were_there_both_times() -> None:
    tables = after(engagements=without("organisation_id", "d"), ties=without("target_id", "d"))
    found = compared(tables)
    assert found.left == ("d",)
    assert found.dissolved == (("b", "d"),)
    assert found.jaccard == 1.0


def test_why_a_requirement_changed() -> None:
    tables = after(engagements=without("organisation_id", "a"), ties=without("target_id", "d"))
    reasons = {need.requirement_id: (need.before, need.after, need.reasons) for need in compared(tables).needs}
    assert reasons["s-w"] == ("covered", "gap", ("no longer engaged: Body A",))
    assert reasons["s-e"] == ("covered", "thin", ("without a route to the centre now: Body D",))


def test_a_requirement_that_asks_for_more_says_so() -> None:
    tables = copy.deepcopy(BEFORE)
    tables["requirements"][0]["minimum"] = "3"
    (need,) = compared(tables).needs
    assert need.reasons == ("3 are enough, where it took 1",)


def test_a_renamed_body_is_the_same_body() -> None:
    tables = renamed(BEFORE, "a", "alpha")
    for row in tables["organisations"]:
        row |= {"aliases": "a|Body Alpha" if row["organisation_id"] == "alpha" else "", "name": row["name"] + " "}
    found = compared(tables)
    assert (found.joined, found.left, found.formed, found.dissolved) == ((), (), (), ())
    assert dict(found.renamed) == {"a": "alpha"}
    assert not found.findings_gone


def test_a_merger_keeps_the_ties_of_both() -> None:
    tables = renamed(renamed(BEFORE, "b", "a"), "d", "d")
    rows = {row["organisation_id"]: row for row in reversed(tables["organisations"])}
    tables["organisations"] = [row | {"aliases": "b" if name == "a" else ""} for name, row in rows.items()]
    found = compared(tables)
    assert dict(found.renamed) == {"b": "a"}
    assert (found.joined, found.left) == ((), ())
    assert (found.kept, found.formed, found.dissolved) == ((("a", "c"), ("a", "d")), (), ())
    assert "Body B is Body A now." in comparison_sentences(found)


def test_a_body_that_two_claim_is_nobodys() -> None:
    tables = renamed(BEFORE, "a", "x")
    tables["organisations"] = [
        {**row, "aliases": "a" if row["organisation_id"] in "xd" else ""} for row in tables["organisations"]
    ]
    assert "a" in compared(tables).left


def test_a_mission_that_continues_another_is_followed() -> None:
    tables = copy.deepcopy(BEFORE)
    tables["missions"] = [
        {**tables["missions"][0], "follows": ""},
        {"mission_id": "n", "title": "Next", "centre_id": "c", "follows": MISSION},
    ]
    for table in ("requirements", "engagements", "ties"):
        for row in tables[table]:
            row["mission_id"] = "n"
    for row in tables["requirements"]:
        row["requirement_id"] = f"new-{row['requirement_id']}"
    found = compare(frozen(BEFORE), frozen(tables, name="n"))
    assert found.lineage == "continues"
    assert (found.needs, found.joined, found.left) == ((), (), ())
    assert comparison_sentences(found)[0] == "Next continues Ours."
    unrelated = copy.deepcopy(tables)
    unrelated["missions"][1]["follows"] = ""
    assert compare(frozen(BEFORE), frozen(unrelated, name="n")).lineage == "another"
    assert compare(frozen(BEFORE), frozen(unrelated, name="n"), {"n": "k", "k": MISSION}).lineage == "another"


def test_advice_is_taken_when_the_body_takes_part() -> None:
    tables = after(
        engagements=lambda rows: rows.append({"organisation_id": "e", "mission_id": MISSION, "status": "committed"})
    )
    advised = ({"organisation_id": "e", "decision": "bring in"}, {"organisation_id": "c", "decision": "bring in"})
    assert [row["taken"] for row in compared(tables, advised).advice] == [True, False]
    assert [row["taken"] for row in compared(BEFORE, advised).advice] == [False, False]


def test_the_higher_marking_holds() -> None:
    one, two = marked(frozen(BEFORE), "SECRET"), marked(frozen(BEFORE), "OFFICIAL")
    assert compare(one, two).marking == compare(two, one).marking == "SECRET"
    assert comparison_table(compare(one, two)).startswith("SECRET\n")
    assert json.loads(comparison_json(compare(two, one)))["marking"] == "SECRET"


def test_scores_that_one_leaves_out_are_not_called_gone() -> None:
    whole = frozen(BEFORE)
    found = compare(whole, marked(whole, None, leave_out_scores=True))
    assert (found.findings_new, found.findings_gone) == ((), ())
    assert "Findings about named bodies are not compared: one of the two leaves them out." in comparison_sentences(
        found
    )


def test_a_snapshot_without_findings_is_told() -> None:
    found = compare(replace(frozen(BEFORE), findings={}), frozen(BEFORE))
    assert not found.findings_compared
    assert "Findings are not compared: one of the two holds none." in comparison_sentences(found)
