"""The page on which a pack is brought, and what is said of it then."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import figure_card, table
from dashboards.pages.parts import page_head, section
from dashboards.selection import Selection
from dashboards.views.bring import BringView, ProblemLine

__all__ = ["LARGEST", "layout", "report_layout"]

#: Bytes of a file that is brought.
LARGEST: Final = 50 << 20

#: Dash knows no inputs for files; the page does.
_FILE: Final[Mapping[str, Any]] = MappingProxyType({"type": "file"})
_WHAT: Final = (
    f"A .zip of a folder of CSV files, or a workbook (.xlsx or .ods) with a sheet a table; at most {LARGEST >> 20} MB."
)
_HEADS: Final = ("Where", "The value", "What is wrong", "What to do")


def layout(lasts: bool, problem: str = "") -> list[Component]:
    """What a pack is, what happens to it, and the form to bring one."""
    kept = (
        "It is kept in the workspace of this installation until somebody deletes it there."
        if lasts
        else "It is kept while the program runs, and is gone when it stops."
    )
    told = [html.P(problem, className="app-form__problem", role="alert")] if problem else []
    return [
        *page_head("Bring a pack of your own", "A pack is the tables of one register with its missions."),
        *told,
        _form(),
        section(
            "What happens to it",
            html.Ul(
                [
                    html.Li(
                        "Every row is read strictly. What is wrong is shown with file, row, column and what to do."
                    ),
                    html.Li("Nothing is half taken: a pack with a problem is not used at all, until it is mended."),
                    html.Li("The packaged pack stays untouched. Your pack has an address that nobody can guess."),
                    html.Li(kept),
                ],
                className="govuk-list govuk-list--bullet",
            ),
        ),
    ]


def _form() -> html.Form:
    limits: dict[str, Any] = {"data-largest": str(LARGEST)}
    return html.Form(
        [
            html.Div(
                [
                    html.Label("The pack", htmlFor="bring-pack", className="app-form__label"),
                    html.P(
                        _WHAT,
                        className="app-hint",
                        id="bring-hint",
                    ),
                    dcc.Input(id="bring-pack", name="pack", required=True, **_FILE),
                ],
                className="app-form__field",
            ),
            html.Button("Bring it", type="submit", className="app-button"),
        ],
        action="/data/bring",
        method="post",
        encType="multipart/form-data",
        className="app-form",
        **limits,
    )


def report_layout(view: BringView, key: str) -> list[Component]:
    """The headline, the way on, the balance, and what is wrong row by row."""
    parts: list[Component] = page_head(view.headline, view.lede)
    if view.taken:
        address = Selection("missions", pack=key).address()
        parts.append(html.P(html.A("Open it", href=address, className="app-button app-button--go")))
    else:
        parts.append(_problems(view, key))
    parts.append(_counts(view))
    if view.notices:
        twin = table("What was only noticed", _HEADS, [_row(line) for line in view.notices], frozenset())
        figure = html.P("Nothing is rejected for these.", className="app-note")
        parts.append(figure_card("notices", "What was only noticed", view.notices_sentence, figure, twin))
    again = "Bring another" if view.taken else "Bring it again"
    return [*parts, section(again, _form())]


def _problems(view: BringView, key: str) -> Component:
    shown = table("What is wrong, row by row", _HEADS, [_row(line) for line in view.problems], frozenset())
    download = html.A(
        "Download all of it as CSV",
        href=f"/data/bring/{key}.csv",
        className="govuk-link",
        download=f"{key}.csv",
    )
    return section("What to mend", html.P(view.problems_sentence), shown, html.P(download))


def _row(line: ProblemLine) -> tuple[str, ...]:
    return line.where, line.value, line.what, line.to_do


def _counts(view: BringView) -> Component:
    heads = ("Table", "File", "Rows read", "Kept", "Rejected")
    rows = [
        (count.table, count.file, f"{count.read:,}", f"{count.kept:,}", f"{count.rejected:,}") for count in view.counts
    ]
    shown = table("Every table: read = kept + rejected", heads, rows, frozenset({2, 3, 4}))
    return section("The balance", html.P(view.balance), shown)
