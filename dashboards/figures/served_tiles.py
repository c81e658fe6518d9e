"""A tile a place: in how many missions somebody is at work there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, empty, hidden


@dataclass(frozen=True, slots=True)
class ServedTile:
    """A place with its tile, and in how many missions of how many that ask for something there somebody works."""

    name: str
    column: int
    row: int
    served: int
    asked: int


def served_tiles(tiles: Sequence[ServedTile], label: str) -> Component:
    """Where is somebody at work in many missions, where in few? No tiles: a sentence in their place.

    >>> served_tiles([ServedTile("Wales", 0, 3, 1, 2)], "One place.").children[0].className
    'authority authority--most'
    """
    if not tiles:
        return empty("No place with a tile is asked for.")
    left, top = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    across = max(tile.column for tile in tiles) - left + 1
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column, tile.name))
    shown = [_tile(tile, tile.column - left + 1, tile.row - top + 1) for tile in ordered]
    return html.Ul(shown, className="authorities", style={"--tile-columns": str(across)}, **aria(label=label))


def _tile(tile: ServedTile, column: int, row: int) -> html.Li:
    share = tile.served / tile.asked if tile.asked else 0.0
    look = "all" if share == 1 else "most" if share >= 0.5 else "some" if share > 0 else "none"
    number: list[Child] = [
        str(tile.served),
        html.Span(f" of {tile.asked}", className="authority__of"),
        hidden(" missions"),
    ]
    inside = html.Div(
        [html.Span(tile.name, className="authority__name"), html.Span(number, className="authority__number")]
    )
    style = {"gridColumn": str(column), "gridRow": str(row)}
    return html.Li(inside, className=f"authority authority--{look}", style=style)
