"""A handful of records, who is meant by their names, and the ties that rules make of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from orchestrator.evidence import Inference, Rules, connected, infer_ties, read_rules, save_records
from orchestrator.tables.evidence import EVIDENCE_COLUMNS

AS_OF = date(2026, 11, 23)

#: A cell is one name, or several with + between that share it equally.
MENTIONS = " UNION ALL ".join(
    f"""SELECT evidence_id, '{side}' AS side, part, share, cells.name AS name_key
    FROM taken JOIN cells ON cells.written = taken.{side}_name"""
    for side in ("from", "to")
)

HEAD = """
[age]
years = [[1, 1.0], [5, 0.5]]
"""
MISSION = """
[[missions]]
name = "everything"
mission = "m"
programme = "*"
"""


def record(**cells: object) -> dict[str, object]:
    """A grant of £1,000 from Ash to Birch in 2026, but for what is said otherwise."""
    row: dict[str, object] = {column.name: "" if column.kind == "text" else None for column in EVIDENCE_COLUMNS}
    usual = {"kind": "grant", "from_name": "Ash", "to_name": "Birch", "starts": "2026-06-01", "amount_pence": 100_000}
    row |= {**usual, "currency": "GBP", "file": "a.csv", "file_digest": "0" * 64, **cells}
    if not row["evidence_id"]:
        row["evidence_id"] = hashlib.md5(repr(sorted(row.items())).encode(), usedforsecurity=False).hexdigest()
    return row


def infer(
    text: str,
    records: Sequence[Mapping[str, object]],
    bodies: Mapping[str, str] | None = None,
    saved: Path | None = None,
    as_of: date = AS_OF,
) -> Inference:
    """What these rules make of the records. ``bodies`` says who is meant; a name that is not in it means itself."""
    with tempfile.TemporaryDirectory() as name, connected() as engine:
        folder = Path(name)
        rules = rules_of(text, folder)
        found = infer_ties(
            engine,
            rules,
            as_of,
            evidence=[_parquet(folder / "evidence.parquet", pd.DataFrame(records), dated=True)],
            mentions=MENTIONS,
            lookups=_lookups(folder, records, bodies or {}),
        )
        if saved is not None:
            save_records(engine, rules, saved)
        return found


def rules_of(text: str, folder: Path) -> Rules:
    """Rules from a text; the age and the mission that most tests want are put in where it has none."""
    head = "" if "[age]" in text else HEAD
    tail = "" if "[[missions]]" in text else MISSION
    path = folder / "rules.toml"
    path.write_text(f"{head}{text}{tail}", encoding="utf-8")
    return read_rules(path)


def _lookups(folder: Path, records: Sequence[Mapping[str, object]], bodies: Mapping[str, str]) -> dict[str, Path]:
    cells = {str(row[side]) for row in records for side in ("from_name", "to_name")}
    parts = []
    for cell in sorted(cells - {""}):
        names = cell.split(" + ")
        each, over = divmod(1_000_000, len(names))
        parts += [(cell, at, each + (at <= over), name) for at, name in enumerate(names, start=1)]
    listed = pd.DataFrame(parts, columns=["written", "part", "share", "name"])
    meant = {name: bodies.get(name, name.casefold()) for *_, name in parts}
    resolutions = pd.DataFrame({"name_key": list(meant), "organisation_id": list(meant.values())}, dtype=object)
    return {
        "cells": _parquet(folder / "cells.parquet", listed),
        "resolutions": _parquet(folder / "resolutions.parquet", resolutions),
    }


def _parquet(path: Path, frame: pd.DataFrame, *, dated: bool = False) -> Path:
    kinds = {"text": "VARCHAR", "date": "DATE", "whole": "BIGINT"}
    chosen = ", ".join(f"CAST({c.name} AS {kinds[c.kind]}) AS {c.name}" for c in EVIDENCE_COLUMNS) if dated else "*"
    with duckdb.connect() as connection:
        connection.register("frame", frame.astype(object) if dated else frame)
        connection.execute(f"COPY (SELECT {chosen} FROM frame) TO '{path}' (FORMAT parquet)")
    return path
