"""One form for what every analysis says: measures of subjects, and findings as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

__all__ = ["SEVERITIES", "Finding", "Findings", "Measure", "severity_of", "without_repeats"]

#: From what a board should see first to what is only good to know.
SEVERITIES: Final = ("high", "medium", "low", "info")

#: From which share of the mission's requirement weight on a finding is high, and medium.
_THRESHOLDS: Final = MappingProxyType({"high": 0.10, "medium": 0.03})


@dataclass(frozen=True)
class Measure:
    """A named figure for every subject of a kind, in the order of the subjects; None where it cannot be computed.

    ``subject_kind`` is mission (one value), requirement, organisation (members by id) or tie (of the mission graph).
    A value is a number, a word, a yes or no, or a tuple of ids.
    """

    name: str
    subject_kind: str
    values: Sequence[Any]
    unit: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing worth saying: about whom, how much, in a sentence, with what to do and the rows it rests on.

    ``stake`` is the requirement weight that is at stake; findings are ranked by it. ``low`` and ``high`` bound the
    value where its uncertainty is known, else None. ``evidence`` names rows as ``table:id``.

    ``topic`` is shared by findings that say the same of a subject in other words (a body that others rely on): they
    are told as one. ``aside`` is the sentence that such a finding adds when another one leads.
    """

    analysis: str
    severity: str
    subject_kind: str
    subject_id: str
    measure: str
    value: float | None
    unit: str
    statement: str
    action: str
    evidence: tuple[str, ...] = ()
    stake: float = 0.0
    low: float | None = None
    high: float | None = None
    topic: str = ""
    aside: str = ""

    @property
    def finding_id(self) -> str:
        """The same fact keeps this name from one day to the next."""
        return f"{self.analysis}:{self.measure}:{self.subject_id}"

    def rank(self) -> tuple[int, float, float, str]:
        """What sorts findings: the graver first, then by what is at stake, then by the value."""
        return SEVERITIES.index(self.severity), -self.stake, -(self.value or 0.0), self.finding_id


@dataclass(frozen=True)
class Findings:
    """What one analysis says of a mission graph. Every part may be empty.

    ``rows``: what is neither of a member nor of a tie nor of a requirement (a pair of sectors, a place, a month), as
    plain rows with the same keys. ``parameters``: how the figures were found, where that is not always the same.
    """

    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def measure(self, name: str) -> Measure:
        """The measure of this name. Raises KeyError."""
        return self._by_name()[name]

    def _by_name(self) -> Mapping[str, Measure]:
        return {measure.name: measure for measure in self.measures}


def without_repeats(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by rank, with those of one topic and subject told as one: the first leads, the others add a sentence.

    >>> first = Finding("a", "high", "organisation", "x", "m", 1, "", "X leads.", "", ("t:1",), 5, topic="relied on")
    >>> other = Finding("b", "low", "organisation", "x", "n", 2, "", "X.", "", ("t:2",), topic="relied on", aside="So.")
    >>> [(f.statement, f.evidence) for f in without_repeats([other, first])]
    [('X leads. So.', ('t:1', 't:2'))]
    """
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in sorted(findings, key=Finding.rank):
        key = (finding.subject_kind, finding.subject_id, finding.topic) if finding.topic else (finding.finding_id,)
        if key not in kept:
            kept[key] = finding
            continue
        lead = kept[key]
        kept[key] = replace(
            lead,
            statement=f"{lead.statement} {finding.aside}".rstrip(),
            evidence=tuple(dict.fromkeys((*lead.evidence, *finding.evidence))),
        )
    return tuple(kept.values())


def severity_of(stake: float, whole: float) -> str:
    """How grave is it, when this much of the mission's requirement weight is at stake?

    From a tenth on high, from three hundredths on medium, any at all low, none info.

    >>> severity_of(12, 100), severity_of(3, 100), severity_of(0, 100), severity_of(0, 0)
    ('high', 'medium', 'info', 'info')
    """
    share = stake / whole if whole > 0 else 0.0
    if share <= 0:
        return "info"
    return next((name for name, least in _THRESHOLDS.items() if share >= least), "low")
