"""Missions beside each other: a number where two share bodies at work, the more the darker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty, hidden, scroll_region, table

#: From these shares of the largest number on a cell has a darker ground.
_GROUNDS = (0.75, 0.5, 0.25, 0.0)


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """A mission of the matrix: its number, its title, and where a click on it leads."""

    number: int
    title: str
    href: str


def shared_matrix(heads: Sequence[MatrixHead], shared: Sequence[Sequence[int]], sentence: str) -> Component:
    """How many bodies are at work in both of two missions? On the diagonal: in the one alone or with others.

    Every cell holds its number and reads out in full; columns are headed by the numbers of the rows.

    >>> matrix = shared_matrix([MatrixHead(1, "A", "/a"), MatrixHead(2, "B", "/b")], [[3, 1], [1, 2]], "One is shared.")
    >>> matrix.children.role
    'region'
    """
    if len(heads) < 2:
        return empty("There are no two missions to compare.")
    most = max((shared[i][j] for i in range(len(heads)) for j in range(len(heads)) if i != j), default=0)
    first = html.Tr([html.Th(hidden("Mission"), scope="col"), *(_column(head) for head in heads)])
    rows = [
        html.Tr([_row(head), *(html.Td(_cell(heads, shared, i, j, most)) for j in range(len(heads)))])
        for i, head in enumerate(heads)
    ]
    parts = [html.Caption(hidden(sentence)), html.Thead(first), html.Tbody(rows)]
    return html.Div(scroll_region(html.Table(parts, className="matrix"), "Shared bodies"))


def shared_table(heads: Sequence[MatrixHead], shared: Sequence[Sequence[int]], caption: str) -> Component:
    """The same content as a plain table: a row a pair of missions that share somebody, most first."""
    pairs = [
        (shared[i][j], heads[j].title, heads[i].title) for i in range(len(heads)) for j in range(i) if shared[i][j]
    ]
    if not pairs:
        return empty("No two missions share a body at work.")
    rows = [(one, other, f"{count:,}") for count, one, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:]))]
    return table(caption, ("Mission", "Other mission", "At work in both"), rows, frozenset({2}))


def _column(head: MatrixHead) -> html.Th:
    return html.Th([html.Span(str(head.number), title=head.title), hidden(f" {head.title}")], scope="col")


def _row(head: MatrixHead) -> html.Th:
    link = html.A(head.title, href=head.href, className="govuk-link")
    return html.Th([html.Span(f"{head.number} ", className="matrix__number"), link], scope="row")


def _cell(heads: Sequence[MatrixHead], shared: Sequence[Sequence[int]], i: int, j: int, most: int) -> Component:
    count = shared[i][j]
    if i == j:
        return html.Span(
            [f"{count:,}", hidden(f" at work in {heads[i].title}")], className="matrix__cell matrix__cell--own"
        )
    ground = next(at for at, least in enumerate(_GROUNDS) if (most and count / most > least) or least == 0.0)
    look = "matrix__cell--none" if not count else f"matrix__cell--{len(_GROUNDS) - ground}"
    said = hidden(f" at work in {heads[i].title} and {heads[j].title}")
    return html.Span(
        [f"{count:,}" if count else html.Span("–", **aria(hidden="true")), said], className=f"matrix__cell {look}"
    )
