"""Pajek and UCINET DL: the mission graph of the day as a list of ties with their strength, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from orchestrator.export.xml_text import in_blocks
from orchestrator.model.snapshot import Snapshot

__all__ = ["pajek", "ucinet_dl"]

_NOT_IN_LABELS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\"\\\ud800-\udfff\u2028\u2029]")
_NOT_IN_WORDS: Final = re.compile(r"[\s,;:\"'\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def pajek(snapshot: Snapshot) -> Iterator[bytes]:
    """Members as vertices labelled by their id, ties as edges with their strength. Marking and digest are comments."""
    return in_blocks(_pajek(snapshot))


def _pajek(snapshot: Snapshot) -> Iterator[str]:
    graph = snapshot.graph
    for line in _remarks(snapshot):
        yield f"% {line}\n"
    yield f"*Vertices {len(graph.members)}\n"
    for at, label in enumerate(_labels(graph.members, _NOT_IN_LABELS), start=1):
        yield f'{at} "{label}"\n'
    yield "*Edges\n"
    for (low, high), strength in zip(graph.ends.tolist(), graph.strength.tolist(), strict=True):
        yield f"{low + 1} {high + 1} {strength!r}\n"


def ucinet_dl(snapshot: Snapshot) -> Iterator[bytes]:
    """An edge list with labels. UCINET knows directed ties only, so that each stands there both ways."""
    return in_blocks(_dl(snapshot))


def _dl(snapshot: Snapshot) -> Iterator[str]:
    graph = snapshot.graph
    yield f"dl n={len(graph.members)}\nformat = edgelist1\nlabels:\n"
    for label in _labels(graph.members, _NOT_IN_WORDS):
        yield f"{label}\n"
    yield "data:\n"
    for (low, high), strength in zip(graph.ends.tolist(), graph.strength.tolist(), strict=True):
        yield f"{low + 1} {high + 1} {strength!r}\n{high + 1} {low + 1} {strength!r}\n"


def _remarks(snapshot: Snapshot) -> Iterator[str]:
    for name, value in snapshot.header.items():
        if value:
            yield f"{name}: {' '.join(_NOT_IN_LABELS.sub(' ', value).split())}"


def _labels(members: tuple[str, ...], bad: re.Pattern[str]) -> Iterator[str]:
    """The ids with what the format cannot hold replaced; where two become alike, a number tells them apart."""
    taken: set[str] = set(members)
    for name in members:
        label = bad.sub("_", name)
        number = 2
        while label != name and label in taken:
            label, number = f"{bad.sub('_', name)}~{number}", number + 1
        taken.add(label)
        yield label
