"""Findings as JSON: the form of CONTRACT §3 that programs read."""

from __future__ import annotations

import json
from typing import Any, Final

from orchestrator.export.worlds_json import worlds_document
from orchestrator.model.findings import Finding
from orchestrator.model.results import Results

__all__ = ["FINDING_COLUMNS", "findings_document", "findings_json"]

#: What the contract names and no analysis computes yet is null: never 0, never left out.
_MISSION: Final = (
    "members", "ties", "components", "density", "degree_centralisation", "betweenness_centralisation",
    "density_without_centre", "ei_index", "ei_expected", "reach_1", "reach_2", "reach_3", "requirements",
)  # fmt: skip
_REQUIREMENT: Final = ("state", "working", "on_paper", "candidates")
_ORGANISATION: Final = (
    "hops", "routes", "cut_off", "weight_lost", "sole_provider_weight", "rooted_dependency", "betweenness",
    "constraint", "effective_size", "load", "capacity", "worsened",
)  # fmt: skip
_BROKERAGE: Final = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
_TIE: Final = ("strength", "confidence", "is_bridge", "cut_off")
_KEY_SETS: Final = ("fragment", "reach")
#: What is said of each finding, in order.
FINDING_COLUMNS: Final = (
    "finding_id", "analysis", "severity", "subject_kind", "subject_id", "measure", "value", "unit", "low", "high",
    "stake", "statement", "action", "evidence",
)  # fmt: skip


def findings_json(results: Results, *, indent: int | None = 2) -> str:
    """The document as text; no number in it is infinite or not a number."""
    return json.dumps(findings_document(results), indent=indent, ensure_ascii=False, allow_nan=False)


def findings_document(results: Results) -> dict[str, Any]:
    """Everything that was found, as plain lists and dictionaries with the names of CONTRACT §3.

    Lists are sorted by id. What was not computed is None.
    """
    graph = results.graph
    return {
        "mission_id": graph.mission_id,
        "as_of": graph.as_of.isoformat(),
        "digest": graph.digest,
        "parameters": {
            "as_of": graph.as_of.isoformat(),
            "min_level": graph.min_level,
            "analyses": list(results.by_analysis),
            **{name: how for part in results.by_analysis.values() for name, how in part.parameters.items()},
        },
        "mission": {name: results.of_mission(name) for name in dict.fromkeys((*_MISSION, *_more(results)))},
        "requirements": _rows(results, "requirement", _REQUIREMENT),
        "organisations": [
            _with_brokerage(row) for row in _rows(results, "organisation", (*_ORGANISATION, *_BROKERAGE))
        ],
        "ties": _rows(results, "tie", _TIE),
        "key_sets": {kind: results.of_mission(kind) or dict.fromkeys(("1", "2", "3")) for kind in _KEY_SETS},
        "analyses": {name: [dict(row) for row in results.rows(name)] for name in results.by_analysis},
        "findings": [finding_row(finding) for finding in results.findings],
        **({"worlds": worlds_document(graph, results.worlds)} if results.worlds else {}),
    }


def _more(results: Results) -> list[str]:
    """Figures of the mission as a whole beyond those that the contract names."""
    parts = results.by_analysis.values()
    return [m.name for part in parts for m in part.measures if m.subject_kind == "mission" and m.name not in _KEY_SETS]


def _with_brokerage(row: dict[str, Any]) -> dict[str, Any]:
    roles = {role: row[role] for role in _BROKERAGE}
    return {**{name: value for name, value in row.items() if name not in roles}, "brokerage": roles}


def _rows(results: Results, subject_kind: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    table = results.table(subject_kind)
    for name in names:
        if name not in table:
            table[name] = None
    columns = [table[name].astype(object).tolist() for name in table]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def finding_row(finding: Finding) -> dict[str, Any]:
    """One finding with the names of CONTRACT §3."""
    return {
        "finding_id": finding.finding_id,
        "analysis": finding.analysis,
        "severity": finding.severity,
        "subject_kind": finding.subject_kind,
        "subject_id": finding.subject_id,
        "measure": finding.measure,
        "value": finding.value,
        "unit": finding.unit,
        "low": finding.low,
        "high": finding.high,
        "stake": finding.stake,
        "statement": finding.statement,
        "action": finding.action,
        "evidence": list(finding.evidence),
    }
