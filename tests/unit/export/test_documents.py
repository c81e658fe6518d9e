"""The documents for people: what they say is there for readers, nothing that came from data is live in them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from orchestrator.export.brief import brief
from orchestrator.export.pdf import pdf
from orchestrator.freezing import advised, freeze, marked
from orchestrator.model.snapshot import Snapshot
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, SHAPES, library, mission, pack

#: Names that want to be formulas, links, markup of every document format, or scripts.
HOSTILE = (
    "=HYPERLINK(1)", "[x](javascript:alert(1))", "</script><script>alert(1)</script>", '#link("https://x.test")[y]',
    "$$note$$ $x$ _a_ *b* `c` @ref <label>", "\\u{202e} {{7*7}} &lt;b&gt;", "+1", "@SUM(A1)", "-1", "http://x.test",
    "#panic()", "👩🏽‍🔬 مجلس 公司",
)  # fmt: skip


def hostile() -> Tables:
    found = mission(
        ties="ca cb ad de be bf fg hi",
        needs="s-w s-e s-n t-w:2 t-e t-n u-w u-e u-n",
        works="a:s-w e:t-w d:s-n",
        paper="b:u-n f:u-e",
        could="g:t-e j:t-n",
        tiles=("w", "e", "n"),
    )
    for table in ("organisations", "places", "capabilities"):
        for row, name in zip(found[table], HOSTILE, strict=False):
            row["name"] = name
    found["missions"][0] |= {"title": HOSTILE[2], "aim": " ".join(HOSTILE)}
    return found


@cache
def frozen(shape: str, marking: str = "OFFICIAL-SENSITIVE") -> Snapshot:
    tables = hostile() if shape == "hostile" else SHAPES[shape]
    return advised(marked(freeze(pack(tables), library(tables).results(MISSION, DAY)), marking))


def written(write: Callable[[Snapshot, Any], None], snapshot: Snapshot) -> bytes:
    file = io.BytesIO()
    write(snapshot, file)
    return file.getvalue()


@cache
def read(shape: str) -> PdfReader:
    return PdfReader(io.BytesIO(written(pdf, frozen(shape))))


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("shape", [*SHAPES, "hostile"])
def test_the_pdf_is_at_most_two_tagged_pages_with_the_marking_on_each(shape: str) -> None:
    found, said = read(shape), brief(frozen(shape))
    assert len(found.pages) <= 2
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.trailer["/Root"]["/Lang"] == "en-GB"
    assert "OFFICIAL-SENSITIVE" in found.metadata.title
    assert "OFFICIAL-SENSITIVE" in found.metadata["/Keywords"]
    for page in found.pages:
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE") >= 2  # header and footer
        assert frozen(shape).graph.digest in text
    if shape not in ("hostile", "awkward names"):
        text = words("".join(page.extract_text() for page in found.pages))
        for told in (said.headline, said.lede, *said.not_known, *(one.text for one in said.findings)):
            assert words(told) in text


def test_the_pdf_says_that_it_keeps_to_the_standard_for_accessible_pdf() -> None:
    content = read("many gaps").trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid" in content
    root = read("many gaps").trailer["/Root"]["/StructTreeRoot"]
    kinds = set(_kinds(root["/K"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI"} <= kinds


def _kinds(element: Any) -> list[str]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [kind for each in element for kind in _kinds(each)]
    if not isinstance(element, dict):
        return []
    return [str(element.get("/S", "")), *(_kinds(element["/K"]) if "/K" in element else [])]


def test_nothing_in_the_pdf_is_live() -> None:
    found = read("hostile")
    assert not [page for page in found.pages if page.get("/Annots")]
    assert not {"/OpenAction", "/AA", "/Names"} & set(found.trailer["/Root"])
    text = "".join(page.extract_text() for page in found.pages)
    assert "#link(" in words(text)
    assert "□" in text
    assert "U+1F469" in text


def test_the_pdf_does_not_say_at_what_hour_it_was_made() -> None:
    assert written(pdf, frozen("one gap")) == written(pdf, frozen("one gap"))
