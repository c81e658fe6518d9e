"""Shares below each other: what it is, a bar, and the number in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty

NOTHING = "Nothing is recorded that could be shown here."


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One bar: its label, how full it is from 0 to 1 (None: not known, no bar), and the words beside it."""

    label: str
    share: float | None
    words: str
    look: str = ""


def share_bars(bars: Sequence[ShareBar], label: str) -> Component:
    """How do these shares compare? A list of bars; each says its number in words, so that length says nothing alone.

    ``look`` of a bar is blank, ``warn`` or ``quiet``. No bars: a sentence in their place.

    >>> share_bars([ShareBar("Firms", 0.5, "2 of 4")], "By sector").children[0].children[2].children
    '2 of 4'
    """
    if not bars:
        return empty(NOTHING)
    return html.Ul([html.Li(_bar(bar), className=_look(bar)) for bar in bars], className="shares", **aria(label=label))


def _look(bar: ShareBar) -> str:
    return f"share share--{bar.look}" if bar.look else "share"


def _bar(bar: ShareBar) -> list[Component]:
    width = 0.0 if bar.share is None else 100 * min(max(bar.share, 0.0), 1.0)
    filled = html.Span(className="share__bar", style={"width": f"{width:.1f}%"})
    room = html.Span(filled, className="share__room" if bar.share is not None else "share__room share__room--unknown")
    return [
        html.Span(bar.label, className="share__label"),
        html.Span(room, **aria(hidden="true")),
        html.Span(bar.words, className="share__words"),
    ]
