"""A published file that is being looked at: what it is, told by its first characters, and its content read once."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from xml.parsers import expat

from orchestrator.errors import BadData, Problem
from orchestrator.intake.decoding import text_problem
from orchestrator.intake.evidence.mapping import EvidenceMapping
from orchestrator.intake.evidence.sheets import Sheet, open_sheets
from orchestrator.intake.evidence.statement import EvidenceSource
from orchestrator.intake.evidence.tally import Tally
from orchestrator.intake.signature import LOOKED_AT
from orchestrator.tables.strict_json import read_json

__all__ = ["Opened"]

_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
#: Remarks may stand before the first section.
_PAJEK: Final = re.compile(rb"(?:%[^\r\n]*[\r\n]\s*)*\*(?:network|vertices)\b", re.IGNORECASE)
_UCINET: Final = re.compile(rb"dl\b", re.IGNORECASE)
_MARK: Final = b"\xef\xbb\xbf"


@dataclass
class Opened:
    """A file, what a person says about it, and the counts that its reading adds to."""

    source: EvidenceSource
    mapping: EvidenceMapping
    tally: Tally
    publisher: str = ""

    @cached_property
    def form(self) -> str:
        """What is it: ``json``, ``xml``, ``pajek``, ``dl`` or, where nothing speaks against it, ``table``?"""
        head = self.source.content[:LOOKED_AT].lstrip(_SPACE)
        if head[:1] in (b"{", b"["):
            return "json"
        if head[:1] == b"<":
            return "xml"
        if _PAJEK.match(head):
            return "pajek"
        return "dl" if _UCINET.match(head) else "table"

    @cached_property
    def document(self) -> Any:
        """The value of a JSON file. Raises BadData."""
        content = self.source.content
        while content.startswith(_MARK):
            content = content[len(_MARK) :]
        return read_json(self.source.name, content)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names at the top of a JSON object; none for anything else."""
        return frozenset(self.document) if self.form == "json" and isinstance(self.document, dict) else frozenset()

    @cached_property
    def element(self) -> str:
        """The element at the top of an XML file; '' for anything else."""
        return _first_element(self.source.content) if self.form == "xml" else ""

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The sheets of a table; Windows-1252 is read too, until it is known whether its publishers use it."""
        return open_sheets(self.source, self.tally, self.mapping.encoding)

    def refuse_windows(self) -> None:
        """Raise BadData where the text is Windows-1252 and nobody said so: not every format's publishers use it."""
        if not self.mapping.encoding and any("Windows-1252" in notice.what for notice in self.tally.notices):
            problem = text_problem(self.source.name, self.source.content)
            hint = 'If it is Windows-1252, say so in the mapping file: encoding = "windows-1252".'
            what = problem.what if problem is not None else "the text is not UTF-8."
            raise BadData([Problem(what, self.source.name, line=problem.line if problem else None, hint=hint)])


class _Seen(Exception):
    """The first element has been seen."""


def _first_element(content: bytes) -> str:
    """The element at the top without its prefix; '' where the text breaks off or is no XML before that."""
    found: list[str] = []

    def start(name: str, _attributes: object) -> None:
        found.append(name.rpartition(":")[2])
        raise _Seen

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with contextlib.suppress(_Seen, expat.ExpatError, ValueError, LookupError):
        parser.Parse(content, True)
    return found[0] if found else ""
