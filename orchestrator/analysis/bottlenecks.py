"""Where does it hang on one body? If X left tomorrow, who would lose touch with us and what would lose its cover?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np
import pandas as pd

from orchestrator.analysis.wordings import RELIED_ON, blank_centre, evidence, names
from orchestrator.kernels import shared_above, worsened_by
from orchestrator.model.coverage import Coverage, coverage
from orchestrator.model.derived import derived
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.labels import requirements_summed_up
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import Dependence, dependence
from orchestrator.model.wording import counted, listed

__all__ = ["CutOff", "Losses", "analyse_bottlenecks", "losses"]

_NAME: Final = "bottlenecks"


class CutOff(Sequence[tuple[str, ...]]):
    """For every member the ids of those that it cuts off, kept as slices: on a long chain the lists are quadratic."""

    def __init__(self, members: Sequence[str], tree: Dependence, centre: int) -> None:
        self._members, self._tree, self._centre = members, tree, centre

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | list[tuple[str, ...]]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if at == self._centre:
            return ()
        return tuple(self._members[i] for i in self._tree.cut_off(range(len(self))[at]).tolist())

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (self[i] for i in range(len(self)))


@dataclass(frozen=True)
class Losses:
    """For every member the requirements whose state gets worse when it leaves, and their weight.

    ``worsened``: ids by the id of the body, bodies without any left out. ``weight``: float64, in the order of members.
    """

    worsened: Mapping[str, tuple[str, ...]]
    weight: np.ndarray


def analyse_bottlenecks(graph: MissionGraph) -> Findings:
    """What is lost when one body leaves: which members' every route, and the weight of which requirements' state?

    Measures a member: ``cut_off`` (ids of those that lose every route to the centre; empty for the centre itself),
    ``weight_lost`` (weight of requirements whose state gets worse; None for the centre), ``sole_provider_weight``
    (weight of requirements on which nobody else works), ``worsened`` (ids of those requirements). One finding a body
    whose leaving cuts somebody off or worsens a state. Cost grows with providers times how deep dependence goes.
    """
    grid, tree, lost = coverage(graph), dependence(graph), losses(graph)
    cut = CutOff(graph.members, tree, graph.centre)
    sole = _sole_provider_weight(grid)
    measures = (
        Measure("cut_off", "organisation", cut),
        Measure("weight_lost", "organisation", blank_centre(graph, lost.weight.tolist()), "weight"),
        Measure("sole_provider_weight", "organisation", tuple(sole.get(n, 0.0) for n in graph.members), "weight"),
        Measure("worsened", "organisation", tuple(lost.worsened.get(name, ()) for name in graph.members)),
    )
    whole, centre = float(grid.requirements["weight"].sum()), graph.centre
    found = [
        _finding(graph, name, cut[i], lost.worsened.get(name, ()), float(lost.weight[i]), whole)
        for i, name in enumerate(graph.members)
        if i != centre and (tree.size[i] > 1 or name in lost.worsened)
    ]
    return Findings(measures, tuple(found))


@derived
def losses(graph: MissionGraph) -> Losses:
    """Which requirements' state gets worse when which body leaves, with all whom it cuts off?

    A family of working providers is lost with every body on which all of it hangs. A covered requirement gets worse
    when so many families go at once that fewer than the minimum stay, a thin one when all go; one that is on paper
    only when the last body that has said it would take part goes.
    """
    needs, providers = coverage(graph).requirements, coverage(graph).providers
    if not len(needs):
        return Losses({}, np.zeros(len(graph.members)))
    position = pd.Index(graph.members)
    rows, bodies = _by_families(graph, needs, providers, position)
    paper = providers[providers["takes_part"]].groupby("requirement")["organisation_id"].agg(["size", "first"])
    alone = paper[(paper["size"] == 1) & (needs["state"].to_numpy()[paper.index] == "on-paper")]
    rows = np.concatenate([rows, alone.index.to_numpy(dtype=np.int64)])
    bodies = np.concatenate([bodies, position.get_indexer(pd.Index(alone["first"]))])
    order = np.lexsort((rows, bodies))
    rows, bodies = rows[order], bodies[order]
    weight = np.bincount(bodies, needs["weight"].to_numpy()[rows], minlength=len(position))
    ids = needs["requirement_id"].to_numpy(dtype=object)[rows]
    starts = np.flatnonzero(np.append(True, bodies[1:] != bodies[:-1])) if len(bodies) else bodies
    lists = np.split(ids, starts[1:])
    worsened = {graph.members[bodies[s]]: tuple(part) for s, part in zip(starts, lists, strict=False)}
    return Losses(worsened, weight)


def _by_families(
    graph: MissionGraph, needs: pd.DataFrame, providers: pd.DataFrame, position: pd.Index
) -> tuple[np.ndarray, np.ndarray]:
    """Positions of requirements and of the bodies with which enough of their working families go."""
    tree = dependence(graph)
    working = providers[providers["working"]].sort_values(["requirement", "family"], kind="stable")
    family = working.groupby(["requirement", "family"], sort=True).ngroup().to_numpy(dtype=np.int64)
    first = np.flatnonzero(np.append(True, family[1:] != family[:-1])) if len(family) else family
    members = position.get_indexer(pd.Index(working["organisation_id"])).astype(np.int64)
    tops = shared_above(tree.above, tree.enter, tree.size, members, np.append(first, len(family)))
    of_need = working["requirement"].to_numpy(dtype=np.int64)[first]
    starts = np.searchsorted(of_need, np.arange(len(needs) + 1))
    families = needs["families"].to_numpy(dtype=np.int64)
    minimum = needs["minimum"].to_numpy()
    enough = np.where(families >= minimum, families - np.ceil(minimum) + 1, families).astype(np.int64)
    return worsened_by(tree.above, graph.centre, tops, starts, enough)


def _sole_provider_weight(grid: Coverage) -> dict[str, float]:
    working = grid.providers[grid.providers["working"]]
    alone = working[~working["requirement"].duplicated(keep=False)]
    weight = grid.requirements["weight"].to_numpy()[alone["requirement"].to_numpy()]
    added = pd.Series(weight, index=alone["organisation_id"]).groupby(level=0).sum()
    return {str(name): float(value) for name, value in added.items()}


def _finding(
    graph: MissionGraph, body: str, cut: tuple[str, ...], worsened: tuple[str, ...], lost: float, whole: float
) -> Finding:
    name, centre = graph.name_of(body), graph.name_of(graph.centre_id)
    parts = []
    if cut:
        bodies = counted(len(cut), "body", "bodies")
        parts.append(f"{bodies} would lose every route to {centre} ({listed(names(graph, cut))})")
    if worsened:
        needs = counted(len(worsened), "requirement")
        parts.append(f"{needs} would be worse off ({requirements_summed_up(graph, worsened)})")
    if cut:
        action = f"Introduce {graph.name_of(cut[0])} to a second body that reaches {centre} without {name}."
    else:
        action = f"Bring in another partner for {requirements_summed_up(graph, worsened)}."
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
        evidence=(f"organisations:{body}", *evidence("requirements", worsened)),
        stake=lost,
        topic=RELIED_ON,
    )
