"""What the record of a mission does not say: sentences that stand at the end of everything a board reads."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.coverage import coverage
from orchestrator.model.labels import place_names
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.snapshot import Snapshot, response_rates
from orchestrator.model.wording import counted, listed, percent

__all__ = ["not_known", "not_recorded"]


def not_known(snapshot: Snapshot) -> tuple[str, ...]:
    """What is not known: places without data, unpublished requirements, capacity, ties, their ends, who answered."""
    said = list(not_recorded(snapshot.graph))
    if snapshot.scores_left_out:
        said.append("What was found about named bodies is left out of this copy.")
    if "worlds" not in snapshot.findings:
        said.append("How sure the figures are was not computed for this copy.")
    return tuple(said)


def not_recorded(graph: MissionGraph) -> tuple[str, ...]:
    """What the record of a mission does not hold, copy or no copy."""
    return (*_of_needs(graph), *_of_members(graph), *_of_ties(graph), *_of_answers(graph))


def _of_needs(graph: MissionGraph) -> Iterator[str]:
    rows = coverage(graph).requirements
    unknown = rows[rows["state"] == "no-data"]
    if len(unknown):
        names = place_names(graph)
        places = sorted({names[place] for place in unknown["place_id"]})
        yield (
            f"{len(unknown):,} of {counted(len(rows), 'requirement')} cannot be judged: nothing is recorded in "
            f"{listed(places)}."
        )
    illustrative = int((rows["basis"] == "illustrative").sum())
    if illustrative:
        are, them = ("is", "it") if illustrative == 1 else ("are", "them")
        of = f"{illustrative:,} of {counted(len(rows), 'requirement')}"
        yield f"{of} {are} set up for illustration: no published plan states {them}."


def _of_members(graph: MissionGraph) -> Iterator[str]:
    members = graph.organisations[graph.organisations["organisation_id"].isin(graph.members)]
    unknown = int(members["capacity"].isna().sum())
    if unknown:
        whose = "any member" if unknown == len(members) else f"{unknown:,} of {counted(len(members), 'member')}"
        yield f"How much it can carry is not recorded for {whose}, so nobody there can be called overloaded or free."
    tied = {int(end) for pair in graph.ends for end in pair}
    alone = len(members) - len(tied)
    if alone:
        who = counted(alone, "member has", "members have").capitalize()
        yield f"{who} no tie on record; some ties may never have been written down."


def _of_ties(graph: MissionGraph) -> Iterator[str]:
    rows = graph.tie_rows
    rows = rows[
        active_on(rows, graph.as_of) & rows["source_id"].isin(graph.members) & rows["target_id"].isin(graph.members)
    ]
    open_end = int(rows["ends"].isna().sum())
    if open_end:
        which = "any tie" if open_end == len(rows) else f"{percent(open_end / len(rows))} of the ties"
        yield f"No end is recorded for {which}: they are counted as lasting."


def _of_answers(graph: MissionGraph) -> Iterator[str]:
    rate = response_rates(graph)
    if not rate["asked"]:
        yield "Nobody was asked: the ties come from published documents, and what is not published is missing."
    elif rate["answered"] < rate["asked"]:
        of = counted(rate["asked"], "member that was asked", "members that were asked")
        yield f"{rate['answered']:,} of {of} answered; ties of the others are known from one side only."
