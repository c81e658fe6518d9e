"""A graph file in XML read as a stream: no document type, no depth without end, each element where it may stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from orchestrator.errors import BadData, Problem, quoted

__all__ = ["Attributes", "XmlStream"]

_DEEPEST: Final = 64
_CHUNK: Final = 1 << 18

Attributes = Mapping[str, str]


@dataclass
class XmlStream:
    """Feeds a document to handlers by the names of elements, prefixes left out.

    ``inside`` says which elements may stand in which; those in ``passed`` are passed over with all that they hold, and
    so is everything with another prefix, which other programs add for their drawings. ``starts`` get the attributes
    of an element, ``ends`` its text.
    """

    file: str
    called: str
    inside: Mapping[str, frozenset[str]]
    passed: frozenset[str]
    starts: Mapping[str, Callable[[Attributes], None]]
    ends: Mapping[str, Callable[[str], None]]
    stack: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    skipping: int = 0
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def read(self, data: bytes) -> None:
        """Read the whole document. Raises BadData with the line of what is wrong."""
        parser = self.parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        try:
            for at in range(0, len(data), _CHUNK):
                parser.Parse(data[at : at + _CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.problem(f"this is no sound XML: {expat.ErrorString(error.code)}.", line=error.lineno) from None
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
        raise self.problem("it declares a document type.", f"{self.called} without DOCTYPE and entities.")

    def _start(self, full: str, attributes: Attributes) -> None:
        if len(self.stack) + self.skipping >= _DEEPEST:
            raise self.problem("it is nested too deeply.", f"At most {_DEEPEST} levels are read.")
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
