"""XML read as a stream: never expanded by entities, never longer than the clock allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import IO, Final
from xml.parsers import expat

from orchestrator.errors import Problem
from orchestrator.intake.zip_parts import BROKEN, Parts

__all__ = ["Attributes", "RefusedError", "Stop", "check_prolog", "scan_part"]

_CHUNK: Final = 1 << 16
_NAMESPACE: Final = " "

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]


class RefusedError(Exception):
    """A workbook is refused as a whole, for the reason in ``problem``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class Stop(Exception):
    """Enough was read."""


def scan_part(parts: Parts, name: str, parser: expat.XMLParserType, until: float) -> None:
    """Feed a part of the archive through this parser, piece by piece.

    Raises RefusedError if the part is damaged, declares a document type, or is not through at the time ``until``
    (of ``time.monotonic``). Memory does not grow with the part.
    """
    parser.StartDoctypeDeclHandler = _refuse_doctype(parts.file, name)
    try:
        with parts.open(name) as stream:
            _feed(parts.file, stream, parser, until)
    except Stop:
        return
    except expat.ExpatError as error:
        hint = "Save the workbook again."
        raise RefusedError(Problem(f"its part {name} is damaged: {error}.", parts.file, hint=hint)) from error
    except BROKEN as error:
        raise RefusedError(Problem(f"its part {name} is damaged: {error}.", parts.file)) from error


def _feed(file: str, stream: IO[bytes], parser: expat.XMLParserType, until: float) -> None:
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        if time.monotonic() > until:
            hint = "Save the tables as a folder of CSV files."
            raise RefusedError(Problem("the workbook takes too long to read.", file, hint=hint))
    parser.Parse(b"", True)


def _refuse_doctype(file: str, name: str) -> Callable[[str, str | None, str | None, bool], None]:
    def refuse(_doctype: str, _system: str | None, _public: str | None, _internal: bool) -> None:
        what = f"its part {name} declares a document type, which no spreadsheet program writes."
        raise RefusedError(Problem(what, file, allowed="XML without DOCTYPE and entities.", hint="Save it again."))

    return refuse


def check_prolog(parts: Parts, name: str, until: float) -> None:
    """Does this part declare a document type? Raises RefusedError if it does; damage is left to whoever reads it."""
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE)

    def stop(_name: str, _attributes: Attributes) -> None:
        raise Stop

    parser.StartElementHandler = stop
    try:
        scan_part(parts, name, parser, until)
    except RefusedError as error:
        if not isinstance(error.__cause__, (expat.ExpatError, *BROKEN)):
            raise
