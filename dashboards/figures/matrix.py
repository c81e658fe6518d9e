"""The matrix of ties between groups: in every cell how many there are, beside how many random mixing would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty, hidden, scroll_region, table

__all__ = ["MatrixCell", "MatrixFrame", "matrix", "matrix_table"]

NOTHING: Final = "No groups are recorded, so there is nothing to compare."
#: From which ratio of ties to those expected on each look is used; a hole has five or more expected ties.
_LOOKS: Final = ((0.5, "fewer"), (1.5, "even"), (3.0, "more"), (float("inf"), "many"))
_HOLE: Final = (0.2, 5.0)
_KEY: Final = (
    ("hole", "a fifth of that or less, where five or more would be expected"),
    ("fewer", "less than half of what random mixing would give"),
    ("even", "about as many, or within one tie of that"),
    ("more", "half as many again or more"),
    ("many", "three times as many or more"),
)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Ties between two groups (or within one), and how many the same number of ties spread evenly would give there."""

    seen: int
    expected: float

    @property
    def look(self) -> str:
        """How the number compares: hole, fewer, even, more, many; blank where hardly a tie can be expected.

        >>> MatrixCell(0, 6.0).look, MatrixCell(7, 6.0).look, MatrixCell(0, 0.2).look
        ('hole', 'even', '')
        """
        if self.expected < 0.5 and not self.seen:
            return ""
        if abs(self.seen - self.expected) < 1:
            return "even"
        ratio = self.seen / self.expected if self.expected else float("inf")
        if ratio <= _HOLE[0] and self.expected >= _HOLE[1]:
            return "hole"
        return next(look for below, look in _LOOKS if ratio < below or below == float("inf"))


@dataclass(frozen=True, slots=True)
class MatrixFrame:
    """Groups as (id, label) in their order, and the cell of every ordered pair of them, within a group too."""

    groups: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], MatrixCell]


def matrix(frame: MatrixFrame, sentence: str) -> html.Div:
    """Which groups have many ties, and which hardly any? A table with scoped headers, its key below.

    Ties have no direction, so each pair stands twice and every row can be read on its own. `sentence` becomes the
    caption. No groups: a sentence in its place.
    """
    if not frame.groups:
        return html.Div(empty(NOTHING))
    head = [html.Th(html.Span(hidden("Group")), scope="col", className="need-grid__corner")]
    head += [html.Th(html.Span(label, title=label), scope="col") for _, label in frame.groups]
    rows = [
        html.Tr([html.Th(label, scope="row"), *(html.Td(_cell(frame.cells[one, other])) for other, _ in frame.groups)])
        for one, label in frame.groups
    ]
    parts = [html.Caption(hidden(sentence)), html.Thead(html.Tr(head)), html.Tbody(rows)]
    grid = html.Div(html.Table(parts, className="need-grid mixing"), className="need-grid-room")
    return html.Div([scroll_region(grid, "Ties between groups"), _key(frame)])


def _cell(cell: MatrixCell) -> Component:
    if not cell.look:
        return html.Span([html.Span("–", **aria(hidden="true")), hidden("none, none expected")], className="mix")
    expected = [html.Span(_about(cell.expected), className="mix__of"), hidden(" would be expected")]
    return html.Span(
        [html.Span(f"{cell.seen:,}", className="mix__seen"), hidden(" ties; "), *expected],
        className=f"mix mix--{cell.look}",
    )


def _about(expected: float) -> str:
    return "(<1)" if expected < 0.95 else f"({expected:,.0f})"


def _key(frame: MatrixFrame) -> html.Ul:
    met = {cell.look for cell in frame.cells.values()}
    swatches = [
        html.Li([html.Span(className=f"mix mix--{look} mix--swatch"), words]) for look, words in _KEY if look in met
    ]
    numbers = html.Li("the number of ties; in brackets what random mixing would give:")
    return html.Ul([numbers, *swatches], className="app-key")


def matrix_table(frame: MatrixFrame, caption: str) -> Component:
    """The same content as a plain table: a row for every pair once, those furthest below random mixing first."""
    if not frame.groups:
        return empty(NOTHING)
    order = [group for group, _ in frame.groups]
    label = dict(frame.groups)
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i:]]
    pairs.sort(key=lambda pair: frame.cells[pair].seen - frame.cells[pair].expected)
    rows = [
        (
            label[a],
            label[b] if a != b else "itself",
            f"{frame.cells[a, b].seen:,}",
            f"{frame.cells[a, b].expected:,.1f}",
        )
        for a, b in pairs
    ]
    return table(caption, ("Group", "With", "Ties", "Random mixing would give"), rows, frozenset({2, 3}))
