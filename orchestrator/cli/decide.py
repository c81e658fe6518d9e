"""``orchestrator decide``: accept or decline a piece of advice, with the reason, or take that back."""

from __future__ import annotations

import argparse
from datetime import date

from orchestrator.cli.output import put
from orchestrator.errors import WrongUsage
from orchestrator.model import MissionGraph
from orchestrator.model.decision import UNDONE, Decision, became
from orchestrator.store.decisions import add_decision
from orchestrator.study import open_pack

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Add the decision to its table, and say how things stand today."""
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    graph = MissionGraph.from_pack(pack, options.mission, options.as_of, options.min_level)
    bodies = [body for body in (options.organisation, options.partner) if body]
    for body in bodies:
        pack.organisation(body)
    if len(set(bodies)) < len(bodies):
        raise WrongUsage(f"{options.organisation} cannot be introduced to itself.")
    if not options.reason.strip():
        raise WrongUsage("A decision needs its reason: --reason TEXT.")
    chosen = "accepted" if options.accept else "declined" if options.decline else UNDONE
    decision = Decision(
        (options.as_of or date.today()).isoformat(),
        options.mission,
        options.organisation,
        options.partner or "",
        chosen,
        options.reason.strip(),
    )
    add_decision(options.decisions, decision)
    names = " and ".join(graph.name_of(body) for body in bodies)
    advice = f"introduce {names}" if options.partner else f"bring in {names}"
    row = dict(zip(("organisation_id", "partner_id"), (decision.organisation_id, decision.partner_id), strict=True))
    told = (
        f"the decision on the advice to {advice} is undone" if options.undo else f"the advice to {advice} is {chosen}"
    )
    put(f"Written to {options.decisions}: {told}. {became(graph, row)}", None)
    return 0
