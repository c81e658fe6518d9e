"""Spark as the engine: on this machine, or on the cluster where the evidence lies."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from orchestrator.errors import WrongUsage
from orchestrator.evidence.dialects import told_in
from orchestrator.evidence.engines import Column, Row, parquet_rows, save_rows, table_name

__all__ = ["SparkEngine", "master_of"]

_TYPES: Final = {
    "BOOLEAN": "BOOLEAN",
    "HUGEINT": "BIGINT",
    "DOUBLE": "DOUBLE",
    "VARCHAR": "STRING",
    "BIGINT": "BIGINT",
    "DATE": "DATE",
    "INTEGER": "INT",
}
_LOCAL_PARTITIONS: Final = 4
#: As in DuckDB: filters and projections that are merged reckon the same expressions again and again.
_RULES_LEFT_OUT: Final = ",".join(
    f"org.apache.spark.sql.catalyst.optimizer.{rule}"
    for rule in ("PushDownPredicates", "PushPredicateThroughNonJoin", "CollapseProject")
)


def master_of(engine: str) -> str:
    """The master that a connection string names: ``spark`` is this machine, anything behind ``spark:`` a master.

    >>> master_of("spark"), master_of("spark://lake.example:7077"), master_of("spark:yarn"), master_of("spark:local[2]")
    ('local[*]', 'spark://lake.example:7077', 'yarn', 'local[2]')
    """
    _, _, behind = engine.partition(":")
    if not behind:
        return "local[*]"
    return engine if behind.startswith("//") else behind


class SparkEngine:
    """A Spark session. On this machine it listens to this machine only and needs no network."""

    name = "Spark"

    def __init__(self, engine: str, memory: str = "2g") -> None:
        session = _pyspark()
        master = master_of(engine)
        self._local = master.startswith("local")
        self._folder = tempfile.TemporaryDirectory(prefix="orchestrator-spark-")
        builder = session.builder.master(master).appName("mission orchestrator: ties from evidence")
        for name, value in self._settings(memory).items():
            builder = builder.config(name, value)
        try:
            self._session = builder.getOrCreate()
        except Exception as error:  # the gateway, the network and the master all fail in ways of their own
            self._folder.cleanup()
            raise WrongUsage(f"Spark did not start with {master}: {_reason(error)}") from error
        self._session.sparkContext.setLogLevel("ERROR")

    def _settings(self, memory: str) -> dict[str, str]:
        settings = {
            "spark.sql.session.timeZone": "UTC",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.optimizer.excludedRules": _RULES_LEFT_OUT,
        }
        if self._local:
            # Spark asks for the address of this machine by its name, which need not be known anywhere.
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            settings |= {
                "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.driver.memory": memory,
                "spark.local.dir": self._folder.name,
                "spark.sql.warehouse.dir": str(Path(self._folder.name) / "warehouse"),
                "spark.sql.shuffle.partitions": str(_LOCAL_PARTITIONS),
            }
        return settings

    def load(self, relation: str, columns: Sequence[Column], files: Sequence[Path]) -> None:
        """Let Parquet files be a relation. A cluster cannot see files of this machine, so it is sent their rows."""
        schema = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in columns)
        with _told_plainly():
            if self._local and files:
                found = self._session.read.parquet(*(str(file) for file in files))
                found = found.selectExpr(*(f"CAST({name} AS {_TYPES[kind]}) AS {name}" for name, kind in columns))
            else:
                rows = [row for batch in parquet_rows(columns, files) for row in batch] if files else []
                found = self._session.createDataFrame(rows, schema)
            found.createOrReplaceTempView(relation)

    def stand_for(self, relation: str, table: str) -> None:
        """Let a table of the lake be the relation. Raises WrongUsage if it is not there."""
        with _told_plainly():
            self._session.table(table_name(table)).createOrReplaceTempView(relation)

    def make(self, relation: str, query: str) -> None:
        """Keep the result of a query in the memory of the cluster, and on its disks where that is not enough.

        What was kept forgets how it was made: a cached table would carry the plans of all tables before it along, and
        Spark writes every plan out as text, which for the last of our steps takes longer than the steps.
        """
        with _told_plainly():
            self._session.sql(told_in(query, "spark")).localCheckpoint().createOrReplaceTempView(relation)

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query's result."""
        with _told_plainly():
            for row in self._session.sql(told_in(query, "spark")).toLocalIterator():
                yield tuple(row)

    def save(self, query: str, columns: Sequence[Column], path: Path) -> None:
        """Fetch a query's result and write it to a Parquet file of this machine."""
        save_rows(self.rows(query), columns, path)

    def close(self) -> None:
        """Let go of what was kept, and end the session."""
        self._session.stop()
        self._folder.cleanup()


def _pyspark() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise WrongUsage(
            "Spark is not installed here (455 MB, and it needs Java). Type: pip install 'orchestrator[spark]'"
        ) from error
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise WrongUsage(
            "Spark needs Java 17 or newer, which is not installed here, or JAVA_HOME that says where it is."
        )
    return SparkSession


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except WrongUsage:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark", "py4j")):
            raise
        raise WrongUsage(f"Spark refused: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or ["it gave no reason"])[0][:300]
