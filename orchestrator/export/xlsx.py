"""An Excel workbook with a sheet a table, written by ourselves: texts and numbers only, numbers to the last bit."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from orchestrator.export.sheets import Cell, Sheet, sheets
from orchestrator.export.xml_text import in_blocks, markup
from orchestrator.model.snapshot import Snapshot

__all__ = ["xlsx"]

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
    '<xf fontId="1" applyFont="1" xfId="0"/></cellXfs></styleSheet>\n'
)
#: What programs that read workbooks take for one character: it is written so that it stays the text that it is.
_CODED: Final = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_WIDTH: Final = 20
#: Twice as fast as the usual, and a tenth larger.
_LEVEL: Final = 3


def xlsx(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the workbook. Nothing in it is a formula or a link; the marking is on every page and in the properties."""
    made = list(sheets(snapshot))
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(made) + 1)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as parts:
        for name, text in (
            ("[Content_Types].xml", _types(names)),
            ("_rels/.rels", _package()),
            ("xl/workbook.xml", _book(made)),
            ("xl/_rels/workbook.xml.rels", _sheet_links(names)),
            ("xl/styles.xml", _STYLES),
            ("docProps/core.xml", _about(snapshot)),
        ):
            parts.writestr(_named(name), text)
        for name, sheet in zip(names, made, strict=True):
            with parts.open(_named(name), "w", force_zip64=True) as stream:
                stream.writelines(in_blocks(_page(sheet, snapshot.marking)))


def _named(name: str) -> zipfile.ZipInfo:
    """Of no particular time, so that the same snapshot gives the same file."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _types(names: list[str]) -> str:
    pages = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES}.worksheet+xml"/>' for name in names)
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>{pages}</Types>\n'
    )


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'


def _package() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    links = _link(1, f"{_OFFICE}/officeDocument", "xl/workbook.xml") + _link(2, core, "docProps/core.xml")
    return f'{_XML}<Relationships xmlns="{_LINKS}">{links}</Relationships>\n'


def _sheet_links(names: list[str]) -> str:
    targets = [(f"{_OFFICE}/worksheet", name.removeprefix("xl/")) for name in names]
    targets.append((f"{_OFFICE}/styles", "styles.xml"))
    links = "".join(_link(number, kind, target) for number, (kind, target) in enumerate(targets, start=1))
    return f'{_XML}<Relationships xmlns="{_LINKS}">{links}</Relationships>\n'


def _book(made: list[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{markup(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(made, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>\n'


def _about(snapshot: Snapshot) -> str:
    told = f"{snapshot.marking + '. ' if snapshot.marking else ''}Digest {snapshot.graph.digest}"
    return (
        f'{_XML}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"<dc:title>Mission snapshot</dc:title><cp:keywords>{markup(snapshot.marking)}</cp:keywords>"
        f"<dc:description>{markup(told)}</dc:description></cp:coreProperties>\n"
    )


def _page(sheet: Sheet, marking: str) -> Iterator[str]:
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(sheet.headings)}" width="{_WIDTH}" customWidth="1"/></cols><sheetData>\n'
    )
    letters = [_letters(at) for at in range(len(sheet.headings))]
    heads = "".join(_cell(f"{letter}1", text, ' s="1"') for letter, text in zip(letters, sheet.headings, strict=True))
    yield f'<row r="1">{heads}</row>\n'
    for number, row in enumerate(sheet.rows, start=2):
        cells = [_cell(f"{at}{number}", cell) for at, cell in zip(letters, row, strict=True) if cell is not None]
        yield f'<row r="{number}">{"".join(cells)}</row>\n'
    edge = f"<oddHeader>&amp;C{markup(marking)}</oddHeader><oddFooter>&amp;C{markup(marking)}</oddFooter>"
    yield f"</sheetData>{f'<headerFooter>{edge}</headerFooter>' if marking else ''}</worksheet>\n"


def _letters(at: int) -> str:
    """The letters of a column, from 0.

    >>> _letters(0), _letters(25), _letters(26), _letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    at += 1
    while at:
        at, last = divmod(at - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def _cell(place: str, cell: Cell, style: str = "") -> str:
    if isinstance(cell, str):
        text = _CODED.sub(r"_x005F_\1", cell) if "_x" in cell else cell
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{markup(text)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'
