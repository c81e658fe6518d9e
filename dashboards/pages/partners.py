"""The page of missing partners."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import figure_card, table
from dashboards.pages.parts import page_head
from dashboards.views.partners import IntroductionLine, PartnerLine, PartnersView
from orchestrator.model.wording import counted

__all__ = ["layout"]

SHOWN = 10


def layout(view: PartnersView) -> list[Component]:
    """The headline, whom to bring in, whom to introduce, and for what nobody is known."""
    parts: list[Component] = page_head(view.headline, view.lede)
    if view.sentence:
        parts += [_bring_in(view), _introduce(view)]
    if view.unfilled:
        parts.append(_nobody(view))
    notes = [html.Li(note) for note in view.notes]
    return [*parts, html.Ul(notes, className="govuk-list govuk-list--bullet app-note")] if notes else parts


def _bring_in(view: PartnersView) -> Component:
    heads = ("Organisation", "Closes", "Strengthens", "Load over all missions", "Why")
    rows = [
        (one.body.name, "; ".join(one.closes) or "none", "; ".join(one.strengthens) or "none", one.load, one.reason)
        for one in view.partners
    ]
    twin = table("Whom to bring in", heads, rows, frozenset())
    figure = _folded([_partner(one) for one in view.partners], "Nobody on record would close or strengthen anything.")
    return figure_card("bring-in", "Bring in", view.sentence, figure, twin)


def _folded(lines: list[Component], nobody: str) -> Component:
    """The first lines, the rest behind a summary; a sentence where there are none."""
    if not lines:
        return html.P(nobody, className="govuk-inset-text")
    first = html.Ol([html.Li(line) for line in lines[:SHOWN]], className="app-reliance")
    if len(lines) <= SHOWN:
        return first
    words = html.Span(
        f"{counted(len(lines) - SHOWN, 'more', 'more')}".capitalize(), className="govuk-details__summary-text"
    )
    rest = html.Ol([html.Li(line) for line in lines[SHOWN:]], className="app-reliance")
    return html.Div(
        [
            first,
            html.Details([html.Summary(words, className="govuk-details__summary"), rest], className="govuk-details"),
        ]
    )


def _partner(one: PartnerLine) -> Component:
    disc = html.Span(one.letter, className="app-disc app-disc--missing")
    name = html.Div(
        [html.H3(one.body.name, className="app-list__name"), html.Span(one.body.detail, className="app-list__detail")]
    )
    return html.Div([html.Div([disc, name], className="app-reliance__head"), html.P(one.reason)])


def _introduce(view: PartnersView) -> Component:
    heads = ("One", "The other", "Secures", "Why")
    rows = [(one.one.name, one.other.name, "; ".join(one.secures), one.reason) for one in view.introductions]
    twin = table("Whom to introduce to each other", heads, rows, frozenset())
    figure = _folded([_pair(one) for one in view.introductions], "Nobody needs to be introduced.")
    return figure_card("introduce", "Introduce to each other", view.introductions_sentence, figure, twin)


def _pair(one: IntroductionLine) -> Component:
    return html.Div([html.H3(f"{one.one.name} and {one.other.name}", className="app-list__name"), html.P(one.reason)])


def _nobody(view: PartnersView) -> Component:
    heads = ("Requirement", "What to look for")
    twin = table("Requirements for which nobody is known", heads, view.unfilled, frozenset())
    lines: list[Component] = [html.P([html.Strong(label), f": {look_for}"]) for label, look_for in view.unfilled]
    figure = _folded(lines, "Somebody is known for every requirement.")
    words = f"{counted(len(view.unfilled), 'requirement')} that no candidate on record provides.".capitalize()
    return figure_card("nobody-known", "Nobody is known", words, figure, twin)
