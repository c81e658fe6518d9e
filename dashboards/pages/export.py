"""The page of exports and methods: what can be taken away, what each format carries, how everything is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from types import MappingProxyType
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, table
from dashboards.pages.forms import checkbox, kept
from dashboards.pages.parts import page_head, section
from dashboards.selection import Selection
from dashboards.views.export import ExportView, FormatChoice, Made
from orchestrator.export.carried import HEADINGS

__all__ = ["layout"]

_OWN: Final = frozenset({"marking", "lower", "without-scores", "make"})
#: What is true of these pages and of what leaves them.
_ACCESSIBLE: Final = (
    "Every page is tested with axe-core for WCAG 2.2 A and AA, at three widths, and works by keyboard alone.",
    "Every picture has a sentence that says what it shows, and a table with the same content.",
    "The offline page is tested in the same way. It runs no script.",
    "The PDF is tagged and keeps to PDF/UA-1. For a screen reader its need grid heads columns, not rows.",
    "The document and the workbook have real headings, and tables whose first row and first column head the others.",
    "No person with a disability has tested any of this yet, and no screen reader was listened to.",
    "Graph files are for programs; the tables hold the same for people.",
)
_COMPUTED: Final = (
    "Every sentence on every page is computed from the tables of the pack. Nothing is estimated but betweenness in "
    "very large missions, which says so."
)
_WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lower": "Let the marking be lower than that of the mission",
        "without-scores": "Leave out scores about named bodies: measures, findings and advice that name one",
    }
)


def layout(view: ExportView, made: Made | None, selection: Selection) -> list[Component]:
    """The headline, what was made, the choices, then what each format carries, the methods, the statement."""
    problem = [html.P(view.problem, className="app-form__problem", role="alert")] if view.problem else []
    return [
        *page_head(view.headline, view.lede),
        *problem,
        *([_made(made)] if made else []),
        section("What to take", _form(view, selection)),
        section("What each format carries", _carried(view)),
        section("Methods", *_methods(view)),
        section("Accessibility", *_accessibility()),
    ]


def _made(made: Made) -> Component:
    downloads: dict[str, Any] = {"download": made.name}
    link = html.A(
        f"Download {made.name} ({made.size})", href=made.address, className="app-button app-button--go", **downloads
    )
    listed = [html.Li(f"{name} ({size})") for name, size in made.files]
    held = [html.Ul(listed, className="govuk-list govuk-list--bullet")] if len(listed) > 1 else []
    return html.Div(
        [html.H2("It is ready", className="app-heading"), html.P(link), html.P(made.sentence), *held],
        className="app-made",
        role="status",
    )


def _form(view: ExportView, selection: Selection) -> html.Form:
    own = _OWN | {one.name for one in (*view.readable, *view.machine)}
    options = [
        html.Option(words, value=value or "none", selected=value == view.marking or None)
        for value, words in view.markings
    ]
    marking = html.Select(options, id="export-marking", name="marking")
    return html.Form(
        [
            *kept(selection, set(own)),
            dcc.Input(type="hidden", name="make", value="yes"),
            _boxes("To read", view.readable),
            _boxes("For other programs", view.machine),
            html.Div(
                [html.Label("Protective marking", htmlFor="export-marking", className="app-form__label"), marking],
                className="app-form__field",
            ),
            html.Div(
                [
                    checkbox("lower", _WHY["lower"], checked=view.may_fall),
                    checkbox("without-scores", _WHY["without-scores"], checked=view.leave_out_scores),
                ],
                className="app-form__field",
            ),
            html.Button("Make it", type="submit", className="app-button app-button--go"),
        ],
        method="get",
        action=selection.to("export").path,
        className="app-form app-form--export",
        **aria(label="What to take"),
    )


def _boxes(title: str, choices: Sequence[FormatChoice]) -> html.Fieldset:
    boxes = [checkbox(one.name, f"{one.name}: {one.use}", checked=one.chosen) for one in choices]
    return html.Fieldset(
        [html.Legend(title, className="app-form__label"), *boxes], className="app-form__field app-boxes"
    )


def _carried(view: ExportView) -> Component:
    heads = [heading.capitalize() for heading in HEADINGS]
    rows = [tuple(cell.replace("`", "") for cell in astuple(one)) for one in view.carried]
    return table("What each format carries, and what it cannot", heads, rows, frozenset())


def _methods(view: ExportView) -> list[Component]:
    return [
        html.P(_COMPUTED),
        table("The questions, and what each looks at", ("Question", "What it looks at"), view.analyses, frozenset()),
        table("What the words mean", ("Word", "Meaning"), tuple(view.words.items()), frozenset()),
        table("These settings", ("What", "Value"), view.facts, frozenset()),
    ]


def _accessibility() -> list[Component]:
    lines = [html.Li(line) for line in _ACCESSIBLE]
    return [html.Ul(lines, className="govuk-list govuk-list--bullet")]
