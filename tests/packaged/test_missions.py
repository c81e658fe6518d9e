"""The missions of the packaged pack: each sourced, each need with its basis, and findings on every one of them."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd
import pytest

from orchestrator.study import inspect_pack
from orchestrator.tables import Pack, split_list

SETS: Final = {
    "Five missions 2024": 5,
    "Levelling Up missions 2022": 12,
    "Plan for Change milestones 2024": 6,
}
FIVE: Final = ("clean-energy", "growth", "nhs", "opportunity", "safer-streets")
SOURCED: Final = ("engagements", "missions", "offers", "organisations", "places", "requirements", "ties")
#: The worlds that a mission of 2024 must reach into.
WORLDS: Final = {"central", "local", "regional", "firm", "civil-society"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack, _ = inspect_pack()
    assert pack is not None
    return pack


def test_the_sets_are_whole(pack: Pack) -> None:
    missions = pack["missions"]
    assert dict(Counter(missions["mission_set"])) == SETS
    milestones = missions[missions["mission_set"] == "Plan for Change milestones 2024"]
    followed = {each for cell in milestones["follows"] for each in split_list(cell)}
    assert followed == set(FIVE)


@pytest.mark.parametrize("table", SOURCED)
def test_every_row_names_a_source_that_is_there(pack: Pack, table: str) -> None:
    rows = pack[table]
    known = set(pack["sources"]["source_id"])
    cited = rows["source"].map(lambda cell: set(split_list(cell)))
    print(f"{table:<14} {len(rows):>7,} rows, {len(set().union(*cited)):>5,} sources")
    assert cited.map(bool).all()
    assert set().union(*cited) <= known


def test_every_need_has_a_basis_and_a_published_one_has_more_than_our_rules(pack: Pack) -> None:
    needs = pack["requirements"]
    print(needs.groupby(["mission_id", "basis"]).size().to_string())
    assert needs["basis"].isin(["published", "illustrative"]).all()
    published = needs.loc[needs["basis"] == "published", "source"]
    assert published.map(lambda cell: set(split_list(cell)) - {"pack-rules"}).map(bool).all()


@pytest.mark.parametrize("mission", FIVE)
def test_each_mission_of_2024_reaches_into_every_world(pack: Pack, mission: str) -> None:
    engagements, ties = pack["engagements"], pack["ties"]
    members = engagements.loc[engagements["mission_id"] == mission, "organisation_id"]
    sectors = pack["organisations"].set_index("organisation_id")["sector"]
    found = Counter(sectors[members])
    print(mission, dict(found), f"{(ties['mission_id'] == mission).sum()} ties")
    assert len(members) >= 120
    assert set(found) >= WORLDS


def test_no_document_stands_twice(pack: Pack) -> None:
    """Two sources of one title at one address would be one document said twice."""
    sources = pack["sources"]
    plain = sources["address"].str.replace(r"^https?://(www\.)?|/$", "", regex=True)
    same = Counter(zip(plain, sources["title"], strict=True))
    assert [each for each, count in same.items() if count > 1] == []


def test_no_standing_tie_stands_twice(pack: Pack) -> None:
    ties = pack["ties"]
    standing = ties[ties["mission_id"] == ""]
    told = ["source_id", "target_id", "kind", "fund"]
    assert standing.loc[standing.duplicated(told), told].to_numpy().tolist() == []


def test_a_board_that_has_ended_keeps_nothing_open(pack: Pack) -> None:
    """Twelve boards ended in 2026: no tie and no engagement of theirs goes on, and none of them offers anything."""
    bodies, ties, engagements = pack["organisations"], pack["ties"], pack["engagements"]
    boards = set(bodies.loc[bodies["kind"] == "integrated care board", "organisation_id"])
    governed = ties[(ties["mission_id"] == "") & (ties["kind"] == "governs") & ties["target_id"].isin(boards)]
    ended = set(governed.loc[_given(governed["ends"]), "target_id"])
    assert len(boards) == 48
    assert len(ended) == 12
    theirs = ties["source_id"].isin(ended) | ties["target_id"].isin(ended)
    assert _given(ties.loc[theirs, "ends"]).all()
    assert _given(engagements.loc[engagements["organisation_id"].isin(ended), "ends"]).all()
    assert not pack["offers"]["organisation_id"].isin(ended).any()


def _given(dates: pd.Series) -> pd.Series:
    return dates.notna() & (dates.astype(str) != "")
