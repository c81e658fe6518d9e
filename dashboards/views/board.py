"""What a board is asked to decide, where each finding can be seen, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import pandas as pd

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies
from dashboards.views.coverage import tiles_sentence
from dashboards.views.lineage import LineageView, lineage_view
from dashboards.views.need_grid import coverage_frame
from dashboards.views.reliance import Reliance, reliance
from orchestrator.drawing.coverage_frame import CoverageFrame
from orchestrator.export.not_known import not_recorded
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding
from orchestrator.model.labels import requirements_summed_up
from orchestrator.model.need_grid import regions
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, percent, sentence

__all__ = ["BoardView", "Decision", "board_view"]

#: At most so many bodies to bring in are put to a board by name, and so many introductions.
NAMED: Final = 2

#: Where a finding can be seen, by its analysis: the page and what the link says.
_SEEN: Final = MappingProxyType(
    {
        "coverage": ("coverage", "See it in the need grid"),
        "funding_cliff": ("coverage", "See the outlook"),
        "bottlenecks": ("bottlenecks", "See who is relied on"),
        "between": ("bottlenecks", "See who is relied on"),
        "gateways": ("bottlenecks", "See who is relied on"),
        "key_sets": ("bottlenecks", "See who is relied on"),
        "remove_centre": ("bottlenecks", "See who is relied on"),
        "removal_curve": ("bottlenecks", "See who is relied on"),
        "load": ("across", "See the load over all missions"),
        "overlap": ("across", "See what missions share"),
        "principles": ("principles", "See the principles"),
        "local_ties": ("principles", "See the principles"),
        "board_reach": ("principles", "See the principles"),
    }
)
_ELSE: Final = ("network", "See it in the network")


@dataclass(frozen=True)
class Decision:
    """One thing that is asked of the board: what to decide, why, and where what it rests on can be seen."""

    asked: str
    why: str
    address: str
    words: str


@dataclass(frozen=True)
class BoardView:
    """What stands beside the headline and the figures. ``seen`` are address and words of each finding by its id.

    ``states_sentence`` says how the requirements stand, ``tiles`` where. A list may be empty; the sentence beside it
    says why.
    """

    decisions_sentence: str
    decisions: tuple[Decision, ...]
    seen: Mapping[str, tuple[str, str]]
    states_sentence: str
    tiles: CoverageFrame
    tiles_sentence: str
    lineage: LineageView
    not_known: tuple[str, ...]


def board_view(
    results: Results, selection: Selection, missions: pd.DataFrame, advice: Advice | None, no_advice: str = ""
) -> BoardView:
    """What should a board decide about this mission today, and on what does that rest?

    ``advice`` None: whom to bring in could not be worked out, and ``no_advice`` says why.
    """
    decisions = tuple(_decisions(results, selection, advice))
    tiles = regions(coverage_frame(results.graph, selection))
    return BoardView(
        decisions_sentence=_how_many(decisions, no_advice),
        decisions=decisions,
        seen=MappingProxyType({one.finding_id: seen_at(one, selection) for one in results.findings}),
        states_sentence=_states_sentence(results),
        tiles=tiles,
        tiles_sentence=tiles_sentence(tiles),
        lineage=lineage_view(missions, selection),
        not_known=not_recorded(results.graph),
    )


def seen_at(finding: Finding, selection: Selection) -> tuple[str, str]:
    """Where a finding can be seen: the address and the words of the link."""
    page, words = _SEEN.get(finding.analysis, _ELSE)
    if page == "coverage" and finding.subject_kind == "place":
        return selection.to(page, place=finding.subject_id).address(), words
    if page == "across":
        return selection.to(page, mission_id="").address(), words
    if page == "network" and finding.subject_kind == "organisation":
        return selection.to(page, body=finding.subject_id).address(), words
    anchor = "#outlook" if finding.analysis == "funding_cliff" else ""
    return selection.to(page).address() + anchor, words


# ── what is asked of the board ────────────────────────────────────────────────────────────────────


def _decisions(results: Results, selection: Selection, advice: Advice | None) -> Iterator[Decision]:
    bodies = Bodies(results)
    yield from _promises(results, selection)
    if advice is not None:
        yield from _newcomers(bodies, selection, advice)
        yield from _unknown(results, selection, advice)
    yield from _second_partner(bodies, selection, reliance(bodies))
    yield from _renewals(results, selection)
    yield from _overloaded(results, selection)


def _promises(results: Results, selection: Selection) -> Iterator[Decision]:
    """Ask those who are in on paper only to commit."""
    graph, rows = results.graph, coverage(results.graph).requirements
    paper = rows[rows["state"] == "on-paper"]
    if paper.empty:
        return
    grid = coverage(graph)
    who = sorted({name for at in paper.index for name in grid.who(int(at), "on_paper")})
    many, what = counted(len(paper), "requirement"), requirements_summed_up(graph, paper["requirement_id"].tolist())
    names = listed([graph.name_of(name) for name in who], most=NAMED)
    yield Decision(
        f"Ask {names} for a firm commitment or a route to the centre.",
        sentence(f"{many} {'is' if len(paper) == 1 else 'are'} met on paper only: {what}"),
        selection.to("coverage", more=(("state", "on-paper"),)).address(),
        "See what is on paper",
    )


def _newcomers(bodies: Bodies, selection: Selection, advice: Advice) -> Iterator[Decision]:
    """Bring in those who would add most."""
    graph = bodies.results.graph
    closing = [one for one in advice.chosen if one.closes or one.strengthens][:NAMED]
    if not closing:
        return
    does = [
        f"{graph.name_of(one.organisation_id)} would {'close' if one.closes else 'strengthen'} "
        f"{requirements_summed_up(graph, one.closes or one.strengthens)}"
        for one in closing
    ]
    yield Decision(
        f"Bring in {listed([graph.name_of(one.organisation_id) for one in closing])}.",
        " ".join(sentence(one) for one in does),
        selection.to("partners").address(),
        "See everyone who is missing",
    )


def _unknown(results: Results, selection: Selection, advice: Advice) -> Iterator[Decision]:
    """Look for somebody where nobody is known."""
    needs = [one.requirement_id for one in advice.no_known_candidate]
    if needs:
        yield Decision(
            f"Name who looks for a body for {requirements_summed_up(results.graph, needs)}.",
            sentence(f"for {counted(len(needs), 'requirement')} no candidate is on record"),
            selection.to("partners").address(),
            "See what to look for",
        )


def _second_partner(bodies: Bodies, selection: Selection, relied_on: tuple[Reliance, ...]) -> Iterator[Decision]:
    """Find a second one beside the body on which most hangs."""
    if not relied_on:
        return
    most, graph = relied_on[0], bodies.results.graph
    weight = float(coverage(graph).requirements["weight"].sum())
    share = f": {percent(most.weight_lost / weight)} of the requirement weight" if most.weight_lost and weight else ""
    what = requirements_summed_up(graph, most.worsened) if most.worsened else ""
    lost = [f"{counted(len(most.cut_off), 'body', 'bodies')} would lose every route"] if most.cut_off else []
    lost += [f"{counted(len(most.worsened), 'requirement')} would be worse off"] if most.worsened else []
    asked = (
        f"Find a second partner beside {most.body.name} for {what}."
        if what
        else (f"Find a second way to {listed(bodies.names(most.cut_off), most=NAMED)} beside {most.body.name}.")
    )
    yield Decision(
        asked,
        sentence(f"if it left, {' and '.join(lost)}{share}"),
        selection.to("network", body=most.body.organisation_id).address(),
        "See what hangs on it",
    )


def _renewals(results: Results, selection: Selection) -> Iterator[Decision]:
    """Settle what follows the fund that most needs rest on, and the first horizon at which cover falls."""
    funds = [row for row in results.rows("funding_cliff") if "fund" in row and row["lost"]]
    if funds:
        worst = max(funds, key=lambda row: (len(row["lost"]), row["fund"]))
        many = counted(len(worst["lost"]), "requirement")
        what = requirements_summed_up(results.graph, worst["lost"])
        last = f"{date.fromisoformat(worst['ends']):%-d %B %Y}" if worst["ends"] else ""
        when = f" before {last}" if last else "; no end is recorded"
        yield Decision(
            f"Settle what follows {worst['fund']}{when}.",
            sentence(f"when it ends, {many} would be worse off: {what}"),
            selection.to("coverage").address() + "#outlook",
            "See the outlook",
        )


def _overloaded(results: Results, selection: Selection) -> Iterator[Decision]:
    over = [one for one in results.findings if one.analysis == "load"]
    if over:
        names = listed([results.graph.name_of(one.subject_id) for one in over], most=NAMED)
        yield Decision(
            f"Agree with {names} what to hand on.",
            over[0].statement,
            selection.to("across", mission_id="").address(),
            "See the load over all missions",
        )


def _how_many(decisions: tuple[Decision, ...], no_advice: str) -> str:
    told = f" {no_advice}" if no_advice else ""
    if not decisions:
        return f"Nothing that is on record asks for a decision.{told}"
    return sentence(f"{counted(len(decisions), 'decision')} that what is on record asks for") + told


def _states_sentence(results: Results) -> str:
    rows = coverage(results.graph).requirements
    if rows.empty:
        return "No requirements are recorded."
    covered = int((rows["state"] == "covered").sum())
    return sentence(f"{covered:,} of {counted(len(rows), 'requirement')} {'is' if covered == 1 else 'are'} covered")
