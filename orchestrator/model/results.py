"""What all analyses said of one mission graph, and the ways to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd

from orchestrator.model.findings import Finding, Findings, Measure, without_repeats
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.worlds import Verdict, Worlds

__all__ = ["Results"]


@dataclass(frozen=True)
class Results:
    """A mission graph with what each analysis, by name, found. Analyses that were not asked for are not in there.

    ``worlds`` and ``verdicts`` (by the id of a finding) say how sure it is, where that was asked for.
    """

    graph: MissionGraph
    by_analysis: Mapping[str, Findings]
    worlds: Worlds | None = None
    verdicts: Mapping[str, Verdict] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, what matters most first; one fact in several wordings is one finding."""
        told = (finding for part in self.by_analysis.values() for finding in part.findings)
        return without_repeats(self.verdicts[f.finding_id].on(f) if f.finding_id in self.verdicts else f for f in told)

    @cached_property
    def _measures(self) -> Mapping[tuple[str, str], Measure]:
        parts = self.by_analysis.values()
        return MappingProxyType({(m.subject_kind, m.name): m for part in parts for m in part.measures})

    def measure(self, subject_kind: str, name: str) -> Measure | None:
        """A measure of a kind of subject; None if its analysis was not asked for."""
        return self._measures.get((subject_kind, name))

    def of_mission(self, name: str) -> float | None:
        """A figure of the mission as a whole; None if it cannot be computed or was not asked for."""
        found = self.measure("mission", name)
        return None if found is None else found.values[0]

    def rows(self, analysis: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of an analysis, of pairs of sectors, places or months; none if it has none or was not asked for."""
        part = self.by_analysis.get(analysis)
        return () if part is None else part.rows

    def table(self, subject_kind: str) -> pd.DataFrame:
        """Every measure of a kind of subject side by side, one row a subject, headed by what names it.

        ``organisation`` rows are members by ``organisation_id``; ``tie`` rows are ties of the mission graph by
        ``source_id`` and ``target_id``; ``requirement`` rows are requirements by ``requirement_id``.
        """
        frame = self._subjects(subject_kind)
        for (kind, name), measure in self._measures.items():
            if kind == subject_kind:
                frame[name] = pd.Series(list(measure.values), dtype=object)
        return frame

    def _subjects(self, subject_kind: str) -> pd.DataFrame:
        if subject_kind == "organisation":
            return pd.DataFrame({"organisation_id": pd.Series(self.graph.members, dtype="str")})
        if subject_kind == "tie":
            return self.graph.ties[["source_id", "target_id"]]
        return self.graph.requirements[["requirement_id"]]
