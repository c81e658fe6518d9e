"""XML read as a stream with nothing left to chance: no document type, no endless nesting, every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from orchestrator.errors import BadData, Problem

__all__ = ["DEEPEST", "Attributes", "XmlFeed"]

DEEPEST: Final = 64
_CHUNK: Final = 1 << 18

Attributes = Mapping[str, str]


@dataclass(kw_only=True)
class XmlFeed:
    """Feeds a document, piece by piece, to ``_start`` and ``_end`` of what builds on it; ``called`` names its form."""

    file: str
    called: str
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

    def _refuse_depth(self, depth: int) -> None:
        if depth >= DEEPEST:
            raise self.problem("it is nested too deeply.", f"At most {DEEPEST} levels are read.")

    def _start(self, name: str, attributes: Attributes) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError
