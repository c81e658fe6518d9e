"""The register of the packaged pack: sound, sourced, with identifiers of their form, each body once, and no persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pandas as pd
import pytest

from orchestrator.model.places import containment
from orchestrator.study import inspect_pack
from orchestrator.tables import Pack, Report, split_list
from tests.conftest import CHECKOUT

#: Forms of public identifiers by the lists of org-id.guide.
FORMS: Final = {
    "GB-CHC": r"\d{6,7}(-\d+)?",
    "GB-COH": r"(\d{8}|[A-Z]{2}\d{6}|[A-Z]\d{7})",
    "GB-EDU": r"\d{6}",
    "GB-GOR": r"[A-Z]{1,3}\d{1,4}",
    "GB-LAE": r"[A-Z]{3,5}",
    "GB-LANI": r"[A-Z]{3}",
    "GB-LAS": r"[A-Z]{3}",
    "GB-MPR": r"(IP|RS|SP|NP)?\d{3,6}R?[A-Z]?",
    "GB-NHS": r"[A-Z0-9]{3,6}",
    "GB-NIC": r"\d{6}",
    "GB-PLA": r"[A-Z]{3}",
    "GB-SC": r"SC\d{6}",
    "GB-UKPRN": r"\d{8}",
    "XI-LEI": r"[A-Z0-9]{20}",
}
#: Current councils by the register: 317 in England, 32 in Scotland, 22 in Wales, 11 in Northern Ireland.
COUNCILS: Final = (
    "city corporation",
    "county council",
    "district council",
    "district council of Northern Ireland",
    "London borough council",
    "metropolitan district council",
    "unitary council",
)
#: A title before a name: such a row would be a person's.
TITLE: Final = re.compile(r"(Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr)\.?( [A-Z][a-z-]+){1,3}")
COMMON: Final = """
Adam Alan Alex Alison Amanda Andrew Andy Angela Anna Anne Anthony Ben Benjamin Brian Caroline Catherine Charles
Chris Christine Christopher Claire Colin Daniel Darren David Deborah Diana Donna Douglas Edward Elaine Elizabeth
Emily Emma Eric Fiona Frances Gareth Gary Gavin Geoffrey Gillian Graham Hannah Heather Helen Ian Jack Jacqueline
James Jane Janet Jason Jennifer Jeremy Jessica Joanna John Jonathan Joseph Joshua Judith Julia Julie Karen Kate
Katherine Keith Kenneth Kevin Kim Laura Lauren Leanne Lee Linda Lisa Louise Lucy Luke Margaret Maria Mark Martin
Mary Matthew Melanie Michael Michelle Mohammed Natalie Neil Nicholas Nicola Nigel Olivia Patricia Patrick Paul Peter
Philip Rachel Rebecca Richard Robert Roger Ruth Ryan Samantha Samuel Sandra Sara Sarah Sean Sharon Sheila Simon
Sophie Stephanie Stephen Steven Stuart Susan Suzanne Thomas Timothy Tom Tony Tracey Trevor Victoria Vincent Wayne
Wendy William Zoe
"""
FORENAMES: Final = frozenset(COMMON.split())


@pytest.fixture(scope="module")
def inspected() -> tuple[Pack | None, Report]:
    return inspect_pack()


@pytest.fixture(scope="module")
def pack(inspected: tuple[Pack | None, Report]) -> Pack:
    assert inspected[0] is not None
    return inspected[0]


def test_the_pack_is_clean_without_a_notice(inspected: tuple[Pack | None, Report]) -> None:
    _, report = inspected
    for count in report.counts:
        print(f"{count.table:<14} {count.kept:>7,}")
    assert report.problems == ()
    assert report.notices == ()


def test_the_register_is_as_large_as_was_asked(pack: Pack) -> None:
    bodies, ties = pack["organisations"], pack["ties"]
    kinds = Counter(bodies["kind"])
    print(dict(Counter(bodies["sector"])), dict(kinds.most_common(20)))
    assert len(bodies) >= 1_200
    assert (bodies["sector"] == "central").sum() >= 350
    assert (ties["mission_id"] == "").sum() >= 2_000
    boards = bodies[bodies["kind"] == "integrated care board"]
    assert boards["identifiers"].str.startswith("GB-NHS-").sum() == 42  # those that followed in 2026 have no code yet
    assert kinds["ministerial department"] == 23
    assert kinds["police force"] >= 45
    assert sum(kinds[kind] for kind in COUNCILS) == 382
    assert kinds["combined authority"] + kinds["combined county authority"] + kinds["strategic authority"] >= 16


def test_every_tie_and_body_has_a_source_and_every_source_is_complete(pack: Pack) -> None:
    for table in ("organisations", "places", "ties"):
        assert (pack[table]["source"] != "").all(), f"{table} has rows without a source"
    for column in ("title", "publisher", "address", "licence"):
        blank = pack["sources"].loc[pack["sources"][column] == "", "source_id"].tolist()
        assert blank == [], f"sources without {column}"
    there = [
        address.startswith(("https://", "http://")) or (CHECKOUT / address).is_file()
        for address in pack["sources"]["address"]
    ]
    assert all(there)


def test_every_source_is_cited(pack: Pack) -> None:
    cited = {
        each for table in pack if "source" in pack[table] for cell in pack[table]["source"] for each in split_list(cell)
    }
    assert set(pack["sources"]["source_id"]) <= cited


def identifiers(pack: Pack) -> Iterator[tuple[str, str]]:
    for body, cell in zip(pack["organisations"]["organisation_id"], pack["organisations"]["identifiers"], strict=True):
        yield from ((body, each) for each in split_list(cell))


def test_every_identifier_has_the_form_of_its_list(pack: Pack) -> None:
    wrong = []
    for body, identifier in identifiers(pack):
        form = next((form for scheme, form in FORMS.items() if identifier.startswith(f"{scheme}-")), None)
        scheme = next((scheme for scheme in FORMS if identifier.startswith(f"{scheme}-")), "")
        if form is None or not re.fullmatch(form, identifier.removeprefix(f"{scheme}-")):
            wrong.append((body, identifier))
    assert wrong == []


def test_no_two_rows_are_the_same_body(pack: Pack) -> None:
    by_identifier = Counter(identifier for _, identifier in identifiers(pack))
    assert [each for each, count in by_identifier.items() if count > 1] == []
    bodies = pack["organisations"]
    plain = bodies["name"].str.casefold().str.replace("&", "and").str.replace(r"^the |[^a-z0-9]", "", regex=True)
    same = Counter(zip(plain, bodies["kind"], strict=True))
    assert [each for each, count in same.items() if count > 1] == []


def test_no_row_names_a_private_person(pack: Pack) -> None:
    """A title before a name, or a common forename followed by one capitalised word and nothing else."""
    found = []
    for table in ("organisations", "missions", "places"):
        names = pack[table]["title" if table == "missions" else "name"]
        for name in names:
            words = name.split()
            person = len(words) == 2 and words[0] in FORENAMES and words[1].istitle()
            if TITLE.fullmatch(name) or person:
                found.append(name)
    assert found == []


def test_official_bodies_of_one_register_are_not_told_twice_by_their_aliases(pack: Pack) -> None:
    """A name of a body is not an alias of another body: nobody could tell which is meant."""
    bodies = pack["organisations"]
    names = dict(zip(bodies["name"].str.casefold(), bodies["organisation_id"], strict=True))
    twice = [
        (alias, body, names[alias.casefold()])
        for body, cell in zip(bodies["organisation_id"], bodies["aliases"], strict=True)
        for alias in split_list(cell)
        if names.get(alias.casefold(), body) != body
    ]
    assert twice == []


def test_every_district_lies_in_a_region_or_nation_of_the_tile_map(pack: Pack) -> None:
    places = pack["places"]
    top = set(places.loc[places["level"].isin(["region", "nation"]) & places["tile_column"].notna(), "place_id"])
    assert len(top) == 12
    inside = containment(places)
    tops = inside[inside["container_id"].isin(top)].groupby("place_id").size()
    districts = places.loc[places["level"].isin(["upper-tier", "lower-tier"]), "place_id"]
    assert districts.map(tops).fillna(0).eq(1).all()


@pytest.mark.parametrize(
    ("level", "start", "share"),
    [("police-area", ("E", "W"), 1.0), ("icb-area", ("E",), 0.9)],
)
def test_districts_lie_in_an_area_of_each_hierarchy(
    pack: Pack, level: str, start: tuple[str, ...], share: float
) -> None:
    places = pack["places"]
    areas = set(places.loc[places["level"] == level, "place_id"])
    inside = containment(places)
    within = inside[inside["container_id"].isin(areas)].groupby("place_id")["container_id"].nunique()
    districts = places.loc[(places["level"] == "lower-tier") | _single_tier(places), "place_id"]
    counted = districts[districts.str.startswith(start)].map(within).fillna(0)
    assert counted.le(1).all()
    assert counted.mean() >= share


def _single_tier(places: pd.DataFrame) -> pd.Series:
    """Upper-tier places in which no district lies."""
    parents = {each for cell in places.loc[places["level"] == "lower-tier", "parent_id"] for each in split_list(cell)}
    return (places["level"] == "upper-tier") & ~places["place_id"].isin(parents)


def test_tiles_of_one_level_do_not_lie_on_one_another(pack: Pack) -> None:
    places = pack["places"].dropna(subset=["tile_column"])
    level = places["level"].replace({"nation": "region"})
    spots = Counter(zip(level, places["tile_column"], places["tile_row"], strict=True))
    assert [spot for spot, count in spots.items() if count > 1] == []
