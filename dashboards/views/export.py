"""What can be taken away, with which marking, and how everything here was worked out."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboards.exports import Exported, Wanted
from dashboards.selection import Selection
from orchestrator.analysis.catalogue import ANALYSES
from orchestrator.errors import WrongUsage
from orchestrator.export.carried import CARRIED, Carried
from orchestrator.export.formats import FORMATS
from orchestrator.export.readable import WORDS
from orchestrator.model.marking import MARKINGS, marking_of, raised
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import STATE_LABELS, STATE_MEANINGS

__all__ = ["READABLE", "ExportView", "FormatChoice", "Made", "export_view", "made_of", "size_of"]

#: What people read; the rest is for other programs.
READABLE: Final = ("pdf", "docx", "html", "tables")
_FIRST: Final = ("pdf",)
_YES: Final = "yes"


@dataclass(frozen=True)
class FormatChoice:
    """A format to tick: its name, for whom it is, whether it is ticked."""

    name: str
    use: str
    chosen: bool


@dataclass(frozen=True)
class Made:
    """What is there to be downloaded: its name, its size in words, its address, what is in it."""

    name: str
    size: str
    address: str
    files: tuple[tuple[str, str], ...]
    sentence: str


@dataclass(frozen=True)
class ExportView:
    """The page of exports and methods. ``wanted`` is None where nothing was asked for, or ``problem`` says why not."""

    headline: str
    lede: str
    readable: tuple[FormatChoice, ...]
    machine: tuple[FormatChoice, ...]
    markings: tuple[tuple[str, str], ...]
    marking: str
    may_fall: bool
    leave_out_scores: bool
    problem: str
    wanted: Wanted | None
    carried: tuple[Carried, ...]
    words: Mapping[str, str]
    analyses: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


def export_view(graph: MissionGraph, selection: Selection) -> ExportView:
    """What was chosen in the address, and what there is to choose?"""
    stands = _marking(graph)
    asked = {"": stands, "none": ""}.get(selection.asked("marking"), selection.asked("marking"))
    making = bool(selection.asked("make"))
    ticked = tuple(one.name for one in CARRIED if selection.asked(one.name) == _YES) or (() if making else _FIRST)
    may_fall, leave_out = selection.asked("lower") == _YES, selection.asked("without-scores") == _YES
    problem = _problem(ticked, stands, asked, may_fall=may_fall) if making else ""
    wanted = Wanted(ticked, marking_of(asked), may_fall, leave_out) if making and not problem else None
    complete = sum(one.complete for one in FORMATS)
    choices = {one.name: FormatChoice(one.name, one.use, one.name in ticked) for one in CARRIED}
    return ExportView(
        headline=(
            f"Take it with you in {counted(len(FORMATS), 'format')}; "
            f"{counted(complete, 'of them gives', 'of them give')} every fact back"
        ),
        lede=(
            f"{graph.title} on {graph.as_of:%-d %B %Y}. Whatever leaves names its day, settings and digest, and "
            f"carries the marking {stands or 'that is chosen below: the mission has none'}."
        ),
        readable=tuple(choices[name] for name in READABLE),
        machine=tuple(one for name, one in choices.items() if name not in READABLE),
        markings=tuple((one, one or "no marking") for one in MARKINGS),
        marking=asked,
        may_fall=may_fall,
        leave_out_scores=leave_out,
        problem=problem,
        wanted=wanted,
        carried=CARRIED,
        words={**WORDS, **{STATE_LABELS[state].casefold(): means for state, means in STATE_MEANINGS.items()}},
        analyses=tuple((one.question, _what(one.function)) for one in ANALYSES),
        facts=(
            ("Data as on", f"{graph.as_of:%-d %B %Y}"),
            ("Ties counted", f"from level {graph.min_level} of 4 on"),
            ("Members", f"{len(graph.members):,}"),
            ("Ties", f"{len(graph.ends):,}"),
            ("Protective marking", stands or "none"),
            ("Digest of the facts", graph.digest),
        ),
    )


def _marking(graph: MissionGraph) -> str:
    """The mission's marking; blank where it has none or one that there is not, which the export then says."""
    try:
        return marking_of(graph.mission.get("marking", ""))
    except WrongUsage:
        return ""


def _problem(formats: tuple[str, ...], stands: str, asked: str, *, may_fall: bool) -> str:
    if not formats:
        return "No format is chosen. Tick at least one."
    try:
        raised(stands, marking_of(asked), may_fall=may_fall)
    except WrongUsage:
        if asked not in MARKINGS:
            return f"{asked[:40]!r} is not a marking. Choose one from the list."
        return (
            f"The mission is marked {stands}, and {asked or 'no marking'} is lower. "
            "Tick “Let the marking be lower” if that is meant."
        )
    return ""


def _what(function: object) -> str:
    """The first sentence of what an analysis says of itself."""
    return (inspect.getdoc(function) or "").partition("\n\n")[0].replace("\n", " ")


def made_of(found: Exported, selection: Selection) -> Made:
    """What was made, and where it can be had."""
    kept = selection.to("export")
    path, _, query = kept.address().partition("?")
    marked = f"marked {found.marking}" if found.marking else "without a marking"
    held = "" if len(found.files) == 1 else f" It holds {counted(len(found.files), 'export')}."
    return Made(
        found.name,
        size_of(found.size),
        f"{path}/{found.key}/{found.name}" + (f"?{query}" if query else ""),
        tuple((name, size_of(size)) for name, size in found.files),
        f"It is {marked}; the digest of its facts is {found.digest[:16]}….{held}",
    )


def size_of(size: int) -> str:
    """How large a file is, as people say it.

    >>> size_of(900), size_of(73_000), size_of(2_600_000)
    ('1 KB', '73 KB', '2.6 MB')
    """
    return f"{max(1, round(size / 1e3)):,} KB" if size < 1e6 else f"{size / 1e6:,.1f} MB"
