"""The page of missing partners says what the advice holds, in the right number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.markup import markup
from dashboards.pages import partners as page
from dashboards.selection import Selection, read_selection
from dashboards.views.change_words import entries, words
from dashboards.views.decided import decided
from dashboards.views.partner_limits import limits_of
from dashboards.views.partners import PartnersView, certificate, no_advice_view, partners_view
from dashboards.views.scenario import standing_list
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from orchestrator.partners import Request, read_sectors
from orchestrator.study import Library, try_out
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


def shown(made: PartnersView, query: str = "") -> str:
    chosen = read_selection("/mission/m/partners", query)
    return markup(page.layout(made, chosen, limits_of(chosen)))


def view(library: Library, found: Advice) -> str:
    made = partners_view(library.results("m", DAY), found, Selection("partners", "m", DAY))
    return f"{made.headline} {made.sentence} {made.introductions_sentence} {shown(made)}"


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
    assert "has no requirements" in markup(page.layout(made, Selection("partners", "m", DAY)))


# ── limits ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "where", "said"),
    [
        ("max-new=0", "max-new", "'0' leaves nobody to choose. Use 1 or more, or leave it blank."),
        ("max-new=many", "max-new", "'many' is not a whole number. Use 1 or more"),
        ("within=-1", "within", "'-1' is not a whole number. Use 1 or more"),
        ("budget=0", "budget", "'0' is not an amount above 0. Write it like 4 or 2.5"),
        ("budget=nan", "budget", "'nan' is not an amount above 0."),
        ("firm-least=x", "firm-least", "'x' is not a whole number. Use 0 or more"),
        ("firm-least=3&firm-most=2", "firm-least", "Firms: at least 3 and at most 2 contradict each other."),
        (
            "max-new=2&firm-least=2&local-least=1",
            "max-new",
            "ask for at least 3 bodies together, and only 2 may",
        ),
    ],
)
def test_a_limit_that_cannot_be_is_told_at_its_field_and_nothing_is_asked(query: str, where: str, said: str) -> None:
    found = limits_of(read_selection("/mission/m/partners", query))
    assert [(name, said in problem) for name, problem in found.problems.items()] == [(where, True)]
    assert found.request is None
    text = shown(no_advice_view(BadData([])), query)
    assert f'href="#limit-{where}"' in text
    assert (
        f'aria-describedby="limit-{where}-error"' in text
        or f'aria-describedby="limit-{where}-hint limit-{where}-error"' in text
    )


def test_limits_are_those_that_the_command_takes() -> None:
    query = "max-new=4&budget=2.5&within=2&firm-least=1&firm-most=3&local-most=0"
    found = limits_of(read_selection("/mission/m/partners", query)).request
    sectors, only = read_sectors("firm:1-3,local:-0")
    assert found == Request(4, 2.5, 2, sectors, only)
    assert limits_of(read_selection("/mission/m/partners", "max-new=")).request is None


# ── trying, and what was decided ──────────────────────────────────────────────────────────────────────


def test_trying_a_partner_leads_to_the_page_with_it_brought_in(library: Library) -> None:
    made = partners_view(library.results("m", DAY), advice(library), Selection("partners", "m", DAY))
    for address, wanted in (
        (made.partners[0].try_address, ["Gamma comes in: committed, with a tie to Unit"]),
        (made.introductions[0].try_address, ["Beta and Unit begin to work together"]),
    ):
        path, _, query = address.partition("?")
        scenario, problem = standing_list(read_selection(path, query))
        trial = try_out(library.results("m", DAY), scenario)
        assert (problem, trial.refused) == ("", ())
        names = (trial.after.graph, trial.before.graph)
        assert [words(entry, names) for entry in entries(scenario, "unit")] == wanted
    assert made.try_all == ""
    assert "Try" in shown(made)


def test_what_is_decided_is_shown_as_decided_and_can_be_undone(library: Library) -> None:
    graph = library.graph("m", DAY)
    names = ("decided_on", "mission_id", "organisation_id", "partner_id", "decision", "reason")
    lines = (
        ("2026-11-01", "m", "c", "", "accepted", "<b>Agreed</b>"),
        ("soon", "m", "gone", "a", "declined", "No"),
        ("2026-11-01", "other", "a", "", "accepted", "Elsewhere"),
    )
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    found = decided(rows, graph)
    made = partners_view(library.results("m", DAY), advice(library), Selection("partners", "m", DAY), found)
    one = made.partners[0].decided
    assert one is not None
    assert (one.said, one.taken, one.became) == (
        "Accepted on 1 November 2026.", True, "It does not take part on 2026-11-23."
    )  # fmt: skip
    assert [(other.title, other.said) for other in made.others] == [("Introduce Alpha and 'gone'", "Declined on soon.")]
    text = shown(made)
    assert "&lt;b&gt;Agreed&lt;/b&gt;" in text
    assert text.count("Undo this decision") == 2
    assert text.count("Accept or decline") == len(made.introductions)


def test_the_certificate_says_what_is_proved_and_what_is_not(library: Library) -> None:
    found = advice(library)
    assert certificate(found) == (
        "This is proved, not guessed: no choice within the limits is worth more, "
        "and none that is worth as much costs less."
    )
    assert certificate(replace(found, bound=1.5, within_percent=33.3)).endswith(
        "whether the 33% above this choice can be had."
    )
    assert certificate(replace(found, chosen=())) == ""
