"""The page of what changed between two snapshots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, figure_card, table
from dashboards.pages.parts import page_head, section
from dashboards.selection import Selection
from dashboards.views.changes import ChangesView, Choice
from orchestrator.model.snapshot import Row

__all__ = ["empty_layout", "layout", "since_section"]

_FILES: Final[Mapping[str, Any]] = MappingProxyType({"type": "file", "multiple": True})
_SHOWN: Final = 10


def layout(
    view: ChangesView, offered: Sequence[Choice], chosen: tuple[str, str], selection: Selection
) -> list[Component]:
    """The headline, which two are compared, and each kind of change with its table."""
    marking = [html.P(view.marking, className="app-marking")] if view.marking else []
    return [
        *marking,
        *page_head(view.headline, view.lede),
        _choose(offered, chosen, selection),
        _in_words(view),
        _needs(view),
        _bodies(view),
        _ties(view),
        _findings(view),
        _advice(view),
        *_ways(selection),
    ]


def empty_layout(headline: str, lede: str, selection: Selection) -> list[Component]:
    """What to do where there is nothing to compare with."""
    return [*page_head(headline, lede), *_ways(selection)]


def since_section(headline: str, selection: Selection) -> Component:
    """What the overview says of the change since the last snapshot."""
    link = html.A("What changed, and why", href=selection.to("changes").address(), className="govuk-link")
    return section("Since the last snapshot", html.P(headline), html.P(link))


def _choose(offered: Sequence[Choice], chosen: tuple[str, str], selection: Selection) -> html.Form:
    here = selection.to("changes")
    kept = [("pack", here.pack), ("on", here.on.isoformat() if here.on else ""), ("level", str(here.level))]
    hidden = [dcc.Input(type="hidden", name=name, value=value) for name, value in kept if value]
    selects = [
        _select(name, label, offered, value)
        for name, label, value in (("before", "From", chosen[0]), ("after", "To", chosen[1]))
    ]
    button = html.Button("Compare", type="submit", className="app-button")
    return html.Form([*hidden, *selects, button], action=here.path, method="get", className="app-form app-form--row")


def _select(name: str, label: str, offered: Sequence[Choice], chosen: str) -> html.Div:
    options = [html.Option(one.words, value=one.name, selected=one.name == chosen or None) for one in offered]
    select = html.Select(options, id=f"choose-{name}", name=name)
    return html.Div([html.Label(label, htmlFor=f"choose-{name}"), select], className="app-field app-field--wide")


def _in_words(view: ChangesView) -> Component:
    lines = [html.Li(said) for said in view.sentences]
    return section("In words", html.Ul(lines, className="govuk-list govuk-list--bullet"))


def _needs(view: ChangesView) -> Component:
    heads = ("Requirement", "Before", "After", "Turn", "Why")
    rows = [(one.label, one.before, one.after, one.turn or "neither", one.why) for one in view.needs]
    lines = [
        html.Li(
            [html.Strong(f"{one.label}: {one.before} → {one.after}"), html.Span(one.why, className="app-list__detail")]
        )
        for one in view.needs
    ]
    return _card("needs", "Requirements", view.needs_sentence, lines, "No requirement changed.", (heads, rows))


def _bodies(view: ChangesView) -> Component:
    heads = ("Organisation", "What happened")
    rows = [(name, "joined") for name in view.joined] + [(name, "left") for name in view.left]
    rows += [(old, f"is {new} now") for old, new in view.renamed]
    lines = [html.Li([html.Strong(name), f" {what}"]) for name, what in rows]
    nobody = "Nobody joined, left or was renamed."
    return _card("bodies", "Organisations", view.bodies_sentence, lines, nobody, (heads, rows))


def _ties(view: ChangesView) -> Component:
    heads = ("One", "The other", "What happened")
    rows = [(*pair, "formed") for pair in view.formed] + [(*pair, "dissolved") for pair in view.dissolved]
    lines = [html.Li([html.Strong(f"{one} and {other}"), f": {what}"]) for one, other, what in rows]
    return _card("ties", "Ties", view.ties_sentence, lines, "No tie was formed or dissolved.", (heads, rows))


def _findings(view: ChangesView) -> Component:
    heads = ("Finding", "How grave", "Since then", "What to do")
    groups = (view.new, "new"), (view.gone, "gone"), (view.persistent, "as before")
    rows = [_finding(row, word) for found, word in groups for row in found]
    lines = [html.Li([html.Strong(f"{row[2]}: ".capitalize()), row[0]]) for row in rows if row[2] != "as before"]
    nothing = "No finding is new, and none is gone."
    return _card("findings", "Findings", view.findings_sentence, lines, nothing, (heads, rows))


def _finding(row: Row, word: str) -> tuple[str, str, str, str]:
    return str(row.get("statement", "")), str(row.get("severity", "")), word, str(row.get("action", ""))


def _advice(view: ChangesView) -> Component:
    heads = ("Organisation", "Decision", "Why", "Taken")
    rows = [(one.body, one.decision, one.reason, one.taken) for one in view.advice]
    lines = [html.Li([html.Strong(one.body), f": {one.decision}, {one.taken}"]) for one in view.advice]
    return _card("advice", "Advice", view.advice_sentence, lines, "Nothing was decided.", (heads, rows))


def _card(
    card_id: str,
    title: str,
    said: str,
    lines: list[html.Li],
    nothing: str,
    twin: tuple[Sequence[str], Sequence[Sequence[Child]]],
) -> Component:
    """A card with the first lines as a list and all of them as a table."""
    heads, rows = twin
    figure: Component = html.P(nothing, className="app-note")
    if lines:
        more = [html.P(f"And {len(lines) - _SHOWN:,} more in the table.", className="app-note")]
        figure = html.Div(
            [html.Ul(lines[:_SHOWN], className="govuk-list app-changes"), *(more if len(lines) > _SHOWN else [])]
        )
    shown = rows or [("Nothing", *("" for _ in heads[1:]))]
    return figure_card(card_id, title, said, figure, table(f"{title}: what changed", heads, shown, frozenset()))


def _ways(selection: Selection) -> list[Component]:
    """Take a snapshot, or bring the files of some."""
    address = selection.to("changes").address()
    path, mark, query = address.partition("?")
    take = html.Form(
        html.Button("Take a snapshot now", type="submit", className="app-button app-button--go"),
        action=f"{path}/take{mark}{query}",
        method="post",
    )
    bring = html.Form(
        [
            html.Div(
                [
                    html.Label("Snapshot files", htmlFor="bring-snapshots", className="app-form__label"),
                    html.P(
                        "One or two .snapshot.zip files, as orchestrator snapshot writes them.", className="app-hint"
                    ),
                    dcc.Input(id="bring-snapshots", name="snapshot", required=True, **_FILES),
                ],
                className="app-form__field",
            ),
            html.Button("Bring them", type="submit", className="app-button"),
        ],
        action=address,
        method="post",
        encType="multipart/form-data",
        className="app-form",
    )
    words = (
        f"It freezes what is known, found out and decided on {selection.day:%-d %B %Y}, and is kept in the workspace."
    )
    return [section("Take a snapshot", html.P(words), take), section("Bring snapshots", bring)]
