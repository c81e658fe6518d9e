"""GEXF of any program, 1.1 to 1.3: nodes are bodies, edges are ties."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from orchestrator.intake.evidence.graphs.gathering import Gathered
from orchestrator.intake.evidence.graphs.xml_stream import Attributes, XmlStream
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement

__all__ = ["read_gexf"]

_INSIDE: Final = MappingProxyType(
    {
        "": frozenset({"gexf"}),
        "gexf": frozenset({"graph"}),
        "graph": frozenset({"attributes", "nodes", "edges"}),
        "attributes": frozenset({"attribute"}),
        "attribute": frozenset({"default"}),
        "nodes": frozenset({"node"}),
        "edges": frozenset({"edge"}),
        "node": frozenset({"attvalues"}),
        "edge": frozenset({"attvalues"}),
        "attvalues": frozenset({"attvalue"}),
    }
)
#: Said of the file or of drawings; what holds for a time only is told by the start and end of the edge itself.
_PASSED: Final = frozenset({"meta", "options", "color", "position", "size", "shape", "thickness", "spells"})
_OF_EDGES: Final = ("id", "label", "kind", "weight", "start", "end")


def read_gexf(opened: Opened) -> Iterator[Statement]:
    """The edges of this file. Raises BadData with the line of what is wrong; nodes inside nodes are refused."""
    reader = _Gexf(opened)
    reader.stream.read(opened.source.content)
    return reader.gathered.statements()


class _Gexf:
    """Follows nodes and edges as they stream by."""

    def __init__(self, opened: Opened) -> None:
        starts = {"attributes": self.group, "attribute": self.attribute, "attvalue": self.value}
        starts |= {"node": self.start, "edge": self.start}
        ends = {"node": self.end_node, "edge": self.end_edge, "default": self.end_default}
        self.stream = XmlStream(
            file=opened.source.name, called="GEXF", inside=_INSIDE, passed=_PASSED, starts=starts, ends=ends
        )
        self.gathered = Gathered(opened)
        self.titles: dict[tuple[str, str], str] = {}
        self.defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self.whose, self.last = "", ""
        self.attributes: Attributes = {}
        self.said: dict[str, str] = {}
        self.line = 0

    def group(self, attributes: Attributes) -> None:
        """Attributes of nodes or of edges follow."""
        self.whose = attributes.get("class", "")

    def attribute(self, attributes: Attributes) -> None:
        """An attribute and its title."""
        key = (self.whose, attributes.get("id", ""))
        if key in self.titles:
            raise self.stream.problem(f"the attribute {key[1]!r} stands twice.", "Each attribute once.")
        self.titles[key] = self.last = attributes.get("title", "") or key[1]

    def end_default(self, text: str) -> None:
        """What holds where a node or an edge does not say."""
        self.defaults.setdefault(self.whose, {})[self.last] = text

    def start(self, attributes: Attributes) -> None:
        """A node or an edge."""
        whose = self.stream.stack[-1]
        self.attributes, self.line, self.said = dict(attributes), self.stream.line, dict(self.defaults[whose])

    def value(self, attributes: Attributes) -> None:
        """What is said of it."""
        whose, name = self.stream.stack[-3], attributes.get("for", attributes.get("id", ""))
        title = self.titles.get((whose, name))
        if title is None:
            raise self.stream.problem(f"the attribute {name!r} is not declared.", "Attributes stand before the nodes.")
        self.said[title] = attributes.get("value", "")

    def end_node(self, _text: str) -> None:
        """All of a node is known; its label is its name."""
        label = self.attributes.get("label", "")
        said = {**({"label": label} if label else {}), **self.said}
        self.gathered.body(self.attributes.get("id", ""), said, self.line)

    def end_edge(self, _text: str) -> None:
        """All of an edge is known."""
        said = {name: self.attributes[name] for name in _OF_EDGES if self.attributes.get(name)}
        ends = (self.attributes.get("source", ""), self.attributes.get("target", ""))
        self.gathered.tie(f"line {self.line}", *ends, {**said, **self.said}, self.line)
