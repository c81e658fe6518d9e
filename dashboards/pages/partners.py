"""The page of missing partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import figure_card, hidden, table
from dashboards.pages.controls import Input, described, error_summary, kept, text_field
from dashboards.pages.parts import body_link, page_head
from dashboards.selection import Selection
from dashboards.views.decided import Decided
from dashboards.views.partner_limits import LIMITS, Limits, sector_field
from dashboards.views.partners import IntroductionLine, PartnerLine, PartnersView
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["Deciding", "layout"]

SHOWN = 10


@dataclass(frozen=True)
class Deciding:
    """How decisions are taken: whether what is decided lasts, and on which advice a decision was not taken, and why."""

    lasts: bool = True
    wrong: tuple[str, str] = ("", "")
    problem: str = ""


def layout(
    view: PartnersView, selection: Selection, limits: Limits | None = None, deciding: Deciding | None = None
) -> list[Component]:
    """The limits, whom to bring in, whom to introduce, and for what nobody is known."""
    limits, deciding = limits or Limits(), deciding or Deciding()
    problems = [(_field(name), problem) for name, problem in limits.problems.items()]
    if deciding.problem:
        problems.append((_reason_field(*deciding.wrong), deciding.problem))
    parts: list[Component] = [
        *error_summary(problems),
        *page_head(view.headline, view.lede),
        _limits(limits, selection),
    ]
    if view.sentence:
        parts += [_bring_in(view, selection, deciding), _introduce(view, selection, deciding)]
    if view.unfilled:
        parts.append(_nobody(view))
    if view.others:
        parts.append(_others(view, selection))
    if view.sentence and not deciding.lasts:
        parts.append(html.P(_NOT_KEPT, className="app-note"))
    notes = [html.Li(note) for note in view.notes]
    return [*parts, html.Ul(notes, className="govuk-list govuk-list--bullet app-note")] if notes else parts


_NOT_KEPT = (
    "What is decided here is kept until the program stops. To keep it, start with: "
    "orchestrator serve --workspace FOLDER."
)


# ── the limits ────────────────────────────────────────────────────────────────────────────────────────


def _field(name: str) -> str:
    return f"limit-{name}"


def _limits(limits: Limits, selection: Selection) -> Component:
    said = "Limits are set" if limits.some else "Set limits"
    summary = html.Span(said, className="govuk-details__summary-text")
    fields = [
        text_field(
            _field(name),
            name,
            label,
            limits.typed.get(name, ""),
            hint,
            limits.problems.get(name, ""),
            inputMode="decimal",
        )
        for name, label, hint in LIMITS
    ]
    plain = selection.to("partners")
    marks: dict[str, Any] = {"data-view-form": ""}
    form = html.Form(
        [
            *kept(plain.parts()),
            html.Div(fields, className="app-limits"),
            _sectors(limits),
            html.Div(
                [
                    html.Button("Ask within these limits", type="submit", className="app-button app-button--main"),
                    *([html.A("No limits", href=plain.address(), className="govuk-link")] if limits.some else []),
                ],
                className="app-changes__acts",
            ),
        ],
        action=plain.address().partition("?")[0],
        method="get",
        className="app-form",
        **marks,
    )
    return html.Details(
        [html.Summary(summary, className="govuk-details__summary"), form],
        className="govuk-details app-limits-room",
        open=limits.some,
        id="limits",
    )


def _sectors(limits: Limits) -> Component:
    """How many of each sector: a field for at least and one for at most; 0 at most leaves a sector out."""
    rows = []
    for sector, label in SECTOR_LABELS.items():
        cells: list[Component] = [html.Th(label, scope="row", className="govuk-table__header")]
        for which, words in (("least", "at least"), ("most", "at most")):
            name = sector_field(sector, which)
            problem = limits.problems.get(name, "")
            own = _field(name)
            control = Input(
                type="text",
                id=own,
                name=name,
                value=limits.typed.get(name, ""),
                inputMode="numeric",
                autoComplete="off",
                className="govuk-input govuk-input--width-4" + (" govuk-input--error" if problem else ""),
                **described(own, "", problem),
            )
            told = (
                [html.P([hidden("Error: "), problem], id=f"{own}-error", className="govuk-error-message")]
                if problem
                else []
            )
            named = html.Label(f"{label}, {words}", htmlFor=own, className="govuk-visually-hidden")
            cells.append(html.Td([named, *told, control], className="govuk-table__cell"))
        rows.append(html.Tr(cells, className="govuk-table__row"))
    heads = [
        html.Th(words, scope="col", className="govuk-table__header") for words in ("Sector", "At least", "At most")
    ]
    caption = html.Caption("How many of each sector; 0 at most leaves a sector out", className="app-limits__caption")
    return html.Table(
        [caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="govuk-table app-limits__sectors"
    )


# ── whom to bring in and to introduce ─────────────────────────────────────────────────────────────────


def _bring_in(view: PartnersView, selection: Selection, deciding: Deciding) -> Component:
    heads = ("Organisation", "Closes", "Strengthens", "Load over all missions", "Why", "Decided")
    rows = [
        (
            one.body.name,
            "; ".join(one.closes) or "none",
            "; ".join(one.strengthens) or "none",
            one.load,
            one.reason,
            one.decided.said if one.decided else "not yet",
        )
        for one in view.partners
    ]
    twin = table("Whom to bring in", heads, rows, frozenset())
    lines = [_partner(one, selection, deciding) for one in view.partners]
    figure = _folded(lines, "Nobody on record would close or strengthen anything.")
    proved = [html.P(view.certificate)] if view.certificate else []
    all_at_once = [html.A("Try all of them", href=view.try_all, className="app-button")] if view.try_all else []
    head = html.Div([*proved, *all_at_once], className="app-certificate")
    return figure_card("bring-in", "Bring in", view.sentence, html.Div([head, figure]), twin)


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


def _partner(one: PartnerLine, selection: Selection, deciding: Deciding) -> Component:
    disc = html.Span(one.letter, className="app-disc app-disc--missing")
    name = html.Div(
        [
            html.H3(body_link(one.body, selection), className="app-list__name"),
            html.Span(one.body.detail, className="app-list__detail"),
        ]
    )
    links = [_try(one.try_address, one.body.name)]
    if one.map_address:
        words: list[Component | str] = ["See it on the map", hidden(f": {one.body.name}")]
        links.append(html.A(words, href=one.map_address, className="govuk-link"))
    head = html.Div([disc, name, html.Div(links, className="app-advice__acts")], className="app-reliance__head")
    about = (one.body.organisation_id, "")
    return html.Div([head, html.P(one.reason), _decision(about, one.body.name, one.decided, selection, deciding)])


def _try(address: str, name: str) -> Component:
    return html.A(["Try", hidden(f": {name}")], href=address, className="app-button") if address else html.Span()


def _introduce(view: PartnersView, selection: Selection, deciding: Deciding) -> Component:
    heads = ("One", "The other", "Secures", "Why", "Decided")
    rows = [
        (
            one.one.name,
            one.other.name,
            "; ".join(one.secures),
            one.reason,
            one.decided.said if one.decided else "not yet",
        )
        for one in view.introductions
    ]
    twin = table("Whom to introduce to each other", heads, rows, frozenset())
    lines = [_pair(one, selection, deciding) for one in view.introductions]
    figure = _folded(lines, "Nobody needs to be introduced.")
    return figure_card("introduce", "Introduce to each other", view.introductions_sentence, figure, twin)


def _pair(one: IntroductionLine, selection: Selection, deciding: Deciding) -> Component:
    names = f"{one.one.name} and {one.other.name}"
    title = html.H3(
        [body_link(one.one, selection), " and ", body_link(one.other, selection)], className="app-list__name"
    )
    acts = html.Div([_try(one.try_address, names)], className="app-advice__acts")
    about = (one.one.organisation_id, one.other.organisation_id)
    return html.Div(
        [
            html.Div([title, acts], className="app-reliance__head"),
            html.P(one.reason),
            _decision(about, names, one.decided, selection, deciding),
        ]
    )


# ── decisions ─────────────────────────────────────────────────────────────────────────────────────────


def _reason_field(body: str, partner: str) -> str:
    return "-".join(("reason", *f"{body} {partner}".split()))


def _decision(
    about: tuple[str, str], name: str, decided: Decided | None, selection: Selection, deciding: Deciding
) -> Component:
    """What is decided with a button to undo it, or the form to accept or decline with a reason."""
    if decided is not None:
        return _standing(decided, name, selection)
    wrong = about == deciding.wrong
    summary = html.Span(["Accept or decline", hidden(f": {name}")], className="govuk-details__summary-text")
    field = text_field(
        _reason_field(*about),
        "reason",
        "Reason",
        "",
        "Kept with the decision; no names of persons",
        deciding.problem if wrong else "",
        maxLength=1000,
    )
    buttons = [_button("Accept", "accepted", name), _button("Decline", "declined", name)]
    form = _post(about, [field, html.Div(buttons, className="app-changes__acts")], selection)
    return html.Details(
        [html.Summary(summary, className="govuk-details__summary"), form],
        className="govuk-details app-deciding",
        open=wrong or None,
    )


def _standing(decided: Decided, name: str, selection: Selection) -> Component:
    look = "app-decided" + (" app-decided--taken" if decided.taken else "")
    said = html.P([html.Strong(decided.said), " ", html.Bdi(decided.reason)])
    about = (decided.organisation_id, decided.partner_id)
    undo = _post(about, [_button("Undo this decision", "undone", name)], selection)
    return html.Div([said, html.P(decided.became, className="app-note"), undo], className=look)


def _button(words: str, decision: str, name: str) -> html.Button:
    shown: list[Component | str] = [words, hidden(f": {name}")]
    return html.Button(shown, type="submit", name="decision", value=decision, className="app-button")


def _post(about: tuple[str, str], children: list[Component], selection: Selection) -> html.Form:
    """A form that is sent to where decisions are written, and leads back to this view."""
    path, _, query = selection.address().partition("?")
    hold = [("organisation", about[0]), ("partner", about[1])]
    return html.Form(
        [*kept(hold), *children],
        method="post",
        action=f"{path}{'?' if query else ''}{query}",
        className="app-form--plain",
    )


def _others(view: PartnersView, selection: Selection) -> Component:
    lines = [
        html.Li([html.H3(one.title, className="app-list__name"), _standing(one, one.title, selection)])
        for one in view.others
    ]
    rows = [(one.title, one.said, one.reason, one.became) for one in view.others]
    twin = table("Decided before", ("Advice", "Decided", "Reason", "What became of it"), rows, frozenset())
    said = f"{counted(len(lines), 'decision')} on what is not advised here today.".capitalize()
    return figure_card("decided", "Decided before", said, html.Ol(lines, className="app-reliance"), twin)


def _nobody(view: PartnersView) -> Component:
    heads = ("Requirement", "What to look for")
    twin = table("Requirements for which nobody is known", heads, view.unfilled, frozenset())
    lines: list[Component] = [html.P([html.Strong(label), f": {look_for}"]) for label, look_for in view.unfilled]
    figure = _folded(lines, "Somebody is known for every requirement.")
    words = f"{counted(len(view.unfilled), 'requirement')} that no candidate on record provides.".capitalize()
    return figure_card("nobody-known", "Nobody is known", words, figure, twin)
