"""Which two or three bodies together hold the network, and whom to brief so that everybody hears of it?"""

from __future__ import annotations

from math import comb
from typing import Any, Final

import numpy as np

from orchestrator.analysis.between import member_betweenness
from orchestrator.analysis.wordings import evidence, names
from orchestrator.kernels import Rows, all_sets, best_reach, exchanged
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import dependence
from orchestrator.model.wording import counted, listed, percent

__all__ = ["analyse_key_sets", "fragmenting_set"]

_NAME: Final = "key_sets"
SIZES: Final = (1, 2, 3)
#: Up to so many sets all are tried, beyond it exchanges from several starts.
EXHAUSTIVE: Final = 100_000
STARTS: Final = 10
_TOP: Final = 40
_SEED: Final = 1


def analyse_key_sets(graph: MissionGraph) -> Findings:
    """Which one, two or three members break most apart when they leave, and which reach most others in two steps?

    Measures of the mission ``fragment`` and ``reach``: for 1, 2 and 3 the members of the set and its value, F =
    1 − Σ s(s − 1) / (m(m − 1)) over the m that are left, and the number of members within two steps of the set, itself
    included; None where so few are members that it has no meaning. Drawn from all members, the centre included. All
    sets are tried up to 100,000 of them, beyond that exchanges from ten starts, which may miss the best. One
    finding: whom to brief. Borgatti (2006).
    """
    rows = as_rows(graph)
    fragment = {str(k): fragmenting_set(graph, rows, k) for k in SIZES}
    reach = {str(k): _named(graph, best_reach(rows, k), float) for k in SIZES}
    measures = (Measure("fragment", "mission", (fragment,)), Measure("reach", "mission", (reach,)))
    return Findings(measures, _brief(graph, reach))


def _named(graph: MissionGraph, found: tuple[list[int], int] | None, form: type) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"members": sorted(graph.members[i] for i in found[0]), "value": form(found[1])}


def fragmenting_set(graph: MissionGraph, rows: Rows, size: int) -> dict[str, Any] | None:
    """The set of this size whose leaving breaks most apart, and its F; None if fewer than two would be left."""
    left = len(graph.members) - size
    if left < 2:
        return None
    within = comb(len(graph.members), size) <= EXHAUSTIVE
    chosen, pairs = all_sets(rows, size) if within or size == 1 else exchanged(rows, size, _starts(graph, size))
    return {"members": sorted(graph.members[i] for i in chosen), "value": 1.0 - pairs / (left * (left - 1))}


def _starts(graph: MissionGraph, size: int) -> list[tuple[int, ...]]:
    """The bodies most between others, then draws from them and from those on whom most members hang."""
    between, hanging = member_betweenness(graph).values, dependence(graph).size
    by_between = np.argsort(-between, kind="stable")[:_TOP]
    pool = np.union1d(by_between, np.argsort(-hanging, kind="stable")[:_TOP])
    generator = np.random.default_rng(_SEED)
    drawn = [tuple(generator.choice(pool, size, replace=False).tolist()) for _ in range(STARTS - 1)]
    return [tuple(by_between[:size].tolist()), *drawn]


def _brief(graph: MissionGraph, reach: dict[str, dict[str, Any] | None]) -> tuple[Finding, ...]:
    found = reach[str(SIZES[-1])]
    if found is None or not len(graph.ends) or len(graph.members) <= 2 * SIZES[-1]:
        return ()
    told, bodies = int(found["value"]), names(graph, found["members"])
    return (
        Finding(
            analysis=_NAME,
            severity="info",
            subject_kind="mission",
            subject_id=graph.mission_id,
            measure="reach",
            value=float(told),
            unit="members",
            statement=(
                f"Whoever briefs {listed(bodies)} has {counted(told, 'member')} of {len(graph.members)} "
                f"({percent(told / len(graph.members))}) within two steps."
            ),
            action=f"Use {listed(bodies)} to pass on what everybody should hear.",
            evidence=evidence("organisations", found["members"]),
        ),
    )
