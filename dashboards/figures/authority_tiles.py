"""The finer tile map: one tile per authority, at its place; how much of what is asked for somebody delivers there."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, empty, hidden, state_key, table
from orchestrator.drawing.coverage_frame import STATE_WORDS, CoverageFrame, Need, Place

NOTHING = "There is no tile to show for this choice."
_WORKED_ON = ("covered", "thin")
#: From so many columns on, names are written smaller.
_MANY = 12
#: The grounds of tiles with several needs: how much somebody delivers, and what the key says of it.
_SHARES = (
    ("all", "all of it"),
    ("most", "half or more"),
    ("some", "less than half"),
    ("none", "nothing"),
    ("unknown", "no data: we do not know"),
)


def authority_tiles(frame: CoverageFrame, sentence: str) -> html.Div:
    """Where inside a region does somebody at work deliver what is asked for? A tile per authority, at its place.

    With one need a place the tile shows its state and how many families work there; with several, for how many of them
    somebody works. `sentence` says what the map shows and is its label. No needs: a sentence in the map's place.

    >>> from orchestrator.drawing.coverage_frame import Capability
    >>> leeds, skills = Place("l", "Leeds", 3, 4), Capability("s", "Skills")
    >>> frame = CoverageFrame((leeds,), (skills,), (Need("s", "l", "thin", 1, 2),))
    >>> authority_tiles(frame, "One authority.").children[0].children[0].className
    'authority state--thin'
    """
    if not frame.needs:
        return html.Div(empty(NOTHING))
    left = min(place.tile_column or 0 for place in frame.places)
    top = min(place.tile_row or 0 for place in frame.places)
    across = max(place.tile_column or 0 for place in frame.places) - left + 1
    ordered = sorted(frame.places, key=lambda place: (place.tile_row or 0, place.tile_column or 0, place.name))
    taken: set[tuple[int, int]] = set()
    tiles = []
    for place in ordered:
        position = ((place.tile_column or 0) - left + 1, (place.tile_row or 0) - top + 1)
        tiles.append(_tile(frame, place, None if position in taken else position))
        taken.add(position)
    look = "authorities authorities--wide" if across > _MANY else "authorities"
    shown = html.Ul(tiles, className=look, style={"--tile-columns": str(across)}, **aria(label=sentence))
    return html.Div([shown, _key(frame)])


def authority_table(frame: CoverageFrame, caption: str) -> Component:
    """The same content as a plain table: one row per place and capability for one capability, else a row per place."""
    if not frame.needs:
        return empty(NOTHING)
    names = {one.capability_id: one.name for one in frame.capabilities}
    if _single(frame):
        rows = [(_link(place), *_state_cells(frame.of_place(place.place_id)[0])) for place in frame.worst_places()]
        return table(caption, ("Authority", "State", "Working", "Needed"), rows, frozenset({2, 3}))
    several = [_several_cells(place, frame.of_place(place.place_id), names) for place in frame.worst_places()]
    heads = ("Authority", "Somebody works on", "Asked for", "What somebody works on")
    return table(caption, heads, several, frozenset({1, 2}))


def _several_cells(place: Place, needs: tuple[Need, ...], names: Mapping[str, str]) -> tuple[Child, ...]:
    worked = [names[need.capability_id] for need in needs if need.state in _WORKED_ON]
    return _link(place), str(len(worked)), str(len(needs)), ", ".join(worked) or "nothing"


def _state_cells(need: Need) -> tuple[str, str, str]:
    number = "?" if need.state == "no-data" else str(need.working)
    return STATE_WORDS[need.state], number, str(need.minimum)


def _link(place: Place) -> Child:
    return html.A(place.name, href=place.href, className="govuk-link") if place.href else place.name


def _single(frame: CoverageFrame) -> bool:
    return len(frame.capabilities) == 1


def _key(frame: CoverageFrame) -> html.Ul:
    if _single(frame):
        return state_key(dict.fromkeys(need.state for need in frame.needs))
    met = {_share(frame.of_place(place.place_id)) for place in frame.places}
    marks = [
        html.Li([html.Span(className=f"authority-mark authority--{share}"), words])
        for share, words in _SHARES
        if share in met
    ]
    return html.Ul(marks, className="app-key")


def _tile(frame: CoverageFrame, place: Place, position: tuple[int, int] | None) -> html.Li:
    needs = frame.of_place(place.place_id)
    if _single(frame):
        look, said = f"state--{needs[0].state}", f": {STATE_WORDS[needs[0].state]}"
        number: list[Child] = [_state_cells(needs[0])[1], hidden(f" of {needs[0].minimum} needed{said}")]
    else:
        worked = sum(need.state in _WORKED_ON for need in needs)
        look = f"authority--{_share(needs)}"
        number = [str(worked), html.Span(f" of {len(needs)}", className="authority__of"), hidden(" worked on")]
    parts = [
        html.Span(place.name, className="authority__name"),
        html.Span(number, className="authority__number"),
    ]
    here = aria(current="true") if place.current else {}
    inside = html.A(parts, href=place.href, title=place.name, **here) if place.href else html.Div(parts)
    style = {"gridColumn": str(position[0]), "gridRow": str(position[1])} if position else {}
    return html.Li(inside, className=f"authority {look}", style=style)


def _share(needs: tuple[Need, ...]) -> str:
    known = [need for need in needs if need.state != "no-data"]
    if not known:
        return "unknown"
    share = sum(need.state in _WORKED_ON for need in needs) / len(needs)
    return "all" if share == 1 else "most" if share >= 0.5 else "some" if share > 0 else "none"
