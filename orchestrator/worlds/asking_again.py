"""Would an analysis say the same in other worlds? Asked again of whole mission graphs, in a few worlds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from orchestrator.model.findings import Finding, Findings
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.worlds import Verdict, Worlds, in_worlds
from orchestrator.worlds.answers import answers
from orchestrator.worlds.drawing import Drawing
from orchestrator.worlds.recompute import drawing_of

__all__ = ["ASKED_AGAIN", "IN_WORLDS", "asked_again", "graph_of"]

#: Analyses that are cheap enough, that hang on ties, and whose figures are not kept anyway.
ASKED_AGAIN: Final = frozenset({"remove_centre", "gateways", "mixing", "board_reach", "local_ties"})
#: In how many worlds, the first ones of the seed.
IN_WORLDS: Final = 50

Question = Callable[[MissionGraph], Findings]


def asked_again(
    graph: MissionGraph, found: Worlds, questions: Mapping[str, Question], told: Iterable[Finding]
) -> dict[str, Verdict]:
    """In how many worlds do these analyses make the same findings, and with which values? By the id of a finding.

    Only analyses that made a finding at all are asked, in at most ``IN_WORLDS`` worlds. A finding holds in a world if
    one of the same id is made there; ``low`` and ``high`` bound its values in those worlds. Cost: that of the analyses
    times the worlds.
    """
    wanted = {finding.finding_id: finding.analysis for finding in told if finding.analysis in questions}
    if not wanted:
        return {}
    count = min(IN_WORLDS, found.count)
    drawing = drawing_of(graph, answers(graph), found.seed)
    values: dict[str, list[float]] = defaultdict(list)
    for number in range(count):
        world = graph_of(graph, drawing, number)
        for name in sorted(set(wanted.values())):
            for finding in questions[name](world).findings:
                values[finding.finding_id].append(np.nan if finding.value is None else finding.value)
    return {name: _verdict(values[name], count, found) for name in wanted}


def graph_of(graph: MissionGraph, drawing: Drawing, number: int) -> MissionGraph:
    """The mission graph of a world: the same tables and members, other ties. Its digest is that of the evidence."""
    ends, strength = drawing.world(number)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    arrays = ends[order].astype(np.int32), strength[order], np.ones(len(order))
    for array in arrays:
        array.setflags(write=False)
    return replace(graph, ends=arrays[0], strength=arrays[1], confidence=arrays[2], remembered={})


def _verdict(values: list[float], count: int, found: Worlds) -> Verdict:
    share = len(values) / count
    clause = in_worlds(share, count, surveyed=found.surveyed)
    known = np.array([value for value in values if np.isfinite(value)])
    if not len(known):
        return Verdict(share, None, None, clause)
    low, high = np.quantile(known, 0.05, method="lower"), np.quantile(known, 0.95, method="higher")
    return Verdict(share, float(low), float(high), clause)
