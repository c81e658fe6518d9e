"""How sure is what is said of each principle? On how many rows it rests, and what is missing from them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from orchestrator.analysis.outlook import outlook
from orchestrator.model.coverage import coverage
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.snapshot import response_rates
from orchestrator.model.wording import counted, percent, sentence

__all__ = ["how_sure"]

_DYNAMIC = ("policy design", "participation", "digital", "experimentation")


def how_sure(graph: MissionGraph) -> Mapping[int, str]:
    """One sentence or two a principle, by its number."""
    return {
        1: _of_engagements(graph),
        2: _of_ends(graph),
        3: _of_ties(graph),
        4: _of_engagements(graph),
        5: _of_needs(graph, _DYNAMIC),
        6: _of_needs(graph, ("finance",)),
    }


def _of_engagements(graph: MissionGraph) -> str:
    rows = graph.mission_engagements
    if rows.empty:
        return "Nobody's part in the mission is recorded, so nothing can be concluded from who is not there."
    bare = int((rows["source"] == "").sum())
    first = f"it rests on {counted(len(rows), 'recorded engagement')}, "
    first += "each with its source" if not bare else f"{bare:,} of them without a source"
    return sentence(first) + " A body that is not recorded may be at work all the same."


def _of_ends(graph: MissionGraph) -> str:
    ties, work = _counted(graph), graph.mission_engagements
    dated, whole = int(ties["ends"].notna().sum() + work["ends"].notna().sum()), len(ties) + len(work)
    if not whole:
        return "No tie and no engagement is recorded, so nothing can end."
    said = sentence(f"an end is recorded for {percent(dated / whole)} of {whole:,} ties and engagements")
    return f"{said} Those without one are taken to last, so the true fall may be steeper."


def _counted(graph: MissionGraph) -> pd.DataFrame:
    """The tie rows that the figures rest on: those that hold today between members, close enough to count."""
    return graph.tie_rows[outlook(graph, graph.as_of).ties]


def _of_ties(graph: MissionGraph) -> str:
    rows = _counted(graph)
    if rows.empty:
        return "No tie is recorded."
    doubted, confirmed = int((rows["confidence"] < 1).sum()), int((rows["confirmed_by"] != "").sum())
    said = sentence(
        f"it rests on {counted(len(rows), 'recorded tie')}, {confirmed or 'none'} of them confirmed by a second party"
    )
    if doubted:
        said += f" Of {counted(doubted, 'tie')} it is not quite sure that there is one."
    rate = response_rates(graph)
    if rate["asked"]:
        return f"{said} {rate['answered']:,} of {rate['asked']:,} who were asked answered."
    return f"{said} Nobody was asked, so ties that were never published are missing."


def _of_needs(graph: MissionGraph, themes: tuple[str, ...]) -> str:
    needs = coverage(graph).requirements
    theme_of = dict(zip(graph.capabilities["capability_id"], graph.capabilities["theme"].str.casefold(), strict=True))
    here: pd.DataFrame = needs[needs["capability_id"].map(theme_of).isin(themes)]
    if here.empty:
        return "The need grid asks for nothing of this, so its silence says nothing."
    published, unknown = int((here["basis"] == "published").sum()), int((here["state"] == "no-data").sum())
    stated = f"{published or 'none'} of {counted(len(here), 'requirement')} {'is' if published == 1 else 'are'} stated"
    said = sentence(f"{stated} by a published plan")
    return said + (
        f" {counted(unknown, 'requirement').capitalize()} cannot be judged." if unknown else " All can be judged."
    )
