"""The page with the ring map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.matrix import matrix, matrix_table
from dashboards.figures.parts import Child, RankedEntry, aria, figure_card, hidden, ranked_list, ring_key, table
from dashboards.pages.forms import kept
from dashboards.pages.organisation import tie_table
from dashboards.pages.parts import (
    body_link,
    body_links,
    figures,
    name_list,
    names_in_cell,
    page_head,
    relied_on_list,
    section,
    sheet_links,
)
from dashboards.pages.shell import PICKED_PANEL
from dashboards.selection import Selection
from dashboards.views.finding_bodies import FoundView
from dashboards.views.missing import Gap, Lettered
from dashboards.views.mixing import MixingView
from dashboards.views.network import RELIED_ON, MemberLine, NetworkView, PickedBody
from dashboards.views.surroundings import SurroundingsView
from orchestrator.errors import quoted
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["layout", "picked_parts"]

_HOW = (
    "Select an organisation to see its ties and one of its shortest routes to the centre. "
    "Keyboard: arrow keys move, + and − zoom, 0 resets, Escape clears."
)
#: Where the surroundings of the picked body stand; scripts fill it when another body is picked.
_ROOM = "surroundings-room"


def layout(view: NetworkView, selection: Selection) -> list[Component]:
    """The headline, the figures, the ring map with its table, the lists beside it, one body's surroundings, who works
    with whom."""
    card = figure_card(
        "network",
        "Orchestration map",
        f"{view.sentence} {_HOW}",
        html.Div([_tools(view, selection), _map(view, selection)]),
        _table(view, selection),
        key=ring_key(missing=bool(view.missing), no_route=view.unreached),
        flush=True,
    )
    side = html.Div(
        [
            section("Relied on", relied_on_list(view.relied_on), *_all_relied_on(view, selection)),
            section(f"Could fill {view.gap.title}" if view.gap else "Missing partners", *_missing(view, selection)),
        ]
    )
    selected = section("Selected", html.Div(_panel(view.picked, selection), id=PICKED_PANEL, role="status"))
    split = html.Div([html.Div([card, selected]), side], className="app-split")
    room = html.Div(_surroundings(view.surroundings, selection), id=_ROOM)
    return [*page_head(view.headline, view.lede), figures(view.figures), split, room, _mixing(view.mixing)]


def picked_parts(picked: PickedBody | None, around: SurroundingsView | None, selection: Selection) -> list[Component]:
    """What is shown anew when another body is picked: a room for each part of the page, by its id."""
    rooms = ((PICKED_PANEL, _panel(picked, selection)), (_ROOM, _surroundings(around, selection)))
    return [html.Div(content, **_data(room=room)) for room, content in rooms]


def _data(**marks: str) -> dict[str, Any]:
    return {f"data-{name.replace('_', '-')}": words for name, words in marks.items()}


# ── finding and filtering ─────────────────────────────────────────────────────────────────────────


def _tools(view: NetworkView, selection: Selection) -> Component:
    parts: list[Component] = [_search(view, selection), _filter(view, selection)]
    return html.Div([html.Div(parts, className="app-tools__row"), *_found(view.found)], className="app-tools")


def _search(view: NetworkView, selection: Selection) -> Component:
    asked = view.found.asked if view.found else ""
    field = dcc.Input(id="find", type="search", name="find", value=asked, autoComplete="off", spellCheck="false")
    options = html.Ul(
        id="find-options", className="app-find__options", role="listbox", hidden=True, **aria(label="Names")
    )
    room = html.Div([field, options], className="app-find__room")
    parts = [
        html.Label("Find an organisation", htmlFor="find"),
        room,
        html.Button("Find", type="submit", className="app-button"),
        *kept(selection, {"find", "body"}),
    ]
    here = selection.address().partition("?")[0]
    marks = _data(ring_find="")
    return html.Form(parts, className="app-field app-find", method="get", action=here, role="search", **marks)


def _filter(view: NetworkView, selection: Selection) -> Component:
    sectors = [("", "all sectors"), *SECTOR_LABELS.items()]
    whom = [("", "everybody"), (RELIED_ON, "only those relied on")]
    parts = [
        html.Label("Show", htmlFor="filter-sector"),
        _choice("sector", sectors, view.chosen_sector, _data(ring_filter_sector="")),
        html.Label(hidden("Show whom"), htmlFor="filter-only"),
        _choice("only", whom, RELIED_ON if view.only_relied_on else "", _data(ring_only="")),
        html.Button("Filter", type="submit", className="app-button app-without-script"),
        *kept(selection, {"sector", "only"}),
    ]
    here = selection.address().partition("?")[0]
    return html.Form(parts, className="app-field app-filter", method="get", action=here)


def _choice(name: str, options: Sequence[tuple[str, str]], chosen: str, marks: dict[str, Any]) -> html.Select:
    shown = [html.Option(words, value=value, selected=value == chosen or None) for value, words in options]
    return html.Select(shown, id=f"filter-{name}", name=name, **marks)


def _found(found: FoundView | None) -> list[Component]:
    if found is None:
        return []
    lines = []
    for one in found.bodies:
        where = "" if one.is_member else " · not in this mission"
        link = html.A(one.body.name, href=one.address, className="govuk-link app-body")
        lines.append(html.Li([link, html.Span(f"{one.body.detail}{where}", className="app-list__detail")]))
    shown = [name_list(lines, "Found")] if lines else []
    return [html.Div([html.P(found.sentence), *shown], className="app-found", role="status")]


# ── the map and the lists beside it ───────────────────────────────────────────────────────────────


def _map(view: NetworkView, selection: Selection) -> Component:
    wiring: dict[str, Any] = {
        **_data(ring_map="", address=view.ring_address, selected=selection.body),
        **aria(label="Orchestration map", describedby="network-sentence"),
    }
    return html.Div(id="ring-map", className="ringmap", tabIndex="0", role="application", **wiring)


def _all_relied_on(view: NetworkView, selection: Selection) -> list[Component]:
    if view.all_relied_on <= len(view.relied_on):
        return []
    words = f"All {view.all_relied_on:,} that are relied on"
    link = html.A(words, href=selection.to("bottlenecks").address(), className="govuk-link")
    return [html.P(link, className="app-list__more")]


def _missing(view: NetworkView, selection: Selection) -> list[Component]:
    if view.gap is not None:
        return _could(view.gap)
    page = selection.to("partners").address()
    if not view.requirements:
        words = "No requirements are recorded, so nobody can be said to be missing."
        return [html.P(words, className="app-note")]
    if view.missing is None:
        link = html.A("Work out who is missing", href=page, className="govuk-link")
        return [html.P(["Nobody has asked for that yet, or nothing can be advised. ", link, "."], className="app-note")]
    if not view.missing:
        words = "Nobody on record would close or strengthen a requirement."
        return [html.P(words, className="app-note")]
    more = "Why, and who else" if not view.more_missing else f"Why, and {counted(view.more_missing, 'more', 'more')}"
    link = html.A(more, href=page, className="govuk-link")
    entries = [_entry(one) for one in view.missing]
    return [ranked_list(entries, "Missing partners"), html.P(link, className="app-list__more")]


def _could(gap: Gap) -> list[Component]:
    """Who could fill the gap that is picked, each with its letter on the map."""
    link = html.A("Back to the need grid", href=gap.address, className="govuk-link")
    if not gap.could:
        return [html.P(["Nobody is known who could. ", link], className="app-note")]
    more = html.A(f"{counted(gap.more, 'more', 'more').capitalize()} could", href=gap.address, className="govuk-link")
    entries = ranked_list([_entry(one) for one in gap.could], "Could fill it")
    return [entries, html.P(more if gap.more else link, className="app-list__more")]


def _entry(one: Lettered) -> RankedEntry:
    about = f"{SECTOR_LABELS[one.body.sector]} · {one.consequence}"
    return RankedEntry(one.body.organisation_id, one.letter, one.body.name, about, missing=True)


def _panel(picked: PickedBody | None, selection: Selection) -> list[Component]:
    """What stands under Selected."""
    if picked is None:
        words = "Nothing is selected."
        if selection.body:
            words = f"{quoted(selection.body)} takes no part in this mission on this day."
        return [html.P(words, className="app-note")]
    return [
        html.H3(body_link(picked.body, selection), className="app-heading"),
        html.P(picked.body.detail, className="app-list__detail"),
        *(html.P(sentence) for sentence in picked.sentences),
        *_ties_by_name(picked, selection),
    ]


def _ties_by_name(picked: PickedBody, selection: Selection) -> list[Component]:
    if not picked.partners:
        return []
    inside = html.Div(body_links(picked.partners, selection, "Its ties, by name"), className="govuk-details__text")
    summary = html.Span("Its ties, by name", className="govuk-details__summary-text")
    jump = html.P(html.A("Its surroundings, tie by tie", href="#surroundings", className="govuk-link"))
    parts = [html.Summary(summary, className="govuk-details__summary"), inside]
    return [jump, html.Details(parts, className="govuk-details")]


# ── one body's surroundings ───────────────────────────────────────────────────────────────────────


def _surroundings(view: SurroundingsView | None, selection: Selection) -> list[Component]:
    if view is None:
        words = "Select an organisation, on the map or in a list, to see its surroundings here, tie by tie."
        return [html.P(words, className="app-note")]
    figure: Component = html.P("There is nobody to draw.", className="govuk-inset-text")
    if view.found:
        wiring = {
            **_data(ring_map="", address=view.ring_address, ring_still=""),
            **aria(label=f"Surroundings of {view.body.name}", describedby="surroundings-sentence"),
        }
        figure = html.Div(
            id="around-map", className="ringmap ringmap--around", tabIndex="0", role="application", **wiring
        )
    ways = html.Div(_ways(view.ways), className="app-toggle", role="group", **aria(label="How far out"))
    card = figure_card(
        "surroundings",
        f"Surroundings of {view.body.name}",
        view.sentence,
        html.Div([ways, figure]),
        html.Div([_evidence(view, selection), *_far(view, selection)]),
        flush=True,
    )
    return [card]


def _ways(ways: Sequence[tuple[str, str, bool]]) -> list[Component]:
    """Links side by side of which one is where we are."""
    return [
        html.A(words, href=address, className="app-button", **(aria(current="true") if here else {}))
        for words, address, here in ways
    ]


def _evidence(view: SurroundingsView, selection: Selection) -> Component:
    shown = tie_table(f"Ties of {view.body.name}", view.ties, selection)
    if view.all_ties <= len(view.ties):
        return shown
    page = selection.to("organisation", mission_id="", organisation_id=view.body.organisation_id).address()
    link = html.A("its own page", href=page, className="govuk-link")
    words = f"The first {len(view.ties):,} of {view.all_ties:,} reported ties; all of them stand on "
    return html.Div([shown, html.P([words, link, "."], className="app-note")])


def _far(view: SurroundingsView, selection: Selection) -> list[Component]:
    if not view.far:
        return []
    rows = [
        (body_link(line.body, selection), SECTOR_LABELS[line.body.sector], names_in_cell(line.over))
        for line in view.far[:200]
    ]
    title = "Who is two steps away" + (f" (the first 200 of {len(view.far):,})" if len(view.far) > 200 else "")
    return [
        html.H3(title, className="app-heading"),
        table("Who is two steps away, and over whom", ("Organisation", "Sector", "Over"), rows, frozenset()),
    ]


# ── who works with whom, and everybody ────────────────────────────────────────────────────────────


def _mixing(view: MixingView) -> Component:
    ways = html.Div(_ways(view.ways), className="app-toggle", role="group", **aria(label="Groups"))
    figure = html.Div([ways, matrix(view.frame, view.sentence)])
    twin = matrix_table(view.frame, "Ties between groups, beside what random mixing would give")
    return figure_card("mixing", "Who works with whom", view.sentence, figure, twin)


def _table(view: NetworkView, selection: Selection) -> Component:
    heads = ("Organisation", "Sector", "Place", "Ties", "Steps from the centre", "Independent routes")
    rows = [_row(line, selection) for line in view.sheet]
    count = f"{view.members:,} organisations by name."
    shown = table("Everyone in the mission", heads, rows, frozenset({3, 4, 5}))
    return html.Div([shown, *sheet_links(selection, view.at, view.sheets, count)])


def _row(line: MemberLine, selection: Selection) -> tuple[Child, ...]:
    routes = "" if line.routes is None else "3 or more" if line.routes == 3 else str(line.routes)
    steps = "no route" if line.hops is None else str(line.hops)
    body = line.body
    return (body_link(body, selection), SECTOR_LABELS[body.sector], body.place, f"{line.ties:,}", steps, routes)
