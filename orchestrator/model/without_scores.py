"""Findings without what they say of named bodies: what a board may pass on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from orchestrator.model.derived import derived
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["names_a_body", "without_scores"]

_OF_BODIES: Final = ("organisation", "tie")
_SHORTEST: Final = 3


def without_scores(findings: Mapping[str, Any], graph: MissionGraph) -> dict[str, Any]:
    """The findings (as ``analyse --format json`` has them) without scores about named bodies.

    Left out are the measures of organisations and ties, the key sets, what the worlds say of organisations, rows of
    analyses and findings that are about a body, and any finding whose sentences name one. Requirements keep the lists
    of who works on them: those are facts of the register. Lists that lost everything are empty, never missing.
    """
    ids = set(graph.organisations["organisation_id"])
    kept = dict(findings)
    kept["organisations"], kept["ties"] = [], []
    if "key_sets" in kept:
        kept["key_sets"] = dict.fromkeys(kept["key_sets"])
    if "worlds" in kept:
        kept["worlds"] = {**kept["worlds"], "organisations": []}
    kept["analyses"] = {
        name: [row for row in rows if not _mentions(row, ids)] for name, rows in findings.get("analyses", {}).items()
    }
    kept["findings"] = [
        {**row, "evidence": []}
        for row in findings.get("findings", ())
        if row.get("subject_kind") not in _OF_BODIES and not names_a_body(graph, _said(row))
    ]
    return kept


def names_a_body(graph: MissionGraph, text: str) -> bool:
    """Does the name of a body of the register stand in this text?"""
    return any(name in text for name in _names(graph))


@derived
def _names(graph: MissionGraph) -> tuple[str, ...]:
    return tuple({name for name in graph.organisations["name"] if len(name) >= _SHORTEST})


def _said(finding: Mapping[str, Any]) -> str:
    return f"{finding.get('statement', '')} {finding.get('action', '')}"


def _mentions(value: Any, ids: set[str]) -> bool:
    """Is there the id of a body anywhere in it?"""
    if isinstance(value, str):
        return value in ids
    if isinstance(value, Mapping):
        return any(_mentions(each, ids) for each in (*value.keys(), *value.values()))
    return isinstance(value, list | tuple) and any(_mentions(each, ids) for each in value)
