"""Month by month: a column a month, in which states the requirements are; the covered ones with their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty, state_key

STACK = ("covered", "thin", "on-paper", "gap", "no-data")
"""From the ground up."""


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One column: its words below, how many requirements are in each state, and whether it is the one looked at."""

    label: str
    states: Mapping[str, int]
    current: bool = False


def month_bars(bars: Sequence[MonthBar], sentence: str) -> Component:
    """How does cover fall? A column a month; the number of covered requirements stands above where it changes.

    `sentence` says what the columns show and is their label. Nothing to count: a sentence in their place.

    >>> month_bars([MonthBar("Today", {"covered": 2})], "Two are covered.").children[0].role
    'img'
    """
    if not any(sum(bar.states.values()) for bar in bars):
        return empty("No requirements are recorded, so there is no outlook to show.")
    shown: list[Component] = []
    before = None
    for bar in bars:
        covered = bar.states.get("covered", 0)
        shown.append(_column(bar, str(covered) if covered != before else ""))
        before = covered
    met = [state for state in STACK if any(bar.states.get(state) for bar in bars)]
    chart = html.Div(shown, className="months", role="img", **aria(label=sentence))
    return html.Div([chart, state_key(reversed(met))])


def _column(bar: MonthBar, number: str) -> html.Div:
    parts = [
        html.Span(className=f"state state--{state}", style={"flexGrow": str(bar.states[state])})
        for state in reversed(STACK)
        if bar.states.get(state)
    ]
    look = "month month--current" if bar.current else "month"
    return html.Div(
        [
            html.Span(number, className="month__number"),
            html.Div(parts, className="month__stack"),
            html.Span(bar.label, className="month__label"),
        ],
        className=look,
    )
