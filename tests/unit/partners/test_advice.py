"""Advice on small packs whose right answer can be seen by looking."""

from __future__ import annotations

import csv
import io

import pytest

from orchestrator.export.partners_json import advice_document
from orchestrator.export.partners_text import advice_csv, advice_table
from orchestrator.model import MissionGraph
from orchestrator.model.advice import Advice
from orchestrator.partners import Request, advice, read_sectors
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, mission, pack


def asked(tables: Tables, **limits: object) -> Advice:
    return advice(MissionGraph.from_pack(pack(tables), MISSION, DAY), Request(**limits))  # type: ignore[arg-type]


def chosen(found: Advice) -> list[str]:
    return [partner.organisation_id for partner in found.chosen]


def test_a_covered_mission_needs_nobody_and_says_so() -> None:
    found = asked(mission(ties="ca", needs="s-w", works="a:s-w", could="b:s-w"))
    assert (chosen(found), found.within_percent, found.cost) == ([], 0.0, 0.0)
    assert found.notes[0] == "Every requirement is covered today: nobody is missing."
    assert "Nobody: no candidate within the limits adds anything." in advice_table(found)


def test_one_body_for_two_needs_is_better_than_two() -> None:
    found = asked(mission(ties="ca", needs="s-w s-e", could="a:s-w b:s-e d:s-w d:s-e"))
    assert chosen(found) == ["d"]
    assert found.chosen[0].closes == ("s-e", "s-w")


def test_of_equals_the_less_loaded_then_the_nearer_then_the_first_comes_in() -> None:
    tables = mission(ties="ca ae", needs="s-w", could="b:s-w d:s-w e:s-w")
    assert chosen(asked(tables)) == ["e"]  # the only one that there is a way to
    tables["missions"].append({"mission_id": "n", "title": "Other", "centre_id": "c"})
    tables["engagements"] += [{"organisation_id": "e", "mission_id": "n", "status": "committed"}]
    assert chosen(asked(tables)) == ["b"]
    assert asked(tables).chosen[0].next_best.equal  # type: ignore[union-attr]
    assert "Body D would do as well." in asked(tables).chosen[0].reason


def test_a_family_counts_once() -> None:
    tables = mission(needs="s-w:2", ties="ca", could="a:s-w b:s-w d:s-w", families={"a": "g", "b": "g"})
    assert chosen(asked(tables)) in (["a", "d"], ["d", "a"])


def test_a_family_that_works_already_adds_nothing() -> None:
    tables = mission(needs="s-w:2", ties="ca", works="a:s-w", could="b:s-w", families={"a": "g", "b": "g"})
    found = asked(tables)
    assert chosen(found) == []
    assert found.still_open == ("s-w",)


def test_limits_hold() -> None:
    tables = mission(ties="ca", needs="s-w s-e s-n", could="a:s-w b:s-e d:s-n")
    assert len(asked(tables, max_new=2).chosen) == 2
    assert len(asked(tables, budget=1.5).chosen) == 1
    assert chosen(asked(tables, within=1)) == ["a"]
    sectors, only = read_sectors("firm")
    assert chosen(asked(tables, sectors=sectors, only=only)) == []


def test_the_cheapest_of_equal_choices_is_taken() -> None:
    tables = mission(ties="ca", needs="s-w", could="a:s-w b:s-w")
    for row in tables["organisations"]:
        row["cost"] = {"a": "3", "b": "2"}.get(row["organisation_id"], "")
    found = asked(tables)
    assert (chosen(found), found.cost, found.cost_bound) == (["b"], 2.0, 2.0)
    assert any("blank cost" in note for note in found.notes)


def test_a_body_without_a_route_that_is_engaged_already_adds_no_load_and_connects_others() -> None:
    tables = mission(ties="ca bd", needs="s-w", works="b:s-w")
    found = asked(tables)
    assert chosen(found) == ["b"]
    assert (found.chosen[0].load_before, found.chosen[0].load_after) == (1.0, 1.0)
    assert found.chosen[0].gives_route == ("d",)


def test_whoever_withdrew_is_not_asked_again() -> None:
    tables = mission(ties="ca", needs="s-w", could="b:s-w d:s-w")
    tables["engagements"] += [{"organisation_id": "b", "mission_id": MISSION, "status": "withdrawn"}]
    assert chosen(asked(tables)) == ["d"]


def test_who_is_full_is_named_where_nobody_else_is_known() -> None:
    tables = mission(ties="ca", needs="s-w s-e", could="b:s-w d:s-e")
    for row in tables["organisations"]:
        row["capacity"] = "0" if row["organisation_id"] == "b" else ""
    found = asked(tables)
    (need,) = found.no_known_candidate
    assert (need.requirement_id, need.full) == ("s-w", ("b",))
    assert "Body B could, but is at capacity." in need.look_for


def test_the_way_to_a_body_is_told_with_names() -> None:
    found = asked(mission(ties="ca ab", needs="s-w", could="d:s-w b:t-w"))
    assert "No way to it is on record: approach it directly." in found.chosen[0].reason
    found = asked(mission(ties="ca ab", needs="s-w", could="b:s-w"))
    assert found.chosen[0].introducers == ("a",)
    assert "Ask Body A, which works with both of you." in found.chosen[0].reason


def test_an_introduction_by_a_common_partner() -> None:
    found = asked(mission(ties="ca ab", needs="s-w", works="a:s-w"))
    (tie,) = found.introductions
    assert (tie.source_id, tie.target_id, tie.secures, tie.in_common) == ("b", "c", ("b",), ("a",))
    assert "Body A works with both and can introduce them." in tie.reason


@pytest.mark.parametrize("limits", [{}, {"max_new": 1}, {"within": 2}])
def test_progress_is_told_and_may_cancel(limits: dict[str, int]) -> None:
    said: list[str] = []
    graph = MissionGraph.from_pack(pack(mission("ca ab", "s-w s-e", could="b:s-w a:s-e")), MISSION, DAY)
    advice(graph, Request(**limits), said.append)  # type: ignore[arg-type]
    assert said[0] == "choosing by what each body adds for its cost"

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        advice(graph, Request(**limits), stop)  # type: ignore[arg-type]


def test_every_form_says_the_same() -> None:
    found = asked(mission(ties="ca ab", needs="s-w s-e t-w", works="a:s-w", could="b:s-e"))
    document = advice_document(found)
    rows = list(csv.DictReader(io.StringIO(advice_csv(found))))
    page = advice_table(found)
    assert [row["advice"] for row in rows] == ["bring in", "introduce", "look for"]
    assert rows[0]["reason"] == document["chosen"][0]["reason"]
    assert document["no_known_candidate"] == ["t-w"]
    assert "Bring in (1)" in page
    assert "Introduce to each other (1)" in page
    assert "No known candidate (1)" in page
    assert "No choice within the limits reaches more." in page
