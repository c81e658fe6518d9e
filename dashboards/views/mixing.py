"""Who works with whom: the ties between each two groups, beside what random mixing would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboards.figures.matrix import MatrixCell, MatrixFrame
from dashboards.selection import Selection
from orchestrator.model.labels import place_names
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, percent, sentence
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["GROUPINGS", "MixingView", "mixing_view"]

#: The groupings that the page offers: what the address calls them, and their words.
GROUPINGS: Final = (("sector", "By sector"), ("place", "By place"))
#: Below this many expected ties the absence of a tie may be chance, as in orchestrator/analysis/mixing.
_LEAST_EXPECTED: Final = 5.0


@dataclass(frozen=True)
class MixingView:
    """The matrix of ties between groups with its sentence; ``ways`` are (words, address, whether it is shown)."""

    sentence: str
    frame: MatrixFrame
    ways: tuple[tuple[str, str, bool], ...]


def mixing_view(results: Results, selection: Selection) -> MixingView:
    """Which groups work together, and which hardly meet although both take part?"""
    asked = selection.asked("groups")
    kind = asked if asked in dict(GROUPINGS) else GROUPINGS[0][0]
    labels = SECTOR_LABELS if kind == "sector" else place_names(results.graph)
    rows = [row for row in results.rows("mixing") if row["kind"] == kind]
    frame = _frame(rows, labels, kind)
    ways = tuple(
        (words, selection.asking(groups="" if name == GROUPINGS[0][0] else name).address(), name == kind)
        for name, words in GROUPINGS
    )
    return MixingView(_sentence(frame, kind), frame, ways)


def _frame(rows: list[Mapping[str, Any]], labels: Mapping[str, str], kind: str) -> MatrixFrame:
    groups = [row["one"] for row in rows if row["one"] == row["other"]]
    if kind == "place":
        groups.sort(key=lambda place: labels[place])
    cells = {(row["one"], row["other"]): MatrixCell(row["observed"], row["expected"]) for row in rows}
    both = {**cells, **{(other, one): cell for (one, other), cell in cells.items()}}
    return MatrixFrame(tuple((group, labels[group]) for group in groups), both)


def _sentence(frame: MatrixFrame, kind: str) -> str:
    groups = [group for group, _ in frame.groups]
    if not groups:
        return f"No member is recorded with a {kind}, so there is nothing to compare."
    within = sum(frame.cells[one, one].seen for one in groups)
    between = {(a, b): frame.cells[a, b] for i, a in enumerate(groups) for b in groups[i + 1 :]}
    ties = within + sum(cell.seen for cell in between.values())
    expected = sum(frame.cells[one, one].expected for one in groups)
    if not ties:
        return f"There is no tie between members with a {kind}."
    known = "" if kind == "sector" else " between members with a known place"
    said = sentence(
        f"{within:,} of {counted(ties, 'tie')}{known} ({percent(within / ties)}) "
        f"{'stays' if within == 1 else 'stay'} within one {kind}; random mixing would give about {expected:,.0f}"
    )
    return f"{said} {_emptiest(frame, between, kind)}".rstrip()


def _emptiest(frame: MatrixFrame, between: Mapping[tuple[str, str], MatrixCell], kind: str) -> str:
    """The pair of groups that is furthest below what random mixing would give, where that can be told from chance."""
    below = {pair: cell.expected - cell.seen for pair, cell in between.items() if cell.expected >= _LEAST_EXPECTED}
    if not below or max(below.values()) <= 0:
        return f"No two {kind}s have so few ties that it could not be chance." if len(frame.groups) > 1 else ""
    label = dict(frame.groups)
    (one, other), _ = max(below.items(), key=lambda item: (item[1], item[0]))
    cell = between[one, other]
    return (
        f"Furthest below that are {label[one]} and {label[other]}: {counted(cell.seen, 'tie')} where random mixing "
        f"would give about {cell.expected:,.0f}."
    )
