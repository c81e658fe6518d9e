"""The page of all missions."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import Child, aria, figure_card, state_key, table
from dashboards.pages.parts import page_head
from dashboards.views.missions import MissionLine, MissionsView, states_of
from orchestrator.model.standing import standing
from orchestrator.model.wording import counted, sentence
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["layout"]


def layout(view: MissionsView) -> list[Component]:
    """The headline, then every mission with how its needs stand, by the set it was announced with."""
    sets = list(dict.fromkeys(line.mission_set for line in view.missions))
    parts = [
        _set(at, name, tuple(line for line in view.missions if line.mission_set == name))
        for at, name in enumerate(sets)
    ]
    bring = html.P(html.A("Bring a pack of your own", href="/data/bring", className="govuk-link"))
    return [*page_head(view.headline, view.lede), *parts, bring]


def _set(at: int, name: str, missions: tuple[MissionLine, ...]) -> Component:
    figure = html.Ul([html.Li(_mission(line), className="app-mission") for line in missions], className="app-missions")
    heads = ("Mission", "Centre", "Organisations", "Requirements", *(STATE_LABELS[state] for state in STATES))
    rows: list[tuple[Child, ...]] = [
        (
            html.A(line.title, href=line.address, className="govuk-link"),
            line.centre,
            f"{line.members:,}",
            f"{line.requirements:,}",
            *(f"{line.states[state]:,}" for state in STATES),
        )
        for line in missions
    ]
    title = name or "Missions"
    twin = table(f"{title}: how the requirements of each mission stand", heads, rows, frozenset(range(2, len(heads))))
    said = sentence(f"{counted(len(missions), 'mission')}: {standing(states_of(missions))}")
    return figure_card(f"set-{at}", title, said, figure, twin, key=_key(missions))


def _key(missions: tuple[MissionLine, ...]) -> Component:
    return state_key(state for state in STATES if any(line.states[state] for line in missions))


def _mission(line: MissionLine) -> list[Component]:
    return [
        html.H3(html.A(line.title, href=line.address, className="govuk-link"), className="app-mission__title"),
        html.P(line.aim, className="app-mission__aim"),
        *(html.P(_told(*told), className="app-mission__detail") for told in line.lineage),
        *_bar(line),
        html.P(
            sentence(counted(line.members, "organisation"), f"orchestrated by {line.centre}")
            + " "
            + sentence(standing(line.states)),
            className="app-mission__detail",
        ),
    ]


def _told(words: str, missions: Sequence[tuple[str, str]]) -> list[Component | str]:
    """``words`` and the missions in a row, as a sentence with links."""
    parts: list[Component | str] = [f"{words} "]
    for at, (title, address) in enumerate(missions):
        between = "" if not at else " and " if at == len(missions) - 1 else ", "
        parts += [between, html.A(title, href=address, className="govuk-link")]
    return [*parts, "."]


def _bar(line: MissionLine) -> list[Component]:
    """The states as a bar: every part carries its number, so that colour says nothing alone."""
    shown = [
        html.Span(f"{line.states[state]:,}", className=f"state state--{state}", style={"flexGrow": line.states[state]})
        for state in STATES
        if line.states[state]
    ]
    said = ", ".join(f"{line.states[s]} {STATE_LABELS[s].casefold()}" for s in STATES if line.states[s])
    return [html.Div(shown, className="app-states", role="img", **aria(label=said))] if shown else []
