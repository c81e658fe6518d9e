"""The what-if page: a list of changes, and what they would do."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.change_grid import change_grid, change_table
from dashboards.figures.parts import aria, figure_card, hidden, ring_key, table
from dashboards.pages.controls import Input, described, error_summary, kept, select, text_field
from dashboards.pages.parts import body_link, figures_from_to, heading, name_list, page_head, severity_tag
from dashboards.selection import Selection
from dashboards.views.bodies import Body
from dashboards.views.change_forms import Answer, FormView
from dashboards.views.names import Named
from dashboards.views.scenario import ChangeLine, Outcome, ScenarioView, Suggestion
from orchestrator.model.findings import Finding
from orchestrator.model.wording import counted

__all__ = ["layout"]


def layout(view: ScenarioView) -> list[Component]:
    """What went wrong, the headline, the list with its form, and what the changes would do or what to try first."""
    parts = _outcome(view.outcome, view.here) if view.outcome else _suggestions(view.suggestions)
    shorter: dict[str, Any] = {"data-view-address": view.here.address()} if view.added else {}
    shown = html.Div(parts, className="app-whatif__shown", **shorter)
    split = html.Div([_panel(view), shown], className="app-whatif")
    return [*error_summary(_problems(view)), *page_head(view.headline, view.lede), split]


def _problems(view: ScenarioView) -> list[tuple[str, str]]:
    found = [("", view.problem)] if view.problem else []
    if view.form is not None:
        found += [(_id(name) if name else "change-form", problem) for name, problem in view.form.problems]
    return found


# ── the list and the form ─────────────────────────────────────────────────────────────────────────────


def _panel(view: ScenarioView) -> Component:
    parts: list[Component] = [
        html.H2("The list of changes", className="app-heading", id="changes-title"),
        html.P(view.said, className="app-note", role="status", id="changes-said"),
    ]
    if view.lines:
        parts += [html.Ol([_line(line) for line in view.lines], className="app-changes"), _acts(view)]
    parts.append(_form(view.form, view.here) if view.form else _menu(view))
    return html.Section(parts, className="app-whatif__panel", **aria(labelledby="changes-title"))


def _line(line: ChangeLine) -> html.Li:
    told = (
        [html.P([html.Strong("Cannot be applied. "), line.refused], className="app-changes__why")]
        if line.refused
        else []
    )
    undo = html.A(["Undo", hidden(f": {line.words}")], href=line.undo, className="app-button app-changes__undo")
    number = html.Span(line.number, className="app-changes__number", **aria(hidden="true"))
    look = "app-changes__line" + (" app-changes__line--refused" if line.refused else "")
    words = html.Bdi(line.words, className="app-changes__words")
    return html.Li([html.Div([number, words, undo], className="app-changes__head"), *told], className=look)


def _acts(view: ScenarioView) -> Component:
    copies: dict[str, Any] = {"data-copy-link": ""}
    return html.Div(
        [
            html.A("Undo all", href=view.here.asking(changes="").address(), className="app-button", id="undo-all"),
            html.Button("Copy link", type="button", className="app-button", **copies),
            html.A(
                "Download the list",
                href=view.file_address,
                className="app-button",
                download="changes.toml",
                id="download-list",
            ),
            html.P(
                [
                    "The link holds the whole list: ",
                    html.A("this view", href=view.here.address(), className="govuk-link"),
                    ". The file is what ",
                    html.Code("orchestrator simulate --change"),
                    " takes.",
                ],
                className="app-note app-changes__how",
            ),
        ],
        className="app-changes__acts",
    )


def _menu(view: ScenarioView) -> Component:
    groups = [
        html.Div(
            [
                html.H4(title, className="app-menu__title"),
                html.Ul([html.Li(html.A(words, href=address, className="govuk-link")) for words, address, _ in items]),
            ],
            className="app-menu__group",
        )
        for title, items in view.menu
    ]
    title = "Add another change" if view.lines else "Add a change"
    return html.Div([html.H3(title, className="app-heading"), html.Div(groups, className="app-menu")], id="add-change")


def _form(form: FormView, here: Selection) -> Component:
    path, _, _ = here.address().partition("?")
    plain = here.asking(changes="")
    hold = [*_choices(plain), ("changes", here.asked("changes")), ("add" if form.whole else "form", form.kind)]
    names_at = path.removesuffix("scenario") + "names.json"
    arrives: dict[str, Any] = {"data-arrive": ""}
    parts: list[Component] = [
        html.H3(form.title, className="app-heading", id="change-form", tabIndex="-1", **arrives),
        html.P(f"{form.does[:1].upper()}{form.does[1:]}.", className="app-note"),
        *kept((name, value) for name, value in hold if value),
    ]
    parts += [_control(answer, f"{names_at}?{plain.query()}") for answer in form.answers]
    if form.problem:
        parts.append(html.P([hidden("Error: "), form.problem], className="govuk-error-message"))
    words = "Add this change" if form.whole else "Continue"
    parts.append(
        html.Div(
            [
                html.Button(words, type="submit", className="app-button app-button--main", id="send-change"),
                html.A("Cancel", href=here.address(), className="govuk-link"),
            ],
            className="app-changes__acts",
        )
    )
    marks: dict[str, Any] = {"data-view-form": ""}
    return html.Form(parts, action=path, method="get", className="app-form", **marks)


def _choices(plain: Selection) -> list[tuple[str, str]]:
    """What the bar chose, as fields of the form."""
    from_bar = [("pack", plain.pack), ("on", plain.on.isoformat() if plain.on else "")]
    return [*from_bar, ("level", str(plain.level))]


def _id(name: str) -> str:
    return f"new-{name}"


def _control(answer: Answer, names_at: str) -> Component:
    asked = answer.question
    name, label = _id(asked.name), asked.label if asked.required else f"{asked.label} (optional)"
    if asked.control == "boxes":
        return _boxes(answer)
    if asked.control == "choice" or (asked.control in ("requirement", "fund") and asked.choices and asked.required):
        blank = "Choose" if asked.required else "Leave as it is"
        return select(name, name, label, asked.choices, _value(answer), asked.hint, answer.problem, blank=blank)
    if asked.control in ("body", "requirement", "fund"):
        return _search(answer, label, names_at)
    kinds = {"day": {"type": "date"}, "number": {"inputMode": "decimal"}}
    return text_field(name, name, label, answer.text, asked.hint, answer.problem, **kinds.get(asked.control, {}))


def _value(answer: Answer) -> str:
    return str(answer.value) if answer.value is not None else answer.text


def _search(answer: Answer, label: str, names_at: str) -> Component:
    """A field that looks for a name while one types; where the name is in doubt, those that could be meant."""
    asked = answer.question
    name = _id(asked.name)
    looks: dict[str, Any] = {"data-names": f"{names_at}{'' if names_at.endswith('?') else '&'}of={asked.control}"}
    hint = asked.hint or ("Begin to type a name" if asked.control == "body" else "")
    typed = text_field(
        name, name, label, answer.text, hint, answer.problem, list=f"{name}-names", spellCheck="false", **looks
    )
    choices = [html.Option(words, value=own) for own, words in asked.choices]
    return html.Div([typed, *_offers(asked.name, answer.offers), html.Datalist(choices, id=f"{name}-names")])


def _offers(name: str, offers: tuple[Named, ...]) -> list[Component]:
    """Who could be meant, each a choice; a choice counts before what was typed."""
    if not offers:
        return []
    items = []
    for at, one in enumerate(offers):
        own = f"pick-{name}-{at}"
        words = [html.Bdi(one.name), html.Span(one.detail, className="app-list__detail")]
        items.append(
            html.Div(
                [
                    Input(type="radio", id=own, name=f"pick-{name}", value=one.own_id, className="govuk-radios__input"),
                    html.Label(words, htmlFor=own, className="govuk-label govuk-radios__label"),
                ],
                className="govuk-radios__item",
            )
        )
    legend = html.Legend("Which one do you mean?", className="govuk-fieldset__legend")
    room = html.Div(items, className="govuk-radios govuk-radios--small")
    return [html.Fieldset([legend, room], className="govuk-fieldset app-form__offers")]


def _boxes(answer: Answer) -> Component:
    asked = answer.question
    if not asked.choices:
        return html.P(f"{asked.label}: there are none to take.", className="app-note")
    items = [
        html.Div(
            [
                Input(
                    type="checkbox",
                    id=f"{_id(asked.name)}-{at}",
                    name=f"new-{asked.name}.{own}",
                    value="yes",
                    checked=own in (answer.value or ()) or None,
                    className="govuk-checkboxes__input",
                ),
                html.Label(
                    html.Bdi(words), htmlFor=f"{_id(asked.name)}-{at}", className="govuk-label govuk-checkboxes__label"
                ),
            ],
            className="govuk-checkboxes__item",
        )
        for at, (own, words) in enumerate(asked.choices)
    ]
    legend = html.Legend(asked.label, className="govuk-fieldset__legend")
    room = html.Div(items, className="govuk-checkboxes govuk-checkboxes--small app-form__boxes")
    return html.Fieldset(
        [legend, room], className="govuk-fieldset govuk-form-group", **described(_id(asked.name), "", answer.problem)
    )


# ── what to try first ─────────────────────────────────────────────────────────────────────────────────


def _suggestions(suggestions: tuple[Suggestion, ...]) -> list[Component]:
    if not suggestions:
        words = "There is nothing in this mission yet that a change could take away. Add a change from the list."
        return [html.P(words, className="govuk-inset-text")]
    count = counted(len(suggestions), "question").capitalize()
    items = [
        html.Li(
            [
                html.H3(html.A(one.question, href=one.address, className="govuk-link"), className="app-list__name"),
                html.P(one.why),
            ]
        )
        for one in suggestions
    ]
    return [heading(f"{count} to begin with"), html.Ol(items, className="app-suggestions")]


# ── before and after ──────────────────────────────────────────────────────────────────────────────────


def _outcome(outcome: Outcome, here: Selection) -> list[Component]:
    return [
        _headlines(outcome),
        html.Ul([html.Li(one) for one in outcome.sentences], className="govuk-list govuk-list--bullet app-outcome"),
        figures_from_to((one.before, one.after) for one in outcome.figures),
        _map(outcome),
        _grid(outcome),
        *_bodies(outcome, here),
        _findings("new-findings", "New findings", outcome.findings_new, "new"),
        _findings("gone-findings", "Findings that would be gone", outcome.findings_gone, "gone"),
    ]


def _headlines(outcome: Outcome) -> Component:
    pairs = (("Before", outcome.headline_before), ("After", outcome.headline_after))
    parts = [part for term, words in pairs for part in (html.Dt(term), html.Dd(words))]
    return html.Dl(parts, className="app-before-after")


def _map(outcome: Outcome) -> Component:
    wiring: dict[str, Any] = {
        "data-ring-map": "",
        "data-address": outcome.map_before,
        "data-ring-to": outcome.map_after,
        "data-selected": "",
        **aria(label="Map before and after", describedby="whatif-map-sentence"),
    }
    turns = []
    for to, words in (("before", "Before"), ("after", "After")):
        glides: dict[str, Any] = {"data-ring-glide": to}
        turns.append(html.Button(words, type="button", className="app-button", **glides, **aria(pressed="false")))
    buttons = html.Div(turns, className="app-turn", role="group", **aria(label="Which picture"))
    picture = html.Div(id="whatif-ring", className="ringmap", tabIndex="0", role="application", **wiring)
    joined = [(title, bodies) for title, bodies in outcome.groups if bodies]
    rows = [(body.name, body.detail, title) for title, bodies in joined for body in bodies]
    twin: Component = html.P("Nobody would join, leave, or gain or lose a route.", className="app-note")
    if rows:
        twin = table(
            "Who would stand otherwise on the map", ("Organisation", "Sector and place", "What"), rows, frozenset()
        )
    return figure_card(
        "whatif-map",
        "On the map",
        outcome.map_sentence,
        html.Div([buttons, picture]),
        twin,
        key=ring_key(missing=False),
        flush=True,
    )


def _grid(outcome: Outcome) -> Component:
    return figure_card(
        "turns",
        "Requirements that would change",
        outcome.turns_sentence,
        change_grid(outcome.turns, outcome.turns_sentence),
        change_table(outcome.turns, "Requirements that would change, the worse ones first"),
        open_when_narrow=bool(outcome.turns),
    )


def _bodies(outcome: Outcome, here: Selection) -> list[Component]:
    shown = []
    for title, bodies in outcome.groups:
        if not bodies:
            continue
        lines = [html.Li([_body(one, outcome, here), _detail(one)]) for one in bodies]
        head = html.H3(f"{title} ({len(bodies):,})", className="govuk-heading-s")
        shown.append(html.Div([head, name_list(lines, title)]))
    return [html.Section(shown, className="app-groups app-whatif__bodies", **aria(label="Who"))] if shown else []


def _body(body: Body, outcome: Outcome, here: Selection) -> Component:
    """A body that a change made has no page of its own."""
    return html.Bdi(body.name) if body.organisation_id in outcome.made else body_link(body, here)


def _detail(body: Body) -> Component:
    return html.Span(body.detail, className="app-list__detail")


def _findings(own_id: str, title: str, findings: tuple[Finding, ...], which: str) -> Component:
    sentence = f"{counted(len(findings), 'finding')} would be {which}.".capitalize()
    if not findings:
        return html.Section([heading(title), html.P(sentence, className="app-note")], **aria(label=title))
    heads = ("Finding", "How grave", "What to do")
    twin = table(title, heads, [(f.statement, f.severity, f.action) for f in findings], frozenset())
    first, rest = findings[:5], findings[5:]
    figure: Component = _finding_list(first)
    if rest:
        words = html.Span(f"{counted(len(rest), 'more', 'more')}".capitalize(), className="govuk-details__summary-text")
        more = html.Details(
            [html.Summary(words, className="govuk-details__summary"), _finding_list(rest)], className="govuk-details"
        )
        figure = html.Div([figure, more])
    return figure_card(own_id, title, sentence, figure, twin)


def _finding_list(findings: tuple[Finding, ...]) -> Component:
    lines = [
        html.Li(
            [
                html.P([severity_tag(one.severity), one.statement], className="app-finding__statement"),
                html.P([hidden("What to do: "), one.action], className="app-finding__action"),
            ],
            className="app-finding",
        )
        for one in findings
    ]
    return html.Ol(lines, className="app-findings")
