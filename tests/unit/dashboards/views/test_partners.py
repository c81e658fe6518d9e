"""The page of missing partners says what the advice holds, in the right number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.markup import markup
from dashboards.pages import partners as page
from dashboards.selection import Selection
from dashboards.views.partners import no_advice_view, partners_view
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from orchestrator.study import Library
from orchestrator.tables import RawPack, RawTable, check_pack

DAY = date(2026, 11, 23)
TABLES = {
    "organisations": "organisation_id,name,sector\nunit,Unit,central\na,Alpha,firm\nb,Beta,local\nc,Gamma,research",
    "missions": "mission_id,title,centre_id\nm,Mission,unit\nbare,Bare,unit",
    "places": "place_id,name,level\nN,North,region\nS,South,region",
    "capabilities": "capability_id,name\nx,Fitting",
    "requirements": "requirement_id,mission_id,capability_id,place_id,minimum\nq1,m,x,N,1\nq2,m,x,S,1",
    "offers": "organisation_id,capability_id,place_id\nc,x,N",
    "engagements": "organisation_id,mission_id,status\na,m,committed\nb,m,committed",
    "ties": "source_id,target_id,mission_id,kind,level\nunit,a,m,funds,2\na,b,m,delivers-with,2",
}


@pytest.fixture
def library() -> Library:
    raw = []
    for name, text in TABLES.items():
        head, *rows = [line.split(",") for line in text.splitlines()]
        cells = tuple(map(list, zip(*rows, strict=True)))
        raw.append(RawTable(name, f"{name}.csv", tuple(head), cells, list(range(2, len(rows) + 2))))
    pack, report = check_pack(RawPack("made", tuple(raw)))
    assert pack is not None, report.problems
    return Library(pack)


def advice(library: Library) -> Advice:
    return library.advice("m", DAY)


def view(library: Library, found: Advice) -> str:
    made = partners_view(library.results("m", DAY), found, Selection("partners", "m", DAY))
    return f"{made.headline} {made.sentence} {made.introductions_sentence} {markup(page.layout(made))}"


def test_the_headline_counts_bodies_requirements_and_what_nobody_can_fill(library: Library) -> None:
    made = partners_view(library.results("m", DAY), advice(library), Selection("partners", "m", DAY))
    assert made.headline == "One body would close one requirement; for 1 nobody is known"
    assert [(line.letter, line.body.name, line.closes) for line in made.partners] == [
        ("A", "Gamma", ("Fitting in North",))
    ]
    assert made.sentence == "The need grid would go from 0 to 1 points. No choice reaches more."
    assert [label for label, _ in made.unfilled] == ["Fitting in South"]
    assert made.introductions_sentence.startswith("One new tie is enough that no single body's leaving")


def test_everything_the_page_advises_stands_in_its_tables_too(library: Library) -> None:
    text = view(library, advice(library))
    assert text.count("Gamma") >= 2
    assert text.count("Fitting in South") >= 2
    assert text.count("View as a table") == 3


def test_a_bound_above_the_answer_is_told(library: Library) -> None:
    found = replace(advice(library), bound=1.5, within_percent=33.3)
    assert "No choice reaches more than 1.5: 33% above." in view(library, found)


def test_with_nobody_to_bring_in_the_page_says_so(library: Library) -> None:
    found = replace(advice(library), chosen=(), introductions=())
    text = view(library, found)
    assert "No body on record would close a requirement; for 1 nobody is known" in text
    assert "No new tie is needed" in text


def test_a_mission_without_requirements_has_a_page_with_the_reason(library: Library) -> None:
    with pytest.raises(BadData) as why:
        library.advice("bare", DAY)
    made = no_advice_view(why.value)
    assert made.headline == "Nobody can be recommended yet"
    assert "has no requirements" in made.lede
    assert "has no requirements" in markup(page.layout(made))
