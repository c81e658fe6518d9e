"""The parts of the worlds: who answered, how sure a row is, medians and ranks in bounded memory, cancelling."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from orchestrator.analysis.between import WORTH_SAYING as WORTH_SAYING_OF_ROUTES
from orchestrator.analysis.brokers import WORTH_SAYING as WORTH_SAYING_OF_LINKS
from orchestrator.analysis.catalogue import ANALYSES
from orchestrator.errors import WrongUsage
from orchestrator.export import findings_csv, findings_document, findings_table
from orchestrator.model import MissionGraph
from orchestrator.model.worlds import SectorAnswers
from orchestrator.study import analyse, open_pack, with_worlds
from orchestrator.worlds import ASKED_AGAIN, worlds
from orchestrator.worlds.answers import answers
from orchestrator.worlds.doubt import doubt
from orchestrator.worlds.one_world import WORTH_SAYING
from orchestrator.worlds.recompute import MOST_WORLDS
from orchestrator.worlds.spreads import Kept, ranks, spread, uncertain

DAY = date(2026, 6, 1)
SMALL = {
    "organisations": "organisation_id,name,sector\nc,Centre,central\na,A,local\nb,B,local\nd,D,firm\n",
    "missions": "mission_id,title,centre_id\nm,M,c\n",
    "places": "place_id,name,level\np,P,area\n",
    "capabilities": "capability_id,name\nk,K\n",
    "requirements": "requirement_id,mission_id,capability_id,place_id,minimum\nr,m,k,p,1\n",
    "offers": "organisation_id,capability_id,place_id\nb,k,p\n",
    "engagements": "organisation_id,mission_id,status\na,m,committed\nb,m,delivering\nd,m,committed\n",
    "ties": """source_id,target_id,mission_id,confidence,source,reported_by,confirmed_by,last_seen
c,a,m,,survey,c,a,2026-05-01
a,b,m,0.6,survey,a,,2026-05-01
a,d,m,,survey,a,,2015-06-01
""",
    "responses": """organisation_id,mission_id,asked,responded
a,m,2026-01-01,2026-02-01
b,m,yes,2026-07-01
d,m,yes,yes
""",
}


@pytest.fixture
def graph(tmp_path: Path) -> MissionGraph:
    for name, text in SMALL.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return MissionGraph.from_pack(open_pack(tmp_path), "m", DAY)


def test_who_answers_after_the_day_has_not_answered(graph: MissionGraph) -> None:
    told = answers(graph)
    assert [graph.members[i] for i in np.flatnonzero(told.asked)] == ["a", "b", "d"]
    assert [graph.members[i] for i in np.flatnonzero(told.silent)] == ["b"]
    assert answers(graph.at(date(2026, 8, 1))).silent.sum() == 0
    assert answers(graph.at(date(2025, 8, 1))).asked.sum() == 2


def test_response_rates_by_sector(graph: MissionGraph) -> None:
    found = {each.sector: each for each in answers(graph).by_sector()}
    assert list(found) == ["central", "local", "firm"]
    assert (found["central"].rate, found["local"].rate, found["firm"].rate) == (None, 0.5, 1.0)
    assert all(each.ranked for each in found.values())
    assert not SectorAnswers("local", 3, 1).ranked


def test_an_audit_is_the_word_of_the_other_end(graph: MissionGraph) -> None:
    """a confirmed what c said; d answered and left out what a said; b has not answered, so it refutes nothing."""
    found = doubt(graph, answers(graph))
    assert (found.classes, found.confirmed.tolist(), found.refuted.tolist()) == (("survey",), [1], [1])
    by_tie = dict(
        zip([graph.members[i] for i in graph.ends[found.tie].max(axis=1)], found.source.tolist(), strict=True)
    )
    assert by_tie == {"c": -1, "b": 0, "d": 0}, "a row that was confirmed no longer hangs on its source"
    assert not found.certain


def test_a_tie_that_was_not_seen_for_eleven_years_has_lost_two_half_lives(graph: MissionGraph) -> None:
    assert sorted(doubt(graph, answers(graph)).chance) == pytest.approx([0.25, 0.6, 1.0], rel=1e-3)


def test_the_bounds_are_the_figures_of_worlds_next_outward() -> None:
    kept = Kept(200, 2)
    kept.values[:, 0], kept.values[:, 1] = np.arange(200), np.nan
    found = spread(kept)
    assert (found.low[0], found.median[0], found.high[0]) == (9, 99.5, 190)
    assert np.isnan([found.low[1], found.median[1], found.high[1]]).all()


def test_figures_that_do_not_fit_in_memory_give_the_same() -> None:
    figures = np.random.default_rng(1).integers(0, 5, (30, 40)).astype(float)
    pool = np.arange(40) % 3 > 0
    found = []
    for in_memory in (1_000_000, 0):
        kept = Kept(30, 40, in_memory)
        kept.values[:] = figures
        found.append(uncertain("m", kept, pool))
    one, other = found
    for part in ("value", "rank"):
        for bound in ("median", "low", "high"):
            np.testing.assert_array_equal(getattr(getattr(one, part), bound), getattr(getattr(other, part), bound))
    np.testing.assert_array_equal(one.top[3], other.top[3])


def test_sums_in_another_order_share_a_rank() -> None:
    values = np.array([0.1 + 0.2, 0.3, 1e300, 1e-300])
    assert ranks(values, np.ones(4, np.bool_)).tolist() == [2.0, 2.0, 1.0, 4.0]


def test_progress_is_told_and_can_cancel(graph: MissionGraph) -> None:
    told: list[tuple[int, int]] = []
    worlds(graph, 3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def enough(done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worlds(graph, 1000, progress=enough)


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (-1, 1), (MOST_WORLDS + 1, 1), (10, -1)])
def test_no_worlds_no_answer(graph: MissionGraph, count: int, seed: int) -> None:
    with pytest.raises(WrongUsage, match="Use"):
        worlds(graph, count, seed)


def test_a_world_is_the_same_however_many_are_drawn(graph: MissionGraph) -> None:
    few, many = worlds(graph, 5, seed=4), worlds(graph, 50, seed=4)
    np.testing.assert_array_equal(few.mission["ties"], many.mission["ties"][:5])
    assert (worlds(graph, 50, seed=5).mission["ties"] != many.mission["ties"]).any()


def test_what_the_analyses_find_worth_saying_is_what_is_counted() -> None:
    assert WORTH_SAYING == WORTH_SAYING_OF_ROUTES == WORTH_SAYING_OF_LINKS
    assert {analysis.name for analysis in ANALYSES} >= ASKED_AGAIN


def test_every_form_says_how_sure(graph: MissionGraph) -> None:
    results = with_worlds(analyse(graph), 50, 1)
    page, table, said = findings_table(results), findings_csv(results), findings_document(results)
    assert "Recomputed in 50 worlds that the evidence allows (seed 1)" in page
    assert "of 50 worlds)" in table
    assert set(said["worlds"]) == {
        "count", "seed", "organisations", "requirements", "mission", "sectors_not_ranked", "assumptions",
    }  # fmt: skip
    lead = next(f for f in said["findings"] if f["measure"] == "weight_lost" and f["subject_id"] == "a")
    row = next(row for row in said["worlds"]["organisations"] if row["organisation_id"] == "a")
    assert f"in {row['p_cuts_off']:.0%} of 50 worlds" in lead["statement"]
    assert lead["low"] is not None
    assert lead["high"] >= lead["low"]
    assert any("taken to be unreported only where" in line for line in said["worlds"]["assumptions"])


@pytest.mark.parametrize("drop", ["requirements", "responses", "ties", "engagements", "offers"])
def test_missions_with_next_to_nothing(tmp_path: Path, drop: str) -> None:
    for name, text in SMALL.items():
        (tmp_path / f"{name}.csv").write_text(text.splitlines()[0] + "\n" if name == drop else text, encoding="utf-8")
    bare = MissionGraph.from_pack(open_pack(tmp_path), "m", DAY)
    assert findings_document(with_worlds(analyse(bare), 5))["worlds"]["count"] == 5


def test_a_centre_that_is_alone(tmp_path: Path) -> None:
    for name in ("organisations", "missions", "ties"):
        text = SMALL[name]
        (tmp_path / f"{name}.csv").write_text(text.splitlines()[0] + "\n" if name == "ties" else text, encoding="utf-8")
    alone = MissionGraph.from_pack(open_pack(tmp_path), "m", DAY)
    assert alone.members == ("c",)
    (row,) = findings_document(with_worlds(analyse(alone), 5))["worlds"]["organisations"]
    assert row["word"] is None
    assert all(measure["rank"] is None for measure in row["measures"].values())
