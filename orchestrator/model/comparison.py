"""What changed between two snapshots: bodies, ties, requirements, findings, advice; through renames and lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.model.identity import same_bodies
from orchestrator.model.marking import highest
from orchestrator.model.need_changes import NeedChange, need_changes
from orchestrator.model.snapshot import Row, Snapshot
from orchestrator.model.without_scores import without_scores
from orchestrator.tables.cells import split_list

__all__ = ["Comparison", "Pair", "compare"]

Pair = tuple[str, str]

#: What one can decide about advice, and whether that takes it.
_TAKEN: Final = ("taken", "accepted", "agreed", "done", "yes")


@dataclass(frozen=True)
class Comparison:
    """What changed. Bodies and ties are named by their ids of the later snapshot where they are in it.

    - ``lineage``: "same", "continues" (the later mission follows the earlier), "another"
    - ``renamed``: old id → new id, of bodies in either network; several old ones with one new one are a merger
    - ``jaccard``: ties kept / ties of either day, among members of both days; None where they had none on both
    - ``needs``: requirements that changed; ``findings_persistent`` are those of the later snapshot
    - ``advice``: the earlier snapshot's decisions, each with ``taken``: True, False or None (cannot be seen)
    - ``findings_compared``: False where one of the two holds no findings
    """

    before: Snapshot
    after: Snapshot
    marking: str
    lineage: str
    renamed: Mapping[str, str]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    stayed: tuple[str, ...]
    kept: tuple[Pair, ...]
    formed: tuple[Pair, ...]
    dissolved: tuple[Pair, ...]
    jaccard: float | None
    needs: tuple[NeedChange, ...]
    findings_compared: bool
    scores_compared: bool
    findings_new: tuple[Row, ...]
    findings_gone: tuple[Row, ...]
    findings_persistent: tuple[Row, ...]
    advice: tuple[Mapping[str, Any], ...]

    def name_of(self, body: str) -> str:
        """The name of a body of either register, the later name first."""
        for snapshot in (self.after, self.before):
            try:
                return snapshot.graph.name_of(body)
            except KeyError:
                continue
        return body


def compare(before: Snapshot, after: Snapshot, lineage: Mapping[str, str] | None = None) -> Comparison:
    """What changed from one snapshot to another? ``lineage`` gives further missions' ``follows``, by mission.

    Bodies are the same by id, or by what the later register says of former ids, names and identifiers. Findings count
    as the same by their id, with the body's later name in it. Cost grows with members, ties and findings.
    """
    now = same_bodies(before.graph.organisations, after.graph.organisations)
    was, members = {now.get(body, body) for body in before.graph.members}, set(after.graph.members)
    stayed = was & members
    ties = _ties(before, after, now, stayed)
    scores = not (before.scores_left_out or after.scores_left_out)
    compared = bool(before.findings) and bool(after.findings)
    new, gone, persistent = _findings(before, after, now, scores=scores) if compared else ((), (), ())
    return Comparison(
        before=before,
        after=after,
        marking=highest(before.marking, after.marking),
        lineage=_lineage(before, after, lineage or {}),
        renamed={old: now[old] for old in before.graph.members if now.get(old, old) != old},
        joined=tuple(sorted(members - was)),
        left=tuple(sorted(was - members)),
        stayed=tuple(sorted(stayed)),
        kept=ties[0],
        formed=ties[1],
        dissolved=ties[2],
        jaccard=ties[3],
        needs=need_changes(before.graph, after.graph, now),
        findings_compared=compared,
        scores_compared=scores,
        findings_new=new,
        findings_gone=gone,
        findings_persistent=persistent,
        advice=tuple(_advice(row, after, now) for row in before.decisions),
    )


def _lineage(before: Snapshot, after: Snapshot, more: Mapping[str, str]) -> str:
    start, goal = after.graph.mission_id, before.graph.mission_id
    if start == goal:
        return "same"
    follows = {goal: before.graph.mission.get("follows", ""), **more, start: after.graph.mission.get("follows", "")}
    seen, todo = set[str](), [start]
    while todo:
        mission = todo.pop()
        if mission == goal:
            return "continues"
        if mission not in seen:
            seen.add(mission)
            todo.extend(split_list(follows.get(mission, "")))
    return "another"


def _ties(
    before: Snapshot, after: Snapshot, now: Mapping[str, str], stayed: set[str]
) -> tuple[tuple[Pair, ...], tuple[Pair, ...], tuple[Pair, ...], float | None]:
    """Kept, formed and dissolved ties of the mission graphs, and the share kept among bodies of both days."""
    names = pd.Index(sorted({*(now.get(body, body) for body in before.graph.members), *after.graph.members}))
    was, present = (_keys(s, names, n) for s, n in ((before, now), (after, {})))
    both = np.intersect1d(was, present, assume_unique=True)
    formed = np.setdiff1d(present, was, assume_unique=True)
    dissolved = np.setdiff1d(was, present, assume_unique=True)
    here = names.isin(stayed)
    among = [_among(keys, here) for keys in (both, formed, dissolved)]
    whole = sum(among)
    jaccard = among[0] / whole if whole else None
    return _pairs(both, names), _pairs(formed, names), _pairs(dissolved, names), jaccard


def _keys(snapshot: Snapshot, names: pd.Index, now: Mapping[str, str]) -> np.ndarray:
    """Every tie as one number, sorted, each once; a tie within what has become one body is none."""
    at = names.get_indexer(pd.Index([now.get(body, body) for body in snapshot.graph.members]))
    ends = at[snapshot.graph.ends]
    low, high = ends.min(axis=1), ends.max(axis=1)
    keys = low.astype(np.int64) * len(names) + high
    return np.unique(keys[low != high])


def _among(keys: np.ndarray, here: np.ndarray) -> int:
    return int((here[keys // len(here)] & here[keys % len(here)]).sum()) if len(here) else 0


def _pairs(keys: np.ndarray, names: pd.Index) -> tuple[Pair, ...]:
    if not len(keys):
        return ()
    ids = names.to_numpy(dtype=object)
    return tuple(zip(ids[keys // len(names)].tolist(), ids[keys % len(names)].tolist(), strict=True))


def _findings(
    before: Snapshot, after: Snapshot, now: Mapping[str, str], *, scores: bool
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """New, gone and persistent. Where scores were left out of one, those about bodies are left out of both."""
    was, present = (
        (each.findings if scores else without_scores(each.findings, each.graph)).get("findings", ())
        for each in (before, after)
    )
    earlier = {_later_id(row, now) for row in was}
    later = {row["finding_id"] for row in present}
    return (
        tuple(row for row in present if row["finding_id"] not in earlier),
        tuple(row for row in was if _later_id(row, now) not in later),
        tuple(row for row in present if row["finding_id"] in earlier),
    )


def _later_id(finding: Row, now: Mapping[str, str]) -> str:
    """The id that the same finding has later, where the body is called otherwise by then."""
    own, subject = str(finding["finding_id"]), str(finding["subject_id"])
    if finding.get("subject_kind") != "organisation" or now.get(subject, subject) == subject:
        return own
    return own.removesuffix(subject) + now[subject]


def _advice(row: Row, after: Snapshot, now: Mapping[str, str]) -> Mapping[str, Any]:
    """One decision with whether it was taken: as it says itself, or because the body takes part by now."""
    body = str(row.get("organisation_id", ""))
    decided = str(row.get("decision", "")).casefold()
    takes_part: Iterable[str] = after.graph.taking_part
    taken = now.get(body, body) in takes_part if body else (decided in _TAKEN if decided else None)
    return {**row, "taken": taken}
