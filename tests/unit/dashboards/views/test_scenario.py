"""The what-if page: forms make the changes that the command knows, what cannot be is told, all can be undone."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.markup import markup
from dashboards.pages import scenario as page
from dashboards.selection import Selection, read_selection
from dashboards.views.change_forms import MENU
from dashboards.views.scenario import Plan, ScenarioView, plan_of, scenario_view, standing_list, trial_frame
from dashboards.views.scenario_list import LONGEST_LIST
from orchestrator.errors import BadData
from orchestrator.scenario import (
    CHANGES,
    Change,
    Scenario,
    changes_in_a_line,
    read_change,
    read_changes,
    read_scenario,
    scenario_text,
    what_cannot_be,
)
from orchestrator.study import Trial, analyse, simulate, try_out
from tests.packs import DAY, LONG, MISSION, SHAPES, library, mission, results

TABLES = mission(
    ties="ca ab ad",
    needs="s-w s-e:2 t-w",
    works="a:s-w b:s-e d:t-w",
    could="e:s-e f:s-w",
    names={"a": "Alpha", "b": "Beta", "c": "Centre", "d": "Delta", "e": "Epsilon", "f": "Beta"},
)
for row in TABLES["ties"][:2]:
    row["fund"] = "Green Fund"


def chosen(changes: str = "", **asked: str) -> Selection:
    query = urlencode({"on": DAY.isoformat(), "changes": changes, **asked})
    return read_selection(f"/mission/{MISSION}/scenario", query)


def planned(tables: Any, selection: Selection) -> tuple[Plan, Trial]:
    """The plan of an address, and the trial of the plan, as the page asks for them."""
    before = results(tables)
    found = plan_of(try_out(before, standing_list(selection)[0]), selection)
    return found, try_out(before, found.scenario)


def plan(tables: Any = TABLES, changes: str = "", **asked: str) -> Plan:
    return planned(tables, chosen(changes, **asked))[0]


def view(tables: Any = TABLES, changes: str = "", **asked: str) -> ScenarioView:
    return scenario_view(*planned(tables, chosen(changes, **asked)))


def line(*changes: tuple[str, Mapping[str, Any]]) -> str:
    return changes_in_a_line(Scenario("made", tuple(Change(kind, values) for kind, values in changes)))


def fields(**answers: str) -> dict[str, str]:
    return {f"new-{name}": text for name, text in answers.items()}


# ── forms ─────────────────────────────────────────────────────────────────────────────────────────────

ANSWERS: Mapping[str, tuple[dict[str, str], list[tuple[str, dict[str, Any]]]]] = {
    "bring-in": (
        fields(organisation_id="epsilon"),
        [
            ("add-engagement", {"organisation_id": "e", "status": "committed"}),
            ("add-tie", {"source_id": "c", "target_id": "e"}),
        ],
    ),
    "introduce": (fields(source_id="alpha", target_id="Epsilon"), [("add-tie", {"source_id": "a", "target_id": "e"})]),
    "abolish": (fields(organisation_id=" ALPHA "), [("abolish", {"organisation_id": "a"})]),
    "merge": (
        fields(into="Alpha", **{"with-1": "Delta", "with-3": "Epsilon"}),
        [("merge", {"organisation_ids": ("a", "d", "e"), "into": "a"})],
    ),
    "split": (
        fields(
            organisation_id="Alpha",
            **{
                "part-1": "Alpha North",
                "part-2": "Alpha!",
                "capabilities-2.s": "yes",
                "partners-2.b": "yes",
                "engaged-2.yes": "yes",
            },
        ),
        [
            (
                "split",
                {
                    "organisation_id": "a",
                    "parts": [
                        {"organisation_id": "alpha-north", "name": "Alpha North", "engaged": True},
                        {
                            "organisation_id": "alpha",
                            "name": "Alpha!",
                            "capabilities": ["s"],
                            "partners": ["b"],
                            "engaged": True,
                        },
                    ],
                },
            )
        ],
    ),
    "move": (
        fields(organisation_id="Delta", parent_id="Epsilon"),
        [("move", {"organisation_id": "d", "parent_id": "e"})],
    ),
    "add-tie": (
        fields(source_id="Alpha", target_id="Epsilon", kind="funds", level="3", strength="2.5", fund="A new fund"),
        [
            (
                "add-tie",
                {
                    "source_id": "a",
                    "target_id": "e",
                    "kind": "funds",
                    "level": 3.0,
                    "strength": 2.5,
                    "fund": "A new fund",
                },
            )
        ],
    ),
    "strengthen-tie": (
        fields(source_id="Alpha", target_id="d", level="4"),
        [("strengthen-tie", {"source_id": "a", "target_id": "d", "level": 4.0})],
    ),
    "end-tie": (fields(source_id="Alpha", target_id="b"), [("end-tie", {"source_id": "a", "target_id": "b"})]),
    "add-engagement": (
        fields(organisation_id="Epsilon", status="delivering", load="2", role="Fitter"),
        [("add-engagement", {"organisation_id": "e", "status": "delivering", "load": 2.0, "role": "Fitter"})],
    ),
    "withdraw-engagement": (fields(organisation_id="Delta"), [("withdraw-engagement", {"organisation_id": "d"})]),
    "end-fund": (fields(fund="green fund"), [("end-fund", {"fund": "Green Fund"})]),
    "move-date": (fields(date="2027-06-01"), [("move-date", {"date": date(2027, 6, 1)})]),
    "change-requirement": (
        fields(requirement_id="Skill s in Epsilon", minimum="1", weight="3", sector="firm"),
        [("change-requirement", {"requirement_id": "s-e", "minimum": 1.0, "weight": 3.0, "sector": "firm"})],
    ),
    "drop-requirement": (fields(requirement_id="t-w"), [("drop-requirement", {"requirement_id": "t-w"})]),
}
KINDS = [kind for _, group in MENU for kind, _ in group]


def test_everything_that_the_command_can_change_has_a_form() -> None:
    assert set(CHANGES) <= set(KINDS)
    assert set(KINDS) == set(ANSWERS)


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_form_that_is_filled_in_adds_its_change_to_the_list(kind: str) -> None:
    answers, wanted = ANSWERS[kind]
    before = line(("withdraw-engagement", {"organisation_id": "b"}))
    found = plan(changes=before, add=kind, **answers)
    assert [(change.kind, dict(change.values)) for change in found.scenario.changes[1:]] == wanted
    assert found.form is None
    assert not found.refused
    text = markup(page.layout(view(changes=before, add=kind, **answers)))
    assert "There is a problem" not in text
    assert text.count(">Undo<") == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_is_sent_empty_says_at_each_field_what_to_enter(kind: str) -> None:
    before = line(("withdraw-engagement", {"organisation_id": "b"}))
    found = view(changes=before, add=kind)
    assert found.form is not None
    assert found.form.problems
    assert all(problem.startswith("Enter ") for _, problem in found.form.problems)
    assert [each.words for each in found.lines] == ["Beta leaves the mission"]
    text = markup(page.layout(found))
    for name, _ in found.form.problems:
        assert f'href="#new-{name}"' in text
        assert f'id="new-{name}-error"' in text
    assert "Enter" not in markup(page.layout(view(changes=before, form=kind)))


@pytest.mark.parametrize(
    ("kind", "answers", "where", "said"),
    [
        ("abolish", fields(organisation_id="Alpa"), "organisation_id", "There is no organisation 'Alpa'. Choose from"),
        ("abolish", fields(organisation_id="beta"), "organisation_id", "There is no organisation 'beta'. Choose from"),
        ("abolish", fields(organisation_id="Centre"), "", "Centre is the centre of the mission. Merge it into"),
        (
            "introduce",
            fields(source_id="a", target_id="a"),
            "",
            "Alpha cannot have a tie with itself. Name two different",
        ),
        ("merge", fields(into="Alpha", **{"with-1": "a"}), "", "It is no list of two or more organisations."),
        (
            "withdraw-engagement",
            fields(organisation_id="Epsilon"),
            "",
            "Epsilon has no active engagement in the mission. Name",
        ),
        ("move", fields(organisation_id="Alpha", parent_id="Alpha"), "", "Alpha stands below Alpha"),
        ("move-date", fields(date="soon"), "date", "'soon' is not a day. Write it like 2026-11-23."),
        (
            "change-requirement",
            fields(requirement_id="s-e", minimum="many"),
            "minimum",
            "'many' is not a whole number.",
        ),
        (
            "add-engagement",
            fields(organisation_id="e", status="sure"),
            "status",
            "'sure' cannot be chosen. Choose from",
        ),
        ("end-tie", fields(source_id="e", target_id="a"), "target_id", "Choose from nobody: it has no active tie."),
        ("end-fund", fields(fund="Gren Fund"), "fund", "There is no fund 'Gren Fund'. Choose from"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_and_the_list_stays(
    kind: str, answers: dict[str, str], where: str, said: str
) -> None:
    before = line(("drop-requirement", {"requirement_id": "s-w"}))
    found = view(changes=before, add=kind, **answers)
    assert found.form is not None
    assert [(name, said in problem) for name, problem in found.form.problems] == [(where, True)]
    assert [each.words for each in found.lines] == ["Skill s in Place w is no longer asked for"]
    for text in answers.values():
        assert html.escape(text) in markup(page.layout(found))


def test_who_could_be_meant_is_offered_and_the_choice_counts() -> None:
    found = plan(add="abolish", **fields(organisation_id="beta"))
    assert found.form is not None
    assert [one.own_id for one in found.form.answers[0].offers] == ["b", "f"]
    picked = plan(add="abolish", **fields(organisation_id="beta"), **{"pick-organisation_id": "f"})
    assert picked.scenario.changes == (Change("abolish", {"organisation_id": "f"}),)


def test_a_body_that_a_change_made_can_be_changed_again() -> None:
    parts = [{"organisation_id": "a1", "name": "One"}, {"organisation_id": "a2", "name": "Two"}]
    found = plan(
        changes=line(("split", {"organisation_id": "a", "parts": parts})),
        add="abolish",
        **fields(organisation_id="Two"),
    )
    assert [change.kind for change in found.scenario.changes] == ["split", "abolish"]


def test_a_form_that_there_is_not_is_no_form() -> None:
    assert plan(form="dance").form is None
    assert plan(add="dance").form is None


# ── the list ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_partner_that_was_brought_in_is_one_line_and_one_thing_to_undo() -> None:
    changes = line(("abolish", {"organisation_id": "d"}), *[(k, v) for k, v in ANSWERS["bring-in"][1]])
    found = view(changes=changes)
    assert [(each.number, each.words) for each in found.lines] == [
        ("1", "Delta is abolished"),
        ("2–3", "Epsilon comes in: committed, with a tie to Centre"),
    ]
    without = [read_selection(*each.undo.split("?")).asked("changes") for each in found.lines]
    assert without == [line(*[(k, v) for k, v in ANSWERS["bring-in"][1]]), line(("abolish", {"organisation_id": "d"}))]


def test_a_change_of_a_link_that_cannot_be_applied_is_told_and_the_others_are() -> None:
    changes = line(
        ("abolish", {"organisation_id": "d"}),
        ("withdraw-engagement", {"organisation_id": "d"}),
        ("abolish", {"organisation_id": "alpa"}),
    )
    found = view(changes=changes)
    assert [each.refused for each in found.lines] == [
        "",
        "Delta has ended already, by change 1.",
        "There is no organisation 'alpa'. Did you mean 'a'?",
    ]
    assert found.said == "Three changes in the list, 2 of them cannot be applied."
    assert found.headline.startswith("With this change, one requirement would be worse covered")
    alone = view(changes=line(("abolish", {"organisation_id": "nobody"})))
    assert alone.headline == "None of these changes can be applied"


def test_a_list_longer_than_a_link_can_hold_is_not_made_and_not_taken() -> None:
    one = ("drop-requirement", {"requirement_id": "x" * 60})
    count = next(n for n in range(100) if len(quote_plus(line(*[one] * (n + 1)))) > LONGEST_LIST)
    full = view(
        changes=line(*[one] * count),
        add="add-engagement",
        **fields(organisation_id="e", status="proposed", role="y" * 200),
    )
    assert full.form is not None
    assert "longer than a link can hold (6,000 characters). Download the list as a file" in full.form.problem
    assert len(full.lines) == count
    taken = view(changes=line(*[one] * (count + 1)))
    assert taken.lines == ()
    assert "longer than a link can hold" in taken.problem
    assert "longer than a link can hold" in markup(page.layout(taken))


def test_a_list_that_cannot_be_read_changes_nothing() -> None:
    found = view(changes='[{change="abolish"}]')
    assert found.problem == (
        "No change was taken from the address. The address, change 1, column organisation_id: "
        "the field is missing. It is the organisation."
    )
    assert found.outcome is None


def test_the_file_is_what_the_command_takes(tmp_path: Path) -> None:
    found = plan(changes=line(*ANSWERS["split"][1], *ANSWERS["move-date"][1]))
    file = tmp_path / "changes.toml"
    file.write_text(scenario_text(found.scenario), encoding="utf-8")
    assert read_scenario(file) == found.scenario
    assert read_changes(found.line).changes == found.scenario.changes


# ── what would be ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_what_the_command_says() -> None:
    changes = line(("abolish", {"organisation_id": "a"}))
    found = view(changes=changes).outcome
    assert found is not None
    _, after, told = simulate(results(TABLES).graph, Scenario("made", (Change("abolish", {"organisation_id": "a"}),)))
    assert found.sentences == told.sentences
    assert [(turn.before, turn.after) for turn in found.turns] == [(s.before, s.after) for s in told.states]
    assert found.figures[0].after.value == str(len(after.graph.members))
    assert [(title, [body.name for body in bodies]) for title, bodies in found.groups if bodies] == [
        ("Would lose every route to the centre", ["Beta", "Delta"]),
        ("Would leave the network", ["Alpha"]),
    ]


def test_headlines_count_what_is_worse_and_what_is_better() -> None:
    assert view(changes=line(("abolish", {"organisation_id": "a"}))).headline == (
        "With this change, three requirements would be worse covered, two bodies would lose every route to the centre "
        "and one body would leave the network"
    )
    assert view(changes=line(*ANSWERS["bring-in"][1])).headline == (
        "With this change, one requirement would be better covered and one body would join the network"
    )
    nothing = line(("move", {"organisation_id": "e", "parent_id": "c"}))
    assert view(changes=nothing).headline == "With this change, nothing that is measured here would change"


def test_before_the_changes_whoever_joins_is_a_lettered_circle() -> None:
    before = results(TABLES)
    trial = try_out(before, Scenario("made", tuple(Change(*each) for each in ANSWERS["bring-in"][1])))
    first, later = trial_frame(trial, before=True), trial_frame(trial, before=False)
    assert [(one.letter, one.pick) for one in first.missing] == [("A", "e")]
    assert "e" not in first.organisation_id
    assert "e" in later.organisation_id


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_suggested_can_be_applied_whatever_the_mission_holds(shape: str) -> None:
    before = results(SHAPES[shape])
    advice = library(SHAPES[shape])
    try:
        known = advice.advice(MISSION, DAY)
    except BadData:
        known = None
    start = scenario_view(plan(SHAPES[shape]), Trial(before, before, try_out(before, Scenario("x")).difference), known)
    assert 1 <= len(start.suggestions) <= 3
    for one in start.suggestions:
        path, _, query = one.address.partition("?")
        leads_to = read_selection(path, query)
        assert leads_to.on == DAY
        found, trial = planned(SHAPES[shape], leads_to)
        assert found.scenario.changes
        assert not found.refused
        told = scenario_view(found, trial)
        assert markup(page.layout(told))
    assert "There is nothing in this mission" not in markup(page.layout(start))


def test_names_that_are_not_names_stay_text() -> None:
    shape = SHAPES["awkward names"]
    for changes in (
        line(("abolish", {"organisation_id": "a"})),
        line(("merge", {"organisation_ids": ("b", "e"), "into": "e"})),
    ):
        text = markup(page.layout(view(shape, changes, form="abolish", **fields(organisation_id="Very long"))))
        assert "<img" not in text
    assert LONG.strip()[:600] in text


# ── whatever an address holds ─────────────────────────────────────────────────────────────────────────

BODIES = st.sampled_from(["a", "b", "c", "d", "e", "nobody", ""])
ANYTHING = st.one_of(
    BODIES,
    st.sampled_from(
        ["s-w", "Green Fund", "committed", "2027-01-01", "9999-12-31", "0001-01-01", "1", "-1", "1e15", "firm"]
    ),
    st.floats(0, 1e15),
    st.booleans(),
    st.lists(BODIES, max_size=4),
    st.lists(st.fixed_dictionaries({"organisation_id": BODIES, "name": st.text(max_size=5)}), max_size=3),
    st.dates(),
)
ENTRIES = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda kind: st.fixed_dictionaries({"change": st.just(kind), **dict.fromkeys(CHANGES[kind].fields, ANYTHING)})
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=6))
def test_whatever_a_list_holds_the_page_is_there(entries: list[dict[str, Any]]) -> None:
    changes = []
    for entry in entries:
        try:
            changes.append(read_change(entry, "made"))
        except BadData:
            continue
    found, trial = planned(TABLES, chosen(changes_in_a_line(Scenario("made", tuple(changes)))))
    assert found.scenario.changes == tuple(changes)
    assert what_cannot_be(trial.before.graph, found.scenario) == trial.refused
    assert markup(page.layout(scenario_view(found, trial)))
    assert analyse(trial.after.graph, ["coverage"])


def test_another_mission_keeps_no_changes() -> None:
    here = Selection("scenario", "m", DAY, more=(("changes", "[]"),))
    assert here.to("scenario", mission_id="n").asked("changes") == ""
