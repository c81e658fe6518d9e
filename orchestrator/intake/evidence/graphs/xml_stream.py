"""A graph file in XML read as a stream: no document type, no depth without end, each element where it may stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from orchestrator.errors import quoted
from orchestrator.intake.xml_feed import Attributes, XmlFeed

__all__ = ["Attributes", "XmlStream"]


@dataclass(kw_only=True)
class XmlStream(XmlFeed):
    """Feeds a document to handlers by the names of elements, prefixes left out.

    ``inside`` says which elements may stand in which; those in ``passed`` are passed over with all that they hold, and
    so is everything with another prefix, which other programs add for their drawings. ``starts`` get the attributes
    of an element, ``ends`` its text.
    """

    inside: Mapping[str, frozenset[str]]
    passed: frozenset[str]
    starts: Mapping[str, Callable[[Attributes], None]]
    ends: Mapping[str, Callable[[str], None]]
    skipping: int = 0

    def _start(self, full: str, attributes: Attributes) -> None:
        self._refuse_depth(len(self.stack) + self.skipping)
        prefix, _, name = full.rpartition(":")
        above = self.stack[-1] if self.stack else ""
        if self.skipping or name in self.passed or (prefix and self.stack and name not in self.inside.get(above, ())):
            self.skipping += 1
            return
        if name not in self.inside.get(above, ()):
            where = f"in {quoted(above)}" if above else "at the top"
            raise self.problem(f"{quoted(name)} {where} is not read.", f"{self.called} as its description has it.")
        self.stack.append(name)
        self.text.clear()
        handler = self.starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, _full: str) -> None:
        if self.skipping:
            self.skipping -= 1
            self.text.clear()
            return
        handler = self.ends.get(self.stack[-1])
        if handler is not None:
            handler("".join(self.text))
        self.text.clear()
        self.stack.pop()
