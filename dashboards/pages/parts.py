"""Pieces that several pages are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, RankedEntry, aria, hidden, ranked_list, scroll_region, table
from dashboards.selection import Selection
from dashboards.views.bodies import Body
from dashboards.views.overview import Figure
from dashboards.views.reliance import Reliance
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = [
    "body_link",
    "body_links",
    "figures",
    "figures_from_to",
    "filled_table",
    "heading",
    "name_list",
    "names_in_cell",
    "page_head",
    "public_link",
    "relied_on_links",
    "relied_on_list",
    "section",
    "severity_tag",
    "sheet_links",
]

#: As many names stand without a room of their own.
FEW = 10
#: As many names stand in a list, and in a cell of a table.
NAMED, IN_CELL = 100, 20

_SEVERITY = (("high", "red"), ("medium", "orange"), ("low", "blue"), ("info", "grey"))


def page_head(headline: str, lede: str) -> list[Component]:
    """The computed sentence that a page leads with, and what it is about."""
    return [
        html.H1(headline, className="app-title", id="page-title", tabIndex="-1"),
        html.P(lede, className="app-lede"),
    ]


def heading(words: str) -> html.H2:
    """A heading of a part of a page."""
    return html.H2(words, className="app-heading")


def section(title: str, *children: Component) -> html.Section:
    """A part of a page under its own heading."""
    return html.Section([heading(title), *children], **aria(label=title))


def figures(shown: Iterable[Figure]) -> html.Ul:
    """Key figures side by side: the number, what it counts, what stands behind it."""
    return html.Ul([html.Li(_figure(one), className=_look(one)) for one in shown], className="app-figures")


def figures_from_to(shown: Iterable[tuple[Figure, Figure]]) -> html.Ul:
    """Key figures after a change, each with what it was before; scripts let them count from one to the other."""
    return html.Ul([html.Li(_from_to(*pair), className=_look(pair[1])) for pair in shown], className="app-figures")


def _from_to(before: Figure, after: Figure) -> list[Component]:
    counts: dict[str, Any] = {"data-count-from": before.value, "data-count-to": after.value}
    same = before.value == after.value
    was = "as today" if same else f"from {before.value}"
    return [
        html.Span(after.value, className="app-figure__value", **counts, **aria(hidden="true")),
        html.Span(f" {was}", className="app-figure__was", **aria(hidden="true")),
        hidden(f"{after.value}, unchanged" if same else f"from {before.value} to {after.value}"),
        html.Span(after.label, className="app-figure__label"),
        html.Span(after.detail, className="app-figure__detail"),
    ]


def _look(figure: Figure) -> str:
    return "app-figure" + (f" app-figure--{figure.look}" if figure.look else "")


def _figure(figure: Figure) -> list[Component]:
    return [
        html.Span(figure.value, className="app-figure__value"),
        html.Span(figure.label, className="app-figure__label"),
        html.Span(figure.detail, className="app-figure__detail"),
    ]


def severity_tag(severity: str) -> html.Strong:
    """How grave a finding is, in a word and a colour."""
    return html.Strong(severity, className=f"govuk-tag govuk-tag--{dict(_SEVERITY)[severity]} app-finding__tag")


def relied_on_list(entries: Sequence[Reliance]) -> Component:
    """The numbered list beside the ring map: each entry picks its body there."""
    if not entries:
        return html.P("Nobody is relied on alone.", className="app-note")
    shown = [
        RankedEntry(entry.body.organisation_id, str(entry.rank), entry.body.name, _about(entry)) for entry in entries
    ]
    return ranked_list(shown, "Relied on")


def relied_on_links(entries: Sequence[Reliance], address: Callable[[str], str]) -> Component:
    """The same list where there is no map: each entry leads to ``address`` of its body."""
    if not entries:
        return html.P("Nobody is relied on alone.", className="app-note")
    lines = [html.Li(_link(entry, address(entry.body.organisation_id))) for entry in entries]
    return html.Ol(lines, className="app-list", **aria(label="Relied on"))


def _about(entry: Reliance) -> str:
    return f"{SECTOR_LABELS[entry.body.sector]} · {entry.consequence}"


def _link(entry: Reliance, address: str) -> html.A:
    words = [
        html.Span(entry.body.name, className="app-list__name"),
        html.Span(_about(entry), className="app-list__detail"),
    ]
    disc = html.Span(str(entry.rank), className="app-disc")
    return html.A([disc, html.Span(words)], href=address, className="app-list__item")


def body_link(body: Body, selection: Selection, words: str = "") -> html.A:
    """The name of a body, which leads to its own page with the day and the level of ``selection``.

    ``words`` stand for the name where that is said just before.
    """
    address = selection.to("organisation", mission_id="", organisation_id=body.organisation_id).address()
    inside: list[Child] = [words, hidden(f" of {body.name}")] if words else [body.name]
    return html.A(inside, href=address, className="govuk-link app-body")


def body_links(bodies: Sequence[Body], selection: Selection, label: str) -> Component:
    """Bodies by name, each leading to its own page; many of them in a room that scrolls by itself, beyond a hundred
    the rest is counted."""
    lines = [
        html.Li([body_link(body, selection), html.Span(body.detail, className="app-list__detail")])
        for body in bodies[:NAMED]
    ]
    if len(bodies) > NAMED:
        lines.append(html.Li(f"and {len(bodies) - NAMED:,} more"))
    return name_list(lines, label)


def names_in_cell(names: Sequence[str]) -> str:
    """Names in a cell of a table; beyond twenty the rest is counted."""
    more = [f"and {len(names) - IN_CELL:,} more"] if len(names) > IN_CELL else []
    return "; ".join([*names[:IN_CELL], *more])


def filled_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Child]], number: str = "") -> html.Div:
    """A table without the columns in which no row says anything; the column headed ``number`` holds figures."""
    kept = [k for k, _ in enumerate(heads) if any(row[k] != "" for row in rows)]
    numeric = frozenset(at for at, k in enumerate(kept) if heads[k] == number)
    return table(caption, [heads[k] for k in kept], [[row[k] for k in kept] for row in rows], numeric)


def sheet_links(selection: Selection, at: int, sheets: int, count: str) -> list[Component]:
    """The way to the sheets before and after; nothing where there is one sheet. ``count`` says what they hold."""
    if sheets <= 1:
        return []
    steps = (("Earlier", at - 1), ("Later", at + 1))
    links = [
        html.A(words, href=selection.address(sheet=sheet), className="govuk-link")
        for words, sheet in steps
        if 1 <= sheet <= sheets
    ]
    apart = [part for link in links for part in (link, " ")]
    said = html.Span(f"Sheet {at:,} of {sheets:,}; {count} ")
    return [html.Nav([said, *apart], className="app-note", **aria(label="Sheets of the table"))]


def name_list(lines: Sequence[html.Li], label: str) -> Component:
    """Names below each other; many of them in a room that scrolls by itself and that the Tab key reaches."""
    shown = html.Ul(lines, className="govuk-list app-names")
    return scroll_region(shown, label) if len(lines) > FEW else shown


def public_link(words: str, address: str) -> Component:
    """A link to a public document; only the words where the address is no web address."""
    if not address.startswith(("https://", "http://")):
        return html.Span(words)
    return html.A(words, href=address, className="govuk-link", rel="noreferrer noopener")
