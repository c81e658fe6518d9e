"""Evidence and rules in, ties out: the steps run on an engine, and every row of evidence is accounted for."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from orchestrator.errors import UnknownName
from orchestrator.evidence.engines import Column, Engine, parquet_columns
from orchestrator.evidence.rules import Rules
from orchestrator.evidence.statements import OUTCOMES, statements
from orchestrator.tables.evidence import EVIDENCE_COLUMNS
from orchestrator.tables.nearest import nearest

__all__ = [
    "RECORD_COLUMNS",
    "EvidenceUse",
    "Inference",
    "InferredTie",
    "LeftOut",
    "infer_ties",
    "of_mission",
    "save_records",
    "tie_id",
]

_TYPES: Final = {"text": "VARCHAR", "date": "DATE", "whole": "BIGINT"}
#: What the steps read of the evidence table.
_READ: Final = (
    "evidence_id",
    "kind",
    *(f"{side}_{what}" for side in ("from", "to") for what in ("name", "town", "identifiers")),
    "starts",
    "ends",
    "amount_pence",
    "currency",
    "place_name",
    "place_code",
    "title",
    "programme",
    "classification",
    "publisher",
    "file_digest",
)
_EVIDENCE: Final[tuple[Column, ...]] = tuple(
    (column.name, _TYPES[column.kind]) for column in EVIDENCE_COLUMNS if column.name in _READ
)
#: What the side table says of each record that a tie rests on.
RECORD_COLUMNS: Final[tuple[Column, ...]] = (
    ("tie", "VARCHAR"),
    ("evidence_id", "VARCHAR"),
    ("rule", "VARCHAR"),
    ("pence", "BIGINT"),
)
_RAW: Final[tuple[Column, ...]] = (
    ("source_id", "VARCHAR"),
    ("target_id", "VARCHAR"),
    ("mission_no", "INTEGER"),
    ("kind_no", "INTEGER"),
    ("rule_no", "INTEGER"),
    ("evidence_id", "VARCHAR"),
    ("pence", "BIGINT"),
)
_FIRST_DAY: Final = date(1970, 1, 1).toordinal()
_PAIR: Final = "source_id, target_id, mission_no, kind_no"
_Key = tuple[str, str, int, int]


@dataclass(frozen=True)
class InferredTie:
    """A tie that published records are evidence of. Strength and confidence are whole millionths, money whole pence.

    ``rule`` made it of its records, ``inferred_by`` laid it to its mission; ``records`` are the ids of the first ones
    and ``files`` the digests of the files that they stand in. ``amount_pence`` is None where no record gives one.
    """

    source_id: str
    target_id: str
    mission_id: str
    kind: str
    level: int
    strength: int
    confidence: int
    starts: date | None
    ends: date | None
    last_seen: date | None
    rule: str
    inferred_by: str
    evidence: int
    amount_pence: int | None
    records: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def tie(self) -> str:
        """The short stable name of this tie."""
        return tie_id(self.source_id, self.target_id, self.mission_id, self.kind)


@dataclass(frozen=True)
class LeftOut:
    """Why rows of evidence make no tie, how many they are, and the pence that stand on them."""

    reason: str
    rows: int
    pence: int


@dataclass(frozen=True)
class EvidenceUse:
    """What became of every row of evidence. It always balances: read = used + left out.

    >>> EvidenceUse(3, 1, (LeftOut("too old", 2, 0),)).read
    3
    """

    read: int
    used: int
    left_out: tuple[LeftOut, ...]

    def __post_init__(self) -> None:
        if self.read != self.used + sum(each.rows for each in self.left_out):
            raise AssertionError(f"{self.read} rows of evidence read, {self.used} used, left out: {self.left_out}")


@dataclass(frozen=True)
class Inference:
    """The ties that the evidence gives by these rules on this day, sorted, and what became of the evidence."""

    rules: str
    as_of: date
    engine: str
    ties: tuple[InferredTie, ...]
    use: EvidenceUse


def tie_id(source_id: str, target_id: str, mission_id: str, kind: str) -> str:
    """The short stable name of the tie between two bodies in a mission.

    >>> tie_id("a", "b", "clean-energy", "funds")
    '262bdac0ae73c289'
    """
    return hashlib.sha256("\0".join((source_id, target_id, mission_id, kind)).encode()).hexdigest()[:16]


def of_mission(rules: Rules, mission_id: str) -> Rules:
    """The same rules for one mission only. Raises UnknownName where no rule infers a tie for it."""
    kept = tuple(rule for rule in rules.missions if rule.mission == mission_id)
    if not kept:
        near = nearest(mission_id, rules.mission_ids) or list(rules.mission_ids)
        raise UnknownName(f"mission in {rules.name}", mission_id, near)
    return replace(rules, missions=kept)


def infer_ties(
    engine: Engine,
    rules: Rules,
    as_of: date,
    *,
    evidence: Sequence[Path] | str,
    mentions: str,
    lookups: Mapping[str, Path],
    progress: Callable[[str], None] | None = None,
) -> Inference:
    """Which ties does this evidence give by these rules, seen on this day?

    ``evidence`` are Parquet files, or the name of a table that lies in the engine. ``mentions`` is the query that says
    which bodies the records mention, and ``lookups`` the Parquet files of the relations that it reads, with
    ``resolutions`` among them: see ``statements``. The same inputs give the same ties whatever the engine.
    ``progress`` is told each step before it starts; to cancel, let it raise. The engine keeps the relation
    ``tie_evidence`` until it is closed: ``save_records`` writes it. The cost grows with the rows of evidence:
    20 million take about a minute on DuckDB.
    """
    tell = progress or (lambda _: None)
    tell("opening the evidence")
    if isinstance(evidence, str):
        engine.stand_for("evidence", evidence)
    else:
        engine.load("evidence", _EVIDENCE, evidence)
    for relation, file in lookups.items():
        engine.load(relation, parquet_columns(file), [file])
    for step in statements(rules, as_of, mentions):
        tell(step.doing)
        engine.make(step.name, step.query)
    tell("sorting the ties")
    return Inference(rules.name, as_of, engine.name, tuple(_ties(engine, rules)), _use(engine))


def save_records(engine: Engine, rules: Rules, path: Path) -> None:
    """Write what each tie rests on as Parquet, once ``infer_ties`` has run on the engine: RECORD_COLUMNS, sorted.

    Raises CannotWrite where there is no room.
    """
    with tempfile.TemporaryDirectory(prefix="orchestrator-ties-", dir=path.parent) as folder:
        raw = Path(folder) / "raw.parquet"
        columns = ", ".join(name for name, _ in _RAW)
        engine.save(f"SELECT {columns} FROM tie_evidence", _RAW, raw)
        _name_records(raw, rules, path)


def _name_records(raw: Path, rules: Rules, path: Path) -> None:
    """Put the names of ties and rules for their numbers."""
    settings: dict[str, Any] = {"memory_limit": "2GB", "temp_directory": str(raw.parent / "spilled")}
    with duckdb.connect(config=settings) as connection:
        connection.execute("CREATE TABLE raw AS SELECT * FROM read_parquet($raw)", {"raw": str(raw)})
        pairs = connection.execute(f"SELECT DISTINCT {_PAIR} FROM raw").fetchall()
        kinds = _kinds(rules)
        named = pd.DataFrame(pairs, columns=["source_id", "target_id", "mission_no", "kind_no"])
        named["tie"] = [tie_id(pair[0], pair[1], rules.mission_ids[pair[2]], kinds[pair[3]]) for pair in pairs]
        rule_names = pd.DataFrame(  # noqa: F841 - DuckDB finds it by its name
            {"rule_no": range(len(rules.ties)), "rule": [rule.name for rule in rules.ties]}
        )
        target = str(path).replace("'", "''")
        connection.execute(
            f"COPY (SELECT tie, evidence_id, rule, pence FROM raw JOIN named USING ({_PAIR}) "
            f"JOIN rule_names USING (rule_no) ORDER BY tie, evidence_id) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _kinds(rules: Rules) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.kind for rule in rules.ties))


def _ties(engine: Engine, rules: Rules) -> list[InferredTie]:
    kinds, missions = _kinds(rules), rules.mission_ids
    records, files = _first_records(engine), _files(engine)
    query = (
        f"SELECT {_PAIR}, level, strength, confidence, starts_day, until_day, last_day, lead_rule, mission_rule, "
        "records, pence FROM tie"
    )
    found = []
    for row in engine.rows(query):
        source, target, mission_no, kind_no, level, strength, confidence, starts, until, last, lead, by, many, pence = (
            row
        )
        key = (source, target, mission_no, kind_no)
        found.append(
            InferredTie(
                source_id=source,
                target_id=target,
                mission_id=missions[mission_no],
                kind=kinds[kind_no],
                level=int(level),
                strength=int(strength),
                confidence=int(confidence),
                starts=_day(starts),
                ends=_day(until),
                last_seen=_day(last),
                rule=rules.ties[lead].name,
                inferred_by=rules.missions[by].name,
                evidence=int(many),
                amount_pence=None if pence is None else int(pence),
                records=records[key],
                files=files[key],
            )
        )
    return sorted(found, key=lambda tie: (tie.mission_id, tie.source_id, tie.target_id, tie.kind))


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(_FIRST_DAY + int(number))


def _first_records(engine: Engine) -> dict[_Key, tuple[str, ...]]:
    placed: dict[_Key, dict[int, str]] = defaultdict(dict)
    for source, target, mission_no, kind_no, place, evidence_id in engine.rows(
        f"SELECT {_PAIR}, place, evidence_id FROM first_record"
    ):
        placed[source, target, mission_no, kind_no][place] = evidence_id
    return {key: tuple(found[place] for place in sorted(found)) for key, found in placed.items()}


def _files(engine: Engine) -> dict[_Key, tuple[str, ...]]:
    found: dict[_Key, list[str]] = defaultdict(list)
    for source, target, mission_no, kind_no, digest in engine.rows(f"SELECT {_PAIR}, file_digest FROM tie_file"):
        found[source, target, mission_no, kind_no].append(digest)
    return {key: tuple(sorted(digests)) for key, digests in found.items()}


def _use(engine: Engine) -> EvidenceUse:
    """What became of every row: those that no rule takes are counted first, the others when their bodies are known."""
    early = _counts(engine, "early")
    late = _counts(engine, "late")
    read = sum(rows for rows, _ in early.values())
    taken = early.pop(0, (0, 0))
    once = tuple(sum(part) for part in zip(*late.values(), strict=True)) or (0, 0)
    used = late.pop(0, (0, 0))
    left_out = defaultdict(lambda: (0, 0), early)
    if taken[0] > once[0]:
        left_out[11] = (taken[0] - once[0], taken[1] - once[1])
    for outcome, (rows, pence) in late.items():
        before = left_out[outcome]
        left_out[outcome] = (before[0] + rows, before[1] + pence)
    told = (LeftOut(OUTCOMES[outcome], *left_out[outcome]) for outcome in sorted(left_out))
    return EvidenceUse(read, used[0], tuple(told))


def _counts(engine: Engine, relation: str) -> dict[int, tuple[int, int]]:
    rows = engine.rows(f"SELECT outcome, records, pence FROM {relation}")
    return {int(outcome): (int(records), int(pence or 0)) for outcome, records, pence in rows}
