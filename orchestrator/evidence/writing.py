"""Inferred ties as the table ``ties`` of a pack."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from orchestrator.evidence.inferring import InferredTie
from orchestrator.evidence.rules import MILLION
from orchestrator.tables.schema import read_schema

__all__ = ["BASIS", "EXTRA_COLUMNS", "tie_columns", "tie_rows", "ties_text"]

#: What stands in the column ``basis`` of a tie that was inferred from evidence.
BASIS: Final = "inferred"
#: Columns beside those of the contract; a pack keeps them, and whoever reads it sees that the tie was inferred and how.
EXTRA_COLUMNS: Final = ("basis", "inferred_by", "rule", "evidence", "amount_pence", "records", "tie")


def tie_columns() -> tuple[str, ...]:
    """The columns of the table: those of the contract, then ours.

    >>> tie_columns()[0], tie_columns()[-1]
    ('source_id', 'tie')
    """
    return (*read_schema()["ties"].column_names, *EXTRA_COLUMNS)


def tie_rows(ties: Iterable[InferredTie], sources: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows of the table in the order of the ties. ``sources`` gives the source id of each file's digest."""
    return (_cells(tie, sources) for tie in ties)


def ties_text(ties: Iterable[InferredTie], sources: Mapping[str, str]) -> str:
    """The ties as CSV text, heading first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, tie_columns(), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(tie_rows(ties, sources))
    return text.getvalue()


def _cells(tie: InferredTie, sources: Mapping[str, str]) -> dict[str, str]:
    return {
        "source_id": tie.source_id,
        "target_id": tie.target_id,
        "mission_id": tie.mission_id,
        "kind": tie.kind,
        "level": str(tie.level),
        "strength": _decimal(tie.strength),
        "confidence": _decimal(tie.confidence),
        "starts": _iso(tie.starts),
        "ends": _iso(tie.ends),
        "last_seen": _iso(tie.last_seen),
        "source": "|".join(dict.fromkeys(sources[digest] for digest in tie.files if digest in sources)),
        "basis": BASIS,
        "inferred_by": tie.inferred_by,
        "rule": tie.rule,
        "evidence": str(tie.evidence),
        "amount_pence": "" if tie.amount_pence is None else str(tie.amount_pence),
        "records": "|".join(tie.records),
        "tie": tie.tie,
    }


def _decimal(millionths: int) -> str:
    """Whole millionths as a decimal number, without noughts at the end."""
    whole, rest = divmod(millionths, MILLION)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
