"""The engine that a connection string asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.evidence.engines import DuckEngine, Engine, SpillSettings, engine_kind
from orchestrator.evidence.postgres import PostgresEngine
from orchestrator.evidence.spark import SparkEngine

__all__ = ["connected"]


@contextmanager
def connected(engine: str = "duckdb", settings: SpillSettings | None = None) -> Iterator[Engine]:
    """Work with an engine, and let go of it at the end whatever happens.

    Raises WrongUsage for an engine that there is not, and where its driver, its server or Java is missing.

    >>> with connected() as engine:
    ...     list(engine.rows("SELECT 1 AS one"))
    [(1,)]
    """
    kind = engine_kind(engine)
    found: Engine
    if kind == "postgres":
        found = PostgresEngine(engine)
    elif kind == "spark":
        found = SparkEngine(engine)
    else:
        found = DuckEngine(settings)
    try:
        yield found
    finally:
        found.close()
