"""PostgreSQL as the engine: the evidence is copied to it, or lies in a table there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from orchestrator.errors import WrongUsage
from orchestrator.evidence.dialects import told_in
from orchestrator.evidence.engines import BATCH, Column, Row, parquet_rows, save_rows, table_name, without_password

__all__ = ["PostgresEngine"]

_TYPES: Final = {
    "BOOLEAN": "BOOLEAN",
    "HUGEINT": "BIGINT",
    "DOUBLE": "DOUBLE PRECISION",
    "VARCHAR": "TEXT",
    "BIGINT": "BIGINT",
    "DATE": "DATE",
    "INTEGER": "INTEGER",
}


class PostgresEngine:
    """A PostgreSQL server. Everything is made as temporary tables, so nothing is left there."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._psycopg = _driver()
        self._shown = without_password(url)
        try:
            self._connection = self._psycopg.connect(url, connect_timeout=10)
        except self._psycopg.Error as error:
            raise WrongUsage(f"Cannot reach {self._shown}: {_reason(error)}") from error

    def load(self, relation: str, columns: Sequence[Column], files: Sequence[Path]) -> None:
        """Copy Parquet files to a temporary table."""
        typed = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in columns)
        with self._told_plainly(), self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {relation} ({typed})")
            if files:
                with cursor.copy(f"COPY {relation} FROM STDIN") as copy:
                    for batch in parquet_rows(columns, files):
                        for row in batch:
                            copy.write_row(row)
            cursor.execute(f"ANALYZE {relation}")

    def stand_for(self, relation: str, table: str) -> None:
        """Let a table of the database be the relation. Raises WrongUsage if it is not there."""
        with self._told_plainly(), self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP VIEW {relation} AS SELECT * FROM {table_name(table)}")

    def make(self, relation: str, query: str) -> None:
        """Keep the result of a query as a temporary table."""
        with self._told_plainly(), self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {relation} AS {told_in(query, 'postgres')}")
            cursor.execute(f"ANALYZE {relation}")

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query's result."""
        with self._told_plainly(), self._connection.cursor(name="found") as cursor:
            cursor.itersize = BATCH
            cursor.execute(told_in(query, "postgres"))
            yield from cursor

    def save(self, query: str, columns: Sequence[Column], path: Path) -> None:
        """Fetch a query's result and write it to a Parquet file of this machine."""
        save_rows(self.rows(query), columns, path)

    def close(self) -> None:
        """Take back everything that was made there, and leave."""
        self._connection.rollback()
        self._connection.close()

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            raise WrongUsage(f"{self._shown} refused: {_reason(error)}") from error


def _driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise WrongUsage(
            "PostgreSQL needs its driver, which is not installed here. Type: pip install 'orchestrator[postgres]'"
        ) from error
    return psycopg


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or ["it gave no reason"])[0][:300]
