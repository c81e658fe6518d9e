"""Where are holes: which sectors, and which places, have next to no ties although both take part?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from orchestrator.analysis.placing import needed_places
from orchestrator.analysis.wordings import evidence, sector_codes, sector_label
from orchestrator.model.findings import Finding, Findings
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.places import containment
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import SECTORS

__all__ = ["analyse_mixing"]

_NAME: Final = "mixing"
#: Fewer expected ties than this are no ground for a sentence: their absence may be chance.
LEAST_EXPECTED: Final = 5.0
#: A hole has at most this share of the ties that an even spread would give.
HOLE: Final = 0.2


def analyse_mixing(graph: MissionGraph) -> Findings:
    """How many ties are there between each two sectors, and each two places, beside what an even spread would give?

    Rows: ``kind`` (sector or place), ``one``, ``other``, ``observed``, ``expected`` (the same number of ties spread
    evenly over all pairs of members) and ``ratio`` (None if none are expected); each unordered pair once, within a
    group too. Places are those of the need grid; a body is of the smallest that holds its seat. A finding for every
    pair of different groups that has at most a fifth of five or more expected ties. Cost grows with ties.
    """
    places = needed_places(graph)
    labels = place_names(graph)
    rows: list[dict[str, Any]] = []
    found: list[Finding] = []
    kinds = (
        ("sector", SECTORS, sector_codes(graph), [sector_label(s) for s in SECTORS]),
        ("place", places, _place_codes(graph), [f"bodies in {labels[p]}" for p in places]),
    )
    for kind, keys, codes, said in kinds:
        sizes = np.bincount(codes[codes >= 0], minlength=len(keys))
        seen, expected = _blocks(graph, codes, sizes)
        for i, j in zip(*np.triu_indices(len(keys)), strict=True):
            if not sizes[i] or not sizes[j]:
                continue
            rows.append(_row(kind, keys[i], keys[j], int(seen[i, j]), float(expected[i, j])))
            if i != j and expected[i, j] >= LEAST_EXPECTED and seen[i, j] <= HOLE * expected[i, j]:
                pair = f"{keys[i]}|{keys[j]}"
                counts = (sizes[i], sizes[j])
                hole = _hole(kind, pair, (said[i], said[j]), counts, seen[i, j], expected[i, j])
                apart = [graph.members[at] for at in np.flatnonzero((codes == i) | (codes == j)).tolist()]
                found.append(replace(hole, evidence=evidence("organisations", apart)))
    return Findings((), tuple(found), tuple(rows))


def _row(kind: str, one: str, other: str, seen: int, expected: float) -> dict[str, Any]:
    ratio = seen / expected if expected else None
    return {"kind": kind, "one": one, "other": other, "observed": seen, "expected": expected, "ratio": ratio}


def _blocks(graph: MissionGraph, codes: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Observed and expected ties by pair of groups, in the upper triangle."""
    groups = len(sizes)
    ends = np.sort(codes[graph.ends], axis=1) if len(graph.ends) else np.zeros((0, 2), dtype=np.int64)
    ends = ends[ends[:, 0] >= 0]
    seen = np.bincount(ends[:, 0] * groups + ends[:, 1], minlength=groups * groups).reshape(groups, groups)
    pairs = np.outer(sizes, sizes).astype(np.float64)
    np.fill_diagonal(pairs, sizes * (sizes - 1) / 2)
    n = len(graph.members)
    return seen, pairs * (len(graph.ends) / (n * (n - 1) / 2)) if n > 1 else pairs * 0.0


def _place_codes(graph: MissionGraph) -> np.ndarray:
    """For every member the smallest needed place that holds its seat, by position; −1 for none."""
    places = {place: i for i, place in enumerate(needed_places(graph))}
    inside = containment(graph.places)
    nearest: dict[str, int] = {}
    for place, container in zip(inside["place_id"], inside["container_id"], strict=True):
        if container in places:
            nearest.setdefault(place, places[container])
    register = dict(zip(graph.organisations["organisation_id"], graph.organisations["seat_place_id"], strict=True))
    return np.array([nearest.get(register[name], -1) for name in graph.members], dtype=np.int64)


def _hole(kind: str, pair: str, said: tuple[str, str], sizes: tuple[int, int], seen: int, expected: float) -> Finding:
    has = f"have only {counted(int(seen), 'tie')} between them" if seen else "have no tie between them"
    return Finding(
        analysis=_NAME,
        severity="low",
        subject_kind=f"{kind}s",
        subject_id=pair,
        measure="hole",
        value=float(seen),
        unit="ties",
        statement=(
            f"{said[0][0].upper()}{said[0][1:]} ({counted(int(sizes[0]), 'member')}) and {said[1]} "
            f"({counted(int(sizes[1]), 'member')}) {has}; an even spread of all ties would give about {expected:.0f}."
        ),
        action=f"Ask whether {said[0]} and {said[1]} need each other here; if so, bring two of them together.",
        evidence=(),
    )
