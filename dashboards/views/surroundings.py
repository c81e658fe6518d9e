"""One body's surroundings: with whom it has ties, what each of them is, and who is one step further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.reliance import NUMBERED, reliance
from dashboards.views.sources import Sources
from dashboards.views.ties import TieLine, other_ends, tie_lines
from orchestrator.drawing.ring_frame import IntArray, RingFrame
from orchestrator.kernels import steps_from
from orchestrator.model.engines import as_rows
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["FarLine", "SurroundingsView", "surroundings_frame", "surroundings_view"]

#: More bodies than this nobody reads in one picture.
MOST: Final = 150
#: As many ties stand in the table; the page of the body has them all.
TABLED: Final = 100


@dataclass(frozen=True)
class FarLine:
    """A body two steps away, and the bodies over whom it is reached."""

    body: Body
    over: tuple[str, ...]


@dataclass(frozen=True)
class SurroundingsView:
    """The surroundings of the body that is picked, one or two ``steps`` out.

    ``drawn`` of ``found`` bodies are in the picture, the nearest and most relied on first. ``ways`` are (words,
    address, whether it is shown).
    """

    body: Body
    sentence: str
    steps: int
    found: int
    drawn: int
    ring_address: str
    ties: tuple[TieLine, ...]
    all_ties: int
    far: tuple[FarLine, ...]
    ways: tuple[tuple[str, str, bool], ...]


def surroundings_view(results: Results, selection: Selection, sources: Sources) -> SurroundingsView | None:
    """With whom does the picked body have ties, and on whose word? None where nobody of the mission is picked."""
    graph, bodies = results.graph, Bodies(results)
    if not bodies.is_member(selection.body):
        return None
    steps = steps_asked(selection)
    away = _away(graph, selection.body)
    near, far = np.flatnonzero(away == 1), np.flatnonzero(away == 2)
    found = len(near) + (len(far) if steps == 2 else 0)
    rows = _rows(graph, selection.body)
    titles = {graph.mission_id: graph.title}
    ties = tie_lines(rows, selection.body, bodies, titles, sources, graph.as_of)
    body = bodies[selection.body]
    return SurroundingsView(
        body=body,
        sentence=_sentence(bodies, body, near, far, found),
        steps=steps,
        found=found,
        drawn=min(found, MOST),
        ring_address=_ring_address(selection, steps),
        ties=ties[:TABLED],
        all_ties=len(ties),
        far=_far(graph, bodies, away, far) if steps == 2 else (),
        ways=tuple(
            (words, selection.asking(around="" if many == 1 else str(many)).address(), many == steps)
            for many, words in ((1, "One step"), (2, "Two steps"))
        ),
    )


def steps_asked(selection: Selection) -> int:
    """How far out does the address ask for? One step, if it does not say two."""
    return 2 if selection.asked("around") == "2" else 1


def _ring_address(selection: Selection, steps: int) -> str:
    path, _, query = selection.to("network", body=selection.body).asking(around=str(steps)).address().partition("?")
    return f"{path}.json?{query}"


def surroundings_frame(results: Results, organisation_id: str, steps: int) -> RingFrame:
    """The frame of a ring map with this body in its middle: whoever is at most so many steps away, 150 at most."""
    graph, bodies = results.graph, Bodies(results)
    away = _away(graph, organisation_id)
    kept = _kept(results, away, steps)
    position = np.full(len(graph.members), -1, dtype=np.int64)
    position[kept] = np.arange(len(kept))
    ends = position[graph.ends.astype(np.int64)]
    members = [bodies[graph.members[at]] for at in kept.tolist()]
    numbered = {entry.body.organisation_id: str(entry.rank) for entry in reliance(bodies)[:NUMBERED]}
    relied = [at for at, body in enumerate(members) if body.organisation_id in numbered and at]
    met = {body.sector for body in members[1:]} or {members[0].sector}
    return RingFrame(
        organisation_id=tuple(body.organisation_id for body in members),
        name=tuple(body.name for body in members),
        sector=tuple(body.sector for body in members),
        kind=tuple(body.kind for body in members),
        tier=tuple(body.tier for body in members),
        place=tuple(body.place for body in members),
        hops=away[kept],
        dependency=_dependency(results)[kept],
        centre=0,
        ties=ends[(ends >= 0).all(axis=1)],
        relied_on=tuple(relied),
        numbers=tuple(numbered[members[at].organisation_id] for at in relied),
        sectors=tuple((sector, label) for sector, label in SECTOR_LABELS.items() if sector in met),
        middle=members[0].name,
    )


def _away(graph: MissionGraph, organisation_id: str) -> IntArray:
    """Steps of every member from this one; −1 without a route."""
    rows = as_rows(graph)
    nobody = np.zeros(len(graph.members), dtype=np.bool_)
    start = np.array([graph.members.index(organisation_id)])
    return steps_from(rows.offsets, rows.neighbours, start, nobody).astype(np.int64)


def _kept(results: Results, away: IntArray, steps: int) -> IntArray:
    """Positions of the body itself and of those that are drawn: the nearest first, then the most relied on."""
    near = np.flatnonzero((away >= 1) & (away <= steps))
    order = np.lexsort((near, -_dependency(results)[near], away[near]))
    return np.concatenate([np.flatnonzero(away == 0), near[order][:MOST]])


def _dependency(results: Results) -> np.ndarray:
    measure = results.measure("organisation", "rooted_dependency")
    values = measure.values if measure else [0.0] * len(results.graph.members)
    return np.array([0.0 if value is None else value for value in values], dtype=np.float64)


def _rows(graph: MissionGraph, name: str) -> pd.DataFrame:
    """The reported rows of the ties that count in the mission on the day and level, with this body at one end."""
    rows = graph.tie_rows
    rows = rows[((rows["source_id"] == name) | (rows["target_id"] == name)) & (rows["source_id"] != rows["target_id"])]
    rows = rows[active_on(rows, graph.as_of) & (rows["level"] >= graph.min_level).to_numpy()]
    members = set(graph.members)
    return rows[np.array([other in members for other in other_ends(rows, name)], dtype=bool)]


def _far(graph: MissionGraph, bodies: Bodies, away: IntArray, far: IntArray) -> tuple[FarLine, ...]:
    """Those two steps away, by name, each with whom it is reached over."""
    rows = as_rows(graph)
    lines = []
    for at in far.tolist():
        around = rows.neighbours[rows.offsets[at] : rows.offsets[at + 1]]
        over = tuple(bodies[graph.members[k]].name for k in around[away[around] == 1].tolist())
        lines.append(FarLine(bodies[graph.members[at]], over))
    return tuple(sorted(lines, key=lambda line: (line.body.name, line.body.organisation_id)))


def _sentence(bodies: Bodies, body: Body, near: IntArray, far: IntArray, found: int) -> str:
    if not len(near):
        return f"{body.name} has no tie in this mission on this day."
    names = [bodies[bodies.results.graph.members[at]] for at in near.tolist()]
    sectors = listed(sorted({SECTOR_LABELS[one.sector] for one in names}), most=6)
    said = sentence(f"{body.name} works with {counted(len(near), 'organisation')}, of {sectors}")
    further = counted(len(far), "more is", "more are")
    said += f" {further[0].upper()}{further[1:]} two steps away." if len(far) else " Nobody else is two steps away."
    return said + (f" The {MOST} nearest are drawn." if found > MOST else "")
