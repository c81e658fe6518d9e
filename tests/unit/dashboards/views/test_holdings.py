"""What is said of a store of evidence is what its rows hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboards.markup import markup
from dashboards.pages.holdings import layout
from dashboards.selection import Selection
from dashboards.views.holdings import Heap, evidence_heaps
from dashboards.views.provenance import provenance_view
from orchestrator.errors import BadData
from orchestrator.holdings import holdings
from orchestrator.matching import Matcher
from orchestrator.study import open_pack
from orchestrator.tables.evidence import EvidenceReport, Reason
from orchestrator.tables.evidence_store import EvidenceWriter
from tests.unit.matching.evidence import record, store

DATA = Selection("data", on=date(2026, 11, 23))


def _heaps(folder: Path) -> dict[str, Heap]:
    return {heap.key: heap for heap in evidence_heaps(holdings(folder))}


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
    heaps = _heaps(tmp_path)
    assert heaps["brought"].sentence == "Two rows of evidence from one file."
    assert heaps["left-out"].sentence == "3 records were read: 2 kept and 1 left out, each for a reason."
    assert heaps["left-out"].lines[0].cells == ("set aside", "1")
    assert heaps["years"].sentence == "The evidence is from 2019 to 2021."
    assert "75% of four mentions are matched" in heaps["matching"].sentence
    assert "1 of two names are open, with £3,000 of £8,000." in heaps["matching"].sentence
    page = layout(provenance_view(open_pack(), None, DATA), tuple(heaps.values()), DATA)
    assert "1 of two names are open, with £3,000 of £8,000." in markup(page)


def test_a_folder_without_evidence_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="no evidence in this folder"):
        holdings(tmp_path)
