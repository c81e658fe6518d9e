"""The page on which people say whom the names in published evidence mean.

One form holds the whole sheet, so that who decides is typed once. Its first button only remembers that: Enter in a
field decides nothing. Every other button says what it decides in its value: ``accept:3:acme`` is about the third name.
"""

from __future__ import annotations

from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, hidden, table
from dashboards.pages.parts import page_head, section
from dashboards.selection import Selection
from dashboards.views.match import CandidateLine, DecisionLine, MatchView, NameLine
from orchestrator.matching.decisions import NOT_BODIES
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["layout"]

_HOW: Final = (
    "orchestrator evidence FILE --into evidence",
    "orchestrator serve --evidence evidence --decisions matches.csv",
)
_HEADS: Final = ("Where it was written", "Day", "Amount", "Who else", "Title")


def layout(view: MatchView, selection: Selection) -> list[Component]:
    """The headline and how far people have come, the filters, the names of this sheet, and the last decisions."""
    parts: list[Component] = page_head(view.headline, view.lede)
    if not view.there:
        return [*parts, _how()]
    if view.just is not None:
        parts.append(html.P(f"Written: {view.just.said} {view.just.told}", className="match-just", role="status"))
    parts += [_progress(view), _filters(view, selection)]
    if view.names:
        parts.append(_form(selection, [*_deciding(view), *_every_name(view)], "Names to decide"))
        parts.append(_sheets(view, selection))
    else:
        parts.append(html.P(view.nothing, className="govuk-inset-text"))
    if view.decisions:
        parts.append(_decisions(view, selection))
    return parts


def _how() -> Component:
    lines = [html.Li(html.Code(line)) for line in _HOW]
    return section("How to begin", html.Ol(lines, className="govuk-list govuk-list--number match-how"))


def _progress(view: MatchView) -> Component:
    bar = html.Div(
        html.Div(style={"width": f"{view.share * 100:.1f}%"}, className="match-bar__done"),
        className="match-bar",
        role="img",
        **aria(label=view.told),
    )
    notes = html.P(" ".join(view.notes), className="app-note")
    return html.Div([bar, notes], className="match-progress")


def _filters(view: MatchView, selection: Selection) -> Component:
    missions = [("", "any mission"), *view.missions]
    persons = [("", "hold back"), ("yes", "show")]
    fields = [
        _labelled("Contains", "contains", dcc.Input(id="match-contains", name="contains", value=view.contains)),
        _labelled("First beside members of", "mission", _select("mission", missions, view.mission_id)),
        _labelled("Names like a person's", "persons", _select("persons", persons, "yes" if view.persons else "")),
        html.Button("Show", type="submit", className="app-button"),
    ]
    by = [dcc.Input(type="hidden", name="by", value=view.by)] if view.by else []
    return html.Form(
        [*by, *fields],
        method="get",
        action=selection.address().partition("?")[0],
        className="app-choices match-filters",
        **aria(label="Which names"),
    )


def _labelled(words: str, name: str, field: Component) -> html.Div:
    return html.Div([html.Label(words, htmlFor=f"match-{name}"), field], className="app-field")


def _select(name: str, options: list[tuple[str, str]], chosen: str = "") -> html.Select:
    shown = [html.Option(words, value=value, selected=value == chosen or None) for value, words in options]
    return html.Select(shown, id=f"match-{name}", name=name)


def _form(selection: Selection, children: list[Component], label: str) -> html.Form:
    back = dcc.Input(type="hidden", name="back", value=selection.asking(done="", by="").query())
    return html.Form([back, *children], method="post", action="/data/match", **aria(label=label))


def _deciding(view: MatchView) -> list[Component]:
    if not view.can_decide:
        return []
    hint = html.Span("a role or initials, kept with every decision", className="app-hint", id="match-by-hint")
    field = dcc.Input(id="match-by", name="by", value=view.by, maxLength=40, autoComplete="off", size="20")
    remember = html.Button("Remember", type="submit", name="decide", value="remember", className="app-button")
    label = html.Label(["Who decides ", hint], htmlFor="match-by")
    return [html.Div([html.Div([label, field], className="app-field"), remember], className="match-by")]


def _every_name(view: MatchView) -> list[Component]:
    return [html.Div(_name(at, line, view.can_decide), className="match-name") for at, line in enumerate(view.names)]


def _name(at: int, line: NameLine, can_decide: bool) -> list[Component]:
    town = [html.Span(f" in {line.town}", className="app-list__detail")] if line.town else []
    head = html.H2([line.name, *town], className="match-name__title", id=f"match-name-{at}")
    parts: list[Component] = [
        *(dcc.Input(type="hidden", name=f"{name}-{at}", value=value) for name, value in _about_which(line)),
        head,
        html.P(f"{line.about} {line.spellings}".strip(), className="app-note"),
        _records(line),
    ]
    if line.candidates:
        shown = [html.Li(_candidate(at, line, each, can_decide)) for each in line.candidates]
        parts.append(html.Ol(shown, className="match-candidates", **aria(label=f"Who {line.name} may be")))
    else:
        parts.append(html.P("Nobody on the register is like it.", className="match-nobody"))
    return [*parts, _otherwise(at, line)] if can_decide else parts


def _about_which(line: NameLine) -> tuple[tuple[str, str], ...]:
    return (("name", line.name), ("town", line.town))


def _records(line: NameLine) -> Component:
    rows = [(each.where, each.day, each.amount, each.other, each.title) for each in line.records]
    words = html.Span("Where it was written", className="govuk-details__summary-text")
    shown = table(f"Where {line.name} was written", _HEADS, rows, frozenset({2}))
    return html.Details(
        [
            html.Summary([words, hidden(f": {line.name}")], className="govuk-details__summary"),
            html.Div(shown, className="govuk-details__text"),
        ],
        className="govuk-details match-records",
    )


def _candidate(at: int, line: NameLine, each: CandidateLine, can_decide: bool) -> list[Component]:
    address = Selection("organisation", organisation_id=each.organisation_id).address()
    link = html.A(each.name, href=address, className="govuk-link app-list__name")
    score = html.Span([hidden("likeness "), str(each.score)], className="match-score")
    about = html.Div([link, html.Span(each.why, className="app-list__detail")])
    if not can_decide:
        return [score, about]
    buttons = [
        _button("It is this body", f"accept:{at}:{each.organisation_id}", f": {line.name} is {each.name}", go=True),
        _button("It is not", f"reject:{at}:{each.organisation_id}", f": {line.name} is not {each.name}"),
    ]
    return [score, about, html.Div(buttons, className="match-buttons")]


def _button(words: str, value: str, more: str, *, go: bool = False) -> html.Button:
    look = "app-button app-button--go" if go else "app-button"
    return html.Button([words, hidden(more)], type="submit", name="decide", value=value, className=look)


def _otherwise(at: int, line: NameLine) -> Component:
    """Another body, a body of its own, no body."""
    sectors = [("", "its sector"), *SECTOR_LABELS.items()]
    kinds = [("", "what it is"), *((kind, f"a {kind}" if kind != "other" else kind) for kind in NOT_BODIES)]
    body = dcc.Input(id=f"match-body-{at}", name=f"body-{at}", autoComplete="off", placeholder="id or name")
    groups = (
        ("Another body of the register", "body", body, "It is that body", f"accept:{at}:"),
        ("A body of its own", "sector", _select(f"sector-{at}", sectors), "It is a new body", f"new:{at}:"),
        ("Not a body", "kind", _select(f"kind-{at}", kinds), "It is no body", f"none:{at}:"),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Label([label, hidden(f", for {line.name}")], htmlFor=f"match-{name}-{at}"),
                    html.Div([field, _button(words, value, f": {line.name}")], className="match-buttons"),
                ],
                className="match-otherwise__one",
            )
            for label, name, field, words, value in groups
        ],
        className="match-otherwise",
    )


def _sheets(view: MatchView, selection: Selection) -> Component:
    said = html.Span(f"Sheet {view.sheet} of {view.sheets}")
    steps = ((view.sheet - 1, "Sheet before"), (view.sheet + 1, "Next sheet"))
    kept = selection.asking(done="")
    links = [
        html.A(words, href=kept.address(sheet=sheet), className="govuk-link")
        for sheet, words in steps
        if 1 <= sheet <= view.sheets
    ]
    return html.Nav([said, *links], className="match-sheets", **aria(label="Sheets"))


def _decisions(view: MatchView, selection: Selection) -> Component:
    lines = [html.Li(_decision(each, view.can_decide)) for each in view.decisions]
    shown = html.Ol(lines, className="match-decisions", reversed=True)
    by: list[Component] = [dcc.Input(type="hidden", name="by", value=view.by)]
    return section("Last decisions", _form(selection, [*by, shown], "Last decisions"))


def _decision(each: DecisionLine, can_decide: bool) -> list[Component]:
    words = html.Span([each.said, html.Span(each.told, className="app-list__detail")])
    if not can_decide:
        return [words]
    undo: dict[str, Any] = {"name": "decide", "value": f"undo:{each.number}:"}
    return [words, html.Button(["Undo", hidden(f": {each.said}")], type="submit", className="app-button", **undo)]
