"""An OpenDocument spreadsheet with a sheet a table, written by ourselves: the format needs little."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from orchestrator.export.sheets import Cell, Sheet, sheets
from orchestrator.export.xml_text import in_blocks, markup
from orchestrator.model.snapshot import Snapshot

__all__ = ["ods"]

_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES: Final = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
)
_DC: Final = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES: Final = (
    '<office:automatic-styles><style:style style:name="page" style:family="table" style:master-page-name="Default"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles>\n"
)
_MANIFEST: Final = (
    _XML + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>\n"
)


def ods(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the spreadsheet (ODF 1.3). Nothing in it is a formula, a link or a script.

    The marking is in the header and footer of every page and in the properties.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parts:
        parts.writestr(_named("mimetype"), _TYPE, zipfile.ZIP_STORED)
        for name, text in (("META-INF/manifest.xml", _MANIFEST), ("styles.xml", _styles(snapshot))):
            parts.writestr(_named(name), text, zipfile.ZIP_DEFLATED)
        parts.writestr(_named("meta.xml"), _meta(snapshot), zipfile.ZIP_DEFLATED)
        with parts.open(_deflated("content.xml"), "w", force_zip64=False) as stream:
            stream.writelines(in_blocks(_lines(snapshot)))


def _named(name: str) -> zipfile.ZipInfo:
    """Of no particular time, so that the same snapshot gives the same file."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _deflated(name: str) -> zipfile.ZipInfo:
    info = _named(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _lines(snapshot: Snapshot) -> Iterator[str]:
    yield f'{_XML}<office:document-content {_SPACES} office:version="1.3">\n{_STYLES}'
    yield "<office:body><office:spreadsheet>\n"
    for sheet in sheets(snapshot):
        yield from _sheet(sheet)
    yield "</office:spreadsheet></office:body></office:document-content>\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<table:table table:name="{markup(sheet.name)}" table:style-name="page">\n'
    yield f'<table:table-column table:number-columns-repeated="{len(sheet.headings)}"/>\n'
    heads = "".join(
        f'<table:table-cell table:style-name="head" office:value-type="string"><text:p>{markup(each)}</text:p>'
        "</table:table-cell>"
        for each in sheet.headings
    )
    yield f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>\n"
    for row in sheet.rows:
        yield f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>\n"
    yield "</table:table>\n"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{markup(cell)}</text:p></table:table-cell>'
    number = repr(cell)
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p>'
        "</table:table-cell>"
    )


def _styles(snapshot: Snapshot) -> str:
    told = f"<text:p>{markup(snapshot.marking)}</text:p>" if snapshot.marking else ""
    edges = f"<style:header>{told}</style:header><style:footer>{told}</style:footer>" if told else ""
    return (
        f'{_XML}<office:document-styles {_SPACES} office:version="1.3"><office:automatic-styles>'
        '<style:page-layout style:name="pages"><style:page-layout-properties style:print-orientation="landscape"/>'
        "<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Default" style:page-layout-name="pages">{edges}</style:master-page>'
        "</office:master-styles></office:document-styles>\n"
    )


def _meta(snapshot: Snapshot) -> str:
    keyword = f"<meta:keyword>{markup(snapshot.marking)}</meta:keyword>" if snapshot.marking else ""
    return (
        f'{_XML}<office:document-meta {_SPACES} {_DC} office:version="1.3"><office:meta>'
        f"<dc:title>Mission snapshot</dc:title><dc:description>Digest {snapshot.graph.digest}</dc:description>"
        f"{keyword}</office:meta></office:document-meta>\n"
    )
