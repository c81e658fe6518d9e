"""What is said of the data is what its rows hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboards.pages.holdings import layout
from dashboards.views.holdings import Heap, HoldingsView, holdings_view
from orchestrator.errors import BadData
from orchestrator.holdings import holdings
from orchestrator.matching import Matcher
from orchestrator.study import open_pack
from orchestrator.tables.evidence import EvidenceReport, Reason
from orchestrator.tables.evidence_store import EvidenceWriter
from tests.packs import SHAPES, mission, pack
from tests.unit.matching.evidence import record, store

DAY = date(2026, 11, 23)


def _heaps(view: HoldingsView) -> dict[str, Heap]:
    return {heap.key: heap for heap in view.heaps}


def test_an_empty_pack_says_what_it_does_not_know_instead_of_showing_nothing() -> None:
    view = holdings_view(pack(SHAPES["nothing"] if "nothing" in SHAPES else mission()), None, DAY)
    said = {key: heap.sentence for key, heap in _heaps(view).items()}
    assert "no table of sources" in said["ages"]
    assert "no licence is stated" in said["licences"]
    assert "who did not answer cannot be told" in said["responses"]
    assert said["inferred"].startswith("No tie of this pack is inferred")
    assert not view.evidence
    assert "No store of evidence is open." in view.lede
    assert layout(view)


def test_inferred_ties_answers_and_silent_places_are_counted() -> None:
    tables = mission("ca ab", "s-w s-e", "a:s-w")
    ties = [{**row, "basis": basis} for row, basis in zip(tables["ties"], ("inferred", ""), strict=True)]
    asked = [
        {"organisation_id": body, "mission_id": "m", "asked": "2026-01-01", "responded": answer}
        for body, answer in (("a", "2026-02-01"), ("b", ""), ("c", "no"))
    ]
    heaps = _heaps(holdings_view(pack({**tables, "ties": ties, "responses": asked}), None, DAY))
    assert heaps["inferred"].sentence.startswith("1 of two ties are inferred")
    (line,) = heaps["inferred"].lines
    assert line.words == "1 of two ties"
    assert heaps["responses"].sentence == "1 of three questions to organisations were answered (33%)."
    assert heaps["missing"].sentence.startswith("In 1 of two places no offer of anything is recorded")


def test_of_the_packaged_pack_every_source_and_place_is_counted_once() -> None:
    uk = open_pack()
    heaps = _heaps(holdings_view(uk, None, DAY))
    assert sum(int(line.cells[0].replace(",", "")) for line in heaps["ages"].lines) == len(uk["sources"])
    assert sum(int(line.cells[0].replace(",", "")) for line in heaps["licences"].lines) == len(uk["sources"])
    assert sum(int(line.cells[0].replace(",", "")) for line in heaps["missing"].lines) == len(uk["places"])


def test_a_store_is_told_by_kind_reason_year_and_how_names_match(tmp_path: Path) -> None:
    rows = [
        record("Ofgem", 1_000_00, from_name="Ofgem", starts="2019-01-05"),
        record("Nobody In Particular Ltd", 3_000_00, from_name="Ofgem", starts="2021-01-05"),
    ]
    report = EvidenceReport("a.csv", "0" * 64, "spending", "", 3, 2, 0, (Reason("set aside", "redacted", 1),))
    with EvidenceWriter(tmp_path) as writer:
        writer.add([], report)
        writer.commit()
    store(tmp_path, rows)
    assert holdings(tmp_path).matched == ()
    Matcher(tmp_path, open_pack()).match().save(tmp_path)
    heaps = _heaps(holdings_view(open_pack(), holdings(tmp_path), DAY))
    assert heaps["brought"].sentence == "Two rows of evidence from one file."
    assert heaps["left-out"].sentence == "3 records were read: 2 kept and 1 left out, each for a reason."
    assert heaps["left-out"].lines[0].cells == ("set aside", "1")
    assert heaps["years"].sentence == "The evidence is from 2019 to 2021."
    assert "75% of four mentions are matched" in heaps["matching"].sentence
    assert "1 of two names are open, with £3,000 of £8,000." in heaps["matching"].sentence
    assert layout(holdings_view(open_pack(), holdings(tmp_path), DAY))


def test_a_folder_without_evidence_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="no evidence in this folder"):
        holdings(tmp_path)
