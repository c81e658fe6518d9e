"""A tie that was inferred is shown as inferred wherever ties are told row by row."""

from __future__ import annotations

from dashboards.selection import Selection
from dashboards.views.organisation import organisation_view
from tests.packs import DAY, library, mission


def test_an_inferred_tie_says_from_how_many_records_and_by_which_rule() -> None:
    tables = mission("ca ab")
    reported = {"basis": "", "evidence": "", "inferred_by": "", "confidence": ""}
    marks = (
        reported,
        {"basis": "inferred", "evidence": "12", "inferred_by": "paid by an NHS body", "confidence": "0.85"},
    )
    tables = {**tables, "ties": [{**row, **mark} for row, mark in zip(tables["ties"], marks, strict=True)]}
    shelf = library(tables)
    chosen = Selection("organisation", organisation_id="a", on=DAY)
    view = organisation_view(shelf.pack, chosen, lambda name: shelf.results(name, DAY))
    words = {tie.other.organisation_id: tie.word for tie in view.ties}
    assert words["b"] == 'inferred from 12 published records by the rule "paid by an NHS body"; 85% sure'
    assert "inferred" not in words["c"]
