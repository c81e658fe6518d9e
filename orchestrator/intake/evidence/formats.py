"""The published formats that become evidence: an explicit list, told apart by what is in the file, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from orchestrator.errors import BadData, Problem, UnknownName
from orchestrator.intake.evidence.general import GENERAL
from orchestrator.intake.evidence.giving import fits_giving, read_giving
from orchestrator.intake.evidence.giving_table import GIVING
from orchestrator.intake.evidence.graphs import (
    fits_adjacency,
    fits_kumu,
    read_adjacency,
    read_gexf,
    read_graphml,
    read_kumu,
    read_pajek,
    read_ucinet,
)
from orchestrator.intake.evidence.layouts import Layout, not_laid_out, share_missing
from orchestrator.intake.evidence.meetings import MEETINGS, refine_meetings
from orchestrator.intake.evidence.notices import NOTICES, refine_notices
from orchestrator.intake.evidence.ocds import fits_ocds, read_ocds
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.repd import REPD, refine_repd
from orchestrator.intake.evidence.spending import SPENDING
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.table import Refine
from orchestrator.intake.evidence.tables import fits_layout, read_layout
from orchestrator.intake.signature import LOOKED_AT, foreign_kind
from orchestrator.tables.nearest import nearest

__all__ = ["EVIDENCE_FORMATS", "EvidenceFormat", "evidence_format", "tell_format"]


#: Of so many formats it is said what they miss, where a table is of none.
_NEAREST: Final = 2


@dataclass(frozen=True)
class EvidenceFormat:
    """A published format: its name at the command line, its files, how it is told, and the function that reads it."""

    name: str
    files: str
    fits: Callable[[Opened], bool]
    read: Callable[[Opened], Iterator[Statement]]
    layout: Layout | None = None


def _table(layout: Layout, files: str, refine: Callable[[], Refine] | None = None) -> EvidenceFormat:
    read = partial(read_layout, layout=layout, refine=refine)
    return EvidenceFormat(layout.format, files, partial(fits_layout, layout=layout), read, layout)


def _fits_grants(opened: Opened) -> bool:
    return fits_giving(opened) or fits_layout(opened, GIVING)


def _read_grants(opened: Opened) -> Iterator[Statement]:
    return read_giving(opened) if opened.form == "json" else read_layout(opened, GIVING)


def _fits_general(opened: Opened) -> bool:
    """Only its own headings tell it: with a mapping file, any table could be one."""
    return not opened.mapping.columns and fits_layout(opened, GENERAL)


EVIDENCE_FORMATS: Final = (
    EvidenceFormat("360giving", "grants to the 360Giving standard (JSON, CSV)", _fits_grants, _read_grants, GIVING),
    EvidenceFormat("ocds", "OCDS 1.1 release packages (JSON)", fits_ocds, read_ocds),
    _table(SPENDING, "spending over a threshold (CSV, xlsx, ods)"),
    _table(MEETINGS, "ministers' meetings (CSV, xlsx, ods)", refine_meetings),
    _table(REPD, "the Renewable Energy Planning Database (CSV)", refine_repd),
    _table(NOTICES, "contract notices as Contracts Finder exports them (CSV)", refine_notices),
    EvidenceFormat(
        "general",
        "a table of evidence, or any table with a mapping file (CSV, xlsx, ods)",
        _fits_general,
        partial(read_layout, layout=GENERAL),
        GENERAL,
    ),
    EvidenceFormat("graphml", "GraphML of any program", lambda opened: opened.element == "graphml", read_graphml),
    EvidenceFormat("gexf", "GEXF of any program", lambda opened: opened.element == "gexf", read_gexf),
    EvidenceFormat("kumu", "a Kumu blueprint (JSON)", fits_kumu, read_kumu),
    EvidenceFormat("pajek", "Pajek .net", lambda opened: opened.form == "pajek", read_pajek),
    EvidenceFormat("dl", "UCINET DL", lambda opened: opened.form == "dl", read_ucinet),
    EvidenceFormat("adjacency", "an adjacency matrix (CSV)", fits_adjacency, read_adjacency),
)


def evidence_format(name: str) -> EvidenceFormat:
    """The format of this name. Raises UnknownName with the nearest names.

    >>> evidence_format("spending").name
    'spending'
    """
    for each in EVIDENCE_FORMATS:
        if each.name == name:
            return each
    names = [each.name for each in EVIDENCE_FORMATS]
    raise UnknownName("format of evidence", name, nearest(name, names) or names)


def tell_format(opened: Opened) -> EvidenceFormat:
    """Of which format is this file? Raises BadData where it is of none, or where two formats fit."""
    fitting = [each for each in EVIDENCE_FORMATS if each.fits(opened)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = " or ".join(f"--format {each.name}" for each in fitting)
        what = f"{len(fitting)} formats fit it: {', '.join(each.name for each in fitting)}."
        raise BadData([Problem(what, opened.source.name, hint=f"Say which it is: {names}.")])
    raise BadData(_no_format(opened))


def _no_format(opened: Opened) -> Sequence[Problem]:
    names = ", ".join(each.name for each in EVIDENCE_FORMATS)
    if opened.form == "xml":
        kind = foreign_kind(opened.source.content[:LOOKED_AT]) or "an XML file"
        return [Problem(f"this is {kind}.", opened.source.name, allowed=f"Read are {names}.")]
    if opened.form != "table":
        what = f"this is a {opened.form} file of no format that is known."
        return [Problem(what, opened.source.name, allowed=f"Read are {names}.")]
    layouts = [each.layout for each in EVIDENCE_FORMATS if each.layout is not None]
    why = [
        not_laid_out(sheet, layout, opened.mapping)
        for sheet in opened.sheets[:1]
        for layout in sorted(layouts, key=lambda layout: share_missing(sheet, layout, opened.mapping))[:_NEAREST]
    ]
    first = Problem(
        "its headings are those of no format that is known.", opened.source.name, allowed=f"Read are {names}."
    )
    return [first, *why]
