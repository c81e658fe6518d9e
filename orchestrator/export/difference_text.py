"""A scenario's difference as JSON for programs and as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from orchestrator.export.findings_json import finding_row, findings_document
from orchestrator.model.difference import Difference
from orchestrator.model.findings import Finding
from orchestrator.model.results import Results
from orchestrator.model.wording import counted

__all__ = ["simulation_json", "simulation_table"]


def simulation_json(
    name: str, changes: Sequence[dict[str, Any]], before: Results, after: Results, found: Difference
) -> str:
    """Scenario, findings before, findings after, and what is different between them."""
    document = {
        "mission_id": before.graph.mission_id,
        "scenario": {"name": name, "changes": list(changes)},
        "before": findings_document(before),
        "after": findings_document(after),
        "difference": {
            "sentences": list(found.sentences),
            "requirements": [
                {"requirement_id": s.requirement_id, "before": s.before or None, "after": s.after or None}
                for s in found.states
            ],
            "joined": list(found.joined),
            "left": list(found.left),
            "lost_route": list(found.lost_route),
            "gained_route": list(found.gained_route),
            "findings_new": [finding_row(finding) for finding in found.findings_new],
            "findings_gone": [finding_row(finding) for finding in found.findings_gone],
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False, default=str)


def simulation_table(name: str, before: Results, after: Results, found: Difference) -> str:
    """The difference as a page of text: its sentences, then the findings that are new and those that are gone."""
    return "\n".join(_lines(name, before, after, found)) + "\n"


def _lines(name: str, before: Results, after: Results, found: Difference) -> Iterator[str]:
    yield f"{before.graph.title}: {name}"
    yield f"Before, on {before.graph.as_of}: {_size(before)}. After, on {after.graph.as_of}: {_size(after)}."
    yield ""
    yield from found.sentences
    yield from _block("New findings", found.findings_new)
    yield from _block("Findings that would be gone", found.findings_gone)


def _size(results: Results) -> str:
    return f"{counted(len(results.graph.members), 'member')}, {counted(len(results.graph.ends), 'tie')}"


def _block(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield ""
        yield f"{title} ({len(findings)})"
        yield from (f"  [{finding.severity}] {finding.statement}" for finding in findings)
