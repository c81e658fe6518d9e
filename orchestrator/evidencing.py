"""The one path from a store of evidence to ties: names matched, rules applied, a table or a pack written."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

import duckdb
import pandas as pd

from orchestrator.errors import BadData, Problem, UnknownName, quoted
from orchestrator.evidence import (
    EXTRA_COLUMNS,
    EvidenceUse,
    Inference,
    Rules,
    SpillSettings,
    connected,
    infer_ties,
    of_mission,
    save_records,
    tie_columns,
    tie_rows,
)
from orchestrator.matching import Matcher, Verdict, in_force, mentions_sql
from orchestrator.tables.columns import texts_of
from orchestrator.tables.evidence_store import evidence_files, read_reports
from orchestrator.tables.files import write_together
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack
from orchestrator.tables.protect import protect
from orchestrator.tables.schema import read_schema

__all__ = ["RECORDS", "Evidenced", "TieOpened", "infer", "open_tie", "write_ties"]

#: The side table beside the ties: which records each of them rests on.
RECORDS: Final = "tie_records.parquet"
#: What the matcher leaves in the store for the engines.
LOOKUPS: Final = ("parts", "towns", "marks", "resolutions")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Evidenced:
    """Ties that a store of evidence gives for a pack, where their records are listed, and what was left aside.

    ``missions_aside`` are missions of the rule file that the pack does not have.
    """

    inference: Inference
    records: Path
    pack: Pack
    decisions: tuple[Verdict, ...]
    files: tuple[Mapping[str, str], ...]
    missions_aside: tuple[str, ...]

    @property
    def use(self) -> EvidenceUse:
        """What became of every row of evidence."""
        return self.inference.use


def infer(
    store: Path,
    pack: Pack,
    rules: Rules,
    records: Path,
    *,
    as_of: date | None = None,
    mission: str | None = None,
    decisions: Sequence[Verdict] = (),
    engine: str = "duckdb",
    table: str | None = None,
    settings: SpillSettings | None = None,
    progress: Progress | None = None,
) -> Evidenced:
    """Which ties does the evidence of a store give in a pack, by these rules and decisions, seen on this day?

    ``records`` is the Parquet file to list the records of each tie in. ``engine`` is a connection string; ``table``
    names a table of evidence that lies in that engine and stands for the evidence of the store. ``progress`` is told
    each step before it starts; to cancel, let it raise. Raises BadData for a store without evidence, UnknownName for a
    mission that there is not, WrongUsage for an engine that cannot be had.
    """
    kept, aside = _of_pack(rules, pack, mission)
    Matcher(store, pack).match(decisions, progress).save(store)
    with connected(engine, settings) as running:
        inference = infer_ties(
            running,
            kept,
            as_of or date.today(),
            evidence=table or evidence_files(store),
            mentions=mentions_sql("taken"),
            lookups={name: store / f"{name}.parquet" for name in LOOKUPS},
            progress=progress,
        )
        save_records(running, kept, records)
    return Evidenced(inference, records, pack, in_force(decisions), tuple(_files(store)), aside)


def _of_pack(rules: Rules, pack: Pack, mission: str | None) -> tuple[Rules, tuple[str, ...]]:
    """The rules for missions that the pack has, and the missions that it has not."""
    there = list(pack["missions"]["mission_id"])
    if mission is not None:
        pack.mission(mission)
        return of_mission(rules, mission), ()
    aside = tuple(each for each in rules.mission_ids if each not in there)
    kept = tuple(rule for rule in rules.missions if rule.mission in there)
    if not kept:
        raise UnknownName("mission", rules.mission_ids[0], nearest(rules.mission_ids[0], there) or there)
    return replace(rules, missions=kept), aside


def _files(store: Path) -> Iterator[Mapping[str, str]]:
    """The files whose evidence lies in the store: digest, name, publisher and licence."""
    with duckdb.connect() as connection:
        for report in read_reports(store):
            parquet = store / "evidence" / f"{report.digest}.parquet"
            query = (
                "SELECT any_value(licence) FROM (SELECT licence FROM read_parquet($file) WHERE licence <> '' LIMIT 1)"
            )
            found = connection.execute(query, {"file": str(parquet)}).fetchone() if parquet.is_file() else None
            yield {
                "digest": report.digest,
                "file": report.file,
                "publisher": report.publisher,
                "licence": (found[0] if found else None) or "",
            }


# ── writing ───────────────────────────────────────────────────────────────────────────────────────
def write_ties(found: Evidenced, out: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write the ties: to ``NAME.csv`` the table alone, to any other name the pack with the ties in it, as a folder.

    Beside them stands the table of records. All is written or nothing; the paths that were written. Raises CannotWrite.
    """
    sources = {each["digest"]: f"evidence-{each['digest'][:12]}" for each in found.files}
    listed = list(tie_rows(found.inference.ties, sources))
    if out.suffix.casefold() == ".csv":
        files = {out.name: _text_writer(_csv(tie_columns(), listed)), _records_name(out): _copier(found.records)}
        return write_together(out.parent, files, progress)
    tables = {name: _frame_rows(found.pack[name]) for name in found.pack if len(found.pack[name])}
    _add(tables, "ties", tie_columns(), listed)
    _add(tables, "organisations", ("organisation_id", "name", "sector", "source"), _new_bodies(found))
    if len(found.pack["sources"]):
        _add(tables, "sources", ("source_id", "title", "publisher", "licence"), _source_rows(found, sources))
    files = {f"{name}.csv": _text_writer(_csv(columns, rows)) for name, (columns, rows) in tables.items()}
    return write_together(out, {**files, RECORDS: _copier(found.records)}, progress)


_Table = tuple[tuple[str, ...], list[Mapping[str, str]]]


def _records_name(out: Path) -> str:
    return f"{out.stem}.{RECORDS}"


def _frame_rows(frame: pd.DataFrame) -> _Table:
    columns = tuple(str(name) for name in frame)
    texts = [texts_of(frame[name]) for name in columns]
    return columns, [dict(zip(columns, row, strict=True)) for row in zip(*texts, strict=True)]


def _add(tables: dict[str, _Table], name: str, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Put rows behind those of a table, and columns that it does not have behind its own."""
    before, there = tables.get(name, (read_schema()[name].column_names, []))
    tables[name] = tuple(dict.fromkeys((*before, *columns))), [*there, *rows]


def _new_bodies(found: Evidenced) -> Iterator[Mapping[str, str]]:
    """Bodies that a decision made, and that the pack does not have yet."""
    there = set(found.pack["organisations"]["organisation_id"])
    made = {each.organisation_id: each for each in found.decisions if each.verdict == "new"}
    for body, verdict in sorted(made.items()):
        if body not in there:
            yield {"organisation_id": body, "name": verdict.name, "sector": verdict.sector}


def _source_rows(found: Evidenced, sources: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    there = set(found.pack["sources"]["source_id"])
    used = {digest for tie in found.inference.ties for digest in tie.files}
    for each in found.files:
        if each["digest"] in used and sources[each["digest"]] not in there:
            row = {"title": each["file"], "publisher": each["publisher"], "licence": each["licence"]}
            yield {"source_id": sources[each["digest"]], **row}


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([protect(row.get(column, "")) for column in columns] for row in rows)
    return text.getvalue()


def _text_writer(text: str) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        file.write(text.encode())

    return write


def _copier(path: Path) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        with path.open("rb") as read:
            while part := read.read(1 << 20):
                file.write(part)

    return write


# ── opening a tie ─────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class TieOpened:
    """A tie as its table has it, with the records that it rests on, newest first."""

    tie: Mapping[str, str]
    records: tuple[Mapping[str, Any], ...]


def open_tie(name: str, written: Path, store: Path) -> tuple[TieOpened, ...]:
    """What does this tie rest on? ``name`` is that of a tie, or ``SOURCE:TARGET`` for every tie from one to another.

    ``written`` is what ``write_ties`` wrote: a table or a folder. Raises UnknownName for no such tie, BadData where
    there is no table or no list of records.
    """
    folder = written if written.is_dir() else written.parent
    table = written / "ties.csv" if written.is_dir() else written
    records = folder / (RECORDS if written.is_dir() else _records_name(written))
    for path in (table, records):
        if not path.is_file():
            hint = "Name what 'orchestrator ties … --out' wrote."
            raise BadData([Problem("there is no such file.", path.name, hint=hint)])
    ties = [tie for tie in _inferred(table) if name in (tie["tie"], f"{tie['source_id']}:{tie['target_id']}")]
    if not ties:
        names = [f"{tie['source_id']}:{tie['target_id']}" for tie in _inferred(table)]
        raise UnknownName("inferred tie", name, nearest(name, names))
    return tuple(TieOpened(tie, tuple(_records_of(tie["tie"], records, store))) for tie in ties)


def _inferred(table: Path) -> Iterator[Mapping[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if not set(EXTRA_COLUMNS) <= set(reader.fieldnames or ()):
            raise BadData([Problem("it holds no inferred tie.", table.name, allowed=f"It needs {quoted('tie')}.")])
        yield from (row for row in reader if row["tie"])


def _records_of(tie: str, records: Path, store: Path) -> Iterator[Mapping[str, Any]]:
    files = [str(file) for file in evidence_files(store)]
    if not files:
        allowed = "Name the store that the ties were made from."
        raise BadData([Problem("there is no evidence in this folder.", str(store), allowed=allowed)])
    query = """
        SELECT r.evidence_id, r.rule, r.pence, e.kind, CAST(e.starts AS VARCHAR) AS starts, e.from_name, e.to_name,
            e.amount_pence, e.currency, e.title, e.programme, e.publisher, e.file, e.row, e.record_id
        FROM read_parquet($records) AS r JOIN (
            SELECT *, row_number() OVER (PARTITION BY evidence_id ORDER BY file_digest) AS copy_no
            FROM read_parquet($files) SEMI JOIN (SELECT evidence_id FROM read_parquet($records) WHERE tie = $tie)
            USING (evidence_id)
        ) AS e ON e.evidence_id = r.evidence_id AND e.copy_no = 1
        WHERE r.tie = $tie ORDER BY e.starts DESC NULLS LAST, e.amount_pence DESC NULLS LAST, r.evidence_id
    """
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": tempfile.gettempdir()}) as connection:
        found = connection.execute(query, {"records": str(records), "files": files, "tie": tie})
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            yield dict(zip(names, row, strict=True))
