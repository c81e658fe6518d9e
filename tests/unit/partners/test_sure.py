"""How often is each body chosen, where a tie on which a partner's work hangs may be wrong?"""

from __future__ import annotations

from orchestrator.export.partners_json import advice_document
from orchestrator.export.partners_text import advice_table
from orchestrator.model import MissionGraph
from orchestrator.partners import Request
from orchestrator.study import advise, advise_in_worlds
from tests.packs import DAY, MISSION, mission, pack


def graph(confidence: str) -> MissionGraph:
    tables = mission(ties="ca", needs="s-w t-w", works="a:s-w", could="b:s-w d:t-w")
    for row in tables["ties"]:
        row["confidence"] = confidence
    return MissionGraph.from_pack(pack(tables), MISSION, DAY)


def test_a_body_that_is_needed_only_if_a_tie_is_wrong_is_told_apart() -> None:
    asked = Request()
    found = advise_in_worlds(advise(graph("0.7"), asked), asked, 200)
    assert [(one.organisation_id, one.chosen_in, one.word) for one in found.chosen] == [("d", 1.0, "recommended")]
    ((name, share),) = found.chosen_elsewhere
    assert name == "a"  # engaged, and without a route where its tie is wrong: a tie with the centre brings it back
    assert 0.2 < share < 0.4
    assert advice_document(found)["worlds"]["count"] == 200
    assert "recommended: chosen in 100% of the worlds" in advice_table(found)


def test_without_doubt_every_world_is_the_same() -> None:
    asked = Request()
    found = advise_in_worlds(advise(graph("1"), asked), asked, 20)
    assert [one.chosen_in for one in found.chosen] == [1.0]
    assert found.chosen_elsewhere == ()


def test_the_same_seed_gives_the_same_shares() -> None:
    asked, plain = Request(), advise(graph("0.5"), Request())
    assert advise_in_worlds(plain, asked, 50, 3) == advise_in_worlds(plain, asked, 50, 3)
