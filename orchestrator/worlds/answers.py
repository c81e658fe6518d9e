"""Who was asked about their ties in the mission, and who answered?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.worlds import SectorAnswers
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["Answers", "answers", "held"]


@dataclass(frozen=True)
class Answers:
    """Columns in the order of the members: ``sector`` (position in ``SECTORS``), ``asked`` and ``answered`` (bool)."""

    sector: np.ndarray
    asked: np.ndarray
    answered: np.ndarray

    @property
    def silent(self) -> np.ndarray:
        """Who was asked and did not answer? What they would have told is missing, it is not nothing."""
        return np.asarray(self.asked & ~self.answered)

    def by_sector(self) -> tuple[SectorAnswers, ...]:
        """Asked and answered in every sector that has members, in the order of ``SECTORS``."""
        return tuple(
            SectorAnswers(name, int(self.asked[here].sum()), int((self.asked & self.answered)[here].sum()))
            for code, name in enumerate(SECTORS)
            if (here := self.sector == code).any()
        )

    def ranked(self) -> np.ndarray:
        """Which members may be ranked, judged by the response rate of their sector?"""
        out = [SECTORS.index(each.sector) for each in self.by_sector() if not each.ranked]
        return ~np.isin(self.sector, out)


def answers(graph: MissionGraph) -> Answers:
    """Who of the members was asked about this mission up to its day, and who answered up to then?

    Reads ``responses``: a day, yes or no; blank is no. A body with several rows was asked if one says so, and answered
    if one says so. Who has no row was not asked. Nobody for an empty table.
    """
    rows = graph.responses
    asked = held(rows["asked"], graph.as_of)
    answered = asked & held(rows["responded"], graph.as_of)
    members = pd.Index(graph.members)
    sector = graph.organisations.set_index("organisation_id")["sector"].reindex(members)
    return Answers(
        sector=pd.Index(SECTORS).get_indexer(pd.Index(sector)).astype(np.int64),
        asked=members.isin(rows.loc[asked, "organisation_id"]),
        answered=members.isin(rows.loc[answered, "organisation_id"]),
    )


def held(cells: pd.Series, day: date) -> np.ndarray:
    """Which cells of an answer hold on a day: yes, or a day that has come?

    >>> held(pd.Series(["yes", "2026-01-02", "2027-01-01", "no", ""]), date(2026, 1, 2)).tolist()
    [True, True, False, False, False]
    """
    texts = cells.fillna("").astype(str)
    dated = texts.str.match(r"\d{4}-").to_numpy(dtype=bool)
    return np.asarray((texts == "yes").to_numpy() | (dated & (texts <= day.isoformat()).to_numpy()))
