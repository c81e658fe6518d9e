"""What each format carries: the one table that docs/formats.md and the page of exports show."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final

__all__ = ["CARRIED", "HEADINGS", "SNAPSHOT", "Carried", "carried_table"]

#: The name of the snapshot file among the formats; it is written with any of them.
SNAPSHOT: Final = "snapshot"
HEADINGS: Final = (
    "format", "for", "file", "organisations", "ties", "other tables", "dates of ties", "findings", "marking",
    "read back",
)  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """A format by name: for whom it is, what of a mission it carries, and whether our own readers read it back."""

    name: str
    use: str
    file: str
    organisations: str
    ties: str
    other_tables: str
    dates: str
    findings: str
    marking: str
    read_back: str


CARRIED: Final = (
    Carried(
        "snapshot",
        "The snapshot itself: for keeping, and for comparing later",
        "`.snapshot.zip`",
        "whole register",
        "every row",
        "all",
        "as in the pack",
        "all, with sources and decisions",
        "manifest, name",
        "yes; a changed byte is named",
    ),
    Carried(
        "json",
        "Programs: the reference form, with a published schema",
        "`.json`",
        "whole register",
        "every row",
        "all",
        "as in the pack",
        "all, with sources and decisions",
        "manifest, name",
        "yes",
    ),
    Carried(
        "graphml",
        "Gephi, yEd, Cytoscape, igraph, networkx",
        "`.graphml`",
        "whole register; `member` says who is in",
        "every row; `counts` says which make up the graph of the day",
        "in processing instructions, which others skip",
        "attributes",
        "measures of members as attributes; no sentences",
        "attribute, comment, name",
        "yes",
    ),
    Carried(
        "gexf",
        "Gephi, with dates",
        "`.gexf` (1.3)",
        "as graphml",
        "as graphml",
        "as graphml",
        "dynamics, and attributes",
        "as graphml",
        "keywords, description, comment, name",
        "yes",
    ),
    Carried(
        "csv",
        "Spreadsheets, R, Python, databases",
        "folder with `datapackage.json`",
        "`organisations`",
        "`ties`",
        "a file each",
        "columns",
        "`findings`, as texts",
        "data package, name of every file; not inside a CSV file",
        "yes",
    ),
    Carried(
        "xlsx",
        "Excel, for machines: every table, to be read back",
        "`.xlsx`",
        "a sheet",
        "a sheet",
        "a sheet each",
        "texts",
        "none",
        "header, footer, properties, sheet `snapshot`, name",
        "yes",
    ),
    Carried(
        "ods",
        "LibreOffice, the form that UK government asks for",
        "`.ods` (1.3)",
        "a sheet",
        "a sheet",
        "a sheet each",
        "texts",
        "none",
        "header, footer, properties, sheet `snapshot`, name",
        "yes",
    ),
    Carried(
        "kumu",
        "Kumu",
        "`.kumu.json`",
        "members",
        "rows of the graph of the day",
        "none",
        "fields",
        "measures of members as fields",
        "description, name",
        "no",
    ),
    Carried(
        "pajek",
        "Pajek",
        "`.net`",
        "members, by id",
        "one a pair, summed strength",
        "none",
        "none",
        "none",
        "comment, name",
        "no",
    ),
    Carried(
        "dl",
        "UCINET, NetDraw",
        "`.dl`",
        "members, by id",
        "one a pair, summed strength, both ways",
        "none",
        "none",
        "none",
        "name only: the format has no remarks",
        "no",
    ),
    Carried(
        "node-link",
        "networkx, D3",
        "`.node-link.json`",
        "whole register",
        "every row",
        "none",
        "attributes",
        "measures of members as attributes",
        "graph attribute, name",
        "no",
    ),
    Carried(
        "pdf",
        "A board: two pages to read",
        "`.pdf`, a board brief of two A4 pages, tagged (PDF/UA-1)",
        "the five findings, the first partners and introductions by name",
        "none",
        "the need grid, its worst 14 × 14 cells",
        "none",
        "the five gravest, with actions; advice; what is not known",
        "header, footer, first line, title and keywords, name",
        "no",
    ),
    Carried(
        "docx",
        "A board: the same pages to edit",
        "`.docx`, the same brief to be edited",
        "as pdf",
        "none",
        "as pdf",
        "none",
        "as pdf",
        "header, footer, title, keywords, category, status, name",
        "no",
    ),
    Carried(
        "html",
        "Anybody: one page that works offline",
        "`.html`, one page that works offline and runs no script, under 3 MB",
        "members, on the ring map and in a table",
        "drawn, and one a pair in a table",
        "need grid, requirements",
        "last day",
        "the five gravest, and all in a table; relied on; advice",
        "banner above and below, every printed page, title, map, name",
        "no",
    ),
    Carried(
        "tables",
        "People with Excel: readable sheets with a cover",
        "`.tables.xlsx`, a workbook for people (gptables): cover, contents, a sheet a table, the words",
        "members, by name",
        "one a pair, with kinds, strength and last day",
        "need grid, every requirement with who works on it",
        "last day",
        "all, with actions; relied on; advice with reasons",
        "cover, header and footer of every sheet, properties, name",
        "no",
    ),
)


def carried_table() -> str:
    """The table as Markdown, a row a format.

    >>> carried_table().splitlines()[0].startswith("| format | for | file |")
    True
    """
    lines = [HEADINGS, tuple("---" for _ in HEADINGS)]
    lines += [(f"`{one.name}`", *astuple(one)[1:]) for one in CARRIED]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
