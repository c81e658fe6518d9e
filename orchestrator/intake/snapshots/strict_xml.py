"""XML of one known form, read as a stream: anything that the form does not have is refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from orchestrator.errors import BadData, Problem, quoted

__all__ = ["DEEPEST", "Form", "XmlReader"]

DEEPEST: Final = 64
_CHUNK: Final = 1 << 18

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """A form of XML: its name, the element at the top, and which elements may stand in which."""

    name: str
    top: str
    inside: Mapping[str, frozenset[str]]


@dataclass
class XmlReader:
    """Feeds a document to handlers by the names of elements.

    ``starts`` get the attributes of an element, ``ends`` its text; ``instruction`` gets target and text of a processing
    instruction. A document type, an element where the form has none, and nesting deeper than 64 are refused.
    """

    file: str
    form: Form
    starts: Mapping[str, Callable[[Attributes], None]]
    ends: Mapping[str, Callable[[str], None]]
    instruction: Callable[[str, str], None]
    stack: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def read(self, data: bytes) -> None:
        """Read the whole document. Raises BadData with the line of what is wrong."""
        parser = self.parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.ProcessingInstructionHandler = self.instruction
        try:
            for at in range(0, len(data), _CHUNK):
                parser.Parse(data[at : at + _CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise self.problem(f"this is no sound XML: {reason}.", line=error.lineno) from None
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise self.problem(f"this is no sound XML: {error}.") from None

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self.parser.CurrentLineNumber

    def problem(self, what: str, allowed: str = "", line: int | None = None) -> BadData:
        """What is wrong here, to be raised."""
        return BadData([Problem(what, self.file, allowed=allowed, line=line or self.line)])

    def _refuse_doctype(self, *_declared: object) -> None:
        raise self.problem("it declares a document type.", f"{self.form.name} without DOCTYPE and entities.")

    def _start(self, name: str, attributes: Attributes) -> None:
        above = self.stack[-1] if self.stack else ""
        if name not in self.form.inside.get(above, ()) and not (not above and name == self.form.top):
            where = f"in {quoted(above)}" if above else "at the top"
            raise self.problem(f"{quoted(name)} {where} is not of the form that we write.", f"{self.form.name}.")
        if len(self.stack) >= DEEPEST:
            raise self.problem("it is nested too deeply.", f"At most {DEEPEST} levels are read.")
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
