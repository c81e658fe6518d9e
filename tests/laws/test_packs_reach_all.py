"""Do the random packs come to every case that the definitions know? A law that never meets a case proves nothing."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from tests.laws.effort import tried
from tests.laws.judged import referee
from tests.laws.oracle import Oracle
from tests.laws.packs import Situation, situations

EXAMPLES = 200


@cache
def met() -> Counter[Any]:
    """How many of the packs hold each case at least once, by the referee's word."""
    found: Counter[Any] = Counter()

    @tried(EXAMPLES)
    @given(situations())
    def look(situation: Situation) -> None:
        found.update({*_of_requirements(referee(situation)), *_of_members(referee(situation)), *_of_rows(situation)})

    look()
    return found


def _of_requirements(theirs: Oracle) -> list[Any]:
    states = [("state", theirs.state(need)) for need in theirs.requirements]
    redundant = [
        ("family", "counts once")
        for need in theirs.requirements
        if theirs.families(theirs.working(need)) < len(theirs.working(need))
    ]
    no_route = [("provider", "engaged without a route") for need in theirs.requirements if _stranded(theirs, need)]
    namesakes = [("family", "named like another provider") for need in theirs.requirements if _namesakes(theirs, need)]
    behind = [
        ("weight_lost", "past a provider that does not work") for need in theirs.requirements if _behind(theirs, need)
    ]
    return states + redundant + no_route + namesakes + behind


def _stranded(theirs: Oracle, need: dict[str, str]) -> bool:
    return bool(theirs.providers(need) & theirs.engaged - set(theirs.steps))


def _namesakes(theirs: Oracle, need: dict[str, str]) -> bool:
    """Taken for one, a body and the family that is called like it would change the state."""
    working = theirs.working(need)
    names = {theirs.register[body]["family"] or body for body in working}
    return len(names) < theirs.families(working) <= int(float(need["minimum"] or "2"))


def _behind(theirs: Oracle, need: dict[str, str]) -> bool:
    """Somebody costs a state because a provider that only says so stands between him and the ones that work."""
    idle = {body for body in theirs.on_paper(need) if set(theirs.cut_off(body)) & set(theirs.working(need))}
    bodies = [body for body in theirs.members if idle & set(theirs.cut_off(body))]
    return any(body not in theirs.providers(need) and theirs.worsens(need, body) for body in bodies)


def _of_members(theirs: Oracle) -> list[Any]:
    found: list[Any] = [("members", "the centre alone")] if len(theirs.members) == 1 else []
    for member in theirs.members:
        found.append(("routes", theirs.routes(member)))
        found.append(("cut_off", min(2, len(theirs.cut_off(member)))))
        if theirs.weight_lost(member):
            needs = theirs.requirements
            own = any(member in theirs.working(need) + theirs.on_paper(need) for need in needs)
            found.append(("weight_lost", "of its own work" if own else "of those it cuts off"))
    for tie in theirs.ties:
        away = theirs.is_bridge(tie) and not theirs.cut_off_by_tie(tie)
        found.append(("tie", "a bridge away from the centre" if away else "a bridge" if theirs.is_bridge(tie) else ""))
        if len(theirs.counted_ties[tie]) > 1:
            found.append(("tie", "doubled"))
    return found


def _of_rows(situation: Situation) -> list[Any]:
    ties = situation.tables["ties"]
    own = [("row", "a tie of a body to itself") for tie in ties if tie["source_id"] == tie["target_id"]]
    standing = [("row", "a standing tie") for tie in ties if not tie["mission_id"]]
    statuses = [("status", row["status"]) for row in situation.tables["engagements"]]
    several = [("row", "a place in two others") for row in situation.tables["places"] if "|" in row["parent_id"]]
    return own + standing + statuses + several


@pytest.mark.parametrize(
    ("what", "which"),
    [
        *(("state", state) for state in ("covered", "thin", "on-paper", "gap", "no-data")),
        *(("routes", routes) for routes in (None, 0, 1, 2, 3)),
        *(("cut_off", bodies) for bodies in (0, 1, 2)),
        *(
            ("weight_lost", how)
            for how in ("of its own work", "of those it cuts off", "past a provider that does not work")
        ),
        *(("tie", kind) for kind in ("", "a bridge", "a bridge away from the centre", "doubled")),
        *(("status", status) for status in ("proposed", "approached", "committed", "delivering", "withdrawn")),
        *(("row", kind) for kind in ("a tie of a body to itself", "a standing tie", "a place in two others")),
        *(("family", how) for how in ("counts once", "named like another provider")),
        ("provider", "engaged without a route"),
        ("members", "the centre alone"),
    ],
)
def test_the_packs_come_to_every_case(what: str, which: object) -> None:
    assert met()[what, which] >= EXAMPLES // 100, "at least one pack in a hundred holds it"
