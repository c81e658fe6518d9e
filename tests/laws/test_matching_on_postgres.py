"""The rules about names are told to PostgreSQL and decide there as they do here."""

from __future__ import annotations

import random

import duckdb
import psycopg
import pytest
import sqlglot

from orchestrator.matching import Tables, normalising_sql, resolving_sql
from tests.laws.evidence_engines import postgres_server
from tests.laws.test_matching import BODIES, DAYS, KINDS, MARKS, NAMES, TOWNS, Known, Mention, Said, ruled
from tests.unit.matching.test_normal import ALIKE, APART, LOOSELY_ALIKE

pytestmark = pytest.mark.slow

TABLES = ("asked", "asked_identifiers", "register_names", "register_identifiers", "verdicts")
AWKWARD = (
    "",
    " ",
    "???",
    "the",
    "مجلس المدينة",
    "ß",
    "1927",
    "'",
    "a\x1fb",
    "…",
    "Ελλάδα Α.Ε.",
    "ÅSA Ltd",
    "back\\slash plc",
)


def told(sql: str) -> str:
    return sqlglot.transpile(sql, read="duckdb", write="postgres")[0]


def test_names_are_read_and_decided_alike_on_postgresql() -> None:
    luck = random.Random(7)
    known = [
        Known(luck.choice(BODIES), luck.choice(NAMES), luck.choice(KINDS), *luck.choices(DAYS, k=2), luck.choice(TOWNS))
        for _ in range(12)
    ]
    mentions = [
        Mention(
            luck.choice(NAMES), luck.choice(TOWNS), luck.choice(DAYS), tuple(luck.sample(MARKS, luck.choice((0, 0, 1))))
        )
        for _ in range(200)
    ]
    said = [Said("Elm", "york", "accept", "c"), Said("Oak", "", "reject", "a"), Said("?", "", "none", "a")]
    has = [("a", MARKS[0]), ("b", MARKS[1])]
    names = [name for pair in (*ALIKE, *LOOSELY_ALIKE, *APART) for name in pair] + list(AWKWARD)
    with duckdb.connect() as here, postgres_server() as url, psycopg.connect(url, autocommit=True) as there:
        decided = ruled(here, known, has, said, mentions)
        assert len(set(decided.values())) > 3, "the cases tell nothing apart"
        here.execute("CREATE TABLE names AS SELECT unnest(?) AS name", [names])
        for table in (*TABLES, "names"):
            _copied(here, there, table)
        rows = there.execute(told(resolving_sql(Tables()))).fetchall()
        assert {row[0]: row[1] or "-" for row in rows} == decided
        reading = normalising_sql("names", "name")
        assert sorted(there.execute(told(reading)).fetchall()) == sorted(here.execute(reading).fetchall())


def _copied(here: duckdb.DuckDBPyConnection, there: psycopg.Connection, table: str) -> None:
    found = here.execute(f"SELECT * FROM {table}")
    columns = [(each[0], "DATE" if each[0] in ("day", "starts", "ends") else "TEXT") for each in found.description]
    there.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
    with there.cursor() as cursor:
        marks = ", ".join(["%s"] * len(columns))
        for row in found.fetchall():
            cursor.execute(f"INSERT INTO {table} VALUES ({marks})", row)
