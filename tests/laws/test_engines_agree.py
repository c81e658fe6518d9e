"""The same 200,000 rows of evidence give the same ties on DuckDB, PostgreSQL and Spark, and counted again in pandas."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import psycopg
import pytest

from orchestrator.errors import WrongUsage
from orchestrator.evidence import Engine, Inference, connected, infer_ties, packaged_rules, ties_text
from orchestrator.evidence.engines import parquet_columns, parquet_rows
from orchestrator.matching import Matcher, mentions_sql, normalising_sql
from orchestrator.tables.check import check_pack
from orchestrator.tables.evidence import EVIDENCE_COLUMNS
from orchestrator.tables.pack import Pack
from orchestrator.tables.raw import RawPack, RawTable
from tests.laws.evidence_engines import REQUIRED, SPARK, not_run, postgres_server, why_not_spark
from tests.laws.recount import EPOCH, recount, table
from tests.unit.evidence.made_up import BODIES, MENTIONS, SPELLINGS, make_evidence

pytestmark = pytest.mark.slow

ROWS = 200_000
AS_OF = datetime.date(2026, 11, 23)
RULES = packaged_rules()
#: What is held against each other, column by column.
RELATIONS = ("tie", "tie_evidence", "first_record", "tie_file", "early", "late")
KINDS = {"text": "TEXT", "date": "DATE", "whole": "BIGINT"}
LOOKUPS = ("parts", "towns", "marks", "resolutions")


@dataclass(frozen=True)
class Run:
    """What one engine made of the evidence, and its relations as Parquet."""

    inference: Inference
    relations: dict[str, Path]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_evidence(tmp_path_factory.mktemp("made-up"), ROWS)


@pytest.fixture(scope="session")
def store(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same evidence as a store whose names were matched against a register."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "evidence").mkdir()
    (folder / "evidence" / "made-up.parquet").write_bytes(files["evidence"].read_bytes())
    Matcher(folder, _register()).match().save(folder)
    return folder


def _register() -> Pack:
    """Bodies whose names are spelt otherwise than in the evidence, so that reading them matters."""
    names = [f"The BODY {n} {s}." for n in range(BODIES) if n % 5 != 4 for s in range(SPELLINGS)]
    ids = [f"body-{n}-{s}" for n in range(BODIES) if n % 5 != 4 for s in range(SPELLINGS)]
    organisations = (["unit", *ids], ["Unit", *names], ["central", *["firm"] * len(ids)])
    tables = (
        _table("organisations", ("organisation_id", "name", "sector"), organisations),
        _table("missions", ("mission_id", "title", "centre_id"), (["m"], ["M"], ["unit"])),
        _table("ties", ("source_id", "target_id"), ([], [])),
    )
    pack, report = check_pack(RawPack("made up", tables))
    assert pack is not None, report.problems[:3]
    return pack


def _table(name: str, columns: tuple[str, ...], cells: tuple[list[str], ...]) -> RawTable:
    return RawTable(name, f"{name}.csv", columns, cells, range(2, 2 + len(cells[0])))


def _run(engine: Engine, files: dict[str, Path], store: Path, folder: Path, like: Run | None = None) -> Run:
    """Infer the ties, and read and resolve the names of the same evidence; relations have the columns of ``like``."""
    lookups = {name: files[name] for name in ("cells", "resolutions")}
    inference = infer_ties(engine, RULES, AS_OF, evidence=[files["evidence"]], mentions=MENTIONS, lookups=lookups)
    for name in LOOKUPS:
        file = store / f"{name}.parquet"
        engine.load(f"matched_{name}", parquet_columns(file), [file])
    found = mentions_sql("taken", *(f"matched_{name}" for name in LOOKUPS[:3]))
    queries = {name: f"SELECT * FROM {name}" for name in RELATIONS}
    queries["names"] = normalising_sql("evidence", "to_name")
    queries["resolved"] = (
        "SELECT m.evidence_id, m.side, m.part, m.share, m.name_key, r.organisation_id, r.how "
        f"FROM ({found}) AS m LEFT JOIN matched_resolutions AS r ON r.name_key = m.name_key"
    )
    relations = {name: folder / f"{name}.parquet" for name in queries}
    for name, query in queries.items():
        engine.save(query, parquet_columns(like.relations[name]) if like else (), relations[name])
    return Run(inference, relations)


@pytest.fixture(scope="session")
def duck(files: dict[str, Path], store: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    with connected() as engine:
        return _run(engine, files, store, tmp_path_factory.mktemp("duckdb"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres(
    server: str, files: dict[str, Path], store: Path, duck: Run, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    with connected(server) as engine:
        return _run(engine, files, store, tmp_path_factory.mktemp("postgres"), duck)


@pytest.fixture(scope="session")
def spark(files: dict[str, Path], store: Path, duck: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    if why := why_not_spark():
        not_run("Spark", why)
    with connected(SPARK) as engine:
        yield _run(engine, files, store, tmp_path_factory.mktemp("spark"), duck)


def _assert_the_same(one: Run, other: Run) -> None:
    """Equal in both directions, row by row, and the table of ties byte by byte."""
    with duckdb.connect() as connection:
        for name, mine in one.relations.items():
            theirs = other.relations[name]
            for left, right in ((mine, theirs), (theirs, mine)):
                query = f"SELECT * FROM '{left}' EXCEPT ALL SELECT * FROM '{right}'"
                more = connection.execute(f"SELECT * FROM ({query}) LIMIT 3").fetchall()
                assert more == [], f"{name}: only in {left.parent.name}"
    assert ties_text(one.inference.ties, {}) == ties_text(other.inference.ties, {})
    assert one.inference.use == other.inference.use


def test_the_evidence_tries_everything(duck: Run) -> None:
    use = duck.inference.use
    assert use.read == ROWS
    assert len(duck.inference.ties) > 5_000
    assert {tie.rule for tie in duck.inference.ties} >= {
        "grants",
        "contracts",
        "notices",
        "projects built or being built",
    }
    assert {tie.mission_id for tie in duck.inference.ties} >= {"clean-energy", "opportunity"}
    assert {each.reason for each in use.left_out} >= {
        "too old",
        "without a date",
        "a name on it is not matched",
        "both sides are one body",
        "below the threshold of its rule",
        "the same record in another file",
    }
    with duckdb.connect() as connection:
        query = f"SELECT count(DISTINCT how), count(*) FILTER (WHERE part > 1) FROM '{duck.relations['resolved']}'"
        hows, later_parts = connection.execute(query).fetchall()[0]
    assert hows >= 2
    assert later_parts > 100


def test_postgresql_gives_the_same(duck: Run, postgres: Run) -> None:
    _assert_the_same(duck, postgres)


def test_evidence_that_lies_in_postgresql_is_read_there_and_nothing_is_left(server: str, tmp_path: Path) -> None:
    small = make_evidence(tmp_path, 2_000)
    lookups = {name: small[name] for name in ("cells", "resolutions")}
    columns = [(column.name, KINDS[column.kind]) for column in EVIDENCE_COLUMNS]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA lake")
        connection.execute(f"CREATE TABLE lake.published ({', '.join(map(' '.join, columns))})")
        with connection.cursor().copy("COPY lake.published FROM STDIN") as copy:
            for batch in parquet_rows(columns, [small["evidence"]]):
                for row in batch:
                    copy.write_row(row)
        with connected(server) as engine:
            there = infer_ties(engine, RULES, AS_OF, evidence="lake.published", mentions=MENTIONS, lookups=lookups)
        left = connection.execute("SELECT count(*) FROM pg_class WHERE relname IN ('taken', 'tie')").fetchall()
        with pytest.raises(WrongUsage, match="refused: relation"), connected(server) as engine:
            infer_ties(engine, RULES, AS_OF, evidence="lake.nothing", mentions=MENTIONS, lookups=lookups)
    with connected() as engine:
        here = infer_ties(engine, RULES, AS_OF, evidence=[small["evidence"]], mentions=MENTIONS, lookups=lookups)
    assert (there.ties, there.use) == (here.ties, here.use)
    assert left == [(0,)]


def test_spark_gives_the_same(duck: Run, spark: Run) -> None:
    _assert_the_same(duck, spark)


def test_a_recount_in_pandas_gives_the_same(duck: Run, files: dict[str, Path]) -> None:
    counted = recount(RULES, AS_OF, files["evidence"], _meant(files))
    found = {
        (tie.source_id, tie.target_id, tie.mission_id, tie.kind): (
            tie.level,
            tie.strength,
            tie.confidence,
            _days(tie.starts),
            _days(tie.last_seen),
            _days(tie.ends),
            tie.evidence,
            tie.amount_pence,
            tie.inferred_by,
        )
        for tie in duck.inference.ties
    }
    assert found == counted


def _days(day: datetime.date | None) -> int | None:
    return None if day is None else (day - EPOCH).days


def _meant(files: dict[str, Path]) -> pd.DataFrame:
    """Who is meant by every part of every side, joined in pandas."""
    columns = ["evidence_id", "from_name", "to_name", "from_town", "to_town"]
    evidence = table(files["evidence"])[columns].drop_duplicates("evidence_id")
    cells, resolutions = table(files["cells"]), table(files["resolutions"])
    sides = []
    for side in ("from", "to"):
        found = evidence.merge(cells, left_on=f"{side}_name", right_on="written")
        town = found[f"{side}_town"]
        found["name_key"] = found["name"].where(town == "", found["name"] + " in " + town)
        found = found.merge(resolutions, on="name_key", how="left").fillna({"organisation_id": ""})
        found = found.sort_values(["evidence_id", "part"]).assign(side=side)
        sides.append(found[["evidence_id", "side", "organisation_id", "share"]])
    return pd.concat(sides)


@pytest.mark.parametrize(("required", "ending"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_an_engine_that_is_not_there_is_named_and_a_failure_where_all_are_required(
    required: str, ending: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REQUIRED, required)
    with pytest.raises(ending, match="Spark was not run: there is no Java"):
        not_run("Spark", "there is no Java")


def test_a_difference_of_a_penny_is_found(duck: Run, tmp_path: Path) -> None:
    changed = tmp_path / "tie.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * REPLACE (CASE WHEN source_id = 'body-1' THEN pence + 1 ELSE pence END AS pence) "
            f"FROM '{duck.relations['tie']}') TO '{changed}' (FORMAT parquet)"
        )
    with pytest.raises(AssertionError, match="tie: only in"):
        _assert_the_same(duck, Run(duck.inference, {**duck.relations, "tie": changed}))
