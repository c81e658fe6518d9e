"""``orchestrator ties``: what published evidence shows, as ties that anyone can open to their records."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestrator.cli.output import put, say
from orchestrator.errors import WrongUsage
from orchestrator.evidence import SpillSettings, engine_kind, packaged_rules, read_rules
from orchestrator.evidencing import Evidenced, TieOpened, infer, open_tie, write_ties
from orchestrator.matching import read_decisions
from orchestrator.study import open_pack

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Make ties from a store, or open one to its records; print what became of every row of evidence."""
    if options.explain is not None:
        return _explain(options)
    kind = engine_kind(options.engine)
    if options.table is not None and kind == "duckdb":
        raise WrongUsage("--table names a table that lies in PostgreSQL or Spark: name that engine with --engine.")
    rules = packaged_rules() if options.rules is None else read_rules(options.rules)
    settings = SpillSettings(options.memory, options.temp)
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    tell = say if sys.stderr.isatty() else None
    with tempfile.TemporaryDirectory(prefix="orchestrator-ties-", dir=options.temp) as folder:
        found = infer(
            options.evidence,
            pack,
            rules,
            Path(folder) / "records.parquet",
            as_of=options.as_of,
            mission=options.mission,
            decisions=read_decisions(options.decisions),
            engine=options.engine,
            table=options.table,
            settings=settings,
            progress=tell,
        )
        written = write_ties(found, options.out) if options.out is not None else ()
    put(json.dumps(_document(found), indent=2) if options.format == "json" else "\n".join(_lines(found)), None)
    if written:
        say(f"Written to {options.out}.")
    return 0


def _lines(found: Evidenced) -> Iterator[str]:
    inference, use = found.inference, found.use
    yield f"{inference.rules}, seen on {inference.as_of}, by {inference.engine}"
    yield "\nrows of evidence: read = used + left out"
    left_out = sum(each.rows for each in use.left_out)
    yield f"  {use.read:>11,} = {use.used:>11,} + {left_out:>11,}"
    yield from (f"{each.rows:>40,}   {each.reason} ({_pounds(each.pence)})" for each in use.left_out)
    by_mission = Counter(tie.mission_id for tie in inference.ties)
    yield f"\nties: {len(inference.ties):,}, each inferred"
    for mission, many in by_mission.items():
        of_mission = [tie for tie in inference.ties if tie.mission_id == mission]
        counts = Counter(tie.level for tie in of_mission)
        money = sum(tie.amount_pence or 0 for tie in of_mission)
        yield f"  {many:>11,}   {mission}: level 1 {counts[1]:,}, level 2 {counts[2]:,}; {_pounds(money)}"
    if found.missions_aside:
        yield f"\nThe pack has no mission {', '.join(found.missions_aside)}: the rules for it were left aside."


def _pounds(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}"


def _document(found: Evidenced) -> dict[str, Any]:
    inference, use = found.inference, found.use
    return {
        "rules": inference.rules,
        "as_of": inference.as_of.isoformat(),
        "engine": inference.engine,
        "read": use.read,
        "used": use.used,
        "left_out": [{"reason": each.reason, "rows": each.rows, "pence": each.pence} for each in use.left_out],
        "ties": Counter(tie.mission_id for tie in inference.ties),
        "missions_aside": list(found.missions_aside),
    }


def _explain(options: argparse.Namespace) -> int:
    if options.out is None:
        raise WrongUsage("Say where the ties were written: --out, as when they were made.")
    opened = open_tie(options.explain, options.out, options.evidence)
    if options.format == "json":
        put(json.dumps([{"tie": dict(each.tie), "records": list(each.records)} for each in opened], indent=2), None)
    else:
        put("\n".join(line for each in opened for line in _opened(each)), None)
    return 0


def _opened(opened: TieOpened) -> Iterator[str]:
    tie = opened.tie
    yield f"{tie['tie']}: {tie['source_id']} {tie['kind']} {tie['target_id']} in {tie['mission_id']}"
    sure = f"strength {tie['strength']}, confidence {tie['confidence']}"
    yield f"  level {tie['level']}, {sure}; inferred by: {tie['inferred_by']}; rule: {tie['rule']}"
    yield f"  records: {len(opened.records):,}"
    for record in opened.records:
        amount = "" if record["amount_pence"] is None else f"{record['currency']} {_money(record['amount_pence'])}"
        part = "" if record["pence"] in (None, record["amount_pence"]) else f" (of it {_money(record['pence'])})"
        yield f"  {record['starts'] or 'no date':<10}  {record['kind']:<8} {amount:>20}{part}  {record['title'][:80]}"
        yield f"{'':14}{record['from_name']} → {record['to_name']}; {record['file']}, {record['row']}"


def _money(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
