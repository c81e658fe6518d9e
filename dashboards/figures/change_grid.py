"""The grid of requirements whose state would change: in every cell the state before and the state after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty, hidden, scroll_region, state_key, table
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["Turn", "change_grid", "change_table"]

NOTHING = "No requirement would change its state."
_NOT_ASKED = "not asked for"


@dataclass(frozen=True, slots=True)
class Turn:
    """A requirement in another state: before and after (blank: not asked for), with the working families of each day.

    ``worse`` is None where one of the two states cannot be judged.
    """

    label: str
    capability: str
    place: str
    before: str
    after: str
    working_before: int
    working_after: int
    worse: bool | None


def change_grid(turns: Sequence[Turn], sentence: str) -> Component:
    """Which requirements change, in which capability and place, from what to what?

    A table with a row a capability and a column a place, as far as something changes there; each cell holds two signs,
    the state before and the state after, and reads out in full. No turns: a sentence in the grid's place.
    """
    if not turns:
        return empty(NOTHING)
    places = sorted({turn.place for turn in turns})
    capabilities = sorted({turn.capability for turn in turns})
    cells: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns:
        cells.setdefault((turn.capability, turn.place), []).append(turn)
    head = [html.Th(hidden("Capability"), scope="col", className="need-grid__corner")]
    head += [html.Th(html.Span(place, title=place), scope="col") for place in places]
    rows = [
        html.Tr(
            [
                html.Th(capability, scope="row"),
                *(html.Td(_cell(cells.get((capability, place), ()))) for place in places),
            ]
        )
        for capability in capabilities
    ]
    parts = [html.Caption(hidden(sentence)), html.Thead(html.Tr(head)), html.Tbody(rows)]
    grid = html.Div(html.Table(parts, className="need-grid change-grid"), className="need-grid-room")
    met = {state for turn in turns for state in (turn.before, turn.after)}
    key = state_key(state for state in STATES if state in met)
    return html.Div([scroll_region(grid, "Requirements that would change"), key])


def change_table(turns: Sequence[Turn], caption: str) -> Component:
    """The same as a plain table: one row a requirement, those that would be worse first."""
    if not turns:
        return empty(NOTHING)
    order = {True: 0, None: 1, False: 2}
    rows = [
        (
            turn.label,
            _word(turn.before),
            _word(turn.after),
            {True: "worse", False: "better", None: "judged differently"}[turn.worse],
            f"{turn.working_before} → {turn.working_after}",
        )
        for turn in sorted(turns, key=lambda turn: (order[turn.worse], turn.label))
    ]
    heads = ("Requirement", "Before", "After", "That is", "Independent partners at work")
    return table(caption, heads, rows, frozenset({4}))


def _cell(turns: Sequence[Turn]) -> list[Component]:
    if not turns:
        return [html.Span([html.Span("·", **aria(hidden="true")), hidden("no change")], className="state state--none")]
    return [_turn(turn) for turn in turns]


def _turn(turn: Turn) -> Component:
    told = f"{turn.label}: {_word(turn.before)} before, {_word(turn.after)} after"
    before, after = (
        html.Span(sign, className=f"state state--{state or 'none'}")
        for sign, state in ((_sign(turn.before, turn.working_before), turn.before),
                            (_sign(turn.after, turn.working_after), turn.after))
    )  # fmt: skip
    shown = html.Span([before, html.Span("→", className="change-grid__to"), after], **aria(hidden="true"))
    return html.Div([shown, hidden(told)], className="change-grid__turn", title=told)


def _sign(state: str, working: int) -> html.Span:
    return html.Span("–" if not state else "?" if state == "no-data" else str(working))


def _word(state: str) -> str:
    return STATE_LABELS[state].casefold() if state else _NOT_ASKED
