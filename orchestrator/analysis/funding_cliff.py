"""Will it last? Which needs lose their cover in 6, 12 and 24 months, and what falls together when one fund ends?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.analysis.outlook import Outlook, months_after, outlook
from orchestrator.analysis.wordings import evidence, names
from orchestrator.model.coverage import coverage
from orchestrator.model.findings import Finding, Findings, Measure, severity_of
from orchestrator.model.labels import requirement_labels, requirements_summed_up
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.wording import counted, listed
from orchestrator.tables.vocabulary import STATES

__all__ = ["HORIZONS", "analyse_funding_cliff"]

_NAME: Final = "funding_cliff"
HORIZONS: Final = (6, 12, 24)
#: Of more funds than this only those with most ties are followed.
MOST_FUNDS: Final = 50
_RANK: Final = ("covered", "thin", "on-paper", "gap", "no-data")


def analyse_funding_cliff(graph: MissionGraph) -> Findings:
    """In which state is every requirement in 6, 12 and 24 months if nothing is renewed, and what does each fund carry?

    Measures a requirement: ``state_6``, ``state_12``, ``state_24``; of the mission ``cover_kept_6`` to ``_24`` (share
    of the weight that is covered today which still is; None if none is). Rows: a horizon each (``months``, ``as_of``,
    a count a state, ``lost``: ids of requirements that are worse by then), and a fund each, the one with most ties
    first (``fund``, ``ties`` that count today, ``ends``: the last day of them if known, ``cut_off``: members that lose
    every route when all these ties go, ``lost``). A finding for the first horizon at which something is lost and each
    later one at which more is, and for each fund with which something is lost. Cost: one search a horizon and a fund.
    """
    now = outlook(graph, graph.as_of)
    found: list[Finding] = []
    rows: list[dict[str, Any]] = []
    measures: list[Measure] = []
    told = 0
    for months in HORIZONS:
        day = months_after(graph.as_of, months)
        then = outlook(graph, day)
        lost = _lost(graph, now, then)
        measures.append(Measure(f"state_{months}", "requirement", tuple(then.states.tolist())))
        measures.append(Measure(f"cover_kept_{months}", "mission", (_kept(graph, now, then),), "share"))
        counts = {state: int((then.states == state).sum()) for state in STATES}
        rows.append({"months": months, "as_of": day.isoformat(), **counts, "lost": lost})
        if len(lost) > told:
            found.append(_horizon(graph, months, day.isoformat(), lost, now, then))
            told = len(lost)
    for row in _funds(graph, now):
        rows.append(row)
        if row["lost"] or row["cut_off"]:
            found.append(_fund(graph, row))
    return Findings(tuple(measures), tuple(found), tuple(rows))


def _lost(graph: MissionGraph, now: Outlook, then: Outlook) -> list[str]:
    """Requirements whose state is worse than today; what nobody knows today cannot get worse."""
    rank = {state: i for i, state in enumerate(_RANK)}
    before, after = (np.array([rank[s] for s in each.states], dtype=np.int64) for each in (now, then))
    worse = (after > before) & (before < rank["no-data"])
    return coverage(graph).requirements["requirement_id"][worse].tolist()


def _weight(graph: MissionGraph, needs: list[str]) -> float:
    rows = coverage(graph).requirements
    return float(rows["weight"][rows["requirement_id"].isin(needs)].sum())


def _kept(graph: MissionGraph, now: Outlook, then: Outlook) -> float | None:
    weight = coverage(graph).requirements["weight"].to_numpy()
    today = now.states == "covered"
    whole = float(weight[today].sum())
    return float(weight[today & (then.states == "covered")].sum()) / whole if whole else None


def _funds(graph: MissionGraph, now: Outlook) -> list[dict[str, Any]]:
    ties = graph.tie_rows
    named = (ties["fund"] != "").to_numpy() & active_on(ties, graph.as_of)
    sizes = ties["fund"][named & now.ties].value_counts()
    sizes = sizes.reset_index().sort_values(["count", "fund"], ascending=[False, True])[:MOST_FUNDS]
    register = graph.organisations["organisation_id"].to_numpy(dtype=object)
    rows = []
    for fund, count in zip(sizes["fund"], sizes["count"], strict=True):
        dropped = (ties["fund"] == fund).to_numpy()
        then = outlook(graph, graph.as_of, dropped)
        last = ties["ends"][dropped & now.ties].max()
        rows.append(
            {
                "fund": fund,
                "ties": int(count),
                "ends": None if pd.isna(last) else last.date().isoformat(),
                "cut_off": register[now.reached & ~then.reached].tolist(),
                "lost": _lost(graph, now, then),
            }
        )
    return rows


def _horizon(graph: MissionGraph, months: int, day: str, lost: list[str], now: Outlook, then: Outlook) -> Finding:
    labels, stake = requirement_labels(graph), _weight(graph, lost)
    ended = int((now.ties & ~then.ties).sum())
    stopped = int((now.at_work & ~then.at_work).sum())
    causes = [counted(stopped, "commitment")] * (stopped > 0) + [counted(ended, "tie")] * (ended > 0)
    return Finding(
        analysis=_NAME,
        severity=severity_of(stake, float(coverage(graph).requirements["weight"].sum())),
        subject_kind="horizon",
        subject_id=f"{months} months",
        measure="cover_lost",
        value=float(len(lost)),
        unit="requirements",
        statement=(
            f"By {day}, {counted(len(lost), 'requirement')} would have lost cover if nothing is renewed "
            f"({requirements_summed_up(graph, lost)}): {' and '.join(causes)} end by then."
        ),
        action=f"Renew first what {labels[lost[0]]} rests on.",
        evidence=evidence("requirements", lost),
        stake=stake,
    )


def _fund(graph: MissionGraph, row: dict[str, Any]) -> Finding:
    stake = _weight(graph, row["lost"])
    when = f" (last day {row['ends']})" if row["ends"] else ""
    parts = []
    if row["cut_off"]:
        bodies = counted(len(row["cut_off"]), "body", "bodies")
        centre = graph.name_of(graph.centre_id)
        parts.append(f"{bodies} would lose every route to {centre} ({listed(names(graph, row['cut_off']))})")
    if row["lost"]:
        needs = requirements_summed_up(graph, row["lost"])
        parts.append(f"{counted(len(row['lost']), 'requirement')} would be worse off ({needs})")
    return Finding(
        analysis=_NAME,
        severity=severity_of(stake, float(coverage(graph).requirements["weight"].sum())) if stake else "low",
        subject_kind="fund",
        subject_id=row["fund"],
        measure="fund_ends",
        value=float(row["ties"]),
        unit="ties",
        statement=(
            f"{counted(row['ties'], 'tie').capitalize()} {'hangs' if row['ties'] == 1 else 'hang'} on "
            f"{row['fund']}{when}. When it ends, {' and '.join(parts)}."
        ),
        action=f"Settle what follows {row['fund']} before it ends.",
        evidence=(*evidence("organisations", row["cut_off"]), *evidence("requirements", row["lost"])),
        stake=stake,
    )
