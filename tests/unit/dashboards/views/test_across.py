"""What is said across missions is what the referee finds in each of them, put together by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from dashboards.selection import Selection
from dashboards.views.across import AcrossView, across_view
from dashboards.views.across_facts import facts_of
from tests.laws.oracle import Oracle, Tables, active
from tests.laws.packs import packs
from tests.packs import DAY, MISSION, SHAPES, library, mission

HERE = DAY.isoformat()


def view_of(tables: Tables, **more: str) -> AcrossView:
    shelf = library(tables)
    facts = [facts_of(shelf.graph(name, DAY)) for name in shelf.pack["missions"]["mission_id"]]
    return across_view(facts, shelf.pack, Selection("across", on=DAY, more=tuple(more.items())))


def across_holds(tables: Tables) -> None:
    view = view_of(tables)
    truths = {row["mission_id"]: Oracle(tables, row["mission_id"], HERE) for row in tables["missions"]}
    ids = [one.mission_id for one in view.missions]
    assert set(ids) == set(truths)
    for i, mine in enumerate(ids):
        assert view.missions[i].at_work == len(truths[mine].engaged)
        for j, other in enumerate(ids):
            assert view.shared[i][j] == len(truths[mine].engaged & truths[other].engaged)
    load: Counter[str] = Counter()
    for row in tables.get("engagements", []):
        if active(row, HERE) and row["status"] in ("committed", "delivering"):
            load[row["organisation_id"]] += float(row.get("load") or 1)  # type: ignore[assignment]
    carriers = {one.body.organisation_id: one for one in (*view.known, *view.unknown)}
    assert set(carriers) == set().union(*(truth.engaged for truth in truths.values()))
    for name, one in carriers.items():
        assert one.load == pytest.approx(load[name])
        assert len(one.missions) == sum(name in truth.engaged for truth in truths.values())
        capacity = next(row for row in tables["organisations"] if row["organisation_id"] == name).get("capacity")
        assert one.capacity == (float(capacity) if capacity else None)
    for broker in view.brokers:
        name = broker.body.organisation_id
        cut = [len(truth.cut_off(name)) for truth in truths.values() if name in truth.members and name != truth.centre]
        assert [count for _, count in broker.missions] == [count for count in cut if count]
    for place in view.places:
        asks = [t for t in truths.values() if any(row["place_id"] == place.place_id for row in t.requirements)]
        served = [t for t in asks if any(t.working(r) for r in t.requirements if r["place_id"] == place.place_id)]
        assert (len(place.served), place.asked) == (len(served), len(asks))


@pytest.mark.parametrize("shape", SHAPES)
def test_it_holds_of_every_shape(shape: str) -> None:
    across_holds(SHAPES[shape])


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(packs())
def test_it_holds_of_random_packs(tables: Tables) -> None:
    across_holds(tables)


def three_missions() -> Tables:
    """a works in m, n and o; b in m only; d stands between c and e in m and n."""
    tables = mission("ca cd de", "s-w", works="a:s-w b:s-w", names={MISSION: "First"})
    tables["missions"] = [
        {"mission_id": name, "title": title, "centre_id": "c", "mission_set": group}
        for name, title, group in ((MISSION, "First", "New"), ("n", "Second", "New"), ("o", "Third", "Old"))
    ]
    tables["engagements"] += [
        {"organisation_id": "a", "mission_id": name, "status": "delivering"} for name in ("n", "o")
    ]
    tables["ties"] += [{"source_id": pair[0], "target_id": pair[1], "mission_id": "n"} for pair in ("cd", "de")]
    for row in tables["organisations"]:
        row["capacity"] = "2" if row["organisation_id"] == "a" else ""
        row["kind"] = "ministerial department" if row["organisation_id"] in "c" else "council"
    return tables


def test_the_sentences_say_who_is_over_who_is_unknown_and_what_is_shared() -> None:
    view = view_of(three_missions())
    assert view.headline == (
        "One organisation carries more than it can; one organisation works in three missions or more, Body A in 3"
    )
    assert (
        view.load_sentence == "1 of 1 body whose capacity is known carries more than that; of one body it is not known."
    )
    assert [(one.body.name, one.over) for one in view.known] == [("Body A", True)]
    assert view.known[0].sentence == "Carries 3 of 2 units of load, in three missions: it is full."
    assert [one.body.name for one in view.unknown] == ["Body B"]
    assert view.broker_sentence == (
        "One body is the only way to the centre for others in two missions or more. Body D is in 2, for 2 in all."
    )
    assert view.shared_sentence == "3 of 3 pairs of missions share somebody at work, First and Second the most: 1."
    assert view.department_sentence == "None of 1 department carry committed work, and 1 carries none."
    assert view.places_sentence == (
        "In none of 1 place somebody is at work in more than one mission, in each of them in one mission."
    )


def test_a_set_of_missions_is_looked_at_alone_while_load_counts_over_all() -> None:
    view = view_of(three_missions(), set="Old")
    assert [one.title for one in view.missions] == ["Third"]
    assert (view.known[0].load, view.known[0].missions) == (3.0, ("Third",))
    assert view.shared_sentence == "There is one mission only, so nothing can be shared."
    assert view.headline == "One organisation carries more than it can"


def test_a_set_that_there_is_not_shows_everything_and_says_so() -> None:
    view = view_of(three_missions(), set="<i>none")
    assert view.problems == ("'<i>none' is no set of missions, so all of them are shown.",)
    assert len(view.missions) == 3


def test_nobody_in_three_missions_is_told_too() -> None:
    view = view_of(mission("ca", "s-w", works="a:s-w"))
    assert view.headline == "Nobody is at work in three missions or more of one mission"
    assert view.load_sentence == (
        "How much the one body at work can carry is not recorded. Body A carries 1 unit of load."
    )
    assert view.broker_sentence == "Nobody is the only way to the centre for others in two missions or more."
