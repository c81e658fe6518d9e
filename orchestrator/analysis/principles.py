"""What can, and what cannot, the network say about each principle of mission-driven government?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.analysis.board_reach import analyse_board_reach
from orchestrator.analysis.local_ties import analyse_local_ties
from orchestrator.analysis.outlook import months_after, outlook
from orchestrator.analysis.remove_centre import analyse_remove_centre
from orchestrator.analysis.wordings import evidence, sector_codes, sector_label
from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding, Findings
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.routes import hops
from orchestrator.model.wording import counted, listed, percent
from orchestrator.tables.vocabulary import SECTORS, WORKING_STATUSES

__all__ = ["PRINCIPLES", "analyse_principles"]

_NAME: Final = "principles"
_Said = tuple[str, dict[str, Any]]
_STATUSES: Final = ("proposed", "approached", "committed", "delivering")
#: Capabilities that the fifth principle names, and the one of the sixth.
_DYNAMIC: Final = ("policy design", "participation", "digital", "experimentation")
_FINANCE: Final = "finance"


def analyse_principles(graph: MissionGraph) -> Findings:
    """One entry for each of the six principles: what the network shows, and what it cannot tell.

    Rows in the order of the principles: ``principle`` (1 to 6), ``title``, ``says``, ``cannot``, ``figures``. One
    finding each, for information. Source: Mission Critical 01 (IIPP and The Future Governance Forum, 2024). Cost grows
    with members, ties, offers and engagements.
    """
    rows, found = [], []
    for number, (title, say, cannot, action) in enumerate(PRINCIPLES, start=1):
        says, figures = say(graph)
        rows.append({"principle": number, "title": title, "says": says, "cannot": cannot, "figures": figures})
        found.append(_finding(graph, number, title, f"{title}: {says} {cannot}", action))
    return Findings((), tuple(found), tuple(rows))


def _missions_first(graph: MissionGraph) -> _Said:
    central = graph.organisations.loc[graph.organisations["sector"] == "central", "organisation_id"]
    rows = graph.engagements
    working = rows[rows["status"].isin(WORKING_STATUSES)]
    here = int(central.isin(graph.engaged).sum())
    anywhere = int(central.isin(working["organisation_id"]).sum())
    says = (
        f"{here} of the {counted(len(central), 'central body', 'central bodies')} on record are committed or "
        f"delivering here, {anywhere} in any mission on record."
    )
    return says, {"central": len(central), "at_work_here": here, "at_work_anywhere": anywhere}


def _long_term(graph: MissionGraph) -> _Said:
    now, then = outlook(graph, graph.as_of), outlook(graph, months_after(graph.as_of, 24))
    weight = coverage(graph).requirements["weight"].to_numpy()
    today = now.states == "covered"
    whole = float(weight[today].sum())
    kept = float(weight[today & (then.states == "covered")].sum()) / whole if whole else None
    dated = graph.tie_rows["ends"].notna().to_numpy()[now.ties]
    share = float(dated.mean()) if len(dated) else None
    parts = ["No requirement is covered today."]
    if kept is not None:
        parts = [f"{percent(kept)} of the weight that is covered today still is in 24 months if nothing is renewed."]
    if share is not None:
        parts.append(f"An end is on record for {percent(share)} of the ties; the others are taken to last.")
    return " ".join(parts), {"cover_kept_24": kept, "ties_with_an_end": share}


def _orchestrator(graph: MissionGraph) -> _Said:
    codes, steps = sector_codes(graph), hops(graph)
    reach = {
        sector: float(((steps >= 0) & (steps <= 2) & (codes == i)).sum() / (codes == i).sum())
        for i, sector in enumerate(SECTORS)
        if (codes == i).any()
    }
    least = min(reach, key=lambda sector: (reach[sector], sector))
    without = analyse_remove_centre(graph).measure("in_touch_without_centre").values[0]
    says = (
        f"Within two steps the centre reaches least of {sector_label(least)} ({percent(reach[least])} of the members)."
    )
    if without is not None:
        says += f" Without it {percent(without)} of those it reaches would stay in touch with one another."
    board = analyse_board_reach(graph).measure("board_places").values[0]
    if board is not None:
        says += f" {percent(board)} of the places have a body within two steps of a board seat."
    return says, {"within_two_steps": reach, "in_touch_without_centre": without, "board_places": board}


def _coalition(graph: MissionGraph) -> _Said:
    rows = graph.mission_engagements
    counts = {status: int((rows["status"] == status).sum()) for status in _STATUSES}
    civil = sector_codes(graph) == SECTORS.index("civil-society")
    seats = rows[(rows["board_seat"] == "yes") & (rows["status"] != "withdrawn")]["organisation_id"]
    members = np.array(graph.members, dtype=object)[civil]
    seated = int(pd.Index(members).isin(seats).sum())
    silent = analyse_local_ties(graph).measure("places_without_tie").values[0]
    stages = ", ".join(f"{counts[status]} {status}" for status in _STATUSES)
    says = (
        f"Of the bodies asked in, {stages}. {counted(int(civil.sum()), 'member')} of {len(civil)} "
        f"{'is' if civil.sum() == 1 else 'are'} of civil society, with {counted(seated, 'seat')} on the board."
    )
    if silent == 0:
        says += " Every place has a body of its own with a tie."
    elif silent is not None:
        has = "has" if silent == 1 else "have"
        says += f" {counted(silent, 'place').capitalize()} {has} no body of their own with a tie."
    figures = {**counts, "civil_society": int(civil.sum()), "civil_society_seats": seated, "places_without_tie": silent}
    return says, figures


def _themes(graph: MissionGraph) -> pd.DataFrame:
    needs = coverage(graph).requirements
    themes = dict(zip(graph.capabilities["capability_id"], graph.capabilities["theme"].str.casefold(), strict=True))
    return needs.assign(theme=needs["capability_id"].map(themes))


def _dynamic(graph: MissionGraph) -> _Said:
    needs = _themes(graph)
    figures = {}
    for theme in _DYNAMIC:
        here = needs[needs["theme"] == theme]
        figures[theme] = {"requirements": len(here), "covered": int((here["state"] == "covered").sum())}
    asked = [f"{theme} {f['covered']} of {f['requirements']}" for theme, f in figures.items() if f["requirements"]]
    absent = [theme for theme, f in figures.items() if not f["requirements"]]
    says = f"Requirements covered: {', '.join(asked)}." if asked else "The need grid asks for none of its themes."
    if asked and absent:
        says += f" The need grid asks nothing of {listed(absent)}."
    return says, figures


def _finance(graph: MissionGraph) -> _Said:
    needs = _themes(graph)
    here = needs[needs["theme"] == _FINANCE]
    pairs = coverage(graph).providers
    working = pairs[pairs["working"] & pairs["requirement"].isin(here.index)]["organisation_id"].drop_duplicates()
    firms = graph.organisations.loc[graph.organisations["sector"] == "firm", "organisation_id"]
    private = int(working.isin(firms).sum())
    figures = {
        "requirements": len(here),
        "covered": int((here["state"] == "covered").sum()),
        "places": int(here.loc[here["families"] > 0, "place_id"].nunique()),
        "public": len(working) - private,
        "private": private,
    }
    if not len(here):
        return "The need grid asks for no finance.", figures
    says = (
        f"{figures['covered']} of {counted(len(here), 'requirement')} for finance are covered, in "
        f"{counted(figures['places'], 'place')} somebody works on one: "
        f"{counted(len(working) - private, 'public or civic body', 'public or civic bodies')} and "
        f"{counted(private, 'firm')}."
    )
    return says, figures


PRINCIPLES: Final[tuple[tuple[str, Callable[[MissionGraph], _Said], str, str], ...]] = (
    (
        "Missions first across the whole of government",
        _missions_first,
        "The network cannot tell how much money or whose time stands behind a commitment.",
        "Ask the central bodies without committed work what they could bring.",
    ),
    (
        "Long-term mindset",
        _long_term,
        "The network cannot tell whether what ends will be renewed.",
        "Record the end of every tie and commitment that has one.",
    ),
    (
        "Orchestrator",
        _orchestrator,
        "The network cannot tell whether the centre enables or only passes on.",
        "Let partners meet without the centre where they need each other.",
    ),
    (
        "Coalition of the willing",
        _coalition,
        "The network cannot tell whose voice is heard in the room.",
        "Move those who were approached to a clear answer, and hear places that have no voice.",
    ),
    (
        "Dynamic capabilities",
        _dynamic,
        "The network cannot tell how good anybody is at what it offers.",
        "Bring in partners for the themes that are not covered.",
    ),
    (
        "Public finance",
        _finance,
        "The network cannot tell how much is invested and on what terms.",
        "Ask the public finance institutions which places they do not reach.",
    ),
)


def _finding(graph: MissionGraph, number: int, title: str, statement: str, action: str) -> Finding:
    return Finding(
        analysis=_NAME,
        severity="info",
        subject_kind="principle",
        subject_id=str(number),
        measure=title.casefold().replace(" ", "_"),
        value=None,
        unit="",
        statement=statement,
        action=action,
        evidence=evidence("missions", (graph.mission_id,)),
    )
