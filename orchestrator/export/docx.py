"""The board brief as an editable document: real headings, lists and tables, the marking on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO, Final

from orchestrator.export.brief import SIGNS, Brief, Grid, Point, brief, more
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.vocabulary import STATE_LABELS, STATE_MEANINGS

__all__ = ["docx"]

_BLUE: Final = (0x12, 0x43, 0x6D)
_GROUNDS: Final = {"covered": "CBDFF1", "thin": "F9B48C", "on-paper": "FFFFFF", "gap": "F9E9F0", "no-data": "E3E7EA"}
#: As many partners and introductions as the PDF shows at most.
_PARTNERS, _INTRODUCTIONS = 6, 4
_WIDTH: Final = 17.4
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES: Final = re.compile(r"\s+")


def docx(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the document (Office Open XML). Nothing in it is a field, a link or a macro that came from data.

    The marking is in header, footer and properties. It says what the PDF says, with row headings in its tables.
    """
    import docx as library

    said, document = brief(snapshot), library.Document()
    _set_up(document, said, snapshot)
    document.add_paragraph(_text(f"Board brief · {said.title}"), style="Subtitle")
    document.add_heading(_text(said.headline), level=1)
    document.add_paragraph(_text(said.lede))
    if said.aim:
        document.add_paragraph(_text(f"The aim: {said.aim}"))
    document.add_heading("Where somebody works, and where nobody does", level=2)
    _grid(document, said.grid)
    _key(document, said)
    document.add_heading("What to raise", level=2)
    document.add_paragraph(_text(said.findings_sentence))
    _points(document, said.findings, "List Number", "What to do: ")
    document.add_heading("Whom to bring in", level=2)
    document.add_paragraph(_text(f"{said.partners_sentence} {said.look_for_sentence}"))
    _points(document, said.partners[:_PARTNERS], "List Bullet")
    _told(document, more(len(said.partners), _PARTNERS, "more body is", "more bodies are"))
    if said.introductions_sentence:
        document.add_heading("Whom to introduce to each other", level=2)
        document.add_paragraph(_text(said.introductions_sentence))
        _points(document, said.introductions[:_INTRODUCTIONS], "List Bullet")
        _told(document, more(len(said.introductions), _INTRODUCTIONS, "more pair is", "more pairs are"))
    document.add_heading("What is not known", level=2)
    for line in said.not_known:
        document.add_paragraph(_text(line), style="List Bullet")
    document.add_heading("What this rests on", level=2)
    _table(document, ("What", "Value"), said.facts, (5.0, _WIDTH - 5.0))
    document.save(file)


def _text(text: str) -> str:
    """What XML can hold of a text, on one line; a character that it cannot hold is a question mark in a box."""
    return _SPACES.sub(" ", _NOT_IN_XML.sub("\ufffd", text))


def _told(document: Any, words: str) -> None:
    if words:
        document.add_paragraph(words)


def _set_up(document: Any, said: Brief, snapshot: Snapshot) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 9.5), ("Heading 1", 17), ("Heading 2", 12), ("Subtitle", 10)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "")
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(3), 1.0
        if name != "Normal":
            style.font.color.rgb = RGBColor(*_BLUE)
    for part, words in ((section.header, said.marking), (section.footer, said.marking)):
        paragraph = part.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(_text(words)).bold = True
    told = dict(said.facts)
    line = section.footer.add_paragraph(f"Data as on {told['Data as on']} · digest {told['Digest of the facts']}")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.runs[0].font.size = Pt(7)
    _properties(document, said, snapshot)


def _properties(document: Any, said: Brief, snapshot: Snapshot) -> None:
    day = snapshot.graph.as_of
    about = document.core_properties
    about.title = _text(f"{said.marking + ' – ' if said.marking else ''}Board brief: {said.title}")[:255]
    about.keywords, about.category, about.content_status = said.marking, said.marking, said.marking
    about.comments, about.author, about.language = f"Digest {snapshot.graph.digest}", "", "en-GB"
    about.created = about.modified = datetime(day.year, day.month, day.day)


def _grid(document: Any, grid: Grid) -> None:
    document.add_paragraph(_text(grid.sentence))
    if not grid.rows:
        return
    rows = [
        (name, *(f"{cell.number} {SIGNS[cell.state]}".replace("? ?", "?") if cell.state else "–" for cell in cells))
        for name, cells in zip(grid.capabilities, grid.rows, strict=True)
    ]
    first = 4.6
    widths = (first, *[(_WIDTH - first) / len(grid.places)] * len(grid.places))
    made = _table(document, ("Capability", *grid.places), rows, widths)
    _upright(made.rows[0])
    for line, cells in zip(made.rows[1:], grid.rows, strict=True):
        for room, cell in zip(line.cells[1:], cells, strict=True):
            if cell.state:
                _shade(room, _GROUNDS[cell.state])


def _key(document: Any, said: Brief) -> None:
    rows = [(SIGNS[s], STATE_LABELS[s], f"{count:,}", STATE_MEANINGS[s]) for s, count in said.states]
    document.add_paragraph("The number counts independent partners that work there and have a route to the centre.")
    made = _table(document, ("Sign", "State", "Requirements", "Meaning"), rows, (1.2, 2.6, 2.6, _WIDTH - 6.4))
    for line, (state, _) in zip(made.rows[1:], said.states, strict=True):
        _shade(line.cells[0], _GROUNDS[state])


def _points(document: Any, points: Sequence[Point], style: str, before: str = "") -> None:
    for one in points:
        paragraph = document.add_paragraph(style=style)
        paragraph.add_run(_text(f"{one.head[:1].upper()}{one.head[1:]}. ")).bold = True
        paragraph.add_run(_text(f"{one.text} {before}{one.action}".strip()))


def _table(document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """A table whose first row is its heading on every page, and whose first column heads its rows; widths in cm."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    made = document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (line, texts) in enumerate(zip(made.rows, (headings, *rows), strict=True)):
        for at, (room, text, width) in enumerate(zip(line.cells, texts, widths, strict=True)):
            room.width = Cm(width)
            run = room.paragraphs[0].add_run(_text(text))
            run.bold, run.font.size = number == 0 or at == 0, Pt(8)
            room.paragraphs[0].paragraph_format.space_after = Pt(0)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


def _upright(line: Any) -> None:
    """The headings of many narrow columns read from bottom to top."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    line.height = Cm(2.9)
    for room in line.cells[1:]:
        turned = OxmlElement("w:textDirection")
        turned.set(qn("w:val"), "btLr")
        room._tc.get_or_add_tcPr().append(turned)


def _shade(room: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:fill"), colour)
    room._tc.get_or_add_tcPr().append(ground)
