"""GraphML that we wrote, read back."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from orchestrator.intake.snapshots.graph_rows import GraphRows, Table
from orchestrator.intake.snapshots.strict_xml import Form, XmlReader
from orchestrator.intake.xml_feed import Attributes
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.escapes import unescape

__all__ = ["read_graphml"]

_FORM: Final = Form(
    "GraphML as we write it",
    "graphml",
    MappingProxyType(
        {
            "graphml": frozenset({"key", "graph"}),
            "graph": frozenset({"data", "node", "edge"}),
            "node": frozenset({"data"}),
            "edge": frozenset({"data"}),
        }
    ),
)
_MARKING: Final = "g.marking"


def read_graphml(file: str, data: bytes) -> Snapshot:
    """The snapshot in this GraphML file. Raises BadData with the line of what is not as we write it.

    Edges may come in any order; what other keys say is passed over. Memory and time grow with nodes and edges.
    """
    return _GraphML(file).read(data)


class _GraphML:
    """Follows nodes and edges as they stream by."""

    def __init__(self, file: str) -> None:
        starts = {"node": self.start_node, "edge": self.start_edge, "data": self.start_cell}
        ends = {"node": self.end_node, "data": self.end_cell}
        self.reader = XmlReader(file=file, form=_FORM, starts=starts, ends=ends, instruction=self.instruction)
        self.rows = GraphRows(file, self.reader.problem)
        self.table: Table | None = None
        self.prefix, self.key, self.node = "", "", ""
        self.row: list[str] = []
        self.seen: set[str] = set()

    def read(self, data: bytes) -> Snapshot:
        """Read it all."""
        self.reader.read(data)
        return self.rows.snapshot()

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction."""
        self.rows.instruction(target, text)

    def start_node(self, attributes: Attributes) -> None:
        """An organisation."""
        self.node = attributes.get("id", "")
        self._start(self.rows.organisations, "o")

    def start_edge(self, attributes: Attributes) -> None:
        """A tie row."""
        self._start(self.rows.ties, "t")
        for end, column in (("source", "source_id"), ("target", "target_id")):
            at = self.rows.ties.at(column)
            if at >= 0:
                self.row[at] = self.rows.name_of(attributes.get(end))

    def _start(self, table: Table, prefix: str) -> None:
        self.table, self.prefix = table, prefix
        self.row = self.rows.new_row(table, self.reader.line)
        self.seen.clear()

    def start_cell(self, attributes: Attributes) -> None:
        """A cell of the node, the edge or the header."""
        self.key = attributes.get("key", "")
        if self.key in self.seen and self.reader.stack[-2:-1] != ["graph"]:
            raise self.reader.problem(f"the key {self.key} stands twice here.", "Each key once.")
        self.seen.add(self.key)

    def end_cell(self, text: str) -> None:
        """The text of the cell is known."""
        if self.reader.stack[-1] == "graph":
            if self.key == _MARKING:
                self.rows.markings.append(text)
            return
        number = self.key.removeprefix(self.prefix)
        if self.key.startswith(self.prefix) and number.isdecimal() and int(number) < len(self.row):
            self.row[int(number)] = unescape(text)

    def end_node(self, _text: str) -> None:
        """All of an organisation is known."""
        at = self.rows.organisations.at("organisation_id")
        self.rows.name_node(self.node, self.row[at] if at >= 0 else self.node)
