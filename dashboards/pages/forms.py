"""Forms that only change the address: they work without scripts, and with them nothing is loaded anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import aria
from dashboards.selection import Selection
from dashboards.views.coverage_choice import Options

__all__ = ["checkbox", "choices", "kept"]


def choices(selection: Selection, options: Sequence[Options], label: str, clear: str = "") -> html.Form:
    """A row of choices that are written into the address of this page; everything else in it stays as it is.

    ``clear`` is the address without these choices; blank where nothing is chosen.
    """
    at_once: dict[str, Any] = {"data-at-once": ""}
    names = {one.name for one in options}
    fields = [_field(one) for one in options]
    button = html.Button("Show", type="submit", className="app-button")
    link = [html.A("Show everything", href=clear, className="govuk-link")] if clear else []
    return html.Form(
        [*kept(selection, names), *fields, button, *link],
        method="get",
        action=selection.address().partition("?")[0],
        className="app-choices",
        **at_once,
        **aria(label=label),
    )


def _field(one: Options) -> html.Div:
    name = f"choose-{one.name}"
    shown = [html.Option(one.every[0].upper() + one.every[1:], value="", selected=not one.chosen or None)]
    shown += [html.Option(words, value=value, selected=value == one.chosen or None) for value, words in one.options]
    select = html.Select(shown, id=name, name=one.name, key=f"{name}-{one.chosen}")
    return html.Div([html.Label(one.label, htmlFor=name), select], className="app-field")


def kept(selection: Selection, without: set[str]) -> list[Component]:
    """What the address says already, as fields that are not shown; those of ``without`` are the form's own."""
    held = [(name, value) for name, value in selection.parts() if name not in without]
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in held]


class _Checkbox(Component):
    """A checkbox: Dash knows lists of them only, which its own script draws."""

    def __init__(self, **properties: Any) -> None:
        self._prop_names = list(properties)
        self._type, self._namespace = "Input", "html"
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties, self.available_wildcard_properties = self._prop_names, []
        super().__init__(**properties)  # type: ignore[no-untyped-call]


def checkbox(name: str, label: str, *, checked: bool = False) -> html.Div:
    """A box to tick with its label; ticked it writes ``name=yes`` into the address."""
    named = f"tick-{name}"
    box = _Checkbox(type="checkbox", id=named, name=name, value="yes", checked=checked or None)
    return html.Div([box, html.Label(label, htmlFor=named)], className="app-tick")
