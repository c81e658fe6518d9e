"""Containment in several hierarchies: each pair once, nothing missed, whatever the shape."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.model.places import containment

#: A district in a county, a combined authority that crosses regions, a police area and an integrated care board's area.
ISLAND = {
    "country": "",
    "north": "country",
    "south": "country",
    "county": "combined|north",
    "combined": "country",
    "police": "north",
    "care": "north",
    "district": "county|police|care",
    "city": "combined|south",
}


def _places(parents: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"place_id": list(parents), "parent_id": list(parents.values())}, dtype="str")


def _containers(parents: dict[str, str], place: str) -> list[str]:
    pairs = containment(_places(parents))
    return pairs.loc[pairs["place_id"] == place, "container_id"].tolist()


def test_a_district_lies_in_all_its_hierarchies_nearest_first() -> None:
    found = _containers(ISLAND, "district")
    assert found == ["district", "county", "police", "care", "combined", "north", "country"]


def test_what_crosses_regions_lies_in_neither() -> None:
    assert _containers(ISLAND, "combined") == ["combined", "country"]
    assert _containers(ISLAND, "city") == ["city", "combined", "south", "country"]


def test_one_parent_alone_stays_as_valid_as_it_was() -> None:
    assert _containers({"UK": "", "Wales": "UK", "Gwent": "Wales"}, "Gwent") == ["Gwent", "Wales", "UK"]


def test_no_places_no_pairs() -> None:
    assert containment(_places({})).empty
    assert list(containment(_places({})).columns) == ["place_id", "container_id"]


@st.composite
def _hierarchies(draw: st.DrawFn) -> dict[str, str]:
    count = draw(st.integers(1, 12))
    chosen = [draw(st.lists(st.integers(0, place - 1), max_size=3)) if place else [] for place in range(count)]
    return {f"p{place}": "|".join(f"p{parent}" for parent in parents) for place, parents in enumerate(chosen)}


@given(_hierarchies())
def test_pairs_are_the_reflexive_transitive_closure_each_once(parents: dict[str, str]) -> None:
    pairs = [tuple(pair) for pair in containment(_places(parents)).to_numpy().tolist()]
    wanted = {(place, place) for place in parents}
    while True:
        more = {(place, up) for place, at in wanted for up in parents[at].split("|") if up}
        if more <= wanted:
            break
        wanted |= more
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == wanted


@given(_hierarchies())
def test_containment_is_transitive_and_goes_one_way(parents: dict[str, str]) -> None:
    pairs = {tuple(pair) for pair in containment(_places(parents)).to_numpy().tolist()}
    assert all((a, c) in pairs for a, b in pairs for b2, c in pairs if b == b2)
    assert not [(a, b) for a, b in pairs if a != b and (b, a) in pairs]
