"""The small picture and the table behind each of the six principles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dashboards.views.cliff import by_month
from orchestrator.analysis.outlook import months_after
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.results import Results
from orchestrator.model.wording import listed, percent
from orchestrator.tables.vocabulary import SECTOR_LABELS, SECTORS, STATE_LABELS, STATES, WORKING_STATUSES

__all__ = ["EVIDENCE", "Evidence", "Share", "sectors_of"]

#: The stages of a coalition, in their order.
STAGES: Final = ("proposed", "approached", "committed", "delivering")
#: How far back the coalition is followed, and in which steps, in months.
BACK: Final = (24, 18, 12, 6, 0)
_FINANCE: Final = "finance"
_TIERS: Final = ("uk", "nation", "region", "local")


@dataclass(frozen=True)
class Share:
    """One bar of a small picture: its label, the share (None: not known), the number in words."""

    label: str
    share: float | None
    words: str


@dataclass(frozen=True)
class Evidence:
    """The small picture and the table of a principle. ``months`` is for the one that is shown month by month."""

    title: str
    bars: tuple[Share, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, Mapping[str, int]], ...] = ()


def sectors_of(graph: MissionGraph) -> dict[str, str]:
    """The sector of every body of the register by its id."""
    return dict(zip(graph.organisations["organisation_id"], graph.organisations["sector"], strict=True))


def _of(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _departments(results: Results, _: Mapping[str, Any]) -> Evidence:
    """Central bodies by kind: at work here, only elsewhere, nowhere."""
    graph = results.graph
    central = graph.organisations[graph.organisations["sector"] == "central"]
    working = graph.engagements[graph.engagements["status"].isin(WORKING_STATUSES)]
    here = central["organisation_id"].isin(graph.engaged)
    anywhere = central["organisation_id"].isin(working["organisation_id"])
    kinds = central.assign(kind=central["kind"].replace("", "kind not recorded"), here=here, anywhere=anywhere)
    rows = [
        (str(kind), len(some), int(some["here"].sum()), int(some["anywhere"].sum()))
        for kind, some in kinds.groupby("kind")
    ]
    rows.sort(key=lambda row: (-row[2], -row[3], -row[1], row[0]))
    return Evidence(
        "Central bodies with committed work here, by kind",
        tuple(Share(kind, _of(at, whole), f"{at:,} of {whole:,}") for kind, whole, at, _ in rows if at),
        ("Kind of central body", "On record", "At work here", "At work in any mission", "In none"),
        tuple((kind, f"{whole:,}", f"{at:,}", f"{some:,}", f"{whole - some:,}") for kind, whole, at, some in rows),
    )


def _months(results: Results, _: Mapping[str, Any]) -> Evidence:
    """Month by month, as on the page of cover."""
    months = by_month(results.graph)
    shown = [(at, day, states) for at, (day, states) in enumerate(months) if at % 6 == 0]
    return Evidence(
        "Requirements by state, month by month if nothing is renewed",
        (),
        ("Day", *(STATE_LABELS[state] for state in STATES)),
        tuple((f"{day:%-d %B %Y}", *(f"{states[state]:,}" for state in STATES)) for _, day, states in shown),
        tuple((_month_label(at), states) for at, (_, states) in enumerate(months)),
    )


def _month_label(months: int) -> str:
    return "Today" if months == 0 else f"+{months}" if months % 6 == 0 else ""


def _reach(results: Results, _: Mapping[str, Any]) -> Evidence:
    """Whom the centre reaches within two steps, by sector and by tier."""
    graph = results.graph
    steps = results.measure("organisation", "hops")
    near = [
        name
        for name, at in zip(graph.members, steps.values if steps else (), strict=False)
        if at is not None and at <= 2
    ]
    members = graph.organisations[graph.organisations["organisation_id"].isin(graph.members)]
    members = members.assign(near=members["organisation_id"].isin(near))
    groups = [(SECTOR_LABELS[sector], members[members["sector"] == sector]["near"]) for sector in SECTORS]
    groups += [
        (f"Tier: {tier}", members[members["tier"] == tier]["near"]) for tier in ("uk", "nation", "region", "local")
    ]
    met = [(label, int(column.sum()), len(column)) for label, column in groups if len(column)]
    return Evidence(
        "Within two steps of the centre",
        tuple(
            Share(label, _of(at, whole), f"{at:,} of {whole:,}")
            for label, at, whole in met
            if label in SECTOR_LABELS.values()
        ),
        ("Members", "In all", "Within two steps", "Share"),
        tuple((label, f"{whole:,}", f"{at:,}", percent(at / whole)) for label, at, whole in met),
    )


def _coalition(results: Results, figures: Mapping[str, Any]) -> Evidence:
    """How firm the coalition is today, and how it grew."""
    whole = sum(figures[stage] for stage in STAGES)
    rows = results.graph.tables["engagements"]
    rows = rows[rows["mission_id"] == results.graph.mission_id]
    history = []
    for back in BACK:
        day = months_after(results.graph.as_of, -back)
        status = rows["status"][active_on(rows, day)]
        history.append((f"{day:%-d %B %Y}", *(f"{int((status == stage).sum()):,}" for stage in STAGES)))
    return Evidence(
        "From proposed to delivering",
        tuple(
            Share(stage.capitalize(), _of(figures[stage], whole), f"{figures[stage]:,}") for stage in STAGES if whole
        ),
        ("Day", *(stage.capitalize() for stage in STAGES)),
        tuple(history),
    )


def _themes(results: Results, figures: Mapping[str, Any]) -> Evidence:
    """Cover of the themes of dynamic capabilities."""
    graph = results.graph
    needs = coverage(graph).requirements
    themes = dict(zip(graph.capabilities["capability_id"], graph.capabilities["theme"].str.casefold(), strict=True))
    theme_of = needs["capability_id"].map(themes)
    rows = []
    for theme, figure in figures.items():
        states = needs["state"][theme_of == theme]
        rows.append(
            (theme.capitalize(), f"{figure['requirements']:,}", *(f"{int((states == s).sum()):,}" for s in STATES))
        )
    return Evidence(
        "Requirements that are covered, by theme",
        tuple(
            Share(
                theme.capitalize(),
                _of(figure["covered"], figure["requirements"]),
                f"{figure['covered']:,} of {figure['requirements']:,}" if figure["requirements"] else "not asked for",
            )
            for theme, figure in figures.items()
        ),
        ("Theme", "Requirements", *(STATE_LABELS[state] for state in STATES)),
        tuple(rows),
    )


def _finance(results: Results, _: Mapping[str, Any]) -> Evidence:
    """Which places finance reaches, by public or civic bodies and by firms."""
    graph, grid, names = results.graph, coverage(results.graph), place_names(results.graph)
    themes = dict(zip(graph.capabilities["capability_id"], graph.capabilities["theme"].str.casefold(), strict=True))
    needs = grid.requirements[grid.requirements["capability_id"].map(themes) == _FINANCE]
    sectors, rows = sectors_of(graph), []
    for at, need in zip(needs.index, needs.itertuples(), strict=True):
        working = grid.who(int(at), "working")
        public = [graph.name_of(name) for name in working if sectors[name] != "firm"]
        private = [graph.name_of(name) for name in working if sectors[name] == "firm"]
        state = STATE_LABELS[str(need.state)]
        rows.append((names[str(need.place_id)], state, listed(public) or "nobody", listed(private) or "nobody"))
    reached = [row for row in rows if row[2] != "nobody"]
    beside = [row for row in rows if row[3] != "nobody"]
    whole = len(rows)
    return Evidence(
        "Requirements for finance with somebody at work",
        (
            Share("Public or civic bodies", _of(len(reached), whole), f"{len(reached):,} of {whole:,}"),
            Share("Firms", _of(len(beside), whole), f"{len(beside):,} of {whole:,}"),
        )
        if whole
        else (),
        ("Place", "State", "Public or civic bodies at work", "Firms at work"),
        tuple(sorted(rows)),
    )


EVIDENCE: Final[Mapping[int, Callable[[Results, Mapping[str, Any]], Evidence]]] = MappingProxyType(
    {
        1: _departments,
        2: _months,
        3: _reach,
        4: _coalition,
        5: _themes,
        6: _finance,
    }
)
