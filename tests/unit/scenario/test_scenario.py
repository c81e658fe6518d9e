"""Each kind of change does what docs/scenarios.md says, and nothing else; what cannot be applied says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.errors import BadData
from orchestrator.model import MissionGraph, coverage, hops
from orchestrator.scenario import (
    CHANGES,
    Change,
    Scenario,
    apply_scenario,
    apply_what_can_be,
    changes_in_a_line,
    read_change,
    read_changes,
    read_scenario,
    scenario_text,
)
from orchestrator.study import Library, simulate, try_out
from orchestrator.tables import RawPack, RawTable, check_pack
from orchestrator.tables.pack import Pack

DAY = date(2026, 11, 23)
TABLES = {
    "organisations": """organisation_id,name,sector,parent_id,capacity
centre,Centre,central,,
a,Alpha,regional,centre,2
b,Beta,local,centre,3
c,Gamma,firm,,
d,Delta,civil-society,,1""",
    "missions": "mission_id,title,centre_id\nm,Mission,centre\nother,Other,centre",
    "places": "place_id,name,level,parent_id\nN,North,region,\nS,South,region,",
    "capabilities": "capability_id,name\nx,Fitting\ny,Advice",
    "requirements": """requirement_id,mission_id,capability_id,place_id,minimum,weight
xn,m,x,N,1,2
yn,m,y,N,2,1
xs,m,x,S,1,1""",
    "offers": "organisation_id,capability_id,place_id\nb,x,N\nc,x,N\nb,y,N\nd,y,N",
    "engagements": """organisation_id,mission_id,status,load
a,m,committed,1
b,m,delivering,1
d,m,delivering,1
b,other,delivering,1""",
    "ties": """source_id,target_id,mission_id,kind,level,fund
centre,a,m,governs,3,
a,b,m,funds,2,Green Fund
b,d,m,delivers-with,2,
centre,d,m,meets,1,""",
}


def pack() -> Pack:
    raw = []
    for name, text in TABLES.items():
        head, *rows = [line.split(",") for line in text.splitlines()]
        raw.append(
            RawTable(
                name, f"{name}.csv", tuple(head), tuple(map(list, zip(*rows, strict=True))), [*range(2, 2 + len(rows))]
            )
        )
    found, report = check_pack(RawPack("made", tuple(raw)))
    assert found is not None, report.problems
    return found


def graph() -> MissionGraph:
    return MissionGraph.from_pack(pack(), "m", DAY)


def after(*changes: tuple[str, Mapping[str, Any]]) -> MissionGraph:
    return apply_scenario(graph(), Scenario("made", tuple(Change(kind, values) for kind, values in changes)))


def states(found: MissionGraph) -> dict[str, str]:
    rows = coverage(found).requirements
    return dict(zip(rows["requirement_id"], rows["state"], strict=True))


def reached(found: MissionGraph) -> set[str]:
    return {name for name, steps in zip(found.members, hops(found), strict=True) if steps >= 0}


def pairs(found: MissionGraph) -> set[tuple[str, str]]:
    return set(zip(found.ties["source_id"], found.ties["target_id"], strict=True))


def test_before_any_change_the_mission_stands_as_made() -> None:
    assert states(graph()) == {"xn": "covered", "yn": "covered", "xs": "no-data"}
    assert reached(graph()) == {"centre", "a", "b", "d"}


def test_no_change_gives_an_equal_graph() -> None:
    assert after() == graph()


def test_a_withdrawn_body_no_longer_covers_but_its_ties_still_carry_others() -> None:
    found = after(("withdraw-engagement", {"organisation_id": "b"}))
    assert states(found)["xn"] == "gap"
    assert states(found)["yn"] == "thin"
    assert reached(found) == reached(graph())


def test_an_added_engagement_with_a_tie_covers_and_adds_load() -> None:
    found = after(
        ("add-engagement", {"organisation_id": "c", "status": "committed", "load": 2.0}),
        ("add-tie", {"source_id": "centre", "target_id": "c", "level": 2.0}),
        ("withdraw-engagement", {"organisation_id": "b"}),
    )
    assert states(found)["xn"] == "covered"
    rows = found.engagements
    assert rows.loc[rows["organisation_id"] == "c", "load"].tolist() == [2.0]


def test_an_ended_tie_is_gone_in_either_direction_and_was_there_the_day_before() -> None:
    found = after(("end-tie", {"source_id": "b", "target_id": "a"}))
    assert pairs(found) == {("a", "centre"), ("b", "d")}
    assert pairs(found.at(date(2026, 11, 22))) == pairs(graph())


def test_a_strengthened_tie_counts_from_then_on() -> None:
    assert ("centre", "d") not in pairs(graph())
    found = after(("strengthen-tie", {"source_id": "d", "target_id": "centre", "level": 3.0}))
    assert ("centre", "d") in pairs(found)


def test_an_abolished_body_offers_nothing_has_no_tie_and_is_no_member() -> None:
    found = after(("abolish", {"organisation_id": "b"}))
    assert "b" not in found.members
    assert "b" not in set(found.offers["organisation_id"])
    assert reached(found) == {"centre", "a"}
    assert states(found) == {"xn": "gap", "yn": "on-paper", "xs": "no-data"}


def test_a_merger_takes_over_ties_offers_engagements_load_and_capacity() -> None:
    found = after(("merge", {"organisation_ids": ("a", "b"), "into": "a"}))
    assert pairs(found) == {("a", "centre"), ("a", "d")}
    assert states(found)["xn"] == "covered"
    rows = found.engagements
    assert rows.loc[rows["organisation_id"] == "a", "load"].sum() == 3.0
    bodies = found.organisations.set_index("organisation_id")
    assert bodies.loc["a", "capacity"] == 5.0


def test_a_merger_of_the_centre_moves_the_centre() -> None:
    found = after(("merge", {"organisation_ids": ("centre", "a"), "into": "a"}))
    assert found.centre_id == "a"
    assert pairs(found) == {("a", "b"), ("b", "d")}


def test_a_split_shares_out_what_is_named_and_leaves_the_rest_with_the_first() -> None:
    parts = [
        {"organisation_id": "b1", "name": "Beta North", "engaged": True},
        {"organisation_id": "b2", "name": "Beta Advice", "capabilities": ["y"], "partners": ["d"], "engaged": True},
    ]
    found = after(("split", {"organisation_id": "b", "parts": parts}))
    assert {"b1", "b2"} <= set(found.members)
    assert "b" not in found.members
    assert pairs(found) == {("a", "b1"), ("a", "centre"), ("b2", "d")}
    offers = set(zip(found.offers["organisation_id"], found.offers["capability_id"], strict=True))
    assert {("b1", "x"), ("b2", "y")} <= offers
    rows = found.engagements
    assert rows.loc[rows["organisation_id"].isin(["b1", "b2"]), "load"].sum() == 2.0


def test_a_move_takes_the_governing_tie_along() -> None:
    found = after(("move", {"organisation_id": "a", "parent_id": "d"}))
    assert pairs(found) == {("a", "b"), ("a", "d"), ("b", "d")}
    assert found.organisations.set_index("organisation_id").loc["a", "parent_id"] == "d"


def test_ties_of_a_fund_end_together() -> None:
    assert ("a", "b") not in pairs(after(("end-fund", {"fund": "Green Fund"})))


def test_a_moved_date_changes_the_day_only() -> None:
    assert after(("move-date", {"date": date(2027, 1, 1)})) == graph().at(date(2027, 1, 1))


def test_a_changed_and_a_dropped_requirement_are_judged_anew() -> None:
    assert states(after(("change-requirement", {"requirement_id": "xn", "minimum": 2.0})))["xn"] == "thin"
    assert set(states(after(("drop-requirement", {"requirement_id": "xs"})))) == {"xn", "yn"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([("abolish", {"organisation_id": "alpha"})], "there is no organisation 'alpha'"),
        ([("abolish", {"organisation_id": "b"})] * 2, "'b' has ended already, by change 1"),
        ([("abolish", {"organisation_id": "centre"})], "is the centre of the mission"),
        ([("merge", {"organisation_ids": ("a", "b"), "into": "c"})], "'c' is not one of the organisations that merge"),
        ([("move", {"organisation_id": "centre", "parent_id": "a"})], "cannot belong to itself"),
        ([("end-fund", {"fund": "Grean Fund"})], "Did you mean 'Green Fund'?"),
        ([("end-tie", {"source_id": "centre", "target_id": "c"})], "have no active tie"),
        ([("withdraw-engagement", {"organisation_id": "c"})], "no active engagement"),
        ([("change-requirement", {"requirement_id": "zz"})], "there is no requirement 'zz'"),
        ([("add-tie", {"source_id": "a", "target_id": "a"})], "a tie with itself"),
        (
            [("split", {"organisation_id": "b", "parts": [{"organisation_id": "a", "name": "A"}] * 2})],
            "'a' is an organisation already",
        ),
    ],
)
def test_what_cannot_be_applied_names_the_change_and_the_reason(
    changes: list[tuple[str, dict[str, Any]]], told: str
) -> None:
    with pytest.raises(BadData) as raised:
        after(*changes)
    assert told in str(raised.value)
    assert f"change {len(changes)} " in str(raised.value)


INDEPENDENT: list[tuple[str, dict[str, Any]]] = [
    ("withdraw-engagement", {"organisation_id": "a"}),
    ("add-engagement", {"organisation_id": "c", "status": "proposed"}),
    ("end-tie", {"source_id": "b", "target_id": "d"}),
    ("strengthen-tie", {"source_id": "centre", "target_id": "a", "level": 4.0}),
    ("change-requirement", {"requirement_id": "xn", "weight": 5.0}),
    ("drop-requirement", {"requirement_id": "xs"}),
    ("add-tie", {"source_id": "centre", "target_id": "c", "level": 3.0}),
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(len(INDEPENDENT))), unique=True), st.randoms())
def test_changes_that_touch_different_rows_commute_and_undo_gives_the_digest_back(
    chosen: list[int], random: Any
) -> None:
    scenario = Scenario("made", tuple(Change(*INDEPENDENT[i]) for i in chosen))
    shuffled = list(scenario.changes)
    random.shuffle(shuffled)
    assert apply_scenario(graph(), scenario) == apply_scenario(graph(), replace(scenario, changes=tuple(shuffled)))
    more = scenario.then(Change("move-date", {"date": date(2030, 1, 1)}))
    assert apply_scenario(graph(), more.undo()).digest == apply_scenario(graph(), scenario).digest


def test_every_kind_of_change_is_documented() -> None:
    text = Path("docs/scenarios.md").read_text(encoding="utf-8")
    assert all(f"| `{kind}` |" in text for kind in CHANGES)


def test_a_scenario_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    parts = [
        {"organisation_id": "b1", "name": 'Beta "One"'},
        {"organisation_id": "b2", "name": "Zwei", "engaged": True},
    ]
    scenario = Scenario(
        "Ein Name – “so”",
        (
            *(Change(*change) for change in INDEPENDENT),
            Change("merge", {"organisation_ids": ("a", "b"), "into": "a"}),
            Change("split", {"organisation_id": "d", "parts": parts}),
            Change("move-date", {"date": date(2030, 1, 1)}),
        ),
    )
    path = tmp_path / "s.toml"
    path.write_text(scenario_text(scenario), encoding="utf-8")
    assert read_scenario(path) == scenario


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[changes]\n", "it is no toml file"),
        ('[[changes]]\nchange = "abolsh"\n', "Did you mean 'abolish'?"),
        ('[[changes]]\nchange = "abolish"\n', "change 1, column organisation_id: the field is missing."),
        ('[[changes]]\nchange = "abolish"\norganisation_id = "a"\nwhen = "now"\n', "'when' is no field of abolish."),
        ('[[changes]]\nchange = "move-date"\ndate = "tomorrow"\n', "'tomorrow' is not a day."),
        ('[[changes]]\nchange = "add-engagement"\norganisation_id = "a"\nstatus = "keen"\n', "'keen' is not a status."),
        ('[[changes]]\nchange = "merge"\norganisation_ids = ["a", "a"]\ninto = "a"\n', "no list of two or more"),
        ("changes = 3\n", "changes is no list of changes."),
        ('title = "x"\n', "'title' has no meaning here."),
        (
            '[[changes]]\nchange = "strengthen-tie"\nsource_id = "a"\ntarget_id = "b"\nlevel = 9\n',
            "column level: '9' is out of range.",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where_and_what_is_allowed(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as raised:
        read_scenario(path)
    assert told in str(raised.value)


def test_the_difference_names_what_would_change_and_counts_it() -> None:
    _, _, found = simulate(graph(), Scenario("made", (Change("abolish", {"organisation_id": "b"}),)))
    assert [(s.requirement_id, s.before, s.after) for s in found.states] == [
        ("xn", "covered", "gap"),
        ("yn", "covered", "on-paper"),
    ]
    assert (found.left, found.lost_route) == (("b",), ("d",))
    assert found.sentences == (
        (
            "Two requirements would be worse covered: Fitting in North (covered → gap) "
            "and Advice in North (covered → on paper)."
        ),
        "One organisation would lose every route to the centre: Delta.",
        "One organisation would leave the network: Beta.",
    )


def test_a_scenario_that_changes_nothing_says_so() -> None:
    _, _, found = simulate(graph(), Scenario("made"))
    assert found.sentences == ("Nothing that is measured here would change.",)


# ── a list that is being put together: in an address, and with changes that cannot be applied ─────────────────────


def test_what_cannot_be_applied_leaves_nothing_behind_and_the_others_stay() -> None:
    end_b, end_again = (
        Change("abolish", {"organisation_id": "b"}),
        Change("move", {"organisation_id": "b", "parent_id": "a"}),
    )
    merge = Change("merge", {"organisation_ids": ("a", "d"), "into": "c"})
    leave = Change("withdraw-engagement", {"organisation_id": "d"})
    found, refused = apply_what_can_be(graph(), Scenario("made", (end_b, end_again, merge, leave)))
    assert found == apply_scenario(graph(), Scenario("made", (end_b, leave)))
    assert [(each.number, each.change) for each in refused] == [(2, end_again), (3, merge)]
    assert [each.problem.what for each in refused] == [
        "'b' has ended already, by change 1.",
        "'c' is not one of the organisations that merge. Name it among them too.",
    ]


def test_a_trial_of_nothing_is_the_mission_itself() -> None:
    before = Library(pack()).results("m", DAY)
    trial = try_out(before, Scenario("made", (Change("end-fund", {"fund": "No Fund"}),)))
    assert trial.after is before
    assert trial.difference.sentences == ("Nothing that is measured here would change.",)
    assert [each.problem.what for each in trial.refused] == ["no tie rests on 'No Fund'. Did you mean 'Green Fund'?"]


LISTS = (
    (),
    (("abolish", {"organisation_id": 'a "quoted" \\ body'}), ("move-date", {"date": date(2027, 6, 1)})),
    (
        ("merge", {"organisation_ids": ("a", "مجلس"), "into": "a"}),
        ("add-tie", {"source_id": "a", "target_id": "b", "level": 3.0}),
    ),
    (
        (
            "split",
            {
                "organisation_id": "b",
                "parts": [
                    {"organisation_id": "b1", "name": "<b>One</b>\x7f\t"},
                    {"organisation_id": "b2", "name": "👩🏽‍🔬", "capabilities": ["x"], "engaged": True},
                ],
            },
        ),
    ),
)


@pytest.mark.parametrize("changes", LISTS)
def test_the_line_of_an_address_and_the_file_say_the_same(changes: Any, tmp_path: Path) -> None:
    scenario = Scenario("made", tuple(Change(kind, values) for kind, values in changes))
    line = changes_in_a_line(scenario)
    assert "\n" not in line
    assert read_changes(line, "made") == scenario
    file = tmp_path / "changes.toml"
    file.write_text(f'name = "made"\nchanges = {line or "[]"}\n', encoding="utf-8")
    assert read_scenario(file) == scenario
    file.write_text(scenario_text(scenario), encoding="utf-8")
    assert read_scenario(file) == scenario


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[{", "it holds no list of changes that can be read"),
        ("[" * 5000, "it holds no list of changes that can be read"),
        ("3", "changes is no list of changes"),
        ("[]\nname = 1\nother = 2", "'other' has no meaning here"),
        ('[{change="abolis",organisation_id="a"}]', "'abolis' is no kind of change."),
        ('[{change="abolish"}]', "change 1, column organisation_id: the field is missing."),
        ('[{change="move-date",date=2026-01-01T10:00:00}]', "is not a day"),
        ('[{change="add-tie",source_id="a",target_id="b",strength=nan}]', "is not a number"),
        (
            '[{change="split",organisation_id="b",parts=[{organisation_id="x",name="X",capabilities=[[]]},{}]}]',
            "is no part",
        ),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, said: str) -> None:
    with pytest.raises(BadData) as why:
        read_changes(line)
    assert said in str(why.value)


def test_a_change_is_made_from_the_fields_of_a_form() -> None:
    fields = {"change": "add-engagement", "organisation_id": "c", "status": "committed", "load": "2"}
    assert read_change(fields, "the form").values == {"organisation_id": "c", "status": "committed", "load": 2.0}
    with pytest.raises(BadData) as why:
        read_change({**fields, "load": "much", "status": "sure"}, "the form")
    assert [problem.column for problem in why.value.problems] == ["status", "load"]
