"""Every definition and measure, as ``analyse`` says it, against the referee's: small random packs, no mercy.

The referee removes and searches again; the code under test never does. A tie of the graph stands with the smaller id
first; lists stand in the order of the ids.
"""

from __future__ import annotations

from hypothesis import given

from tests.laws.effort import tried
from tests.laws.judged import assert_same, column, document, graph, referee
from tests.laws.packs import Situation, situations

EXAMPLES = 200


@tried(EXAMPLES)
@given(situations())
def test_members_and_who_is_engaged_are_those_of_the_definitions(situation: Situation) -> None:
    ours, theirs = graph(situation), referee(situation)
    assert list(ours.members) == theirs.members
    assert column(document(situation)["organisations"], "organisation_id") == theirs.members
    assert ours.centre_id == theirs.centre == ours.members[ours.centre]
    assert (ours.engaged, ours.taking_part) == (theirs.engaged, theirs.taking_part)


@tried(EXAMPLES)
@given(situations())
def test_ties_are_one_a_pair_with_strength_and_confidence_combined(situation: Situation) -> None:
    rows, theirs = document(situation)["ties"], referee(situation)
    assert column(rows, "source_id", "target_id") == theirs.ties
    assert_same(column(rows, "strength"), [theirs.strength(tie) for tie in theirs.ties])
    assert_same(column(rows, "confidence"), [theirs.confidence(tie) for tie in theirs.ties])


@tried(EXAMPLES)
@given(situations())
def test_hops_and_routes_are_those_of_searching_and_removing(situation: Situation) -> None:
    rows, theirs = document(situation)["organisations"], referee(situation)
    assert column(rows, "hops") == [theirs.hops(member) for member in theirs.members]
    assert column(rows, "routes") == [theirs.routes(member) for member in theirs.members]


@tried(EXAMPLES)
@given(situations())
def test_a_body_or_tie_cuts_off_those_who_lose_every_route_when_it_is_removed(situation: Situation) -> None:
    said, theirs = document(situation), referee(situation)
    assert column(said["organisations"], "cut_off") == [theirs.cut_off(member) for member in theirs.members]
    assert column(said["ties"], "is_bridge") == [theirs.is_bridge(tie) for tie in theirs.ties]
    assert column(said["ties"], "cut_off") == [theirs.cut_off_by_tie(tie) for tie in theirs.ties]


@tried(EXAMPLES)
@given(situations())
def test_requirements_have_the_state_and_the_providers_of_the_definitions(situation: Situation) -> None:
    rows, theirs = document(situation)["requirements"], referee(situation)
    needs = theirs.requirements
    assert column(rows, "requirement_id") == column(needs, "requirement_id")
    assert column(rows, "working") == [theirs.working(need) for need in needs]
    assert column(rows, "on_paper") == [theirs.on_paper(need) for need in needs]
    assert column(rows, "candidates") == [theirs.candidates(need) for need in needs]
    assert column(rows, "state") == [theirs.state(need) for need in needs]


@tried(EXAMPLES)
@given(situations())
def test_weight_is_lost_where_a_state_is_worse_once_the_body_is_removed(situation: Situation) -> None:
    rows, theirs = document(situation)["organisations"], referee(situation)
    assert_same(column(rows, "weight_lost"), [theirs.weight_lost(member) for member in theirs.members])
    assert_same(column(rows, "sole_provider_weight"), [theirs.sole_provider_weight(m) for m in theirs.members])


@tried(EXAMPLES)
@given(situations())
def test_betweenness_and_rooted_dependency_are_those_of_all_shortest_routes_written_out(situation: Situation) -> None:
    rows, theirs = document(situation)["organisations"], referee(situation)
    assert_same(column(rows, "betweenness"), [theirs.betweenness(member) for member in theirs.members])
    assert_same(column(rows, "rooted_dependency"), [theirs.rooted_dependency(member) for member in theirs.members])


@tried(EXAMPLES)
@given(situations())
def test_load_is_over_all_missions_and_an_unknown_capacity_is_null(situation: Situation) -> None:
    rows, theirs = document(situation)["organisations"], referee(situation)
    assert_same(column(rows, "load"), [theirs.load(member) for member in theirs.members])
    assert_same(column(rows, "capacity"), [theirs.capacity(member) for member in theirs.members])


@tried(EXAMPLES)
@given(situations())
def test_the_shape_of_the_mission_is_that_of_counting_pairs(situation: Situation) -> None:
    figures, theirs = document(situation)["mission"], referee(situation)
    expected = {
        "members": len(theirs.members),
        "ties": len(theirs.ties),
        "components": theirs.components(),
        "density": theirs.density(),
        "density_without_centre": theirs.density_without_centre(),
        "ei_index": theirs.ei_index(),
        "ei_expected": theirs.ei_expected(),
        "reach_1": theirs.reach(1),
        "reach_2": theirs.reach(2),
        "reach_3": theirs.reach(3),
    }
    assert_same([figures[name] for name in expected], list(expected.values()))
