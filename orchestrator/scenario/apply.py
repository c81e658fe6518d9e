"""Applying a scenario: a mission graph and a list of changes give another mission graph; the first stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.wording import listed
from orchestrator.scenario.change import CHANGES, Change, Scenario
from orchestrator.tables.nearest import nearest

__all__ = ["Refusal", "apply_scenario", "apply_what_can_be", "what_cannot_be"]


@dataclass(frozen=True)
class Refusal:
    """A change that could not be applied, by its number in the list, and why."""

    number: int
    change: Change
    problem: Problem


@dataclass
class _Draft:
    """The facts while changes are being applied: tables by name, the mission, the day, and who has ended."""

    mission: dict[str, str]
    as_of: date
    tables: dict[str, pd.DataFrame]
    ended: dict[str, int] = field(default_factory=dict)

    def rows_of(self, table: str, column: str, value: str) -> pd.Series:
        """Which rows of a table hold a value?"""
        return self.tables[table][column] == value

    def end(self, table: str, rows: pd.Series) -> None:
        """End the rows that are active today, today."""
        frame = self.tables[table].copy()
        frame.loc[rows & active_on(frame, self.as_of), "ends"] = pd.Timestamp(self.as_of)
        self.tables[table] = frame

    def add(self, table: str, **values: Any) -> None:
        """Add a row; what is not given stays blank."""
        frame = self.tables[table]
        row = frame.head(0).reindex([0])
        for name in frame.columns:
            row[name] = row[name].astype(frame[name].dtype) if frame[name].dtype.kind in "fM" else ""
        for name, value in values.items():
            row[name] = value
        self.tables[table] = pd.concat([frame, row.astype(frame.dtypes)], ignore_index=True)


def apply_scenario(graph: MissionGraph, scenario: Scenario) -> MissionGraph:
    """What would the mission be after these changes? Another graph; none of it is applied if one change cannot be.

    Raises BadData that names the first change that cannot be applied, by its number, and why: an organisation that
    there is not or that has ended already, a merge with itself, a requirement or fund that nobody knows.

    Applying no change gives an equal graph. Changes that touch different rows give the same in any order.
    """
    draft = _Draft(dict(graph.mission), graph.as_of, dict(graph.tables))
    for number, change in enumerate(scenario.changes, start=1):
        _apply(draft, change, number, scenario.name)
    return MissionGraph.from_tables(draft.mission, draft.tables, draft.as_of, graph.min_level)


def apply_what_can_be(graph: MissionGraph, scenario: Scenario) -> tuple[MissionGraph, tuple[Refusal, ...]]:
    """What would the mission be after those of these changes that can be applied, and which cannot, and why?

    A change that cannot be applied leaves nothing behind, and the ones after it are tried all the same. The page on
    which people put a list together shows both; ``apply_scenario`` is for lists that have to hold as a whole.
    """
    draft, refused = _tried(graph, scenario)
    return MissionGraph.from_tables(draft.mission, draft.tables, draft.as_of, graph.min_level), refused


def what_cannot_be(graph: MissionGraph, scenario: Scenario) -> tuple[Refusal, ...]:
    """Which of these changes cannot be applied, and why? As ``apply_what_can_be``, at a fraction of its cost."""
    return _tried(graph, scenario)[1]


def _tried(graph: MissionGraph, scenario: Scenario) -> tuple[_Draft, tuple[Refusal, ...]]:
    draft, refused = _Draft(dict(graph.mission), graph.as_of, dict(graph.tables)), []
    for number, change in enumerate(scenario.changes, start=1):
        trial = replace(draft, mission=dict(draft.mission), tables=dict(draft.tables), ended=dict(draft.ended))
        try:
            _apply(trial, change, number, scenario.name)
        except BadData as why:
            refused.append(Refusal(number, change, why.problems[0]))
        else:
            draft = trial
    return draft, tuple(refused)


def _apply(draft: _Draft, change: Change, number: int, scenario: str) -> None:
    _check_names(draft, change, number, scenario)
    told = _STEPS[change.kind](draft, change.values, number)
    if told:
        raise BadData([Problem(told, f"{scenario}, change {number} ({change.kind})")])


def _check_names(draft: _Draft, change: Change, number: int, scenario: str) -> None:
    known = draft.tables["organisations"]["organisation_id"]
    for name, described in CHANGES[change.kind].fields.items():
        if name not in change.values or described.kind not in ("organisation", "organisations"):
            continue
        value = change.values[name]
        for body in value if described.kind == "organisations" else (value,):
            where = f"{scenario}, change {number} ({change.kind})"
            if body in draft.ended:
                what = f"{quoted(body)} has ended already, by change {draft.ended[body]}."
                raise BadData([Problem(what, where, None, name, body)])
            if body not in set(known):
                near = nearest(body, list(known), most=2)
                hint = f"Did you mean {' or '.join(map(quoted, near))}?" if near else ""
                raise BadData([Problem(f"there is no organisation {quoted(body)}.", where, None, name, body, "", hint)])


# ── one function a kind of change: changes the draft, or says why it cannot ───────────────────────────


def _add_engagement(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    mission_id = draft.mission["mission_id"]
    draft.end("engagements", _engagement(draft, values["organisation_id"]))
    given = {"load": 1.0, **values}
    draft.add("engagements", mission_id=mission_id, starts=pd.Timestamp(draft.as_of), **given)
    return ""


def _withdraw(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows = _engagement(draft, values["organisation_id"])
    if not (rows & active_on(draft.tables["engagements"], draft.as_of)).any():
        return f"{quoted(values['organisation_id'])} has no active engagement in the mission. Name one that takes part."
    draft.end("engagements", rows)
    return ""


def _engagement(draft: _Draft, body: str) -> pd.Series:
    mine = draft.rows_of("engagements", "mission_id", draft.mission["mission_id"])
    return mine & draft.rows_of("engagements", "organisation_id", body)


def _add_tie(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    if values["source_id"] == values["target_id"]:
        return f"{quoted(values['source_id'])} cannot have a tie with itself. Name two different organisations."
    level = float(values.get("level") or (1 if values.get("kind") == "meets" else 2))
    given = {"kind": "delivers-with", "level": level, "strength": level, "confidence": 1.0, **values}
    draft.add("ties", mission_id=draft.mission["mission_id"], starts=pd.Timestamp(draft.as_of), **given)
    return ""


def _between(draft: _Draft, values: Mapping[str, Any]) -> pd.Series:
    """The active ties between two bodies, in either direction."""
    ties, pair = draft.tables["ties"], {values["source_id"], values["target_id"]}
    between = [{one, other} == pair for one, other in zip(ties["source_id"], ties["target_id"], strict=True)]
    return pd.Series(active_on(ties, draft.as_of) & np.array(between, dtype=bool), index=ties.index)


def _no_tie(values: Mapping[str, Any]) -> str:
    ends = f"{quoted(values['source_id'])} and {quoted(values['target_id'])}"
    return f"{ends} have no active tie. Name two that have one."


def _end_tie(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows = _between(draft, values)
    if not rows.any():
        return _no_tie(values)
    draft.end("ties", rows)
    return ""


def _strengthen_tie(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows = _between(draft, values)
    if not rows.any():
        return _no_tie(values)
    ties = draft.tables["ties"].copy()
    reached = np.maximum(ties.loc[rows, "level"], values["level"])
    ties.loc[rows, "strength"] = np.maximum(ties.loc[rows, "strength"], reached)
    ties.loc[rows, "level"] = reached
    draft.tables["ties"] = ties
    return ""


def _abolish(draft: _Draft, values: Mapping[str, Any], number: int) -> str:
    body = values["organisation_id"]
    if body == draft.mission["centre_id"]:
        return f"{quoted(body)} is the centre of the mission. Merge it into the body that takes over instead."
    ties = draft.rows_of("ties", "source_id", body) | draft.rows_of("ties", "target_id", body)
    draft.end("ties", ties)
    draft.end("engagements", draft.rows_of("engagements", "organisation_id", body))
    offers = draft.tables["offers"]
    draft.tables["offers"] = offers[offers["organisation_id"] != body].reset_index(drop=True)
    draft.ended[body] = number
    return ""


def _merge(draft: _Draft, values: Mapping[str, Any], number: int) -> str:
    into, merging = values["into"], values["organisation_ids"]
    if into not in merging:
        return f"{quoted(into)} is not one of the organisations that merge. Name it among them too."
    gone = [body for body in merging if body != into]
    _join_capacity(draft, into, gone)
    for table, column in (("offers", "organisation_id"), ("engagements", "organisation_id")):
        draft.tables[table] = _renamed(draft.tables[table], (column,), gone, into)
    ties = _renamed(draft.tables["ties"], ("source_id", "target_id"), gone, into)
    draft.tables["ties"] = ties[ties["source_id"] != ties["target_id"]].reset_index(drop=True)
    draft.tables["offers"] = draft.tables["offers"].drop_duplicates(["organisation_id", "capability_id", "place_id"])
    if draft.mission["centre_id"] in gone:
        draft.mission["centre_id"] = into
    draft.ended.update(dict.fromkeys(gone, number))
    return ""


def _renamed(table: pd.DataFrame, columns: tuple[str, ...], gone: list[str], into: str) -> pd.DataFrame:
    found = table.copy()
    for column in columns:
        found[column] = found[column].where(~found[column].isin(gone), into)
    return found


def _join_capacity(draft: _Draft, into: str, gone: list[str]) -> None:
    """Together they can carry what each could; unknown if one of them is unknown."""
    bodies = draft.tables["organisations"].copy()
    together = bodies.loc[bodies["organisation_id"].isin([into, *gone]), "capacity"].sum(skipna=False)
    bodies.loc[bodies["organisation_id"] == into, "capacity"] = together
    draft.tables["organisations"] = bodies


def _split(draft: _Draft, values: Mapping[str, Any], number: int) -> str:
    body, parts = values["organisation_id"], values["parts"]
    known = set(draft.tables["organisations"]["organisation_id"])
    for part in parts:
        if part["organisation_id"] in known:
            return f"{quoted(part['organisation_id'])} is an organisation already; a part needs an id of its own."
    bodies = draft.tables["organisations"]
    like = bodies[bodies["organisation_id"] == body].iloc[0].to_dict()
    for part in parts:
        draft.add("organisations", **{**like, "organisation_id": part["organisation_id"], "name": part["name"],
                                      "capacity": np.nan, "aliases": "", "identifiers": ""})  # fmt: skip
    _share_out(draft, body, parts)
    if draft.mission["centre_id"] == body:
        draft.mission["centre_id"] = parts[0]["organisation_id"]
    draft.ended[body] = number
    return ""


def _share_out(draft: _Draft, body: str, parts: list[dict[str, Any]]) -> None:
    first = parts[0]["organisation_id"]
    by_capability = {c: part["organisation_id"] for part in parts for c in part.get("capabilities", [])}
    by_partner = {p: part["organisation_id"] for part in parts for p in part.get("partners", [])}
    offers = draft.tables["offers"].copy()
    mine = offers["organisation_id"] == body
    offers.loc[mine, "organisation_id"] = [by_capability.get(c, first) for c in offers.loc[mine, "capability_id"]]
    draft.tables["offers"] = offers
    ties = draft.tables["ties"].copy()
    for end, other in (("source_id", "target_id"), ("target_id", "source_id")):
        mine = ties[end] == body
        ties.loc[mine, end] = [by_partner.get(partner, first) for partner in ties.loc[mine, other]]
    draft.tables["ties"] = ties
    rows = draft.tables["engagements"]
    mine = rows["organisation_id"] == body
    takers = [part["organisation_id"] for part in parts if part.get("engaged")] or [first]
    shared = [rows[mine].assign(organisation_id=t, load=rows.loc[mine, "load"] / len(takers)) for t in takers]
    draft.tables["engagements"] = pd.concat([rows[~mine], *shared], ignore_index=True)


def _move(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    body, parent = values["organisation_id"], values["parent_id"]
    bodies = draft.tables["organisations"].copy()
    above = dict(zip(bodies["organisation_id"], bodies["parent_id"], strict=True))
    step = parent
    while step:
        if step == body:
            return f"{quoted(parent)} stands below {quoted(body)}; a body cannot belong to itself."
        step = above.get(step, "")
    old = above[body]
    bodies.loc[bodies["organisation_id"] == body, "parent_id"] = parent
    draft.tables["organisations"] = bodies
    ties = draft.tables["ties"].copy()
    governing = (ties["kind"] == "governs") & (ties["source_id"] == old) & (ties["target_id"] == body)
    moved = ties[governing & active_on(ties, draft.as_of)].assign(
        source_id=parent, starts=pd.Timestamp(draft.as_of), ends=pd.NaT
    )
    draft.end("ties", governing)
    draft.tables["ties"] = pd.concat([draft.tables["ties"], moved.astype(ties.dtypes)], ignore_index=True)
    return ""


def _end_fund(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows = draft.rows_of("ties", "fund", values["fund"])
    if not rows.any():
        funds = sorted(set(draft.tables["ties"]["fund"]) - {""})
        near = nearest(values["fund"], funds, most=2)
        allowed = f"Funds are {listed([quoted(fund) for fund in funds], 5)}." if funds else "No tie names a fund."
        told = f"Did you mean {quoted(near[0])}?" if near else allowed
        return f"no tie rests on {quoted(values['fund'])}. {told}"
    draft.end("ties", rows)
    return ""


def _move_date(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    draft.as_of = values["date"]
    return ""


def _requirement(draft: _Draft, name: str) -> tuple[pd.Series, str]:
    rows = draft.rows_of("requirements", "requirement_id", name)
    near = () if rows.any() else nearest(name, list(draft.tables["requirements"]["requirement_id"]), most=1)
    hint = f" Did you mean {quoted(near[0])}?" if near else ""
    return rows, "" if rows.any() else f"there is no requirement {quoted(name)} in the mission.{hint}"


def _change_requirement(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows, told = _requirement(draft, values["requirement_id"])
    if not told:
        frame = draft.tables["requirements"].copy()
        for name in ("minimum", "weight", "sector"):
            if name in values:
                frame.loc[rows, name] = values[name]
        draft.tables["requirements"] = frame
    return told


def _drop_requirement(draft: _Draft, values: Mapping[str, Any], _number: int) -> str:
    rows, told = _requirement(draft, values["requirement_id"])
    draft.tables["requirements"] = draft.tables["requirements"][~rows].reset_index(drop=True)
    return told


_STEPS: Final = MappingProxyType[str, Callable[[_Draft, Mapping[str, Any], int], str]](
    {
        "add-engagement": _add_engagement,
        "withdraw-engagement": _withdraw,
        "add-tie": _add_tie,
        "end-tie": _end_tie,
        "strengthen-tie": _strengthen_tie,
        "abolish": _abolish,
        "merge": _merge,
        "split": _split,
        "move": _move,
        "end-fund": _end_fund,
        "move-date": _move_date,
        "change-requirement": _change_requirement,
        "drop-requirement": _drop_requirement,
    }
)
