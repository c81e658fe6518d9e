"""The engines that can reckon ties: DuckDB in this process, PostgreSQL, Spark. Chosen by a connection string."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb
import pandas as pd

from orchestrator.errors import CannotWrite, WrongUsage, quoted
from orchestrator.evidence.dialects import told_in

__all__ = [
    "DEFAULT_MEMORY",
    "Column",
    "DuckEngine",
    "Engine",
    "SpillSettings",
    "engine_kind",
    "parquet_columns",
    "parquet_rows",
    "save_rows",
    "table_name",
    "without_password",
]

#: How much memory DuckDB may take before it goes to the disk.
DEFAULT_MEMORY: Final = "4GB"
BATCH: Final = 50_000

#: A column of a relation: its name and its type in DuckDB's words.
Column = tuple[str, str]
Row = tuple[Any, ...]

_TABLE: Final = re.compile(r"[A-Za-z_]\w{0,62}(\.[A-Za-z_]\w{0,62}){0,2}", re.ASCII)


class Engine(Protocol):
    """What every engine can do. Relations are named; a query names those that are there."""

    @property
    def name(self) -> str:
        """What the engine is called in a report."""

    def load(self, relation: str, columns: Sequence[Column], files: Sequence[Path]) -> None:
        """Let these Parquet files be a relation; without a file it is empty and has the columns all the same."""

    def stand_for(self, relation: str, table: str) -> None:
        """Let a table that lies in the engine already be the relation. Raises WrongUsage for no name of a table."""

    def make(self, relation: str, query: str) -> None:
        """Keep the result of a query, written in DuckDB's dialect, as a relation."""

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query's result, in no order unless the query gives one."""

    def save(self, query: str, columns: Sequence[Column], path: Path) -> None:
        """Write a query's result, which has these columns, to a Parquet file of this machine."""

    def close(self) -> None:
        """Let go of everything."""


def engine_kind(engine: str) -> str:
    """Which engine does a connection string ask for? Raises WrongUsage with what can be asked for.

    >>> engine_kind("postgresql://reader@db.example/evidence")
    'postgres'
    """
    scheme = engine.split(":", maxsplit=1)[0].casefold()
    kinds = {"duckdb": "duckdb", "postgresql": "postgres", "postgres": "postgres", "spark": "spark"}
    if scheme not in kinds or (scheme == "duckdb" and engine != "duckdb"):
        raise WrongUsage(
            f"There is no engine {quoted(without_password(engine))}. "
            "Use duckdb, postgresql://HOST/DATABASE, spark (on this machine) or spark://HOST:PORT."
        )
    return kinds[scheme]


def without_password(engine: str) -> str:
    """A connection string that may be shown.

    >>> without_password("postgresql://reader:secret@db.example/evidence?password=secret")
    'postgresql://reader@db.example/evidence'
    """
    shown = engine.split("?", maxsplit=1)[0]
    return re.sub(r"//([^/:@]*)(:[^/]*)?@", r"//\1@", shown)


def table_name(table: str) -> str:
    """A name of a table that can stand in a query. Raises WrongUsage for anything else.

    >>> table_name("lake.evidence")
    'lake.evidence'
    """
    if not _TABLE.fullmatch(table):
        raise WrongUsage(f"{quoted(table)} is no name of a table. Write it like evidence or lake.evidence.")
    return table


def parquet_columns(file: Path) -> tuple[Column, ...]:
    """The columns of a Parquet file."""
    with duckdb.connect() as connection:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet($file)", {"file": str(file)}).fetchall()
    return tuple((name, kind) for name, kind, *_ in found)


def parquet_rows(columns: Sequence[Column], files: Sequence[Path]) -> Iterator[list[Row]]:
    """The rows of Parquet files in batches, for an engine that cannot read the files themselves."""
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 1}) as connection:
        chosen = ", ".join(name for name, _ in columns)
        found = connection.execute(
            f"SELECT {chosen} FROM read_parquet($files)", {"files": [str(file) for file in files]}
        )
        while batch := found.fetchmany(BATCH):
            yield batch


def save_rows(rows: Iterator[Row], columns: Sequence[Column], path: Path) -> None:
    """Write rows from an engine that cannot write to this machine to a Parquet file of it."""
    target = str(path).replace("'", "''")
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": f"{path}.spilled"}) as connection:
        connection.execute(f"CREATE TABLE kept ({', '.join(map(' '.join, columns))})")
        while batch := list(islice(rows, BATCH)):
            frame = pd.DataFrame(batch, columns=[name for name, _ in columns]).convert_dtypes()
            connection.register("batch", frame)
            connection.execute("INSERT INTO kept SELECT * FROM batch")
            connection.unregister("batch")
        connection.execute(f"COPY kept TO '{target}' (FORMAT parquet)")


class SpillSettings:
    """How much memory DuckDB takes, where it goes when that is used up, and how many threads it runs."""

    def __init__(self, memory: str = DEFAULT_MEMORY, folder: Path | None = None, threads: int | None = None) -> None:
        if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?\s?(MB|GB|MiB|GiB)", memory):
            raise WrongUsage(f"{quoted(memory)} is no amount of memory. Write it like 4GB or 800MB.")
        if folder is not None and not folder.is_dir():
            raise WrongUsage(f"There is no folder {quoted(str(folder))} for temporary files.")
        self.memory, self.folder, self.threads = memory, folder, threads


class DuckEngine:
    """DuckDB in this process, over Parquet. What does not fit into its memory goes to a temporary folder."""

    name = "DuckDB"

    def __init__(self, settings: SpillSettings | None = None) -> None:
        settings = settings or SpillSettings()
        self._folder = tempfile.TemporaryDirectory(prefix="orchestrator-ties-", dir=settings.folder)
        config: dict[str, Any] = {
            "memory_limit": settings.memory,
            "temp_directory": self._folder.name,
            "preserve_insertion_order": False,
        }
        if settings.threads is not None:
            config["threads"] = settings.threads
        self._connection = duckdb.connect(config=config)
        # A filter that is pushed below a projection takes its expressions along and reckons them again, four times as
        # long for our steps; none of them has a filter that could leave a part of a file unread.
        self._connection.execute("SET disabled_optimizers = 'filter_pushdown'")

    def load(self, relation: str, columns: Sequence[Column], files: Sequence[Path]) -> None:
        """Let Parquet files be a relation: they are read where they lie."""
        if files:
            chosen = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in columns)
            listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
            self._do(f"CREATE OR REPLACE TEMP VIEW {relation} AS SELECT {chosen} FROM read_parquet([{listed}])")
        else:
            self._do(f"CREATE OR REPLACE TEMP TABLE {relation} ({', '.join(map(' '.join, columns))})")

    def stand_for(self, relation: str, table: str) -> None:  # noqa: ARG002 - the engines are called alike
        """There is no table in an engine that holds nothing but what it is given. Raises WrongUsage."""
        raise WrongUsage(f"DuckDB reads the store and has no table {quoted(table)}; tables lie in PostgreSQL or Spark.")

    def make(self, relation: str, query: str) -> None:
        """Keep the result of a query."""
        self._do(f"CREATE OR REPLACE TEMP TABLE {relation} AS {query}")

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query's result."""
        found = self._do(query)
        while batch := found.fetchmany(BATCH):
            yield from batch

    def save(self, query: str, columns: Sequence[Column], path: Path) -> None:  # noqa: ARG002 - as above
        """Write a query's result to a Parquet file."""
        target = str(path).replace("'", "''")
        self._do(f"COPY ({query}) TO '{target}' (FORMAT parquet)")

    def close(self) -> None:
        """Let go of the memory and the temporary files."""
        self._connection.close()
        self._folder.cleanup()

    def _do(self, query: str) -> duckdb.DuckDBPyConnection:
        with _told_plainly():
            return self._connection.execute(told_in(query, "duckdb"))


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        said = str(error).splitlines()[0][:300]
        hint = "Give it more with --memory, or another folder with --temp."
        raise CannotWrite(f"DuckDB ran out of room: {said} {hint} Nothing was written.") from error
