"""Native form controls with their labels, hints and errors; they work without scripts and are read out as they look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import aria, hidden

__all__ = ["Input", "described", "error_summary", "field", "kept", "select", "text_field", "told_at"]


class Input(Component):
    """An ``<input>`` with any attributes; Dash's own knows neither boxes to tick nor hidden ones."""

    def __init__(self, **attributes: Any) -> None:
        self.attributes = attributes

    def to_plotly_json(self) -> dict[str, Any]:
        """As ``markup`` reads it."""
        return {"type": "Input", "props": self.attributes}


def kept(choices: Iterable[tuple[str, str]]) -> list[Component]:
    """What a form takes along from the address, unseen."""
    return [Input(type="hidden", name=name, value=value) for name, value in choices]


def field(own_id: str, label: str, control: Component, hint: str = "", problem: str = "") -> Component:
    """A label over its control, with a hint and, where something is wrong, the error between them."""
    parts: list[Component] = [html.Label(label, htmlFor=own_id, className="govuk-label")]
    return html.Div([*parts, *_beside(own_id, hint, problem), control], className=_group(problem))


def text_field(
    own_id: str, name: str, label: str, value: str = "", hint: str = "", problem: str = "", **attributes: Any
) -> Component:
    """A field that one types into."""
    look = {"className": _look("govuk-input", problem)}
    extra: dict[str, Any] = {"type": "text", "autoComplete": "off", **look, **attributes}
    control = Input(
        id=own_id,
        name=name,
        value=value,
        **extra,
        **described(own_id, hint, problem),
    )
    return field(own_id, label, control, hint, problem)


def select(
    own_id: str,
    name: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    value: str = "",
    hint: str = "",
    problem: str = "",
    *,
    blank: str = "Choose",
) -> Component:
    """A list that one chooses from; the first entry chooses nothing."""
    shown = [html.Option(words, value=own, selected=own == value or None) for own, words in (("", blank), *choices)]
    control = html.Select(
        shown, id=own_id, name=name, className=_look("govuk-select", problem), **described(own_id, hint, problem)
    )
    return field(own_id, label, control, hint, problem)


def described(own_id: str, hint: str, problem: str) -> dict[str, Any]:
    """What assistive technology is told of a control's hint and error."""
    words = [f"{own_id}-hint"] if hint else []
    words += [f"{own_id}-error"] if problem else []
    told = aria(describedby=" ".join(words)) if words else {}
    return {**told, **(aria(invalid="true") if problem else {})}


def error_summary(problems: Sequence[tuple[str, str]]) -> list[Component]:
    """The box that leads the page where a form could not be taken: each error leads to its control."""
    if not problems:
        return []
    lines = [html.Li(html.A(problem, href=f"#{own_id}") if own_id else problem) for own_id, problem in problems]
    marks: dict[str, Any] = {"data-arrive": ""}
    title = html.H2("There is a problem", className="govuk-error-summary__title", id="error-title")
    listed = html.Ul(lines, className="govuk-list govuk-error-summary__list")
    return [
        html.Div(
            [title, html.Div(listed, className="govuk-error-summary__body")],
            className="govuk-error-summary",
            id="error-summary",
            role="alert",
            tabIndex="-1",
            **marks,
            **aria(labelledby="error-title"),
        )
    ]


def _beside(own_id: str, hint: str, problem: str) -> list[Component]:
    parts: list[Component] = [html.Div(hint, id=f"{own_id}-hint", className="govuk-hint")] if hint else []
    if problem:
        parts.append(told_at(own_id, problem))
    return parts


def told_at(own_id: str, problem: str) -> Component:
    """What is wrong with a control, beside it."""
    return html.P([hidden("Error: "), problem], id=f"{own_id}-error", className="govuk-error-message")


def _group(problem: str) -> str:
    return "govuk-form-group" + (" govuk-form-group--error" if problem else "")


def _look(plain: str, problem: str) -> str:
    return f"{plain} {plain}--error" if problem else plain
