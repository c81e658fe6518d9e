"""The store of evidence: a folder with one Parquet file and one report for every file that was brought in.

``STORE/evidence/<digest>.parquet`` holds the rows and ``STORE/reports/<digest>.json`` the balanced report, both named
after the SHA-256 of the file: a file that is brought in twice is there once.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import duckdb

from orchestrator.errors import CannotWrite, quoted
from orchestrator.tables.evidence import EVIDENCE_COLUMNS, Evidence, EvidenceReport, report_from_document

__all__ = ["EvidenceWriter", "evidence_files", "read_reports"]

_EVIDENCE: Final = "evidence"
_REPORTS: Final = "reports"
_AS: Final = {
    "text": '"{0}"',
    "date": """CAST(nullif("{0}", '') AS DATE) AS "{0}" """,
    "whole": """CAST(nullif("{0}", '') AS BIGINT) AS "{0}" """,
}
#: How ``csv.writer`` writes. No cell holds a control character, so none is taken for null.
_AS_WRITTEN: Final = (
    """auto_detect=false, header=false, delim=',', quote='"', escape='"', new_line='\\r\\n', """
    "nullstr=chr(1), parallel=false, max_line_size=8388608"
)
_MEMORY: Final = "384MB"


def evidence_files(store: Path) -> tuple[Path, ...]:
    """The Parquet files of a store, in the order of their names; none if there is no such folder."""
    return tuple(sorted((store / _EVIDENCE).glob("*.parquet")))


def read_reports(store: Path) -> tuple[EvidenceReport, ...]:
    """The reports of a store, by file name and digest; none if there is no such folder."""
    texts = (path.read_text(encoding="utf-8") for path in (store / _REPORTS).glob("*.json"))
    reports = [report_from_document(json.loads(text)) for text in texts]
    return tuple(sorted(reports, key=lambda each: (each.file, each.digest)))


class EvidenceWriter:
    """Brings files into a store together: all of them or, where one fails or the work is stopped, none.

    >>> with tempfile.TemporaryDirectory() as folder, EvidenceWriter(Path(folder) / "store") as writer:
    ...     writer.add([], EvidenceReport("a.csv", "0" * 64, "spending", "", 0, 0, 0))
    ...     [path.name[:4] for path in writer.commit()]
    ['0000']
    """

    def __init__(self, store: Path) -> None:
        self.store = store
        self.digests: list[str] = []
        self._made = _first_missing(store)
        self._aside: Path | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> EvidenceWriter:
        with _told(self.store):
            self.store.mkdir(parents=True, exist_ok=True)
            self._aside = Path(tempfile.mkdtemp(dir=self.store, prefix=".writing-"))
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        """Take away whatever was not committed."""
        if self._connection is not None:
            self._connection.close()
        if self._aside is not None:
            shutil.rmtree(self._aside, ignore_errors=True)
        if self._made is not None and not evidence_files(self.store):
            shutil.rmtree(self._made, ignore_errors=True)

    def write(self, digest: str, batches: Iterable[Sequence[Evidence]]) -> None:
        """Write the rows of a file, batch by batch; its report follows with ``report``. Raises CannotWrite."""
        assert self._aside is not None, "a writer is used in a with statement"
        with _told(self.store):
            _write_parquet(self._running(), self._aside / f"{digest}.parquet", batches)

    def told_twice(self) -> dict[str, int]:
        """Of each file that was written: how many of its records do other files tell too, by their evidence_id?

        Files without such a record are left out. Cost grows with all evidence in the store. Raises CannotWrite.
        """
        assert self._aside is not None, "a writer is used in a with statement"
        new = {path.stem: path for path in sorted(self._aside.glob("*.parquet"))}
        paths = [*new.values(), *(path for path in evidence_files(self.store) if path.stem not in new)]
        if len(paths) < 2:
            return {}
        listed = ", ".join(map(_exactly, paths))
        every = f"SELECT DISTINCT evidence_id, file_digest FROM read_parquet([{listed}])"  # noqa: S608 - quoted paths
        told = f"SELECT file_digest, count(*) OVER (PARTITION BY evidence_id) AS files FROM ({every})"  # noqa: S608
        query = f"SELECT file_digest, count(*) FROM ({told}) WHERE files > 1 GROUP BY file_digest"  # noqa: S608
        with _told(self.store):
            found = self._running().execute(query).fetchall()
        return {str(digest): int(count) for digest, count in found if digest in new}

    def _running(self) -> duckdb.DuckDBPyConnection:
        """The database that turns text into Parquet: started once, held to little memory."""
        if self._connection is None:
            settings: dict[str, str | bool | int | float | list[str]] = {
                "memory_limit": _MEMORY,
                "threads": 1,
                "temp_directory": str(self._aside / "spilled") if self._aside else "",
            }
            self._connection = duckdb.connect(config=settings)
            self._connection.execute("SET enable_progress_bar = false")  # standard output is for the result
        return self._connection

    def report(self, report: EvidenceReport) -> None:
        """Write the report of a file whose rows were written. Raises CannotWrite."""
        assert self._aside is not None, "a writer is used in a with statement"
        text = json.dumps(report.document(), indent=2, ensure_ascii=False, sort_keys=True)
        with _told(self.store):
            (self._aside / f"{report.digest}.json").write_text(f"{text}\n", encoding="utf-8")
        if report.digest not in self.digests:
            self.digests.append(report.digest)

    def add(self, rows: Sequence[Evidence], report: EvidenceReport) -> None:
        """Write rows and report of a small file. Raises CannotWrite."""
        self.write(report.digest, [rows] if rows else [])
        self.report(report)

    def commit(self) -> tuple[Path, ...]:
        """Put everything in its place; the Parquet files as they stand now. Raises CannotWrite."""
        assert self._aside is not None, "a writer is used in a with statement"
        placed = []
        with _told(self.store):
            for name in (_EVIDENCE, _REPORTS):
                (self.store / name).mkdir(exist_ok=True)
            for each in self.digests:
                _sync(self._aside / f"{each}.parquet")
            for each in self.digests:
                (self._aside / f"{each}.json").replace(self.store / _REPORTS / f"{each}.json")
                placed.append((self._aside / f"{each}.parquet").replace(self.store / _EVIDENCE / f"{each}.parquet"))
        return tuple(placed)


class _told:  # noqa: N801 - reads like the function that it is
    """Turns what the system or the database says about writing into CannotWrite."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (OSError, duckdb.IOException, duckdb.OutOfMemoryException)):
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            what = f"Cannot write to {quoted(str(self.store))}: {reason}. Nothing was written."
            raise CannotWrite(what) from error


def _write_parquet(connection: duckdb.DuckDBPyConnection, path: Path, batches: Iterable[Sequence[Evidence]]) -> None:
    """By way of a text file: that is twice as fast as handing over rows, and no more than a batch is held."""
    rows = path.with_name("rows.csv")
    with rows.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # so that cells with either of the two are quoted
        for batch in batches:
            writer.writerows(batch)
    chosen = ", ".join(_AS[column.kind].format(column.name) for column in EVIDENCE_COLUMNS)
    names = {column.name: "VARCHAR" for column in EVIDENCE_COLUMNS}
    # the names are ours and the path is quoted
    query = f"SELECT {chosen} FROM read_csv({_exactly(rows)}, columns={names}, {_AS_WRITTEN})"  # noqa: S608
    connection.execute(f"COPY ({query}) TO {_literal(path)} (FORMAT parquet, COMPRESSION zstd)")
    rows.unlink()


def _literal(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _exactly(path: Path) -> str:
    """A path to read from, in which * ? and [ are letters and no pattern."""
    return _literal(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _first_missing(folder: Path) -> Path | None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    return missing[-1] if missing else None
