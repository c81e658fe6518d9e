"""The tile map: one tile per place, at its place in the country; one pip per capability."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, empty, hidden, pip_key, table
from orchestrator.drawing.coverage_frame import STATE_WORDS, STATES, CoverageFrame, Need, Place

NOTHING = "No needs are recorded for this choice, so there is no map to show."
MORE = "Places without a tile of their own on the map"


def tile_map(frame: CoverageFrame, sentence: str) -> html.Div:
    """Where is the mission thin? A tile per place: its name, how many needs are at risk of how many, a pip per need.

    Tiles stand where `tile_column` and `tile_row` say, counted from the smallest of each; places without a position, or
    with one already taken, follow in a list of their own. `sentence` says what the map shows and is its label. No
    needs: a sentence in the map's place.

    >>> from orchestrator.drawing.coverage_frame import Capability
    >>> wales, skills = Place("w", "Wales", 0, 3), Capability("s", "Skills")
    >>> frame = CoverageFrame((wales,), (skills,), (Need("s", "w", "gap", 0, 2),))
    >>> tile_map(frame, "Wales has a gap.").children[0].children[0].className
    'tile tile--most'
    """
    if not frame.needs:
        return html.Div(empty(NOTHING))
    positions = _positions(frame.places)
    on_map = sorted((row, column, place) for place, (column, row) in positions.items())
    elsewhere = sorted((place for place in frame.places if place not in positions), key=lambda place: place.name)
    columns = max((column for _, column, _ in on_map), default=4)
    shown: list[Component] = []
    if on_map:
        shown = [_tiles([_tile(frame, place, (column, row)) for row, column, place in on_map], columns, sentence)]
    if on_map and elsewhere:
        shown.append(html.P(MORE, className="tiles-more"))
    if elsewhere:
        shown.append(_tiles([_tile(frame, place) for place in elsewhere], 4, MORE if on_map else sentence))
    met = {need.state for need in frame.needs}
    return html.Div([*shown, pip_key(state for state in reversed(STATES) if state in met)])


def _tiles(tiles: list[html.Li], columns: int, label: str) -> html.Ul:
    return html.Ul(tiles, className="tiles", style={"--tile-columns": str(columns)}, **aria(label=label))


def tile_table(frame: CoverageFrame, caption: str) -> Component:
    """The same content as a plain table: one row per place, the worst first, with how many needs are in each state."""
    if not frame.needs:
        return empty(NOTHING)
    heads = ("Place", "At risk", *(STATE_WORDS[state].capitalize() for state in STATES))
    return table(caption, heads, [_table_row(frame, place) for place in frame.worst_places()], frozenset(range(1, 7)))


def _table_row(frame: CoverageFrame, place: Place) -> tuple[Child, ...]:
    counts = frame.state_counts(place.place_id)
    name = html.A(place.name, href=place.href, className="govuk-link") if place.href else place.name
    return (name, str(frame.at_risk(place.place_id)), *(str(counts[state]) for state in STATES))


def _positions(places: tuple[Place, ...]) -> dict[Place, tuple[int, int]]:
    """Column and row of each place on the map, from 1; the first place of a position keeps it."""
    located = [(place.tile_column, place.tile_row, place) for place in places]
    on_map = [(column, row, place) for column, row, place in located if column is not None and row is not None]
    left = min((column for column, _, _ in on_map), default=0)
    top = min((row for _, row, _ in on_map), default=0)
    taken: dict[tuple[int, int], Place] = {}
    for column, row, place in on_map:
        taken.setdefault((column - left + 1, row - top + 1), place)
    return {place: position for position, place in taken.items()}


def _tile(frame: CoverageFrame, place: Place, position: tuple[int, int] | None = None) -> html.Li:
    needs = frame.of_place(place.place_id)
    count = [
        html.Span(str(frame.at_risk(place.place_id)), className="tile__number"),
        html.Span(f" at risk of {len(needs)}", className="tile__of"),
    ]
    children = [
        html.Span(place.name, className="tile__name"),
        html.Span(count, className="tile__count"),
        _pips(needs),
        hidden(_reading(frame, place)),
    ]
    here = aria(current="true") if place.current else {}
    inside = html.A(children, href=place.href, **here) if place.href else html.Div(children)
    style = {"gridColumn": str(position[0]), "gridRow": str(position[1])} if position else {}
    return html.Li(inside, className=f"tile tile--{_level(needs)}", style=style)


def _pips(needs: tuple[Need, ...]) -> html.Span:
    """A pip per need, in rows of equal length, of ten at most."""
    rows = max(1, -(-len(needs) // 10))
    style = {"--pips": str(-(-len(needs) // rows))}
    return html.Span(
        [html.Span(className=f"pip pip--{need.state}") for need in needs], className="tile__pips", style=style
    )


def _level(needs: tuple[Need, ...]) -> str:
    """How much is at risk? none, some, many (a third or more), most (three in five or more), or unknown."""
    known = [need for need in needs if need.state != "no-data"]
    if not known:
        return "unknown"
    share = sum(need.state != "covered" for need in known) / len(known)
    return "none" if share == 0 else "some" if share < 1 / 3 else "many" if share < 3 / 5 else "most"


def _reading(frame: CoverageFrame, place: Place) -> str:
    """What is read out after a tile's number: each state that occurs, with the capabilities in it."""
    names = {one.capability_id: one.name for one in frame.capabilities}
    needs = frame.of_place(place.place_id)
    listed = {state: [names[n.capability_id] for n in needs if n.state == state] for state in STATES[:-1]}
    return "".join(
        f" {STATE_WORDS[state].capitalize()}: {', '.join(found)}." for state, found in listed.items() if found
    )
