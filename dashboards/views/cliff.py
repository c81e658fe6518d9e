"""Will it last? How the need grid stands month by month if nothing is renewed, and what ends on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from dashboards.selection import Selection
from orchestrator.analysis.funding_cliff import analyse_funding_cliff
from orchestrator.analysis.outlook import months_after, outlook
from orchestrator.model.derived import derived
from orchestrator.model.labels import requirements_summed_up
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import STATES

__all__ = [
    "MONTHS",
    "STEPS",
    "CliffView",
    "Ending",
    "FundLine",
    "Month",
    "Outlooks",
    "Step",
    "by_month",
    "cliff_view",
    "outlooks",
]

#: How far ahead one looks, and the steps of the slider.
MONTHS: Final = 24
STEPS: Final = (0, 6, 12, 18, 24)
#: The horizons of which the sentence speaks.
_TOLD: Final = (6, 12, 24)


@dataclass(frozen=True)
class Month:
    """How many requirements are in each state so many months from today; ``changed``: otherwise than a month before."""

    months: int
    day: date
    states: Mapping[str, int]
    current: bool
    changed: bool


@dataclass(frozen=True)
class Step:
    """A labelled step of the slider: its words, the view of that day, and whether it is the one that is shown."""

    months: int
    label: str
    address: str
    current: bool


@dataclass(frozen=True)
class Ending:
    """What ends on one day: ties that count today, by the fund they rest on, and commitments of this mission."""

    day: date
    ties: int
    funds: tuple[str, ...]
    commitments: int
    covered_before: int
    covered_after: int

    @property
    def sentence(self) -> str:
        """What ends on that day, and what that does to cover if nothing is renewed."""
        parts = [counted(self.ties, "tie")] * bool(self.ties)
        parts += [counted(self.commitments, "commitment")] * bool(self.commitments)
        verb = "ends" if self.ties + self.commitments == 1 else "end"
        funds = f" ({listed(self.funds)})" if self.funds else ""
        fall = f"from {self.covered_before:,} to {self.covered_after:,}"
        cover = (
            f"cover falls {fall}"
            if self.covered_after < self.covered_before
            else f"{self.covered_after:,} stay covered"
        )
        return sentence(f"{' and '.join(parts)} {verb}{funds}; {cover}")


@dataclass(frozen=True)
class FundLine:
    """What hangs on one fund: ties that count today, their last day if known, and what goes when all of them go."""

    fund: str
    ties: int
    ends: str
    cut_off: tuple[str, ...]
    lost: str


@dataclass(frozen=True)
class CliffView:
    """The outlook from today: a sentence, 25 months, the slider's steps, what ends on which day, what each fund holds.

    ``at`` is the step of the day that is looked at; None where it is none of them.
    """

    sentence: str
    months: tuple[Month, ...]
    steps: tuple[Step, ...]
    endings: tuple[Ending, ...]
    funds: tuple[FundLine, ...]
    at: int | None
    today: date


@dataclass(frozen=True)
class Outlooks:
    """What an outlook is made of: the day that it begins with, month by month, what ends when, what each fund holds."""

    today: date
    months: tuple[tuple[date, Counter[str]], ...]
    endings: tuple[Ending, ...]
    funds: tuple[FundLine, ...]


@derived
def outlooks(graph: MissionGraph) -> Outlooks:
    """How would the mission stand in the months to come? Some forty searches, so not while somebody waits."""
    return Outlooks(graph.as_of, by_month(graph), _endings(graph), _funds(graph))


@derived
def by_month(graph: MissionGraph) -> tuple[tuple[date, Counter[str]], ...]:
    """The day and how many requirements are in each state, month by month from the day of the graph."""
    days = [months_after(graph.as_of, months) for months in range(MONTHS + 1)]
    return tuple((day, _states_on(graph, day)) for day in days)


def _states_on(graph: MissionGraph, day: date) -> Counter[str]:
    found = Counter(outlook(graph, day).states.tolist())
    return Counter({state: found[state] for state in STATES})


def cliff_view(found: Outlooks, selection: Selection) -> CliffView:
    """Which cover is left in 6, 12 and 24 months if nothing is renewed, and which funds and ties take it with them?

    ``found`` begins with the day that the slider begins with, whatever day the selection looks at.
    """
    rows = found.months
    months = tuple(
        Month(at, day, states, day == selection.day, at > 0 and states != rows[at - 1][1])
        for at, (day, states) in enumerate(rows)
    )
    return CliffView(
        sentence=_sentence(months, found.endings),
        months=months,
        steps=tuple(_step(months[at], selection, found.today) for at in STEPS),
        endings=found.endings,
        funds=found.funds,
        at=next((month.months for month in months if month.current), None),
        today=found.today,
    )


def _step(month: Month, selection: Selection, today: date) -> Step:
    label = "Today" if month.months == 0 else f"+{month.months} months"
    on = None if month.months == 0 and today == date.today() else month.day
    return Step(month.months, label, selection.address(on=on), month.current)


def _sentence(months: tuple[Month, ...], endings: tuple[Ending, ...]) -> str:
    now = months[0].states
    if not sum(now.values()):
        return "No requirements are recorded."
    if not now["covered"]:
        return sentence("no requirement is covered today, so none can lose its cover") + _what_ends(endings)
    kept = [months[at].states["covered"] for at in _TOLD]
    if kept == [now["covered"]] * len(kept):
        said = sentence(
            f"all {counted(now['covered'], 'requirement that is', 'requirements that are')} covered today still "
            f"{'is' if now['covered'] == 1 else 'are'} in {MONTHS} months, if nothing is renewed"
        ).replace("All one requirement", "The one requirement")
        return said + _what_ends(endings)
    later = listed([f"{count or 'none'} in {at}" for count, at in zip(kept, _TOLD, strict=True)])
    said = f"{counted(now['covered'], 'requirement is', 'requirements are').capitalize()} covered today"
    return f"{said}; if nothing is renewed, {later} months." + _what_ends(endings)


def _what_ends(endings: tuple[Ending, ...]) -> str:
    ties, commitments = sum(one.ties for one in endings), sum(one.commitments for one in endings)
    if not endings:
        return f" No tie and no commitment is recorded to end in the next {MONTHS} months."
    parts = [counted(ties, "tie")] * bool(ties) + [counted(commitments, "commitment")] * bool(commitments)
    verb = "ends" if ties + commitments == 1 else "end"
    return " " + sentence(f"{' and '.join(parts)} {verb} by then, on {counted(len(endings), 'day')}")


def _endings(graph: MissionGraph) -> tuple[Ending, ...]:
    """What counts today and ends within the months, by day; cover before and after each day."""
    last = months_after(graph.as_of, MONTHS)
    now = outlook(graph, graph.as_of)
    ties = graph.tie_rows[now.ties]
    work = graph.tables["engagements"]
    work = work[(work["mission_id"] == graph.mission_id).to_numpy() & active_on(work, graph.as_of)]
    work = work[work["status"].isin(("committed", "delivering"))]
    dated, at_work = (_until(rows, last) for rows in (ties, work))
    days = sorted(set(dated["ends"]) | set(at_work["ends"]))
    found, before = [], _states_on(graph, graph.as_of)["covered"]
    for day in days:
        after = _states_on(graph, day.date())["covered"]
        ending = dated[dated["ends"] == day]
        funds = ending.loc[ending["fund"] != "", "fund"].value_counts()
        names = tuple(sorted(funds.index, key=lambda fund: (-int(funds[fund]), fund)))
        found.append(Ending(day.date(), len(ending), names, int((at_work["ends"] == day).sum()), before, after))
        before = after
    return tuple(found)


def _until(rows: pd.DataFrame, last: date) -> pd.DataFrame:
    return rows[(rows["ends"].notna() & (rows["ends"] <= np.datetime64(last, "s"))).to_numpy()]


def _funds(graph: MissionGraph) -> tuple[FundLine, ...]:
    return tuple(
        FundLine(
            row["fund"],
            row["ties"],
            row["ends"] or "",
            tuple(graph.name_of(name) for name in row["cut_off"]),
            requirements_summed_up(graph, row["lost"]),
        )
        for row in analyse_funding_cliff(graph).rows
        if "fund" in row
    )
