"""The need grid: capabilities down, places across, the worst first; in every cell how many families work there."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, empty, hidden, scroll_region, state_key, table
from orchestrator.drawing.coverage_frame import STATE_WORDS, STATES, Capability, CoverageFrame, Need, Place

NOTHING = "No needs are recorded for this choice, so there is no grid to show."


def need_grid(frame: CoverageFrame, sentence: str) -> html.Div:
    """Which capability has no partner in which place, and where do we not know?

    A table with scoped headers and its key; rows and columns worst first. Each cell holds the number of working
    families (a question mark where nothing is recorded), links to the need if it has an address, and reads out in full.
    A cell without a requirement holds a dash. `sentence` says what the grid shows and becomes its caption. No needs: a
    sentence in the grid's place.

    >>> frame = CoverageFrame((Place("w", "Wales"),), (Capability("s", "Skills"),), (Need("s", "w", "gap", 0, 2),))
    >>> need_grid(frame, "Wales has a gap.").children[0].role
    'region'
    """
    if not frame.needs:
        return html.Div(empty(NOTHING))
    places, capabilities, cells = frame.worst_places(), frame.worst_capabilities(), frame.cells()
    rows = [_row(capability, places, cells, frame.blank) for capability in capabilities]
    parts = [html.Caption(hidden(sentence)), html.Thead(_head(places)), html.Tbody(rows)]
    grid = html.Div(html.Table(parts, className="need-grid"), className="need-grid-room")
    met = {_look(need) for need in frame.needs}
    return html.Div([scroll_region(grid, "Need grid"), state_key(look for look in (*STATES, "ample") if look in met)])


def need_table(frame: CoverageFrame, caption: str) -> Component:
    """The same content as a plain table: one row per need, the worst state first, then by capability and place."""
    if not frame.needs:
        return empty(NOTHING)
    capabilities = {one.capability_id: one.name for one in frame.capabilities}
    places = {one.place_id: one.name for one in frame.places}
    ordered = sorted(
        frame.needs, key=lambda n: (STATES.index(n.state), capabilities[n.capability_id], places[n.place_id])
    )
    rows = [
        (
            _leading(capabilities[n.capability_id], n, places[n.place_id]),
            places[n.place_id],
            STATE_WORDS[n.state],
            _number(n),
            str(n.minimum),
        )
        for n in ordered
    ]
    heads = ("Capability", "Place", "State", "Working", "Needed")
    return table(caption, heads, rows, numeric=frozenset({3, 4}))


def _leading(words: str, need: Need, where: str) -> Component | str:
    """The capability as a link to the need, if it has an address; the place is read out with it."""
    if not need.href:
        return words
    return html.A(words, href=need.href, className="govuk-link", **aria(label=f"{words} in {where}"))


def _head(places: tuple[Place, ...]) -> html.Tr:
    corner = html.Th(html.Span(hidden("Capability")), scope="col", className="need-grid__corner")
    return html.Tr([corner, *(html.Th(html.Span(place.name, title=place.name), scope="col") for place in places)])


def _row(capability: Capability, places: tuple[Place, ...], cells: dict[tuple[str, str], Need], blank: str) -> html.Tr:
    head = html.Th(capability.name, scope="row")
    return html.Tr([head, *(html.Td(_cell(capability, place, cells, blank)) for place in places)])


def _cell(capability: Capability, place: Place, cells: dict[tuple[str, str], Need], blank: str) -> Component:
    need = cells.get((capability.capability_id, place.place_id))
    if need is None:
        return html.Span([html.Span("–", **aria(hidden="true")), hidden(blank)], className="state state--none")
    children = [html.Span(_number(need)), hidden(_reading(need, capability, place))]
    look = f"state state--{_look(need)}"
    if not need.href:
        return html.Span(children, className=look)
    return html.A(children, href=need.href, className=look, **(aria(current="true") if need.current else {}))


def _look(need: Need) -> str:
    """The state's class; a covered need with twice the minimum gets a darker ground."""
    ample = need.state == "covered" and need.working >= 2 * max(need.minimum, 1)
    return "ample" if ample else need.state


def _number(need: Need) -> str:
    return "?" if need.state == "no-data" else str(need.working)


def _reading(need: Need, capability: Capability, place: Place) -> str:
    """What follows the number when a cell is read out."""
    where = f"{capability.name}, {place.name}: {STATE_WORDS[need.state]}"
    return f" {where}" if need.state == "no-data" else f" of {need.minimum} needed. {where}"
