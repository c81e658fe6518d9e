"""A snapshot: what was known of a mission on a day, found out about it and decided, frozen as one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import BadData, Problem
from orchestrator.model.advice import Advice
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["FORM", "FORM_VERSION", "Snapshot", "response_rates"]

#: What a snapshot file says that it is, and by which version of the form.
FORM: Final = "mission-orchestrator-snapshot"
FORM_VERSION: Final = 1

_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """A mission graph with what goes with it.

    - ``findings``: the findings as ``analyse --format json`` has them; empty if none were kept
    - ``sources``: rows of the pack's table of sources; ``decisions``: what was decided, a row each
    - ``marking``: the protective marking, "" for none; ``pack``: the pack's name
    - ``version``: of the program that froze it; ``scores_left_out``: findings about named bodies are not in there
    - ``advice``: whom to bring in and to introduce, for documents that say so; ``no_advice``: why there is none. It
      follows from the graph and is not kept in any file that is read back.
    """

    graph: MissionGraph
    findings: Row = field(default_factory=lambda: MappingProxyType({}))
    sources: tuple[Row, ...] = ()
    decisions: tuple[Row, ...] = ()
    marking: str = ""
    pack: str = ""
    version: str = ""
    scores_left_out: bool = False
    advice: Advice | None = field(default=None, compare=False)
    no_advice: str = field(default="", compare=False)

    @property
    def stem(self) -> str:
        """The name of its files, without an ending: mission, day and marking."""
        mission = _NOT_IN_NAMES.sub("-", self.graph.mission_id).strip(".-_") or "mission"
        parts = (mission[:80], self.graph.as_of.isoformat(), self.marking.replace(" ", "-"))
        return "_".join(part for part in parts if part)

    @property
    def header(self) -> dict[str, str]:
        """What every file says of itself, as texts: form, marking, mission, day, settings, digest, pack, version."""
        graph = self.graph
        return {
            "form": FORM,
            "form_version": str(FORM_VERSION),
            "marking": self.marking,
            "mission_id": graph.mission_id,
            "title": graph.title,
            "as_of": graph.as_of.isoformat(),
            "min_level": str(graph.min_level),
            "digest": graph.digest,
            "pack": self.pack,
            "version": self.version,
            "scores_left_out": "yes" if self.scores_left_out else "no",
        }

    @property
    def manifest(self) -> dict[str, Any]:
        """The header with the settings, how many rows each table has, and who answered; plain values for JSON."""
        graph = self.graph
        return {
            "form": FORM,
            "form_version": FORM_VERSION,
            "marking": self.marking,
            "mission_id": graph.mission_id,
            "title": graph.title,
            "as_of": graph.as_of.isoformat(),
            "min_level": graph.min_level,
            "digest": graph.digest,
            "pack": self.pack,
            "sources": sorted(_named_sources(graph)),
            "settings": self._settings(),
            "rows": {name: len(table) for name, table in graph.tables.items()},
            "members": len(graph.members),
            "ties": len(graph.ends),
            "responses": response_rates(graph),
            "version": self.version,
            "scores_left_out": self.scores_left_out,
        }

    def _settings(self) -> dict[str, Any]:
        parameters = self.findings.get("parameters", {})
        return {"as_of": self.graph.as_of.isoformat(), "min_level": self.graph.min_level, **parameters}

    def check_digest(self, said: str, file: str) -> None:
        """Raise BadData if the facts are not those that the file says they are."""
        if self.graph.digest != said:
            what = f"the tables have the digest {self.graph.digest[:12]}…, not {said[:12]}… as it says."
            hint = "Something in it was changed after it was written. Export it again."
            raise BadData([Problem(what, file, hint=hint)])


def response_rates(graph: MissionGraph) -> dict[str, Any]:
    """Who was asked about the mission, and who answered? Counts of members in all and by sector; None if nobody was."""
    rows, day = graph.responses, graph.as_of.isoformat()
    members = set(graph.members)
    asked, answered = (_said_yes(rows, column, day) & members for column in ("asked", "responded"))
    sector = dict(zip(graph.organisations["organisation_id"], graph.organisations["sector"], strict=True))
    sectors = sorted({sector[body] for body in asked})
    return {
        **_rate(asked, answered),
        "by_sector": {
            name: _rate({b for b in asked if sector[b] == name}, {b for b in answered if sector[b] == name})
            for name in sectors
        },
    }


def _rate(asked: set[str], answered: set[str]) -> dict[str, Any]:
    both = len(asked & answered)
    return {"asked": len(asked), "answered": both, "rate": both / len(asked) if asked else None}


def _said_yes(rows: Any, column: str, day: str) -> set[str]:
    return {
        body
        for body, cell in zip(rows["organisation_id"], rows[column].astype("str"), strict=True)
        if cell == "yes" or (cell[:1].isdigit() and cell <= day)
    }


def _named_sources(graph: MissionGraph) -> set[str]:
    """Every source that a row of the mission names."""
    cells = {cell for table in graph.tables.values() if "source" in table for cell in set(table["source"])}
    cells.add(graph.mission.get("source", ""))
    return {name.strip() for cell in cells for name in cell.split("|") if name.strip()}
