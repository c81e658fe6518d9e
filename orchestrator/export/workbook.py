"""The tables for people as an Excel workbook by gptables: cover, contents, words, a sheet a table, accessible."""

from __future__ import annotations

import copy
import math
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import pandas as pd

from orchestrator.export.brief import brief
from orchestrator.export.readable import WORDS, Entry, Table, readable_tables
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.cells import LONGEST_CELL
from orchestrator.tables.vocabulary import STATE_LABELS, STATE_MEANINGS

__all__ = ["workbook"]

#: The row of the headings in every sheet (below title, sentence, instructions), a line in points, the widest column.
_HEAD, _LINE, _WIDEST = 3, 16.0, 46.0
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_NAMED_LIKE_A_TABLE: Final = re.compile(r"[^A-Za-z]")


def workbook(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the workbook. Nothing in it is a formula; its only links lead from the contents to its own sheets.

    The marking is on the cover, in header and footer of every sheet, and in the properties. What gptables would read as
    a link or a note in a text (``](`` and ``$$``) gets a space in its middle; a cell
    without any Latin letter gets the words "as written" behind it, or gptables would refuse it.
    """
    import gptables  # type: ignore[import-untyped]

    said = brief(snapshot)
    tables = (*readable_tables(snapshot), _words())
    sheets = {table.name: _sheet(gptables, table) for table in tables}
    about = [_text(f"{name}: {value}") for name, value in said.facts]
    cover = gptables.Cover(
        title=_text(f"{said.marking + ' – ' if said.marking else ''}{said.title}"),
        intro=[_text(line) for line in (f"{said.headline}.", said.lede, said.aim) if line],
        about=[*about, *(_text(line) for line in said.not_known)],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of every part that we leave out on purpose
        book = gptables.produce_workbook(
            file, sheets, cover=cover, auto_width=False, theme=_theme(gptables), workbook_options=_OPTIONS
        )
    _lay_out(book, cover, tables)
    _mark(book, snapshot)
    book.close()


def _theme(library: Any) -> Any:
    """The theme of the Government Analysis Function, with texts of a row beginning on one line."""
    theme = copy.deepcopy(library.gptheme)
    for change in (theme.update_data_format, theme.update_index_1_format):
        change({"valign": "top"})
    return theme


def _words() -> Table:
    rows = [*WORDS.items(), *((STATE_LABELS[state].casefold(), means) for state, means in STATE_MEANINGS.items())]
    return Table("Words", "What the words mean", "In the order of the tables.", ("Word", "Meaning"), tuple(rows))


def _sheet(library: Any, table: Table) -> Any:
    rows = table.rows or ((("none", *("" for _ in table.headings[1:]))),)
    frame = pd.DataFrame(
        [[_cell(entry) for entry in row] for row in rows], columns=list(_headings(table.headings)), dtype=object
    )
    return library.GPTable(
        table=frame,
        table_name=f"table_{_NAMED_LIKE_A_TABLE.sub('_', table.name).lower()}",
        title=_text(table.title),
        subtitles=[_text(table.sentence)],
        index_columns={1: 0},
        instructions="This sheet holds one table. A cell that is blank is not known or does not apply.",
    )


def _headings(names: Iterable[str]) -> Iterator[str]:
    """The headings, with a number behind those that are there already: a table of Excel's cannot have one twice."""
    seen: dict[str, int] = {}
    for name in names:
        text = _text(name)[:200] or "–"
        seen[text.casefold()] = seen.get(text.casefold(), 0) + 1
        yield text if seen[text.casefold()] == 1 else f"{text} ({seen[text.casefold()]})"


def _cell(entry: Entry) -> Entry:
    """gptables takes no cell without a Latin letter or a digit: what is written otherwise gets words behind it."""
    if not isinstance(entry, str):
        return "" if entry is None else entry
    text = _text(entry)
    return text if _LATIN.search(text) or not text else f"{text} (as written)"


def _text(text: str) -> str:
    plain = _NOT_IN_XML.sub("\ufffd", text).replace("](", "] (").replace("$$", "$ $")
    return plain if len(plain) < LONGEST_CELL else plain[: LONGEST_CELL - 1] + "…"


def _lay_out(book: Any, cover: Any, tables: tuple[Table, ...]) -> None:
    """Columns as wide as their words need and no wider, rows as high as their longest text, headings that stay."""
    lines = [cover.title, "", *cover.intro, "", *cover.about]
    for at, line in enumerate(lines):
        book.get_worksheet_by_name(cover.cover_label).set_row(at, _height(line, 70) + (6 if at == 0 else 0))
    book.get_worksheet_by_name("Contents").set_column(0, 1, 40)
    for table in tables:
        sheet = book.get_worksheet_by_name(table.name)
        widths = [_width(table, at) for at in range(len(table.headings))]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_row(_HEAD, max(map(_height, table.headings, widths), default=_LINE))
        for at, row in enumerate(table.rows, start=_HEAD + 1):
            texts = (entry if isinstance(entry, str) else "" for entry in row)
            sheet.set_row(at, max(map(_height, texts, widths), default=_LINE))
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.repeat_rows(_HEAD)


def _width(table: Table, at: int) -> float:
    """In letters: that of the longest word of the heading at least, of the longest text, and never over the most."""
    texts = (row[at] for row in table.rows)
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    word = max((len(word) for word in table.headings[at].split()), default=0)
    return min(_WIDEST, max(word + 4, longest + 2, 10))


def _height(text: str, width: float) -> float:
    """In points: as many lines as the text takes in a column of this width; at most what a row can have."""
    return min(400, _LINE * max(1, math.ceil(1.12 * len(text) / width)))


def _mark(book: Any, snapshot: Snapshot) -> None:
    marking = snapshot.marking
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C{marking}&RPage &P of &N&L{snapshot.graph.as_of.isoformat()}")
        if marking:
            sheet.set_header(f"&C{marking}")
    told = f"{marking + '. ' if marking else ''}Digest {snapshot.graph.digest}"
    book.set_properties({"title": "Mission tables", "keywords": marking, "comments": told, "author": ""})
