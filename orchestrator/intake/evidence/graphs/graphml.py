"""GraphML of any program: nodes are bodies, edges are ties; the keys named like name, label, start … are read."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from orchestrator.intake.evidence.graphs.gathering import Gathered
from orchestrator.intake.evidence.graphs.xml_stream import Attributes, XmlStream
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement

__all__ = ["read_graphml"]

_INSIDE: Final = MappingProxyType(
    {
        "": frozenset({"graphml"}),
        "graphml": frozenset({"key", "graph"}),
        "key": frozenset({"default"}),
        "graph": frozenset({"node", "edge"}),
        "node": frozenset({"data"}),
        "edge": frozenset({"data"}),
    }
)
#: Said of the file or of drawings, not of bodies and ties. Data of the graph itself is passed over by its place.
_PASSED: Final = frozenset({"desc", "port"})


def read_graphml(opened: Opened) -> Iterator[Statement]:
    """The edges of this file. Raises BadData with the line of what is wrong, such as hyperedges and nested graphs."""
    reader = _GraphML(opened)
    reader.stream.read(opened.source.content)
    return reader.gathered.statements()


class _GraphML:
    """Follows nodes and edges as they stream by."""

    def __init__(self, opened: Opened) -> None:
        starts = {"key": self.key, "default": self.nothing, "graph": self.graph, "node": self.start, "edge": self.start}
        ends = {"node": self.end_node, "edge": self.end_edge, "data": self.end_data, "default": self.end_default}
        inside = {**_INSIDE, "graphml": _INSIDE["graphml"] | {"data"}, "graph": _INSIDE["graph"] | {"data"}}
        self.stream = XmlStream(
            file=opened.source.name,
            called="GraphML",
            inside=inside,
            passed=_PASSED,
            starts={**starts, "data": self.start_data},
            ends=ends,
        )
        self.gathered = Gathered(opened)
        self.names: dict[str, str] = {}
        self.defaults: dict[str, tuple[str, str]] = {}
        self.declared: tuple[str, str] = ("", "")
        self.attributes: Attributes = {}
        self.said: dict[str, str] = {}
        self.line, self.edges, self.graphs, self.datum = 0, 0, 0, ""

    def nothing(self, _attributes: Attributes) -> None:
        """Nothing is done here."""

    def key(self, attributes: Attributes) -> None:
        """A key: what its data is called."""
        name = attributes.get("id", "")
        if name in self.names:
            raise self.stream.problem(f"the key {name!r} stands twice.", "Each key once.")
        self.names[name] = attributes.get("attr.name", "") or name
        self.declared = (name, attributes.get("for", "all"))

    def end_default(self, text: str) -> None:
        """What holds where a node or an edge does not say."""
        name, whose = self.declared
        self.defaults[name] = (whose, text)

    def graph(self, _attributes: Attributes) -> None:
        """A graph; a file of several is refused, since nobody could say which is meant."""
        self.graphs += 1
        if self.graphs > 1:
            raise self.stream.problem("there is a second graph.", "One graph a file.")

    def start(self, attributes: Attributes) -> None:
        """A node or an edge."""
        self.attributes, self.line, self.said = dict(attributes), self.stream.line, {}

    def start_data(self, attributes: Attributes) -> None:
        """What is said of it."""
        self.datum = attributes.get("key", "")

    def end_data(self, text: str) -> None:
        """The text of it."""
        if self.stream.stack[-2] not in ("node", "edge"):
            return
        name = self.names.get(self.datum)
        if name is None:
            raise self.stream.problem(f"the key {self.datum!r} is not declared.", "Keys stand at the top.")
        self.said[name] = text

    def _with_defaults(self, whose: str) -> dict[str, str]:
        found = {self.names[key]: text for key, (of, text) in self.defaults.items() if of in ("all", whose)}
        return {**found, **self.said}

    def end_node(self, _text: str) -> None:
        """All of a node is known."""
        self.gathered.body(self.attributes.get("id", ""), self._with_defaults("node"), self.line)

    def end_edge(self, _text: str) -> None:
        """All of an edge is known."""
        self.edges += 1
        name, said = self.attributes.get("id", ""), self._with_defaults("edge")
        ends = (self.attributes.get("source", ""), self.attributes.get("target", ""))
        self.gathered.tie(f"line {self.line}", *ends, {**({"record id": name} if name else {}), **said}, self.line)
