"""Text as XML holds it, and the tables that XML graph formats have no place for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from orchestrator.export.graph_columns import GraphColumn
from orchestrator.model.document import json_text
from orchestrator.model.restoring import GRAPH_TABLES
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import kind_of, values_of
from orchestrator.tables.escapes import escape_for_xml

__all__ = ["HEAD", "TABLE", "attribute", "content", "head_and_tables", "in_blocks", "markup", "token"]

#: Targets of the processing instructions that hold what a graph format has no place for; other programs skip them.
HEAD: Final = "orchestrator-snapshot"
TABLE: Final = "orchestrator-table"

_ROWS_AT_ONCE: Final = 1_000
_SPECIAL: Final = re.compile('[&<>"\t\n\r\u0085\u2028]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_NOT_IN_TOKENS: Final = re.compile(r"[^A-Za-z0-9._-]")
_NOT_PLAIN: Final = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")


def attribute(text: str) -> str:
    """A text as the value of an XML attribute, or between two tags; it comes back exactly.

    >>> attribute('<a & "b">')
    '&lt;a &amp; &quot;b&quot;&gt;'
    """
    return markup(escape_for_xml(text))


def markup(text: str) -> str:
    """A text that holds nothing but what XML can hold, with the signs of XML as entities."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"&#{ord(found[0])};"), text)


content = attribute


def token(text: str) -> str:
    """A name that XML Schema takes for a NMTOKEN; different texts give different tokens.

    >>> token("great-british-energy"), token("b c"), token("Ö")
    ('great-british-energy', 'b:20:c', ':d6:')
    """
    return _NOT_IN_TOKENS.sub(lambda found: f":{ord(found[0]):x}:", text) or ":"


def head_and_tables(snapshot: Snapshot, nodes: list[GraphColumn], edges: list[GraphColumn]) -> Iterator[str]:
    """Processing instructions with the header, the mission, the columns of nodes and edges, and all other tables."""
    if snapshot.marking:
        yield f"<!-- {snapshot.marking} -->\n"
    columns = {
        table: [[column.name, column.kind] for column in found if not column.computed]
        for table, found in (("organisations", nodes), ("ties", edges))
    }
    yield _instruction(HEAD, {"header": snapshot.header, "mission": dict(snapshot.graph.mission), "columns": columns})
    for name in GRAPH_TABLES:
        if name in columns:
            continue
        table = snapshot.graph.tables[name]
        heads = [[str(column), kind_of(table[column])] for column in table.columns]
        rows = list(zip(*(values_of(table[column]) for column in table.columns), strict=True))
        for at in range(0, max(1, len(rows)), _ROWS_AT_ONCE):
            yield _instruction(TABLE, {"table": name, "columns": heads, "rows": rows[at : at + _ROWS_AT_ONCE]})


def _instruction(target: str, value: object) -> str:
    text = json_text(value).replace("?>", "?\\u003e")
    return f"<?{target} {_NOT_PLAIN.sub(_numbered, text)}?>\n"


def _numbered(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def in_blocks(lines: Iterable[str], size: int = 2_000) -> Iterator[bytes]:
    """Lines put together to larger pieces, in UTF-8."""
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == size:
            yield "".join(block).encode()
            block = []
    yield "".join(block).encode()
