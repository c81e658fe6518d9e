"""The page that is shown while its content is being worked out, and after somebody cancelled that."""

from __future__ import annotations

from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.parts import aria
from dashboards.jobs import Progress, StillWorking
from dashboards.pages.parts import page_head
from dashboards.selection import Selection

__all__ = ["SECONDS", "layout", "stopped_layout"]

#: After as many seconds a browser without scripts comes again.
SECONDS: Final = 2


def layout(still: StillWorking, selection: Selection) -> list[Component]:
    """Where the work is, a bar, and a button to cancel it. A script fills the page in when the work is over."""
    address = selection.address()
    asks: dict[str, Any] = {"data-working": f"/jobs/{still.job}.json?ticket={still.ticket}"}
    lede = "This is worked out once, for everybody who asks, and takes a moment. The page fills in by itself."
    room = html.Div(
        [
            html.P(_step(still.progress), id="working-step", className="app-working__step"),
            _bar(still.progress),
            html.Div([_again(address), _cancel(still, address)], className="app-working__ways"),
        ],
        id="working",
        className="app-working",
        **asks,
    )
    return [*page_head("Working it out…", lede), room]


def _step(progress: Progress) -> str:
    return f"{progress.words} ({progress.done:,} of {progress.of:,})" if progress.of else progress.words


def _bar(progress: Progress) -> html.Progress:
    known: dict[str, Any] = {} if progress.share is None else {"value": str(progress.done), "max": str(progress.of)}
    return html.Progress(id="working-bar", className="app-working__bar", **known, **aria(label="How far it is"))


def _again(address: str) -> html.A:
    return html.A("Look again", href=address, className="govuk-link")


def _cancel(still: StillWorking, address: str) -> html.Form:
    hidden = [
        dcc.Input(type="hidden", name=name, value=value)
        for name, value in (("ticket", still.ticket), ("address", address))
    ]
    button = html.Button("Cancel", type="submit", className="app-button")
    return html.Form([*hidden, button], action=f"/jobs/{still.job}/cancel", method="post")


def stopped_layout(why: str, address: str) -> list[Component]:
    """Why there is nothing, and the way to have it worked out after all."""
    ways = [html.Li(html.A("Work it out again", href=address, className="govuk-link"))]
    ways.append(html.Li(html.A("All missions", href="/", className="govuk-link")))
    return [*page_head("This was not worked out", why), html.Ul(ways, className="govuk-list govuk-list--bullet")]
