"""Who is in, how near the centre, and who is relied on: what the ring map and the panels beside it show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.finding_bodies import FoundView, found_view
from dashboards.views.missing import LETTERED, Gap, Lettered, gap_of, lettered
from dashboards.views.mixing import MixingView, mixing_view
from dashboards.views.overview import Figure, key_figures
from dashboards.views.reliance import NUMBERED, Reliance, reliance
from dashboards.views.sources import Sources
from dashboards.views.surroundings import SurroundingsView, surroundings_view
from orchestrator.drawing.ring_frame import RingFrame
from orchestrator.model.advice import Advice
from orchestrator.model.engines import neighbours
from orchestrator.model.results import Results
from orchestrator.model.ring import ring_frame_of
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["RELIED_ON", "MemberLine", "NetworkView", "PickedBody", "about", "network_view", "picked_body", "ring_frame"]

SHEET = 200
#: What the address says where only bodies that are relied on are shown.
RELIED_ON: Final = "relied-on"


@dataclass(frozen=True)
class PickedBody:
    """The body that is picked on the map: who it is, how it reaches the centre, whom it has ties with."""

    body: Body
    sentences: tuple[str, ...]
    partners: tuple[Body, ...]


@dataclass(frozen=True)
class MemberLine:
    """One member in the table behind the map."""

    body: Body
    hops: int | None
    routes: int | None
    ties: int


@dataclass(frozen=True)
class NetworkView:
    """The network page: the headline, the figures, the ranked lists, one body's surroundings, who works with whom, and
    one sheet of the table of members.

    ``missing`` is None where the advice is not worked out yet, and holds who could fill the
    ``gap`` that is picked, if one is; ``chosen_sector`` and ``only_relied_on`` are the filter;
    ``at`` counts the sheets from 1; ``unreached`` is whether somebody has no route to the centre.
    """

    headline: str
    lede: str
    sentence: str
    figures: tuple[Figure, ...]
    relied_on: tuple[Reliance, ...]
    all_relied_on: int
    missing: tuple[Lettered, ...] | None
    gap: Gap | None
    more_missing: int
    requirements: int
    picked: PickedBody | None
    surroundings: SurroundingsView | None
    mixing: MixingView
    found: FoundView | None
    chosen_sector: str
    only_relied_on: bool
    sheet: tuple[MemberLine, ...]
    at: int
    sheets: int
    members: int
    unreached: bool
    ring_address: str


def network_view(
    results: Results, selection: Selection, sources: pd.DataFrame, advice: Advice | None = None
) -> NetworkView:
    """Who takes part, in which sector, how many steps from the centre, on whom does the rest hang, and who is missing?

    ``advice`` is None where nobody worked out yet whom to bring in.
    """
    graph, bodies = results.graph, Bodies(results)
    relied_on = reliance(bodies)
    sheets = -(-len(graph.members) // SHEET)
    at = min(selection.sheet, sheets)
    gap = gap_of(results, selection)
    missing = gap.could if gap else None if advice is None else lettered(results, advice)
    return NetworkView(
        headline=_headline(relied_on, len(graph.members)),
        lede=_lede(graph.name_of(graph.centre_id), bool(relied_on), bool(missing), gap),
        sentence=_sentence(results),
        figures=key_figures(results, relied_on),
        relied_on=relied_on[:NUMBERED],
        all_relied_on=len(relied_on),
        missing=missing,
        gap=gap,
        more_missing=gap.more if gap else 0 if advice is None else max(0, len(advice.chosen) - LETTERED),
        requirements=len(graph.requirements),
        picked=picked_body(results, selection.body) if selection.body else None,
        surroundings=surroundings_view(results, selection, Sources(sources)),
        mixing=mixing_view(results, selection),
        found=found_view(results, selection),
        chosen_sector=selection.asked("sector") if selection.asked("sector") in SECTOR_LABELS else "",
        only_relied_on=selection.asked("only") == RELIED_ON,
        sheet=_sheet(bodies, at),
        at=at,
        sheets=sheets,
        members=len(graph.members),
        unreached=bool((hops(graph) < 0).any()),
        ring_address=_ring_address(selection, lettered=bool(missing)),
    )


def _lede(centre: str, relied_on: bool, missing: bool, gap: Gap | None) -> str:
    said = f"Every organisation sits in its sector's wedge, at its number of steps from {centre}."
    said += " Numbered discs are relied on, as in the list." if relied_on else ""
    if gap is not None:
        return f"{said} Dashed circles could come in for {gap.title}." if missing else said
    return said + (" Dashed circles are partners that the mission lacks." if missing else "")


def _ring_address(selection: Selection, *, lettered: bool) -> str:
    picked = {"capability": selection.capability, "place": selection.place}
    chosen = selection.to("network", **picked).asking(missing="shown" if lettered else "")
    path, _, query = chosen.address().partition("?")
    return f"{path}.json" + (f"?{query}" if query else "")


def ring_frame(results: Results, advice: Advice | None = None, gap: Gap | None = None) -> RingFrame:
    """The frame that the ring map is drawn from: one entry a member, in the order of their ids.

    With ``advice`` the first partners to bring in stand in it as lettered circles, with a ``gap`` those who could fill
    it; members among them get their letter.
    """
    graph = results.graph
    dependency = pd.to_numeric(results.table("organisation")["rooted_dependency"]).fillna(0.0)
    ranked = [entry.body.organisation_id for entry in reliance(Bodies(results))]
    frame = ring_frame_of(graph, dependency.to_numpy(dtype=np.float64), ranked)
    position = {name: i for i, name in enumerate(graph.members)}
    missing = gap.could if gap else () if advice is None else lettered(results, advice)
    at_hand = [(position[one.body.organisation_id], one.letter) for one in missing if one.is_member]
    return replace(
        frame,
        all_relied_on=tuple(position[name] for name in ranked),
        missing=tuple(one.circle for one in missing if not one.is_member),
        lettered=tuple((at, sign) for at, sign in at_hand if at not in frame.relied_on),
    )


def picked_body(results: Results, organisation_id: str) -> PickedBody | None:
    """What to say about the body that is picked; None if it takes no part in the mission."""
    graph, bodies = results.graph, Bodies(results)
    if not bodies.is_member(organisation_id):
        return None
    partners = tuple(bodies[graph.members[i]] for i in neighbours(graph)[graph.members.index(organisation_id)])
    return PickedBody(bodies[organisation_id], about(results, organisation_id), partners)


def about(results: Results, name: str) -> tuple[str, ...]:
    """How does a member reach the centre, and what hangs on it? A few sentences."""
    graph, bodies = results.graph, Bodies(results)
    centre, ties = graph.name_of(graph.centre_id), len(neighbours(graph)[graph.members.index(name)])
    if name == graph.centre_id:
        return (f"The orchestrating centre, with {counted(ties, 'tie')}.",)
    steps, routes = bodies.measured(name, "hops"), bodies.measured(name, "routes")
    if steps is None:
        said = [f"{counted(ties, 'tie').capitalize()}, and no route to {centre}."]
    else:
        ways = "three or more independent routes" if routes == 3 else counted(routes, "independent route")
        said = [f"{counted(ties, 'tie').capitalize()}; {counted(steps, 'step')} from {centre}, over {ways}."]
    return (*said, *_if_it_left(bodies, bodies.measured(name, "cut_off"), bodies.measured(name, "worsened")))


def _if_it_left(bodies: Bodies, cut: tuple[str, ...], worse: tuple[str, ...]) -> list[str]:
    if not cut and not worse:
        return ["Nobody else hangs on it, and no requirement would be worse off if it left."]
    said = []
    if cut:
        who = counted(len(cut), "body", "bodies")
        said.append(f"If it left, {who} would lose every route: {listed(bodies.names(cut))}.")
    if worse:
        said.append(f"{counted(len(worse), 'requirement').capitalize()} would be worse off.")
    return said


def _headline(relied_on: tuple[Reliance, ...], members: int) -> str:
    cut = {name for entry in relied_on for name in entry.cut_off}
    if not cut:
        return "No single organisation stands between another and the centre"
    gates = sum(bool(entry.cut_off) for entry in relied_on)
    who = counted(gates, "organisation is", "organisations are").capitalize()
    return f"{who} the only way to the centre for {len(cut):,} of the {members:,} in the network"


def _sentence(results: Results) -> str:
    measure = results.measure("organisation", "hops")
    others = [steps for steps in measure.values if steps != 0] if measure else []
    known = [steps for steps in others if steps is not None]
    if not others:
        return "Nobody but the centre takes part."
    if len(others) == 1:
        way = f"is {counted(known[0], 'step')} from the centre" if known else "has no route to the centre"
        return f"The one other organisation {way}."
    near, lost, far = known.count(1), len(others) - len(known), max(known, default=0)
    said = f"{near:,} of {len(others):,} other organisations {'is' if near == 1 else 'are'} one step from the centre"
    said += f", the farthest {counted(far, 'step')} away" if far > 1 else ""
    return said + (f"; {lost:,} {'has' if lost == 1 else 'have'} no route." if lost else "; all have a route.")


def _sheet(bodies: Bodies, sheet: int) -> tuple[MemberLine, ...]:
    graph = bodies.results.graph
    chosen = sorted(graph.members, key=lambda name: (bodies[name].name, name))[(sheet - 1) * SHEET : sheet * SHEET]
    position = {name: i for i, name in enumerate(graph.members)}
    return tuple(
        MemberLine(
            bodies[name],
            bodies.measured(name, "hops"),
            bodies.measured(name, "routes"),
            len(neighbours(graph)[position[name]]),
        )
        for name in chosen
    )
