"""How sure are we? What held in how many of the worlds that the evidence allows, as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from orchestrator.model.findings import Finding
from orchestrator.model.wording import counted, percent
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["TOPS", "SectorAnswers", "Spread", "Uncertain", "Verdict", "Worlds", "in_worlds", "word"]

#: The words, and from which share of the worlds on each is used.
ROBUST: Final = 0.9
LIKELY: Final = 0.5
#: Below this response rate nobody of a sector is ranked.
RANKED_FROM: Final = 0.5
#: Among the first how many?
TOPS: Final = (1, 3, 5, 10)


def word(share: float) -> str:
    """The word for something that holds in this share of the worlds.

    >>> word(0.9), word(0.5), word(0.49)
    ('robust', 'likely', 'cannot tell')
    """
    return "robust" if share >= ROBUST else "likely" if share >= LIKELY else "cannot tell"


def in_worlds(share: float, count: int, *, surveyed: bool) -> str:
    """A share of worlds in words. Where nobody was asked about ties, no world holds one that is not on record.

    >>> in_worlds(0.78, 200, surveyed=True), in_worlds(0.9, 1, surveyed=False)
    ('likely: in 78% of 200 worlds', 'robust: in 90% of one world, on what is recorded')
    """
    recorded = "" if surveyed else ", on what is recorded"
    return f"{word(share)}: in {percent(share)} of {counted(count, 'world')}{recorded}"


@dataclass(frozen=True)
class Spread:
    """Figures over the worlds, one a subject: the median, and the bounds of the middle 90%. NaN: not to be had."""

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Uncertain:
    """A ranked measure over the worlds, in the order of the members.

    ``rank`` counts from 1, the greatest first; equals share the best rank, but who has nothing is last. The centre and
    members of sectors that are not ranked hold NaN and are not counted. ``top[k]``: the share of worlds in which the
    rank is k or better and the figure above 0.
    """

    name: str
    value: Spread
    rank: Spread
    top: Mapping[int, np.ndarray]


@dataclass(frozen=True)
class SectorAnswers:
    """How many members of a sector were asked about the mission, and how many of them answered?

    >>> SectorAnswers("local", asked=10, answered=4).why_not_ranked
    'Local government is not ranked: 4 of the 10 bodies that were asked answered (40%), and at least 50% must.'
    """

    sector: str
    asked: int
    answered: int

    @property
    def rate(self) -> float | None:
        """The share that answered; None where nobody was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def ranked(self) -> bool:
        """Did enough of them answer? Where nobody was asked, no rate is below the bound."""
        return self.rate is None or self.rate >= RANKED_FROM

    @property
    def why_not_ranked(self) -> str:
        """The reason as a sentence; empty for a sector that is ranked."""
        if self.ranked:
            return ""
        asked = "the one body that was asked" if self.asked == 1 else f"the {self.asked} bodies that were asked"
        return (
            f"{SECTOR_LABELS.get(self.sector, self.sector)} is not ranked: {self.answered} of {asked} answered "
            f"({percent(self.rate or 0.0)}), and at least {percent(RANKED_FROM)} must."
        )


@dataclass(frozen=True)
class Verdict:
    """How sure is what a finding says? ``clause`` says it in words; ``low`` and ``high`` bound its value.

    ``share`` of the worlds in which it holds, and all else, is None where this was not worked out.
    """

    share: float | None
    low: float | None
    high: float | None
    clause: str

    def on(self, finding: Finding) -> Finding:
        """The finding with its bounds, and its sentences with the clause after them.

        >>> told = Finding("a", "low", "organisation", "x", "m", 1.0, "", "If X left, Y would lose touch.", "")
        >>> Verdict(0.78, 1.0, 3.0, "likely: in 78% of 200 worlds").on(told).statement
        'If X left, Y would lose touch. (likely: in 78% of 200 worlds)'
        """
        aside = f"{finding.aside} ({self.clause})" if finding.aside else ""
        return replace(
            finding, low=self.low, high=self.high, statement=f"{finding.statement} ({self.clause})", aside=aside
        )


@dataclass(frozen=True)
class Worlds:
    """What held in how many worlds. Columns of members and of requirements are in the order of the mission graph.

    ``shares`` of worlds, a member: ``cuts_off`` (its leaving would cut somebody off), ``worsens`` (… worsen a
    requirement), ``bites`` (either), ``relied_on`` (a tenth of the routes from the centre run through it), ``brokers``
    (a tenth of the links between sectors), ``no_route``, ``within_1`` to ``within_3`` steps of the centre.
    ``states``: shares of worlds, requirements by state in the order of ``STATES``.
    ``nobody_works``: worlds by requirements, whether nobody works on it.
    ``mission``: figures of the mission, one a world. ``as_stranded``: worlds in which all have no route that are
    reported to have none. ``certain``: no tie is in doubt, every world is the same.
    """

    count: int
    seed: int
    certain: bool
    measures: Mapping[str, Uncertain]
    shares: Mapping[str, np.ndarray]
    states: np.ndarray
    nobody_works: np.ndarray
    mission: Mapping[str, np.ndarray]
    as_stranded: np.ndarray
    answers: tuple[SectorAnswers, ...]
    assumptions: tuple[str, ...]

    def in_worlds(self, share: float) -> str:
        """A share of the worlds in words.

        >>> nothing, told = np.zeros(0), (SectorAnswers("local", 2, 2),)
        >>> Worlds(200, 1, False, {}, {}, nothing, nothing, {}, nothing, told, ()).in_worlds(0.78)
        'likely: in 78% of 200 worlds'
        """
        return in_worlds(share, self.count, surveyed=self.surveyed)

    @property
    def surveyed(self) -> bool:
        """Was any member asked about its ties?"""
        return any(each.asked for each in self.answers)

    @property
    def not_ranked(self) -> tuple[SectorAnswers, ...]:
        """The sectors in which nobody is ranked."""
        return tuple(each for each in self.answers if not each.ranked)
