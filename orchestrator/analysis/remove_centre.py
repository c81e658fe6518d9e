"""What happens if the centre itself steps out? Are we orchestrating, or does everything run through us?"""

from __future__ import annotations

from typing import Final

import numpy as np

from orchestrator.analysis.wordings import evidence, names
from orchestrator.kernels import only_through, pieces
from orchestrator.model.coverage import coverage
from orchestrator.model.engines import as_rows
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed, percent

__all__ = ["analyse_remove_centre"]

_NAME: Final = "remove_centre"


def analyse_remove_centre(graph: MissionGraph) -> Findings:
    """Who stays in touch with the others when the centre is gone, and which contacts does only the centre make?

    Measures of the mission: ``pieces_without_centre``, ``in_touch_without_centre`` (share of the members who reach the
    centre today that stay in one group, the largest), ``alone_without_centre`` (members who have no other tie at all),
    ``only_centre_joins`` (share of the pairs of the centre's partners without a tie that meet over nobody else); None
    where there is nobody to count. Rows: one a piece of those that reach the centre today, the largest first. One
    finding, if somebody loses touch; at stake are the requirements that would keep no working partner in the largest
    piece. Cost grows with members and ties.
    """
    rows, steps, centre = as_rows(graph), hops(graph), graph.centre
    gone = steps < 0
    gone[centre] = True
    label = pieces(rows.offsets, rows.neighbours, gone)
    sizes = np.bincount(label[label >= 0]) if (label >= 0).any() else np.zeros(0, dtype=np.int64)
    largest = int(np.argmax(sizes)) if len(sizes) else -1
    kept = int(sizes[largest]) if len(sizes) else 0
    alone = int((sizes == 1).sum())
    others = int(sizes.sum())
    measures = {
        "pieces_without_centre": len(sizes),
        "in_touch_without_centre": kept / others if others else None,
        "alone_without_centre": alone,
        "only_centre_joins": _only_centre_joins(graph),
    }
    by_size = np.argsort(-sizes, kind="stable").tolist()
    piece_rows = tuple({"piece": i + 1, "members": int(sizes[p])} for i, p in enumerate(by_size))
    found = (_finding(graph, label, sizes, largest),) if kept < others else ()
    return Findings(tuple(Measure(n, "mission", (v,)) for n, v in measures.items()), found, piece_rows)


def _only_centre_joins(graph: MissionGraph) -> float | None:
    """Of the pairs of the centre's partners that have no tie, which share has no other partner in common?"""
    rows, centre = as_rows(graph), graph.centre
    partners = rows.neighbours[rows.offsets[centre] : rows.offsets[centre + 1]]
    near = np.zeros(len(graph.members), dtype=np.bool_)
    near[partners] = True
    tied = int(near[graph.ends].all(axis=1).sum()) if len(graph.ends) else 0
    open_pairs = len(partners) * (len(partners) - 1) // 2 - tied
    return only_through(rows.offsets, rows.neighbours, centre) / open_pairs if open_pairs else None


def _finding(graph: MissionGraph, label: np.ndarray, sizes: np.ndarray, largest: int) -> Finding:
    centre = graph.name_of(graph.centre_id)
    outside = [graph.members[i] for i in np.flatnonzero((label >= 0) & (label != largest)).tolist()]
    alone = [graph.members[i] for i in np.flatnonzero((label >= 0) & (sizes[label] == 1)).tolist()]
    stake, lost = _at_stake(graph, frozenset(outside))
    others, kept = int(sizes.sum()), int(sizes[largest])
    if kept == 1:
        statement = f"If {centre} stepped out, none of the {counted(others, 'other member')} would stay in touch."
    else:
        statement = (
            f"If {centre} stepped out, {kept} of the {others} members that reach it today would stay in touch with one "
            f"another ({percent(kept / others)})."
        )
    if alone and kept > 1:
        keep = "keeps" if len(alone) == 1 else "keep"
        statement += f" {counted(len(alone), 'member').capitalize()} {keep} no tie: {listed(names(graph, alone))}."
    if lost:
        statement += f" {counted(len(lost), 'requirement').capitalize()} would be left to bodies outside that group."
    return Finding(
        analysis=_NAME,
        severity=severity_of(stake, float(coverage(graph).requirements["weight"].sum())) if stake else "info",
        subject_kind="mission",
        subject_id=graph.mission_id,
        measure="in_touch_without_centre",
        value=kept / others,
        unit="share",
        statement=statement,
        action=f"Introduce {graph.name_of(outside[0])} to a body that works with others in the mission.",
        evidence=(*evidence("organisations", outside), *evidence("requirements", lost)),
        stake=stake,
    )


def _at_stake(graph: MissionGraph, outside: frozenset[str]) -> tuple[float, list[str]]:
    """Requirements with working partners, all of them outside the largest group; and their weight."""
    grid = coverage(graph)
    working = grid.providers[grid.providers["working"]]
    inside = ~working["organisation_id"].isin(list(outside))
    kept = inside.groupby(working["requirement"]).any()
    rows = grid.requirements.iloc[kept.index[~kept].to_numpy()]
    return float(rows["weight"].sum()), rows["requirement_id"].tolist()
