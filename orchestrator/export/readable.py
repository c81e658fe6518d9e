"""The tables behind a brief, as people read them: names instead of ids, words instead of codes, what matters first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from orchestrator.export.brief import Brief, brief, relied_on
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import capability_names, place_names, requirement_labels
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.need_grid import need_grid_frame
from orchestrator.model.snapshot import Snapshot
from orchestrator.model.wording import listed
from orchestrator.tables.vocabulary import SECTOR_LABELS, STATE_LABELS

__all__ = ["WORDS", "Entry", "Table", "readable_tables"]

Entry = str | float | None
_MOST: Final = 10_000
_NAMED: Final = 12

#: Words that the tables use, with the meaning that the glossary gives them; a test holds the two together.
WORDS: Final = MappingProxyType(
    {
        "member": (
            "The centre, every organisation with an engagement that is not withdrawn, and both ends of every tie of "
            "the mission."
        ),
        "working": "A provider that is engaged and has a route to the centre.",
        "step": "One tie on the way from the centre.",
        "route": (
            "A way over ties from the centre to a member. Routes are independent if they share no organisation in "
            "between."
        ),
        "relied on": "An organisation whose leaving cuts somebody off or costs a requirement its cover.",
        "weight lost": "The weight of the requirements whose state gets worse when an organisation leaves.",
        "load": (
            "What an organisation carries over all missions, and what it can. Blank capacity is unknown, neither zero "
            "nor unlimited."
        ),
        "strength": "How much goes over a tie; ties between the same two add up.",
        "confidence": "How sure it is that a tie exists, from 0 to 1.",
        "severity": (
            "How much of the mission's requirement weight a finding puts at stake: high from a tenth, medium from "
            "three hundredths."
        ),
        "digest": "A short name of exactly this content: the same facts give the same digest on any machine.",
    }
)


@dataclass(frozen=True)
class Table:
    """A table for people. ``name`` is short, ``sentence`` says what is in it and what was left out.

    ``numeric`` are the columns of figures. ``rows`` may be empty; the sentence then says why.
    """

    name: str
    title: str
    sentence: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    numeric: frozenset[int] = frozenset()


def readable_tables(snapshot: Snapshot, most: int = _MOST) -> tuple[Table, ...]:
    """The tables of a mission: need grid, requirements, findings, relied on, advice, members, ties.

    At most ``most`` rows each; a table that is cut says so. Where scores about named bodies are left out, the tables
    of scores and of named advice are not there, and members stand without measures.
    """
    said = brief(snapshot)
    made = [_grid(snapshot), _requirements(snapshot.graph), _findings(snapshot, said)]
    if not snapshot.scores_left_out:
        made += [_relied_on(snapshot), *_advice(snapshot, said)]
    made += [_members(snapshot), _ties(snapshot)]
    return tuple(_cut(table, most) for table in made)


def _cut(table: Table, most: int) -> Table:
    found = len(table.rows)
    if found <= most:
        return table
    told = f"{table.sentence} The first {most:,} of {found:,} rows; xlsx, ods and csv hold them all."
    return Table(table.name, table.title, told, table.headings, table.rows[:most], table.numeric)


def _numbers(headings: Sequence[str], *named: str) -> frozenset[int]:
    return frozenset(at for at, heading in enumerate(headings) if heading in named)


def _grid(snapshot: Snapshot) -> Table:
    frame = need_grid_frame(snapshot.graph)
    places, cells = frame.worst_places(), frame.cells()
    rows = []
    for capability in frame.worst_capabilities():
        needs = (cells.get((capability.capability_id, place.place_id)) for place in places)
        rows.append((capability.name, *("not required" if need is None else _cell(need) for need in needs)))
    sentence = (
        "How many independent partners work in each place on each capability, and the state; the worst come first."
        if rows
        else "No requirements are recorded."
    )
    return Table("Need grid", "Capability by place", sentence, ("Capability", *(p.name for p in places)), tuple(rows))


def _cell(need: Any) -> str:
    label = STATE_LABELS[need.state].casefold()
    return label if need.state == "no-data" else f"{need.working} {label}"


def _requirements(graph: MissionGraph) -> Table:
    found = coverage(graph)
    rows, what, where = found.requirements, capability_names(graph), place_names(graph)
    who = (_named(graph, found.lists(which)) for which in ("working", "on_paper", "candidate"))
    headings = (
        "Capability", "Place", "State", "Working", "Needed", "Weight", "Only by", "Who works on it", "On paper only",
        "Who else could", "Basis", "Source",
    )  # fmt: skip
    columns: list[Iterable[Entry]] = [
        [what[name] for name in rows["capability_id"]],
        [where[name] for name in rows["place_id"]],
        [STATE_LABELS[state] for state in rows["state"]],
        rows["families"].astype(float),
        rows["minimum"],
        rows["weight"],
        [SECTOR_LABELS.get(sector, "") for sector in rows["sector"]],
        *who,
        rows["basis"],
        rows["source"],
    ]
    sentence = "What the mission needs where, and who works on it." if len(rows) else "No requirements are recorded."
    numeric = _numbers(headings, "Working", "Needed", "Weight")
    return Table("Requirements", "Every requirement with its state", sentence, headings, _rows(columns), numeric)


def _named(graph: MissionGraph, lists: Iterable[Sequence[str]]) -> list[str]:
    """Names in a sentence, of each list the first; the rest is counted and not looked up."""
    return [
        listed([*(graph.name_of(body) for body in bodies[:_NAMED]), *bodies[_NAMED:]], most=_NAMED) for bodies in lists
    ]


def _rows(columns: Iterable[Iterable[Entry]]) -> tuple[tuple[Entry, ...], ...]:
    return tuple(zip(*(map(_entry, column) for column in columns), strict=True))


def _entry(value: Any) -> Entry:
    """Numbers as numbers, what is blank as None, everything else as text."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return float(value) if isinstance(value, int | float) else str(value) or None


def _findings(snapshot: Snapshot, said: Brief) -> Table:
    rows = snapshot.findings.get("findings", ())
    headings = ("How grave", "Finding", "What to do", "Weight at stake", "Analysis")
    columns = [[row.get(name) for row in rows] for name in ("severity", "statement", "action", "stake", "analysis")]
    return Table(
        "Findings",
        "All findings, what matters most first",
        said.findings_sentence if not rows else "Every sentence is computed from the tables.",
        headings,
        _rows(columns),
        _numbers(headings, "Weight at stake"),
    )


def _relied_on(snapshot: Snapshot) -> Table:
    graph, rows = snapshot.graph, relied_on(snapshot)
    labels, sector = requirement_labels(graph), _column(graph, "sector")
    headings = (
        "Organisation", "Sector", "Would lose every route", "Who they are", "Requirements worse off", "Which they are",
        "Weight lost",
    )  # fmt: skip
    columns = (
        [graph.name_of(row["organisation_id"]) for row in rows],
        [SECTOR_LABELS[sector[row["organisation_id"]]] for row in rows],
        [len(row["cut_off"]) for row in rows],
        _named(graph, [row["cut_off"] for row in rows]),
        [len(row["worsened"] or ()) for row in rows],
        [listed([labels[need] for need in row["worsened"] or ()], most=_NAMED) for row in rows],
        [row["weight_lost"] for row in rows],
    )
    sentence = "What would happen if one left, most first." if rows else "Nobody is relied on alone."
    numeric = _numbers(headings, "Would lose every route", "Requirements worse off", "Weight lost")
    return Table("Relied on", "Everyone who is relied on", sentence, headings, _rows(columns), numeric)


def _column(graph: MissionGraph, name: str) -> dict[str, str]:
    return dict(zip(graph.organisations["organisation_id"], graph.organisations[name], strict=True))


def _advice(snapshot: Snapshot, said: Brief) -> Iterator[Table]:
    advice = snapshot.advice
    if advice is None:
        return
    graph, labels, sector = advice.graph, requirement_labels(advice.graph), _column(advice.graph, "sector")
    headings = ("Organisation", "Sector", "Closes", "Strengthens", "Load before", "Load after", "Capacity", "Why")
    rows = _rows(
        (
            [graph.name_of(one.organisation_id) for one in advice.chosen],
            [SECTOR_LABELS[sector[one.organisation_id]] for one in advice.chosen],
            [listed([labels[need] for need in one.closes], most=_NAMED) for one in advice.chosen],
            [listed([labels[need] for need in one.strengthens], most=_NAMED) for one in advice.chosen],
            [one.load_before for one in advice.chosen],
            [one.load_after for one in advice.chosen],
            [one.capacity for one in advice.chosen],
            [one.reason for one in advice.chosen],
        )
    )
    numeric = _numbers(headings, "Load before", "Load after", "Capacity")
    yield Table("Missing partners", "Whom to bring in", said.partners_sentence, headings, rows, numeric)
    yield _introductions(advice, said)
    unfilled = advice.no_known_candidate
    rows = _rows([[labels[one.requirement_id] for one in unfilled], [one.look_for for one in unfilled]])
    title = "Requirements for which nobody is known"
    yield Table("Nobody known", title, said.look_for_sentence, ("Requirement", "Whom to look for"), rows)


def _introductions(advice: Advice, said: Brief) -> Table:
    graph, pairs = advice.graph, advice.introductions
    columns = (
        [graph.name_of(one.source_id) for one in pairs],
        [graph.name_of(one.target_id) for one in pairs],
        _named(graph, [one.secures for one in pairs]),
        [one.reason for one in pairs],
    )
    headings = ("One", "The other", "Keeps in touch", "Why")
    return Table("Introductions", "Whom to introduce", said.introductions_sentence, headings, _rows(columns))


def _members(snapshot: Snapshot) -> Table:
    graph = snapshot.graph
    rows = graph.organisations[graph.organisations["organisation_id"].isin(graph.members)]
    places, taking = place_names(graph), _engagements(graph)
    columns: dict[str, Iterable[Entry]] = {
        "Organisation": rows["name"],
        "Sector": [SECTOR_LABELS[sector] for sector in rows["sector"]],
        "Kind": rows["kind"],
        "Works in": rows["tier"],
        "Seat": [places.get(place, "") for place in rows["seat_place_id"]],
        "Takes part": [taking.get(body, ("", "", ""))[0] for body in rows["organisation_id"]],
        "Role": [taking.get(body, ("", "", ""))[1] for body in rows["organisation_id"]],
        "On the board": [taking.get(body, ("", "", ""))[2] for body in rows["organisation_id"]],
        **_measures(snapshot, rows["organisation_id"]),
        "Capacity": rows["capacity"],
        "Id": rows["organisation_id"],
    }
    cut = " What was found about them is left out." if snapshot.scores_left_out else ""
    sentence = f"Who takes part on {graph.as_of:%-d %B %Y}, by id.{cut}"
    numeric = _numbers(tuple(columns), "Steps", "Independent routes", "Would lose every route", "Load", "Capacity")
    return Table("Members", "Every member", sentence, tuple(columns), _rows(columns.values()), numeric)


def _measures(snapshot: Snapshot, bodies: Iterable[str]) -> dict[str, list[Entry]]:
    """The measures of members that findings hold; none where they are left out."""
    by_body = {row["organisation_id"]: row for row in snapshot.findings.get("organisations", ())}
    if not by_body:
        return {}
    found = [by_body.get(body, {}) for body in bodies]
    return {
        "Steps": [row.get("hops") for row in found],
        "Independent routes": [row.get("routes") for row in found],
        "Would lose every route": [len(row.get("cut_off") or ()) for row in found],
        "Load": [row.get("load") for row in found],
    }


def _engagements(graph: MissionGraph) -> dict[str, tuple[str, str, str]]:
    rows = graph.mission_engagements
    columns = (rows[name] for name in ("organisation_id", "status", "role", "board_seat"))
    found: dict[str, tuple[str, str, str]] = {}
    for body, status, role, seat in zip(*columns, strict=True):
        found.setdefault(body, (str(status), str(role), str(seat)))
    return found


def _ties(snapshot: Snapshot) -> Table:
    graph = snapshot.graph
    rows, about = graph.ties, _about_ties(graph)
    pairs = list(zip(rows["source_id"], rows["target_id"], strict=True))
    only = {(row["source_id"], row["target_id"]): row["is_bridge"] for row in snapshot.findings.get("ties", ())}
    columns: dict[str, Iterable[Entry]] = {
        "One": [graph.name_of(source) for source, _ in pairs],
        "The other": [graph.name_of(target) for _, target in pairs],
        "Kinds": [", ".join(sorted(about[pair][0])) for pair in pairs],
        "Strength": rows["strength"],
        "Confidence": rows["confidence"],
        "Last day": [_day(about[pair][1]) for pair in pairs],
    }
    if only:
        columns["Only way between its ends"] = [only.get(pair) for pair in pairs]
    sentence = f"The ties that count on {graph.as_of:%-d %B %Y}, from level {graph.min_level} on, one row a pair."
    if not pairs:
        sentence = "No ties count on this day."
    numeric = _numbers(tuple(columns), "Strength", "Confidence")
    return Table("Ties", "Every tie of the mission", sentence, tuple(columns), _rows(columns.values()), numeric)


def _about_ties(graph: MissionGraph) -> dict[tuple[str, str], tuple[set[str], pd.Timestamp | None]]:
    """Of every pair, the kinds of its rows and the latest day on which one holds; None where one has no end."""
    rows = graph.tie_rows
    rows = rows[active_on(rows, graph.as_of) & (rows["level"] >= graph.min_level)]
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    ends: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for source, target, kind, end in zip(rows["source_id"], rows["target_id"], rows["kind"], rows["ends"], strict=True):
        pair = (source, target) if source <= target else (target, source)
        kinds[pair] |= {kind} if kind else set()
        ends[pair].append(end)
    return {
        pair: (kinds[pair], None if any(pd.isna(end) for end in days) else max(days)) for pair, days in ends.items()
    }


def _day(end: pd.Timestamp | None) -> str:
    return "" if end is None else (end.date() - date.resolution).isoformat()
