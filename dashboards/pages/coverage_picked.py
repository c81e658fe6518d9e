"""The panel of a picked cell or place: who works there and on whose word, who is in on paper and why, who could."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child
from dashboards.pages.parts import body_link, name_list, public_link
from dashboards.selection import Selection
from dashboards.views.bodies import Body
from dashboards.views.candidates import Candidate
from dashboards.views.coverage import CoverageView
from dashboards.views.picked_need import PickedNeed
from dashboards.views.word import Word
from orchestrator.tables.vocabulary import STATE_LABELS

__all__ = ["picked"]


def picked(view: CoverageView, selection: Selection) -> list[Component]:
    """What is behind the picked cell or place; a sentence where the address picks what is not there; else nothing."""
    if not view.picked:
        nothing = "The mission has no requirement for the capability or place that the address names."
        return [html.P(nothing, className="govuk-inset-text")] if selection.place or selection.capability else []
    clear = html.A("Clear the choice", href=selection.address(place="", capability=""), className="govuk-link")
    head = html.Div(
        [html.H2(view.picked_title, className="app-card__title", id="picked-need", tabIndex="-1"), html.P(clear)],
        className="app-card__head app-picked__head",
    )
    if len(view.picked) == 1:
        body: Component = html.Div(_need(view.picked[0], selection))
    else:
        body = html.Div([_folded(need, selection) for need in view.picked])
    return [
        html.Section([head, html.Div(body, className="app-card__body")], className="app-card app-picked", id="picked")
    ]


def _folded(need: PickedNeed, selection: Selection) -> html.Details:
    tag = html.Span(STATE_LABELS[need.state], className=f"state state--{need.state} app-state-word")
    summary = html.Summary(
        [html.Span(need.title, className="govuk-details__summary-text"), tag], className="govuk-details__summary"
    )
    return html.Details(
        [summary, html.Div(_need(need, selection), className="govuk-details__text")], className="govuk-details"
    )


def _need(need: PickedNeed, selection: Selection) -> list[Component]:
    tag = html.Span(STATE_LABELS[need.state], className=f"state state--{need.state} app-state-word")
    paper = [
        _body_line(body, selection, [html.Span(why, className="app-said")], need.words.get(body.organisation_id))
        for body, why in zip(need.on_paper, need.why, strict=True)
    ]
    working, on_paper, could = need.counts
    groups = html.Div(
        [
            _group(
                "Working there",
                [_body_line(body, selection, [], need.words.get(body.organisation_id)) for body in need.working],
                "Nobody works on it.",
                working,
            ),
            _group("On paper only", paper, "Nobody.", on_paper),
            _group(
                "Could come in",
                [_candidate(one, selection) for one in need.candidates],
                "Nobody else is known.",
                could,
                lit=need.state in ("gap", "on-paper", "thin"),
            ),
        ],
        className="app-groups",
    )
    return [
        html.P([tag, " ", need.sentence, *([" ", need.note] if need.note else [])]),
        *([_ways_on(need)] if need.working or need.on_paper or need.candidates else []),
        groups,
        _basis(need),
    ]


def _ways_on(need: PickedNeed) -> Component:
    links: list[Child] = [html.A("Show them on the map", href=need.on_map, className="govuk-link")]
    if not need.words and (need.working or need.on_paper):
        links += [" · ", html.A("On whose word?", href=need.address, className="govuk-link")]
    return html.P(links)


def _group(title: str, lines: Sequence[html.Li], nobody: str, whole: int, *, lit: bool = False) -> html.Div:
    shown: Component = name_list(lines, title) if lines else html.P(nobody, className="app-note")
    look = "app-group app-group--lit" if lit and lines else "app-group"
    cut = [html.P(f"The first {len(lines):,} of {whole:,}.", className="app-note")] if whole > len(lines) else []
    return html.Div([html.H3(f"{title} ({whole:,})", className="govuk-heading-s"), shown, *cut], className=look)


def _body_line(body: Body, selection: Selection, said: list[Component], word: Word | None) -> html.Li:
    detail = html.Span(body.detail, className="app-list__detail")
    return html.Li([body_link(body, selection), detail, *said, *(_word(word) if word is not None else [])])


def _word(word: Word) -> list[Component]:
    lines = ((word.part, word.part_sources), (word.offer, word.offer_sources), (word.ties, word.tie_sources))
    return [
        html.Span([said, *(_sources(sources) if sources or said is not word.ties else [])], className="app-said")
        for said, sources in lines
    ]


def _sources(sources: Sequence[tuple[str, str]]) -> list[Child]:
    shown: list[Child] = []
    for title, address in sources:
        shown += [", " if shown else " Source: ", public_link(title, address)]
    return [*shown, "."] if shown else [" No source is recorded."]


def _candidate(one: Candidate, selection: Selection) -> html.Li:
    look = "app-said app-said--full" if one.full else "app-said"
    words: list[Child] = ["Try ", html.Span(one.body.name, className="govuk-visually-hidden"), " in a what-if"]
    tries = html.A(words, href=one.try_address, className="govuk-link")
    parts: list[Child] = [
        body_link(one.body, selection),
        html.Span(one.body.detail, className="app-list__detail"),
        html.Span(one.load_sentence, className=look),
        html.Span(one.way_sentence, className="app-said"),
        html.Span(tries, className="app-said"),
    ]
    return html.Li(parts)


def _basis(need: PickedNeed) -> Component:
    words = {
        "published": "A published plan states this need. ",
        "illustrative": "No public plan states this need; it is set up for illustration. ",
    }
    links: list[Component | str] = []
    for title, address in need.sources:
        links += [", " if links else "Source: ", public_link(title, address)]
    return html.P([words.get(need.basis, ""), *links], className="app-note")
