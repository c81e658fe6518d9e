"""The six principles of mission-driven government: what the network shows of each, how sure, what it cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from dashboards.selection import Selection
from dashboards.views.principle_evidence import EVIDENCE, Evidence, sectors_of
from dashboards.views.principle_sure import how_sure
from orchestrator.analysis.brokers import ROLES
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, percent, sentence
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["Principle", "PrinciplesView", "principles_view"]


@dataclass(frozen=True)
class Principle:
    """One principle: what the network shows, more that follows from it, how sure, what it cannot tell, what to do."""

    number: int
    title: str
    says: str
    more: tuple[str, ...]
    evidence: Evidence
    sure: str
    cannot: str
    action: str
    address: str
    words: str


@dataclass(frozen=True)
class PrinciplesView:
    """The six principles in their order."""

    headline: str
    lede: str
    principles: tuple[Principle, ...]


def principles_view(results: Results, selection: Selection) -> PrinciplesView:
    """What does the network show of each principle, how sure is that, and what can it not tell?"""
    rows = {row["principle"]: row for row in results.rows("principles")}
    actions = {int(one.subject_id): one.action for one in results.by_analysis["principles"].findings}
    sure = how_sure(results.graph)
    found = tuple(
        Principle(
            number,
            row["title"],
            row["says"],
            tuple(_MORE[number](results)),
            EVIDENCE[number](results, row["figures"]),
            sure[number],
            row["cannot"],
            actions[number],
            selection.to(_SEEN[number][0]).address(),
            _SEEN[number][1],
        )
        for number, row in sorted(rows.items())
    )
    return PrinciplesView(_headline(rows), _lede(results.graph), found)


def _headline(rows: Mapping[int, Mapping[str, Any]]) -> str:
    kept, without = rows[2]["figures"]["cover_kept_24"], rows[3]["figures"]["in_touch_without_centre"]
    themes = rows[5]["figures"].values()
    asked, covered = (sum(theme[name] for theme in themes) for name in ("requirements", "covered"))
    parts = []
    if kept is not None:
        parts.append(f"{percent(kept)} of today's cover lasts 24 months")
    if without is not None:
        parts.append(f"without the centre {percent(without)} would stay in touch")
    if asked:
        verb = "is" if covered == 1 else "are"
        parts.append(f"{covered:,} of {asked:,} requirements of dynamic capabilities {verb} covered")
    return sentence("; ".join(parts))[:-1] if parts else "The network says little of the six principles yet"


def _lede(graph: MissionGraph) -> str:
    return (
        "The six principles of mission-driven government (Mission Critical 01, 2024) as far as a network of "
        f"{counted(len(graph.members), 'organisation')} can show them, and what it cannot tell."
    )


#: Where more is to be seen of each principle.
_SEEN: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        1: ("network", "See who takes part"),
        2: ("coverage", "See the outlook"),
        3: ("bottlenecks", "See what happens without the centre"),
        4: ("partners", "See who could be brought in"),
        5: ("coverage", "See the need grid"),
        6: ("coverage", "See the need grid"),
    }
)


# ── more sentences ────────────────────────────────────────────────────────────────────────────────


def _nothing_more(_: Results) -> list[str]:
    return []


def _more_of_departments(results: Results) -> list[str]:
    """Which departments carry committed work here, and how many carry none anywhere."""
    graph = results.graph
    bodies = graph.organisations
    departments = bodies[(bodies["sector"] == "central") & bodies["kind"].str.endswith("department")]
    if departments.empty:
        return []
    here = departments[departments["organisation_id"].isin(graph.engaged)]
    working = graph.engagements[graph.engagements["status"].isin(WORKING_STATUSES)]
    none = departments[~departments["organisation_id"].isin(working["organisation_id"])]
    carry, whole = (
        "carries" if len(here) == 1 else "carry",
        f"{len(departments):,} {'department' if len(departments) == 1 else 'departments'}",
    )
    names = f": {listed(sorted(here['name']), most=4)}" if len(here) else ""
    none_carry = "carries" if len(none) == 1 else "carry"
    return [
        sentence(f"{len(here):,} of {whole} {carry} committed work here{names}"),
        sentence(f"{counted(len(none), 'department')} {none_carry} none in any mission on record"),
    ]


def _more_of_the_centre(results: Results) -> list[str]:
    with_it, without = results.of_mission("density"), results.of_mission("density_without_centre")
    if with_it is None or without is None or not with_it:
        return []
    said = f"of all pairs of members {percent(with_it)} have a tie; among the others, the centre left out"
    return [sentence(f"{said}, {percent(without)}")]


def _more_of_the_coalition(results: Results) -> list[str]:
    """How much of the joining between sectors civil society does."""
    graph = results.graph
    across = np.zeros(len(graph.members))
    for role in ROLES[2:]:
        measure = results.measure("organisation", role)
        across += np.array(measure.values if measure else np.zeros(len(graph.members)), dtype=float)
    if not across.sum():
        return ["Nobody joins bodies of different sectors that do not meet otherwise."]
    sectors = sectors_of(graph)
    civil = np.array([sectors[name] == "civil-society" for name in graph.members])
    share = float(across[civil].sum() / across.sum())
    return [f"Of the links in which one body joins two of different sectors, {percent(share)} run over civil society."]


_MORE: Final[Mapping[int, Callable[[Results], Sequence[str]]]] = MappingProxyType(
    {
        1: _more_of_departments,
        2: _nothing_more,
        3: _more_of_the_centre,
        4: _more_of_the_coalition,
        5: _nothing_more,
        6: _nothing_more,
    }
)
