"""GEXF that we wrote, read back."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from orchestrator.intake.snapshots.graph_rows import GraphRows
from orchestrator.intake.snapshots.strict_xml import Form, XmlReader
from orchestrator.intake.xml_feed import Attributes
from orchestrator.model.marking import MARKINGS
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.escapes import unescape

__all__ = ["read_gexf"]

_FORM: Final = Form(
    "GEXF as we write it",
    "gexf",
    MappingProxyType(
        {
            "gexf": frozenset({"meta", "graph"}),
            "meta": frozenset({"creator", "keywords", "description"}),
            "graph": frozenset({"attributes", "nodes", "edges"}),
            "attributes": frozenset({"attribute"}),
            "nodes": frozenset({"node"}),
            "edges": frozenset({"edge"}),
            "node": frozenset({"attvalues"}),
            "edge": frozenset({"attvalues"}),
            "attvalues": frozenset({"attvalue"}),
        }
    ),
)


def read_gexf(file: str, data: bytes) -> Snapshot:
    """The snapshot in this GEXF file. Raises BadData with the line of what is not as we write it."""
    return _Gexf(file).read(data)


class _Gexf:
    """Follows nodes and edges as they stream by."""

    def __init__(self, file: str) -> None:
        starts = {
            "attributes": self.start_attributes,
            "attribute": self.start_attribute,
            "node": self.start_node,
            "edge": self.start_edge,
            "attvalue": self.cell,
        }
        self.reader = XmlReader(
            file=file, form=_FORM, starts=starts, ends={"keywords": self.keywords}, instruction=self.instruction
        )
        self.rows = GraphRows(file, self.reader.problem)
        self.of = ""
        self.titles: dict[str, str] = {}
        self.row: list[str] = []
        self.places: dict[str, int] = {}
        self.seen: set[str] = set()

    def read(self, data: bytes) -> Snapshot:
        """Read it all."""
        self.reader.read(data)
        return self.rows.snapshot()

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction."""
        self.rows.instruction(target, text)

    def keywords(self, text: str) -> None:
        """The marking stands here as well as in the header."""
        if text in MARKINGS:
            self.rows.markings.append(text)

    def start_attributes(self, attributes: Attributes) -> None:
        """Columns of nodes or of edges follow."""
        self.of = attributes.get("class", "")

    def start_attribute(self, attributes: Attributes) -> None:
        """A column: which of ours is it?"""
        table = self.rows.organisations if self.of == "node" else self.rows.ties
        at = table.at(unescape(attributes.get("title", "")))
        if at >= 0:
            self.places[attributes.get("id", "")] = at

    def start_node(self, attributes: Attributes) -> None:
        """An organisation."""
        name = unescape(attributes.get("id", ""))
        self.row = self.rows.new_row(self.rows.organisations, self.reader.line)
        self.rows.name_node(name, name)
        self.seen.clear()

    def start_edge(self, attributes: Attributes) -> None:
        """A tie row."""
        self.row = self.rows.new_row(self.rows.ties, self.reader.line)
        for end, column in (("source", "source_id"), ("target", "target_id")):
            at = self.rows.ties.at(column)
            if at >= 0:
                self.row[at] = self.rows.name_of(unescape(attributes.get(end, "")))
        self.seen.clear()

    def cell(self, attributes: Attributes) -> None:
        """A cell of the node or the edge."""
        key = attributes.get("for", "")
        if key in self.seen:
            raise self.reader.problem(f"the attribute {key} stands twice here.", "Each attribute once.")
        self.seen.add(key)
        at = self.places.get(key, -1)
        if 0 <= at < len(self.row):
            self.row[at] = unescape(attributes.get("value", ""))
