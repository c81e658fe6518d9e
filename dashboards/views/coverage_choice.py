"""Which part of the need grid is looked at: one capability, partners of one sector, requirements in one state."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboards.selection import Selection
from orchestrator.errors import quoted
from orchestrator.model.coverage import coverage, coverage_of
from orchestrator.model.labels import capability_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import listed
from orchestrator.tables.vocabulary import SECTOR_LABELS, SECTORS, STATE_LABELS, STATES

__all__ = ["CoverageChoice", "Options", "chosen_needs", "read_choice", "without_state"]

#: What a cell is called that the choice leaves out, and one that nobody asks for.
LEFT_OUT, NOT_ASKED = "left out by the choice", "not required"


@dataclass(frozen=True)
class Options:
    """One choice of the form: its name in the address, its label, what can be chosen, and what is."""

    name: str
    label: str
    every: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class CoverageChoice:
    """The choice, blank where everything is shown. ``problems`` are sentences on what the address asks in vain."""

    capability: str = ""
    sector: str = ""
    state: str = ""
    options: tuple[Options, ...] = ()
    problems: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def anything(self) -> bool:
        """Is something left out?"""
        return bool(self.capability or self.sector or self.state)

    @property
    def blank(self) -> str:
        """Why a cell without a requirement has none."""
        return LEFT_OUT if self.anything else NOT_ASKED


def read_choice(graph: MissionGraph, selection: Selection) -> CoverageChoice:
    """What does the address choose of this mission's need grid? Names that there are not choose nothing, and are told.

    The sentence says what is counted and what is left out; blank where everything is shown.
    """
    names, asked = capability_names(graph), set(graph.requirements["capability_id"])
    capabilities = tuple(sorted(((one, names[one]) for one in asked), key=lambda pair: (pair[1], pair[0])))
    offered = (
        ("only", "Capability", "all capabilities", capabilities),
        ("sector", "Partners of", "all sectors", tuple((one, SECTOR_LABELS[one]) for one in SECTORS)),
        ("state", "State", "all states", tuple((one, STATE_LABELS[one]) for one in STATES)),
    )
    options, problems = [], []
    for name, label, every, choices in offered:
        chosen = selection.asked(name)
        if chosen and chosen not in dict(choices):
            problems.append(f"{quoted(chosen[:40])} is no choice for {label.casefold()}, so {every} are shown.")
            chosen = ""
        options.append(Options(name, label, every, choices, chosen))
    capability, sector, state = (one.chosen for one in options)
    said = _sentence(names.get(capability, ""), sector, state)
    return CoverageChoice(capability, sector, state, tuple(options), tuple(problems), said)


def _sentence(capability: str, sector: str, state: str) -> str:
    parts = []
    if capability:
        parts.append(f"only {capability} is shown")
    if sector:
        parts.append(f"only partners of {SECTOR_LABELS[sector].casefold()} are counted")
    if state:
        parts.append(f"of the grid only cells in the state {STATE_LABELS[state].casefold()} are shown")
    said = listed(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def chosen_needs(graph: MissionGraph, choice: CoverageChoice) -> pd.DataFrame:
    """The requirements of the choice with their state, by id; a sector alone is counted as if it alone could serve."""
    rows = coverage(graph).requirements
    if choice.sector:
        wanted = graph.requirements
        wanted = wanted[wanted["sector"].isin(["", choice.sector])]
        rows = coverage_of(graph, wanted.assign(sector=choice.sector)).requirements
    if choice.capability:
        rows = rows[rows["capability_id"] == choice.capability]
    if choice.state:
        rows = rows[rows["state"] == choice.state]
    return rows.reset_index(drop=True)


def without_state(choice: CoverageChoice) -> CoverageChoice:
    """The same choice with requirements of every state."""
    return CoverageChoice(choice.capability, choice.sector, "", choice.options, choice.problems, choice.sentence)
