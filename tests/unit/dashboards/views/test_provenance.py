"""What the page on the facts says, recounted from the rows."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.app import create_app
from dashboards.selection import Selection
from dashboards.views.provenance import ProvenanceView, provenance_view
from orchestrator.study import Library, inspect_pack, open_library
from orchestrator.tables.check import check_pack
from tests.laws.oracle import Row, Tables
from tests.laws.packs import raw
from tests.packs import DAY, HTML, MISSION, SHAPES, mission, pack

DATA = Selection("data", on=DAY)


def seen(tables: Tables) -> ProvenanceView:
    return provenance_view(pack(tables), None, DATA)


def with_rows(**more: list[Row]) -> Tables:
    return {**mission(ties="ca cb ab", needs="s-w s-e t-e", works="a:s-w"), **more}


def test_every_row_that_names_a_document_is_counted_for_it_and_for_its_year() -> None:
    tables = with_rows(
        sources=[
            {
                "source_id": "old",
                "title": "A plan",
                "date": "2019-05",
                "licence": "OGL",
                "publisher": "",
                "address": "",
            },
            {"source_id": "new", "title": "A list", "date": "2026", "licence": "", "publisher": "", "address": ""},
            {"source_id": "idle", "title": "Never used", "date": "", "licence": "", "publisher": "", "address": ""},
        ]
    )
    tables["ties"] = [{**row, "source": cell} for row, cell in zip(tables["ties"], ("old", "old|new", ""), strict=True)]
    view = seen(tables)
    assert [(one.title, one.rows) for one in view.sources] == [("A plan", 2), ("A list", 1), ("Never used", 0)]
    assert [(one.year, one.documents, one.rows) for one in view.years] == [("2026", 1, 1), ("2019", 1, 2), ("", 1, 0)]
    assert view.sources_sentence == ("Two documents are named by rows. One more is listed, and no row names it.")
    assert view.headline.startswith("2 of ")
    assert (
        "rows name their source, two documents in all; 67% of what they cite was published in 2024 or before"
        in view.headline
    )
    assert next(one for one in view.tables if one.name == "ties").sourced == 2
    assert dict(view.licences) == {"OGL": 1, "not stated": 2}


def test_a_pack_without_a_source_says_that_nothing_can_be_checked() -> None:
    view = seen(with_rows())
    assert view.headline.endswith("rows, and none of them names a source")
    assert view.sources_sentence == "No row of this pack names a source, so nothing in it can be checked from here."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Nobody was asked about their ties"),
        (
            [("a", "yes", "yes"), ("b", "2026-01-01", "")],
            "Two questions were asked and 1 answered (50%); the ties of one body",
        ),
        ([("a", "yes", "2026-05-31")], "The one question asked was answered."),
        ([("a", "2027-01-01", "")], "Nobody was asked about their ties"),
    ],
)
def test_who_answered_is_counted_and_who_is_silent_is_missing_not_absent(
    rows: list[tuple[str, str, str]], said: str
) -> None:
    answers = [
        {"organisation_id": who, "mission_id": MISSION, "asked": asked, "responded": back} for who, asked, back in rows
    ]
    assert said in seen(with_rows(responses=answers)).answers_sentence


def test_what_is_illustrative_and_what_is_inferred_is_counted_by_mission() -> None:
    tables = with_rows()
    for row in tables["requirements"][:2]:
        row["basis"] = "illustrative"
    tables["ties"] = [
        {**row, "mission_id": MISSION, "basis": "inferred" if at == 0 else ""} for at, row in enumerate(tables["ties"])
    ]
    view = seen(tables)
    line = view.missions[0]
    assert (line.requirements, line.illustrative, line.ties, line.inferred) == (3, 2, 3, 1)
    assert view.inferred_sentence == (
        "2 of three requirements are illustrative: no published plan states them; "
        "1 of 3 ties of missions is inferred from records."
    )


def test_a_place_counts_as_known_when_something_is_offered_there_or_inside_it() -> None:
    tables = with_rows()
    tables["places"] = [{**row, "parent_id": "e" if row["place_id"] == "w" else ""} for row in tables["places"]]
    assert seen(tables).unserved == ()
    assert [name for name, _ in seen(with_rows()).unserved] == ["Place e"]


def test_what_is_missing_most_leads_and_shares_are_of_what_there_is() -> None:
    view = seen(with_rows())
    words = {what: (said, share) for what, said, share in view.missing}
    assert words["Bodies at work whose capacity is not recorded"] == ("1 of 1", 1.0)
    assert words["Ties without an end, taken to last"] == ("3 of 3", 1.0)
    assert words["Bodies of the register without a single tie"] == ("0 of 3", 0.0)
    assert "What is not recorded is never read as zero." in view.missing_sentence


def test_the_report_says_what_was_left_out() -> None:
    tables = with_rows()
    tables["ties"] = [*tables["ties"], {**tables["ties"][0], "target_id": "nobody"}]
    found, report = check_pack(raw(tables), keep_valid=True)
    assert found is not None
    view = provenance_view(found, report, DATA)
    ties = next(one for one in view.tables if one.name == "ties")
    assert (ties.read, ties.kept, ties.rejected) == (4, 3, 1)
    assert "1 rejected." in view.tables_sentence
    assert any("nobody" in told for told in view.problems)


def test_the_packaged_pack_balances_and_every_figure_of_it_is_its_own() -> None:
    library = open_library()
    view = provenance_view(library.pack, library.report, Selection("data", on=date(2026, 11, 27)))
    assert all(one.read == one.kept + (one.rejected or 0) for one in view.tables)
    assert {one.name: one.kept for one in view.tables} == {name: len(library.pack[name]) for name in library.pack}
    assert view.sources_total >= len(library.pack["sources"])


# ── the page ──────────────────────────────────────────────────────────────────────────────────────


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_stands_for_every_shape_of_mission(shape: str) -> None:
    app = create_app(Library(pack(SHAPES[shape])))
    try:
        text = text_of(app.server.test_client(), "/data?on=2026-06-01")
    finally:
        app.desk.close()
    assert "No published evidence is open here." in text
    assert HTML not in app.server.test_client().get("/data").text


def test_a_served_pack_keeps_its_report(tmp_path: Path) -> None:
    assert open_library().report == inspect_pack()[1]
