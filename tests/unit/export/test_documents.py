"""The documents for people: what they say is there for readers, nothing that came from data is live in them."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from defusedxml import ElementTree
from docx import Document
from pypdf import PdfReader

from orchestrator.export.brief import brief
from orchestrator.export.docx import docx
from orchestrator.export.page import page
from orchestrator.export.pdf import pdf
from orchestrator.export.readable import WORDS, readable_tables
from orchestrator.export.workbook import workbook
from orchestrator.freezing import advised, freeze, marked
from orchestrator.model import MissionGraph
from orchestrator.model.snapshot import Snapshot
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, SHAPES, library, mission, pack

#: Names that want to be formulas, links, markup of every document format, or scripts.
HOSTILE = (
    "=HYPERLINK(1)", "[x](javascript:alert(1))", "</script><script>alert(1)</script>", '#link("https://x.test")[y]',
    "$$note$$ $x$ _a_ *b* `c` @ref <label>", "\\u{202e} {{7*7}} &lt;b&gt;", "+1", "@SUM(A1)", "-1", "http://x.test",
    "#panic()", "👩🏽‍🔬 مجلس 公司",
)  # fmt: skip


#: Shapes that between them have every part of a document full and empty.
SOME = ("nobody but the centre", "many gaps", "known and unknown", "two in one cell", "awkward names", "hostile")


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


@cache
def parts(name: str, shape: str) -> dict[str, str]:
    """The parts of a document that is a zip, as text."""
    write = {"docx": docx, "tables": workbook}[name]
    with zipfile.ZipFile(io.BytesIO(written(write, frozen(shape)))) as found:
        return {part: found.read(part).decode() for part in found.namelist() if part.endswith((".xml", ".rels"))}


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
    for sheet in found.pages:
        text = sheet.extract_text()
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


@pytest.mark.parametrize("shape", SOME)
def test_the_document_has_real_headings_and_tables_and_the_marking_on_every_page(shape: str) -> None:
    said, found = brief(frozen(shape)), Document(io.BytesIO(written(docx, frozen(shape))))
    headings = [each for each in found.paragraphs if each.style.name.startswith("Heading")]
    assert [each.style.name for each in headings][:2] == ["Heading 1", "Heading 2"]
    text = words(" ".join(each.text for each in found.paragraphs))
    for told in (said.lede, *said.not_known, *(one.text for one in said.findings)):
        assert words(told) in text
    assert all(each.rows[0]._tr.trPr.xpath("w:tblHeader") for each in found.tables)
    (section,) = found.sections
    assert section.header.paragraphs[0].text == section.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    about = found.core_properties
    assert "OFFICIAL-SENSITIVE" in about.title
    assert about.keywords == "OFFICIAL-SENSITIVE"
    assert frozen(shape).graph.digest in about.comments


@pytest.mark.parametrize("name", ["docx", "tables"])
@pytest.mark.parametrize("shape", ["hostile", "awkward names"])
def test_nothing_that_came_from_data_is_live_in_office_files(name: str, shape: str) -> None:
    text = "".join(parts(name, shape).values())
    assert not re.search(
        r"<f[ >]|<w:hyperlink|w:instrText|w:fldSimple|externalLink|vbaProject|<script|TargetMode", text
    )
    links = re.findall(r"<hyperlink [^>]*>", text)
    assert all("r:id" not in link and re.search("location=\"'?[A-Z][A-Za-z ]+'?!A1\"", link) for link in links)
    assert bool(links) is (name == "tables")


@pytest.mark.parametrize("shape", SOME)
def test_the_workbook_opens_with_a_cover_and_a_sheet_for_every_table(shape: str) -> None:
    snapshot = frozen(shape)
    data = written(workbook, snapshot)
    sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine")
    tables = {table.name: table for table in readable_tables(snapshot)}
    assert list(sheets) == ["Cover", "Contents", *tables, "Words"]
    assert str(sheets["Cover"].iloc[0, 0]).startswith("OFFICIAL-SENSITIVE – ")
    for name, table in tables.items():
        assert len(sheets[name]) == 4 + max(1, len(table.rows))
        assert sheets[name].shape[1] == len(table.headings)
    text = "".join(parts("tables", shape).values())
    assert text.count("&amp;COFFICIAL-SENSITIVE") == 2 * len(sheets)  # header and footer of every sheet
    assert text.count("<table ") == len(sheets) - 1  # every sheet but the cover holds one real table


def test_without_scores_the_tables_hold_no_measures_of_bodies() -> None:
    found = readable_tables(marked(frozen("many gaps"), None, leave_out_scores=True))
    assert [table.name for table in found] == ["Need grid", "Requirements", "Findings", "Members", "Ties"]
    (members,) = (table for table in found if table.name == "Members")
    assert not {"Steps", "Independent routes", "Would lose every route", "Load"} & set(members.headings)


def test_a_long_table_says_that_it_is_cut() -> None:
    found = {table.name: table for table in readable_tables(frozen("many gaps"), most=2)}
    assert len(found["Members"].rows) == 2
    assert found["Members"].sentence.endswith("The first 2 of 6 rows; xlsx, ods and csv hold them all.")


def test_the_words_mean_what_the_glossary_says() -> None:
    glossary = (Path(__file__).parents[3] / "GLOSSARY.md").read_text(encoding="utf-8")
    for word, meaning in WORDS.items():
        (line,) = (each for each in glossary.splitlines() if each.startswith(f"| **{word}**"))
        assert meaning in line


def shown(shape: str) -> str:
    return b"".join(page(frozen(shape))).decode()


@pytest.mark.parametrize("shape", SOME)
def test_the_page_is_one_file_that_asks_nobody_and_runs_nothing(shape: str) -> None:
    text = shown(shape)
    root = ElementTree.fromstring(re.sub(r"<(meta|!DOCTYPE)[^>]*>", "", text).replace("&nbsp;", " "))
    kinds = {str(each.tag) for each in root.iter()}
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "input", "base", "image", "use"} & kinds
    attributes = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
    assert {each.get("href")[0] for each in root.iter() if each.get("href")} == {"#"}
    (style,) = root.iter("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert html.unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style.text
    assert len(text) < 3_000_000


@pytest.mark.parametrize("shape", SOME)
def test_the_page_says_what_the_brief_says_and_has_every_table(shape: str) -> None:
    text, said = shown(shape), brief(frozen(shape))
    told = html.unescape(text)
    assert said.headline[:500] in told
    for line in (*said.not_known, *(one.text for one in said.findings)):
        assert line[:500] in told
    tables = readable_tables(frozen(shape))
    assert text.count("<details>") == len(tables)
    assert text.count("<caption>") == len(tables)
    assert text.count('class="marking') == 2
    assert "<title>OFFICIAL-SENSITIVE – " in text


def test_the_map_of_the_page_numbers_and_letters_as_the_lists_do() -> None:
    text = shown("many gaps")
    numbers = re.findall(r'class="sign sign-relied"[^>]*>(\d)<', text)
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]
    assert len(re.findall(r'<circle class="body', text)) == len(frozen("many gaps").graph.members) - 1 - len(numbers)
    assert re.findall(r'class="sign sign-missing"[^>]*>([A-G])<', text)
    hidden = b"".join(page(marked(frozen("many gaps"), None, leave_out_scores=True))).decode()
    assert "sign sign-relied" not in hidden
    assert "sign sign-missing" not in hidden


def test_without_scores_no_document_says_how_a_body_does() -> None:
    snapshot = marked(frozen("many gaps"), None, leave_out_scores=True)
    text = b"".join(page(snapshot)).decode()
    assert not re.search(r"<circle[^>]*><title>", text)
    assert "Missing partners" not in text
    assert "Relied on</h3>" not in text
    assert "step from the centre" not in text
    found = PdfReader(io.BytesIO(written(pdf, snapshot)))
    told = words("".join(sheet.extract_text() for sheet in found.pages)) + words(
        " ".join(each.text for each in Document(io.BytesIO(written(docx, snapshot))).paragraphs)
    )
    centre = snapshot.graph.name_of(snapshot.graph.centre_id)
    assert not [name for name in snapshot.graph.organisations["name"] if name != centre and words(name) in told]


def test_a_map_of_very_many_is_drawn_in_a_few_strokes() -> None:
    graph = large_mission()
    text = b"".join(page(Snapshot(graph, marking="OFFICIAL"))).decode()
    assert '<circle class="body' not in text
    assert len(text) < 3_000_000
    (dots,) = re.findall(r'<path class="dots" [^>]*d="([^"]*)"', text)
    assert dots.count("M") == len(graph.members) - 1


def large_mission() -> MissionGraph:
    bodies = [f"b{number:04d}" for number in range(1_600)]
    tables = mission(ties="ca")
    tables["organisations"] += [{"organisation_id": body, "name": body, "sector": "firm"} for body in bodies]
    tables["ties"] += [{"source_id": "c", "target_id": body, "mission_id": MISSION} for body in bodies]
    return MissionGraph.from_pack(pack(tables), MISSION, DAY)
