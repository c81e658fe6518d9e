"""Advice as JSON: the form of CONTRACT §3 that programs read."""

from __future__ import annotations

import json
from typing import Any

from orchestrator.model.advice import Advice, Introduction, NextBest, Partner, Unfilled

__all__ = ["advice_document", "advice_json"]


def advice_json(advice: Advice, *, indent: int | None = 2) -> str:
    """The document as text; no number in it is infinite or not a number."""
    return json.dumps(advice_document(advice), indent=indent, ensure_ascii=False, allow_nan=False)


def advice_document(advice: Advice) -> dict[str, Any]:
    """All advice as plain lists and dictionaries with the names of CONTRACT §3, and what stands beside them.

    ``chosen`` stand in the order of what would be lost without them; other lists by id. What is not known is None.
    """
    graph = advice.graph
    return {
        "mission_id": graph.mission_id,
        "as_of": graph.as_of.isoformat(),
        "digest": graph.digest,
        "parameters": {
            "as_of": graph.as_of.isoformat(),
            "min_level": graph.min_level,
            **advice.parameters,
        },
        "objective": advice.objective,
        "objective_today": advice.objective_today,
        "bound": advice.bound,
        "within_percent_of_best": advice.within_percent,
        "cost": advice.cost,
        "cost_bound": advice.cost_bound,
        "method": advice.method,
        "chosen": [_partner(partner) for partner in advice.chosen],
        "introductions": [_introduction(introduction) for introduction in advice.introductions],
        "introductions_bound": advice.introductions_bound,
        "no_known_candidate": [each.requirement_id for each in advice.no_known_candidate],
        "look_for": [_unfilled(each) for each in advice.no_known_candidate],
        "still_open": list(advice.still_open),
        "notes": list(advice.notes),
        **({} if advice.worlds is None else {"worlds": _worlds(advice)}),
    }


def _worlds(advice: Advice) -> dict[str, Any]:
    others = [{"organisation_id": name, "chosen_in": share} for name, share in advice.chosen_elsewhere]
    return {"count": advice.worlds, "chosen_elsewhere": others}


def _partner(partner: Partner) -> dict[str, Any]:
    return {
        "organisation_id": partner.organisation_id,
        "closes": list(partner.closes),
        "strengthens": list(partner.strengthens),
        "only_known_candidate_for": list(partner.only_known_candidate_for),
        "load_before": partner.load_before,
        "load_after": partner.load_after,
        "capacity": partner.capacity,
        "cost": partner.cost,
        "introducers": list(partner.introducers),
        "steps": partner.steps,
        "gives_route": list(partner.gives_route),
        "adds": partner.adds,
        "next_best": _next_best(partner.next_best),
        "reason": partner.reason,
        **({} if partner.chosen_in is None else {"chosen_in": partner.chosen_in, "word": partner.word}),
    }


def _next_best(other: NextBest | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {"organisation_id": other.organisation_id, "lost": other.lost, "opens": list(other.opens)}


def _introduction(introduction: Introduction) -> dict[str, Any]:
    return {
        "source_id": introduction.source_id,
        "target_id": introduction.target_id,
        "secures": list(introduction.secures),
        "in_common": list(introduction.in_common),
        "reason": introduction.reason,
    }


def _unfilled(found: Unfilled) -> dict[str, Any]:
    return {
        "requirement_id": found.requirement_id,
        "capability_id": found.capability_id,
        "place_id": found.place_id,
        "sector": found.sector or None,
        "elsewhere": [{"sector": s, "tier": t or None, "bodies": n} for s, t, n in found.elsewhere],
        "at_capacity": list(found.full),
        "look_for": found.look_for,
    }
