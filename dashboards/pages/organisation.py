"""The page of one body of the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, table
from dashboards.pages.parts import body_link, body_links, filled_table, page_head, public_link, section, sheet_links
from dashboards.selection import Selection
from dashboards.views.organisation import EngagementLine, InMission, OfferLine, OrganisationView
from dashboards.views.sources import Source
from dashboards.views.ties import TieLine
from orchestrator.model.wording import counted, number, percent

__all__ = ["layout", "source_links", "tie_table"]

_TIE_HEADS: Final = ("With", "What it is", "Level", "Mission", "Since", "Until", "Fund", "On whose word", "Source")


def layout(view: OrganisationView, selection: Selection) -> list[Component]:
    """Who it is, what it does where, its part in missions, what hangs on it, and its ties with their evidence."""
    left = html.Div([_hanging(view, selection), _engagements(view), _offers(view)])
    split = html.Div([left, html.Div([_facts(view, selection), *_kin(view, selection)])], className="app-split")
    return [*page_head(view.headline, view.lede), split, _ties(view, selection)]


def _card(card_id: str, title: str, sentence: str, *children: Component) -> html.Section:
    head = html.Div(
        [
            html.H2(title, className="app-card__title", id=f"{card_id}-title"),
            html.P(sentence, className="app-note app-card__sentence"),
        ],
        className="app-card__head",
    )
    body = [html.Div(list(children), className="app-card__body")] if children else []
    return html.Section([head, *body], className="app-panel", id=card_id, **aria(labelledby=f"{card_id}-title"))


# ── who it is ─────────────────────────────────────────────────────────────────────────────────────


def _facts(view: OrganisationView, selection: Selection) -> Component:
    rows: list[tuple[str, Child]] = list(view.facts)
    if view.parent is not None:
        rows.append(("Belongs to", body_link(view.parent, selection)))
    if view.website:
        rows.append(("Website", public_link(view.website, view.website)))
    if view.sources:
        rows.append(("Source", source_links(view.sources)))
    shown = [html.Div([html.Dt(what), html.Dd(words)]) for what, words in rows]
    return section("Who it is", html.Dl(shown, className="app-facts"))


def _kin(view: OrganisationView, selection: Selection) -> list[Component]:
    groups = (("Its parts", view.parts), ("In the same group", view.family))
    return [
        section(f"{title} ({len(bodies):,})", body_links(bodies, selection, title))
        for title, bodies in groups
        if bodies
    ]


# ── what hangs on it, its part in missions, what it offers ────────────────────────────────────────


def _hanging(view: OrganisationView, selection: Selection) -> Component:
    lines = [html.Li(_mission(one, selection)) for one in view.missions]
    shown = [html.Ul(lines, className="app-reliance")] if lines else []
    return _card("hanging", "What hangs on it", view.hanging_sentence, *shown)


def _mission(one: InMission, selection: Selection) -> list[Component]:
    title = html.H3(html.A(one.mission, href=one.address, className="govuk-link"), className="app-list__name")
    cut = body_links(one.cut_off, selection, "Would lose every route")
    needs = html.Ul([html.Li(words) for words in one.worsened], className="govuk-list govuk-list--bullet")
    return [
        title,
        *(html.P(sentence) for sentence in one.sentences),
        *([_folded(f"Would lose every route ({len(one.cut_off):,})", cut)] if one.cut_off else []),
        *([_folded(f"Would be worse off ({len(one.worsened):,})", needs)] if one.worsened else []),
    ]


def _folded(words: str, inside: Component) -> html.Details:
    summary = html.Summary(
        html.Span(words, className="govuk-details__summary-text"), className="govuk-details__summary"
    )
    return html.Details([summary, html.Div(inside, className="govuk-details__text")], className="govuk-details")


def _engagements(view: OrganisationView) -> Component:
    parts: list[Component] = []
    if view.share is not None:
        parts.append(_share(view.share))
    if view.engagements:
        heads = ("Mission", "Status", "What it does there", "Board seat", "Load", "Since", "Until", "Source")
        parts.append(filled_table("Its part in missions", heads, [_part(line) for line in view.engagements], "Load"))
    return _card("engagements", "Its part in missions", view.load_sentence, *parts)


def _share(share: float) -> Component:
    bar = html.Span(className="app-share__bar", style={"width": f"{min(100.0, 100 * share):.1f}%"})
    room = html.Span(bar, className="app-share__room", **aria(hidden="true"))
    return html.P([room, f"{percent(share)} of what it can carry"], className="app-share app-share--start")


def _part(line: EngagementLine) -> tuple[Child, ...]:
    return (
        html.A(line.mission, href=line.address, className="govuk-link"),
        line.status if line.now else f"{line.status} (not on this day)",
        line.role,
        "yes" if line.board_seat else "",
        number(line.load),
        line.since,
        line.until,
        source_links(line.sources) if line.sources else "",
    )


def _offers(view: OrganisationView) -> Component:
    rows = [_offer(line) for line in view.offers]
    shown = [table("What it offers where", ("Capability", "Where", "Source"), rows, frozenset())] if rows else []
    return _card("offers", "What it can do where", view.offers_sentence, *shown)


def _offer(line: OfferLine) -> tuple[Child, ...]:
    return (line.capability, "; ".join(line.places), source_links(line.sources))


# ── its ties ──────────────────────────────────────────────────────────────────────────────────────


def _ties(view: OrganisationView, selection: Selection) -> Component:
    parts = [tie_table("Its ties", view.ties, selection)] if view.ties else []
    count = f"{counted(view.sheets, 'sheet')} of ties, those that hold on this day first."
    return _card("ties", "Its ties", view.ties_sentence, *parts, *sheet_links(selection, view.at, view.sheets, count))


def tie_table(caption: str, ties: Sequence[TieLine], selection: Selection) -> Component:
    """What each tie is, and on whose word; a tie that does not hold on the day says so."""
    return filled_table(caption, _TIE_HEADS, [_tie(tie, selection) for tie in ties])


def _tie(tie: TieLine, selection: Selection) -> tuple[Child, ...]:
    until = tie.until if tie.now else f"{tie.until} (not on this day)".strip()
    return (
        body_link(tie.other, selection),
        tie.kind,
        tie.level,
        tie.mission or "every mission",
        tie.since,
        until,
        tie.fund,
        tie.word,
        source_links(tie.sources) if tie.sources else "",
    )


def source_links(sources: Sequence[Source]) -> html.Span:
    """The documents that a row rests on; nothing where none is named."""
    parts: list[Child] = []
    for title, address in sources:
        parts += [*([", "] if parts else []), public_link(title, address)]
    return html.Span(parts)
