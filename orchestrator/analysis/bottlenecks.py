"""Where does it hang on one body? If X left tomorrow, who would lose touch with us and what would lose its cover?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd

from orchestrator.model.coverage import Coverage, coverage
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import Dependence, dependence
from orchestrator.model.wording import counted, listed

__all__ = ["analyse_bottlenecks"]

_NAME = "bottlenecks"
_RANK = {"covered": 0, "thin": 1, "on-paper": 2, "gap": 3}


def analyse_bottlenecks(graph: MissionGraph) -> Findings:
    """What is lost when one body leaves: which members' every route, and the weight of which requirements' state?

    Measures a member: ``cut_off`` (ids of those that lose every route to the centre; empty for the centre itself),
    ``weight_lost`` (weight of requirements whose state gets worse; None for the centre), ``sole_provider_weight``
    (weight of requirements on which nobody else works), ``worsened`` (ids of those requirements). One finding a body
    whose leaving cuts somebody off or worsens a state. Cost grows with providers times how deep dependence goes.
    """
    grid, tree = coverage(graph), dependence(graph)
    worsened = _worsened(graph, grid, tree)
    weights = dict(zip(grid.requirements["requirement_id"], grid.requirements["weight"], strict=True))
    cut = [_names(graph, tree.cut_off(i)) if i != graph.centre else () for i in range(len(graph.members))]
    lost = [float(sum(weights[r] for r in worsened.get(name, ()))) for name in graph.members]
    sole = _sole_provider_weight(grid)
    measures = (
        Measure("cut_off", "organisation", tuple(cut)),
        Measure("weight_lost", "organisation", _blank_centre(graph, lost), "weight"),
        Measure("sole_provider_weight", "organisation", tuple(sole.get(n, 0.0) for n in graph.members), "weight"),
        Measure("worsened", "organisation", tuple(worsened.get(name, ()) for name in graph.members)),
    )
    whole = float(grid.requirements["weight"].sum())
    labels = _labels(graph, grid)
    found = [
        _finding(graph, name, cut[i], worsened.get(name, ()), lost[i], whole, labels)
        for i, name in enumerate(graph.members)
        if i != graph.centre and (cut[i] or worsened.get(name))
    ]
    return Findings(measures, tuple(found))


def _names(graph: MissionGraph, positions: np.ndarray) -> tuple[str, ...]:
    return tuple(graph.members[i] for i in positions.tolist())


def _blank_centre(graph: MissionGraph, values: list[float]) -> tuple[float | None, ...]:
    return tuple(None if i == graph.centre else value for i, value in enumerate(values))


def _worsened(graph: MissionGraph, grid: Coverage, tree: Dependence) -> dict[str, tuple[str, ...]]:
    """For every body, the requirements whose state gets worse when it leaves with all whom it cuts off."""
    position = {name: i for i, name in enumerate(graph.members)}
    found: dict[str, list[str]] = defaultdict(list)
    by_requirement = dict(iter(grid.providers.groupby("requirement", sort=False)))
    needs = grid.requirements
    for i, (need, state, minimum) in enumerate(
        zip(needs["requirement_id"], needs["state"], needs["minimum"], strict=True)
    ):
        if state == "no-data" or i not in by_requirement:
            continue
        providers = by_requirement[i]
        for body in _who_matters(graph, tree, position, providers):
            if _RANK[_state_without(body, providers, minimum, tree, position)] > _RANK[state]:
                found[body].append(need)
    return {body: tuple(sorted(needs)) for body, needs in found.items()}


def _who_matters(
    graph: MissionGraph, tree: Dependence, position: dict[str, int], providers: pd.DataFrame
) -> Iterable[str]:
    """Providers, and everybody on whom the route of a working provider hangs; never the centre."""
    seen = set(providers.loc[providers["takes_part"], "organisation_id"])
    walked: set[int] = set()
    for name in providers.loc[providers["working"], "organisation_id"]:
        above = int(tree.above[position[name]])
        while above not in (-1, graph.centre) and above not in walked:
            walked.add(above)
            above = int(tree.above[above])
    seen.update(graph.members[above] for above in walked)
    return sorted(seen - {graph.centre_id})


def _state_without(
    body: str, providers: pd.DataFrame, minimum: float, tree: Dependence, position: dict[str, int]
) -> str:
    leaves = set(tree.cut_off(position[body]).tolist()) | {position[body]}
    families: set[str] = set()
    on_paper = False
    for name, family, working, takes_part in zip(
        providers["organisation_id"], providers["family"], providers["working"], providers["takes_part"], strict=True
    ):
        if working and position[name] not in leaves:
            families.add(family)
        on_paper = on_paper or (takes_part and name != body)
    if len(families) >= minimum:
        return "covered"
    return "thin" if families else "on-paper" if on_paper else "gap"


def _sole_provider_weight(grid: Coverage) -> dict[str, float]:
    working = grid.providers[grid.providers["working"]]
    alone = working[~working["requirement"].duplicated(keep=False)]
    weight = grid.requirements["weight"].to_numpy()[alone["requirement"].to_numpy()]
    added = pd.Series(weight, index=alone["organisation_id"]).groupby(level=0).sum()
    return {str(name): float(value) for name, value in added.items()}


def _labels(graph: MissionGraph, grid: Coverage) -> dict[str, str]:
    capabilities = graph.capabilities.set_index("capability_id")["name"]
    places = graph.places.set_index("place_id")["name"]
    rows = grid.requirements
    return {
        need: f"{capabilities[capability]} in {places[place]}"
        for need, capability, place in zip(rows["requirement_id"], rows["capability_id"], rows["place_id"], strict=True)
    }


def _finding(
    graph: MissionGraph,
    body: str,
    cut: tuple[str, ...],
    worsened: tuple[str, ...],
    lost: float,
    whole: float,
    labels: dict[str, str],
) -> Finding:
    name, centre = graph.name_of(body), graph.name_of(graph.centre_id)
    parts = []
    if cut:
        bodies = counted(len(cut), "body", "bodies")
        parts.append(f"{bodies} would lose every route to {centre} ({listed([graph.name_of(c) for c in cut])})")
    if worsened:
        needs = counted(len(worsened), "requirement")
        parts.append(f"{needs} would lose cover ({listed([labels[r] for r in worsened], most=2)})")
    if cut:
        action = f"Introduce {graph.name_of(cut[0])} to a second body that reaches {centre} without {name}."
    else:
        action = f"Bring in a second partner for {labels[worsened[0]]}."
    return Finding(
        analysis=_NAME,
        severity=severity_of(lost, whole) if lost else "low",
        subject_kind="organisation",
        subject_id=body,
        measure="weight_lost",
        value=lost,
        unit="weight",
        statement=f"If {name} left, {' and '.join(parts)}.",
        action=action,
        evidence=(f"organisations:{body}", *(f"requirements:{r}" for r in worsened)),
        stake=lost,
    )
