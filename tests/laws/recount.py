"""The ties that evidence gives, counted once more in pandas and Python: nothing of the product but its rules."""

from __future__ import annotations

import datetime
import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestrator.evidence import MissionRule, Rules, Step, TieRule

EPOCH = datetime.date(1970, 1, 1)
CAPITALS = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def table(file: Path) -> pd.DataFrame:
    """A Parquet file as a frame; DuckDB opens it and does no more."""
    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet($file)", {"file": str(file)}).df()


def recount(rules: Rules, as_of: datetime.date, evidence: Path, meant: pd.DataFrame) -> dict[tuple[str, ...], Any]:
    """By pair, mission and kind: level, strength, confidence, first day, last day, end, records, pence.

    ``meant`` has a row for every part of every side, parts in their order: evidence_id, side, organisation_id, share.
    """
    frame = table(evidence).sort_values("file_digest", kind="stable").drop_duplicates("evidence_id")
    parts: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for record, side, body, share in meant.itertuples(index=False):
        parts[record, side].append((body, int(share)))
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in frame.to_dict("records"):
        if not any(row["kind"] in rule.evidence for rule in rules.missions):
            continue
        for source, from_below, from_upto in _marks(parts[row["evidence_id"], "from"]):
            for target, to_below, to_upto in _marks(parts[row["evidence_id"], "to"]):
                pence = _piece(_piece(_pence(row), from_below, from_upto), to_below, to_upto)
                for found in _laid(rules, as_of, {**row, "from": source, "to": target, "pence": pence}):
                    groups[found["key"]].append(found)
    return dict(_ties(rules, as_of, groups))


def _marks(parts: list[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """The bodies of a side in the order in which they first stand, with where their share begins and ends."""
    shares: dict[str, int] = defaultdict(int)
    for body, share in parts:
        shares[body] += share
    below = 0
    for body, share in shares.items():
        yield body, below, below + share
        below += share


def _pence(row: dict[str, Any]) -> int | None:
    return int(row["amount_pence"]) if row["currency"] == "GBP" and not pd.isna(row["amount_pence"]) else None


def _piece(pence: int | None, below: int, upto: int) -> int | None:
    if pence is None:
        return None
    size = abs(pence)
    part = size * upto // 1_000_000 - size * below // 1_000_000
    return part if pence >= 0 else -part


def _laid(rules: Rules, as_of: datetime.date, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The missions that a pair of bodies on a record is laid to, and by which rules."""
    if not row["from"] or not row["to"] or row["from"] == row["to"]:
        return
    number = next((at for at, rule in enumerate(rules.ties) if _fits(rule, row)), None)
    if number is None or rules.ties[number].makes_none:
        return
    rule = rules.ties[number]
    starts, ends = _day(row["starts"]), _day(row["ends"])
    days = [day for day in (starts, ends) if day is not None]
    last = min((as_of - EPOCH).days, max(days)) if days else None
    if not rule.standing and (last is None or (as_of - EPOCH).days - last > rules.age[-1].bound):
        return
    if starts is not None and starts > (as_of - EPOCH).days:
        return
    until = ends
    if ends is None and starts is not None and rule.lasts_days is not None:
        until = starts + rule.lasts_days
    for mission in rules.mission_ids:
        by = [at for at, each in enumerate(rules.missions) if each.mission == mission and _fits(each, row)]
        if by:
            key = (row["from"], row["to"], mission, rule.kind, number)
            yield {"key": key, "by": by[0], "starts": starts, "last": last, "until": until, "pence": row["pence"]}


def _day(value: Any) -> int | None:
    return None if pd.isna(value) else (pd.Timestamp(value).date() - EPOCH).days


def _fits(rule: TieRule | MissionRule, row: dict[str, Any]) -> bool:
    if row["kind"] not in rule.evidence:
        return False
    return all(_condition(name, patterns, row) for name, patterns in rule.conditions.items())


def _condition(name: str, patterns: Sequence[str], row: dict[str, Any]) -> bool:
    texts = {"classification": row["classification"].split("|"), "place": [row["place_name"], row["place_code"]]}
    return any(
        fnmatch.fnmatchcase(text.translate(CAPITALS), pattern.translate(CAPITALS))
        for text in texts.get(name, [row.get(name, "")])
        for pattern in patterns
    )


def _reached(steps: Iterable[Step], measured: int) -> int:
    steps = list(steps)
    return next((step.value for step in reversed(steps) if measured >= step.bound), steps[0].value)


def _ties(
    rules: Rules, as_of: datetime.date, groups: dict[tuple[Any, ...], list[dict[str, Any]]]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    passed: dict[tuple[str, ...], dict[int, dict[str, Any]]] = defaultdict(dict)
    for (*pair, number), records in groups.items():
        rule = rules.ties[number]
        known = [record["pence"] for record in records if record["pence"] is not None]
        pence = sum(known) if known else None
        if rule.from_pence is not None and pence is not None and pence < rule.from_pence:
            continue
        last = max((record["last"] for record in records if record["last"] is not None), default=None)
        kept = 1_000_000
        if not rule.standing:
            assert last is not None
            kept = next(step.value for step in rules.age if (as_of - EPOCH).days - last <= step.bound)
        confidence = max(1, _reached(rule.confidence, len(records)) * kept // 1_000_000)
        passed[tuple(pair)][number] = {"records": records, "pence": pence, "last": last, "confidence": confidence}
    for pair_key, by_rule in passed.items():
        lead = rules.ties[min(by_rule)]
        every = [record for group in by_rule.values() for record in group["records"]]
        pence = by_rule[min(by_rule)]["pence"]
        untils = [record["until"] for record in every]
        yield (
            pair_key,
            (
                _reached(lead.level, pence or 0),
                _reached(lead.strength, pence or 0),
                max(group["confidence"] for group in by_rule.values()),
                min((record["starts"] for record in every if record["starts"] is not None), default=None),
                max((record["last"] for record in every if record["last"] is not None), default=None),
                None if None in untils else max(untils),
                len(every),
                pence,
                rules.missions[min(record["by"] for record in every)].name,
            ),
        )
