"""What is said of the six principles is what the rows say, and silence is told as silence."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboards.selection import Selection
from dashboards.views.principles import Principle, PrinciplesView, principles_view
from tests.laws.oracle import Oracle, Tables, active
from tests.packs import DAY, MISSION, SHAPES, library, mission, referee


def view_of(tables: Tables) -> PrinciplesView:
    return principles_view(library(tables).results(MISSION, DAY), Selection("principles", MISSION, DAY))


def principle(tables: Tables, number: int) -> Principle:
    return view_of(tables).principles[number - 1]


def bars(one: Principle) -> dict[str, str]:
    return {bar.label: bar.words for bar in one.evidence.bars}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_principle_says_what_it_shows_how_sure_and_what_it_cannot_tell(shape: str) -> None:
    view, truth = view_of(SHAPES[shape]), referee(SHAPES[shape])
    assert [one.number for one in view.principles] == [1, 2, 3, 4, 5, 6]
    for one in view.principles:
        assert all(said.endswith(".") for said in (one.says, one.sure, one.cannot, one.action, *one.more))
        assert all(len(row) == len(one.evidence.heads) for row in one.evidence.rows)
        for bar in one.evidence.bars:
            part, of, whole = bar.words.partition(" of ")
            if of and bar.share is not None:
                assert bar.share == pytest.approx(int(part) / int(whole))
    reach_holds(view.principles[2], truth)
    coalition_holds(view.principles[3], truth)


def reach_holds(one: Principle, truth: Oracle) -> None:
    labels = {"central": "Central government", "local": "Local government"}
    near: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for body in truth.members:
        sector = labels[truth.register[body]["sector"]]
        hops = truth.hops(body)
        whole[sector] += 1
        near[sector] += hops is not None and hops <= 2
    assert bars(one) == {sector: f"{near[sector]} of {whole[sector]}" for sector in whole}


def coalition_holds(one: Principle, truth: Oracle) -> None:
    today = Counter(row["status"] for row in truth.active_engagements)
    stages = ("proposed", "approached", "committed", "delivering")
    if sum(today.values()):
        assert bars(one) == {stage.capitalize(): str(today[stage]) for stage in stages}
    assert one.evidence.rows[-1] == ("1 June 2026", *(str(today[stage]) for stage in stages))


def test_the_coalition_is_followed_over_time() -> None:
    tables = mission("ca", "s-w", works="a:s-w")
    tables["engagements"] = [
        {
            "organisation_id": "a",
            "mission_id": MISSION,
            "status": "approached",
            "starts": "2025-01-01",
            "ends": "2026-03-01",
        },
        {"organisation_id": "a", "mission_id": MISSION, "status": "committed", "starts": "2026-03-01", "ends": ""},
    ]
    rows = {row[0]: row[1:] for row in principle(tables, 4).evidence.rows}
    assert rows["1 December 2024"] == ("0", "0", "0", "0")
    assert rows["1 June 2025"] == ("0", "1", "0", "0")
    assert rows["1 June 2026"] == ("0", "0", "1", "0")
    assert all(active(row, "2025-06-01") == (row["status"] == "approached") for row in tables["engagements"])


def themed(*themes: str) -> Tables:
    tables = mission("ca cb", "s-w t-w u-w:2", works="a:s-w b:u-w", could="d:t-w")
    for row, theme in zip(tables["capabilities"], themes, strict=True):
        row["theme"] = theme
    return tables


def test_dynamic_capabilities_are_counted_by_theme() -> None:
    one = principle(themed("Digital", "participation", "Digital"), 5)
    assert bars(one) == {
        "Policy design": "not asked for",
        "Participation": "0 of 1",
        "Digital": "1 of 2",
        "Experimentation": "not asked for",
    }
    assert one.evidence.rows[2] == ("Digital", "2", "1", "1", "0", "0", "0")
    assert one.sure == "None of three requirements are stated by a published plan. All can be judged."


def test_finance_says_where_public_bodies_are_at_work_and_which_firms_stand_beside_them() -> None:
    tables = themed("finance", "delivery", "finance")
    next(row for row in tables["organisations"] if row["organisation_id"] == "b")["sector"] = "firm"
    one = principle(tables, 6)
    assert bars(one) == {"Public or civic bodies": "1 of 2", "Firms": "1 of 2"}
    assert one.evidence.rows == (
        ("Place w", "Covered", "Body A", "nobody"),
        ("Place w", "Thin", "nobody", "Body B"),
    )


def test_departments_with_and_without_committed_work_are_named_and_counted() -> None:
    tables = mission("ca", "s-w", works="a:s-w", could="d:s-w")
    for row in tables["organisations"]:
        row["kind"] = "ministerial department"
        row["sector"] = "central"
    one = principle(tables, 1)
    assert one.more == (
        "1 of 3 departments carries committed work here: Body A.",
        "Two departments carry none in any mission on record.",
    )
    assert bars(one) == {"ministerial department": "1 of 3"}


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (mission(), "The network says little of the six principles yet"),
        (
            mission("ca", "s-w", works="a:s-w"),
            "100% of today's cover lasts 24 months; without the centre 100% would stay in touch",
        ),
    ],
)
def test_the_headline_says_what_can_be_said(tables: Tables, said: str) -> None:
    assert view_of(tables).headline == said


def test_how_sure_says_what_is_missing() -> None:
    tables = mission("ca", "s-w", works="a:s-w")
    tables["ties"][0] |= {"confidence": "0.5", "ends": "2027-01-01"}
    view = view_of(tables)
    assert view.principles[0].sure.startswith("It rests on one recorded engagement, 1 of them without a source.")
    assert view.principles[1].sure.startswith("An end is recorded for 50% of 2 ties and engagements.")
    assert view.principles[2].sure == (
        "It rests on one recorded tie, none of them confirmed by a second party. Of one tie it is not quite sure that "
        "there is one. Nobody was asked, so ties that were never published are missing."
    )
    assert view.principles[4].sure == "The need grid asks for nothing of this, so its silence says nothing."
