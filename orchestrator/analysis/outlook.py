"""What would hold on a later day, or without some of the ties, if nothing else changed?"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from orchestrator.kernels import rows_of, steps_from
from orchestrator.model.coverage import coverage
from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["Outlook", "months_after", "outlook"]


@dataclass(frozen=True)
class Outlook:
    """``states`` of the requirements in their order; ``members`` and ``reached`` (a route to the centre), bool by body
    of the register; ``ties`` that count, bool by tie row; ``at_work``: engagement rows of the mission that count.
    """

    states: np.ndarray
    members: np.ndarray
    reached: np.ndarray
    ties: np.ndarray
    at_work: np.ndarray


@dataclass(frozen=True)
class _Coded:
    """The tables as positions in the register, so that another day costs a few passes and no digest."""

    centre: int
    ends: np.ndarray
    own: np.ndarray
    counts: np.ndarray
    engagements: pd.DataFrame
    engaged: np.ndarray
    need: np.ndarray
    provider: np.ndarray
    family: np.ndarray


@derived
def _coded(graph: MissionGraph) -> _Coded:
    register = pd.Index(graph.organisations["organisation_id"])
    ties, pairs = graph.tie_rows, coverage(graph).providers
    engagements = graph.tables["engagements"]
    engagements = engagements[engagements["mission_id"] == graph.mission_id]
    source, target = (register.get_indexer(pd.Index(ties[end])) for end in ("source_id", "target_id"))
    return _Coded(
        centre=int(register.get_indexer(pd.Index([graph.centre_id]))[0]),
        ends=np.column_stack([source, target]),
        own=(ties["mission_id"] == graph.mission_id).to_numpy(),
        counts=(ties["level"] >= graph.min_level).to_numpy() & (source != target),
        engagements=engagements,
        engaged=register.get_indexer(pd.Index(engagements["organisation_id"])),
        need=pairs["requirement"].to_numpy(dtype=np.int64),
        provider=register.get_indexer(pd.Index(pairs["organisation_id"])),
        family=pd.factorize(pairs["family"])[0].astype(np.int64),
    )


def outlook(graph: MissionGraph, day: date, dropped: np.ndarray | None = None) -> Outlook:
    """The need grid and who reaches the centre on a day, if nothing is renewed and nothing else changes.

    ``dropped`` marks tie rows (bool) that are gone whatever their dates. On the day of the graph and with nothing
    dropped this is what ``coverage`` and ``hops`` say. Offers carry no dates: providers stay. Cost grows with the
    tables.
    """
    coded = _coded(graph)
    ties = active_on(graph.tie_rows, day)
    if dropped is not None:
        ties &= ~dropped
    rows = coded.engagements
    begun, status = active_on(rows, day), rows["status"]
    takes_part = begun & (status != "withdrawn").to_numpy()
    at_work = begun & status.isin(WORKING_STATUSES).to_numpy()
    size = len(graph.organisations)
    members = np.zeros(size, dtype=np.bool_)
    members[coded.centre] = True
    members[coded.engaged[takes_part]] = True
    members[coded.ends[ties & coded.own].ravel()] = True
    ties &= coded.counts & members[coded.ends].all(axis=1)
    links = rows_of(size, coded.ends[ties])
    steps = steps_from(links.offsets, links.neighbours, np.array([coded.centre]), ~members)
    in_part, working = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    in_part[coded.engaged[takes_part]] = True
    working[coded.engaged[at_work]] = True
    reached = steps >= 0
    return Outlook(_states(graph, coded, working & reached, in_part), members, reached, ties, at_work)


def _states(graph: MissionGraph, coded: _Coded, working: np.ndarray, in_part: np.ndarray) -> np.ndarray:
    needs = coverage(graph).requirements
    here = working[coded.provider]
    span = int(coded.family.max(initial=0)) + 1
    kept = np.unique(coded.need[here] * span + coded.family[here]) // span
    families = np.bincount(kept, minlength=len(needs))
    paper = np.bincount(coded.need[in_part[coded.provider]], minlength=len(needs)) > 0
    unknown = (needs["state"] == "no-data").to_numpy()
    minimum = needs["minimum"].to_numpy()
    conditions = [families >= minimum, families > 0, paper, unknown]
    return np.select(conditions, ["covered", "thin", "on-paper", "no-data"], "gap").astype(object)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of that month; never past the last of all days.

    >>> months_after(date(2026, 8, 31), 6), months_after(date.max, 6) == date.max
    (datetime.date(2027, 2, 28), True)
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
