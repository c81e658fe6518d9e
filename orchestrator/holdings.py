"""What lies in a store of evidence: what was brought in and left out, how old it is, how well its names match."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestrator.errors import BadData, Problem
from orchestrator.matching import mentions_sql
from orchestrator.tables.evidence import EvidenceReport
from orchestrator.tables.evidence_store import evidence_files, read_reports

__all__ = ["Held", "Holdings", "Matched", "holdings"]


@dataclass(frozen=True)
class Held:
    """Evidence of one kind: rows, pence of those in pounds, first and last day (ISO, '' where none is given)."""

    kind: str
    rows: int
    pence: int
    first: str
    last: str


@dataclass(frozen=True)
class Matched:
    """Mentions of bodies that were resolved in one way ('' : open), how many names those are, and their pence."""

    how: str
    mentions: int
    names: int
    pence: int


@dataclass(frozen=True)
class Holdings:
    """The reports on the files, evidence by kind and by year ('' : no date), and mentions by how they were resolved.

    ``matched`` is empty where names were not matched yet.
    """

    reports: tuple[EvidenceReport, ...]
    kinds: tuple[Held, ...]
    years: tuple[tuple[str, int], ...]
    matched: tuple[Matched, ...]

    @property
    def rows(self) -> int:
        """How many rows of evidence are there?"""
        return sum(kind.rows for kind in self.kinds)


def holdings(store: Path) -> Holdings:
    """What lies in this store? Raises BadData where the folder holds no evidence. The cost grows with the rows."""
    files = [str(file) for file in evidence_files(store)]
    if not files:
        allowed = "Bring published files in first: orchestrator evidence FILE --into STORE."
        raise BadData([Problem("there is no evidence in this folder.", str(store), allowed=allowed)])
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(store / ".spilled")}) as connection:
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        connection.execute(f"CREATE VIEW evidence AS SELECT * FROM read_parquet([{listed}])")
        kinds = connection.execute(
            "SELECT kind, count(*), CAST(coalesce(sum(amount_pence) FILTER (WHERE currency = 'GBP'), 0) AS BIGINT), "
            "coalesce(CAST(min(starts) AS VARCHAR), ''), coalesce(CAST(max(starts) AS VARCHAR), '') "
            "FROM evidence GROUP BY kind ORDER BY count(*) DESC, kind"
        ).fetchall()
        years = connection.execute(
            "SELECT coalesce(CAST(year(starts) AS VARCHAR), '') AS year, count(*) FROM evidence GROUP BY 1 ORDER BY 1"
        ).fetchall()
        matched = _matched(connection, store)
    return Holdings(read_reports(store), tuple(Held(*row) for row in kinds), tuple(years), matched)


def _matched(connection: duckdb.DuckDBPyConnection, store: Path) -> tuple[Matched, ...]:
    tables = ("parts", "towns", "marks", "resolutions")
    if not all((store / f"{name}.parquet").is_file() for name in tables):
        return ()
    for name in tables:
        path = str(store / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
    rows = connection.execute(
        "SELECT coalesce(r.how, '') AS how, count(*), count(DISTINCT m.name_key), CAST(coalesce(sum("
        "abs(e.amount_pence)::HUGEINT * m.share // 1000000) FILTER (WHERE e.currency = 'GBP'), 0) AS BIGINT) "
        f"FROM ({mentions_sql()}) AS m LEFT JOIN resolutions AS r USING (name_key) "
        "JOIN evidence AS e USING (evidence_id) GROUP BY 1 ORDER BY count(*) DESC, how"
    ).fetchall()
    return tuple(Matched(*row) for row in rows)
