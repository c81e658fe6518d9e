"""XML of one known form, read as a stream: anything that the form does not have is refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from orchestrator.errors import quoted
from orchestrator.intake.xml_feed import Attributes, XmlFeed

__all__ = ["Form", "XmlReader"]


@dataclass(frozen=True)
class Form:
    """A form of XML: its name, the element at the top, and which elements may stand in which."""

    name: str
    top: str
    inside: Mapping[str, frozenset[str]]


@dataclass(kw_only=True)
class XmlReader(XmlFeed):
    """Feeds a document to handlers by the names of elements.

    ``starts`` get the attributes of an element, ``ends`` its text; ``instruction`` gets target and text of a processing
    instruction. A document type, an element where the form has none, and nesting deeper than 64 are refused.
    """

    form: Form
    starts: Mapping[str, Callable[[Attributes], None]]
    ends: Mapping[str, Callable[[str], None]]
    instruction: Callable[[str, str], None]
    called: str = ""

    def __post_init__(self) -> None:
        self.called = self.form.name
        self.parser.ProcessingInstructionHandler = self.instruction

    def _start(self, name: str, attributes: Attributes) -> None:
        above = self.stack[-1] if self.stack else ""
        if name not in self.form.inside.get(above, ()) and not (not above and name == self.form.top):
            where = f"in {quoted(above)}" if above else "at the top"
            raise self.problem(f"{quoted(name)} {where} is not of the form that we write.", f"{self.form.name}.")
        self._refuse_depth(len(self.stack))
        self.stack.append(name)
        self.text.clear()
        handler = self.starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        self.stack.pop()
        handler = self.ends.get(name)
        if handler is not None:
            handler("".join(self.text))
        self.text.clear()
