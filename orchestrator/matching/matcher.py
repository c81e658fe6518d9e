"""A store of evidence read for its names: which are known, which are open, and where each was written.

What passes to the engines stands in four tables, written beside the evidence by ``Matching.save``:

- ``parts``        each cell as written, and the bodies it names (``mentions``): written, part, parts, share, name,
                   reading, by_town, by_day, name_version
- ``towns``        each town as written and as it is read: town, strict
- ``marks``        each cell of identifiers, and the public ones in it: identifiers, public
- ``resolutions``  each name_key, and who is meant: name_key, name, town, identifiers, organisation_id, how, decided_by,
                   version

``mentions_sql`` joins the evidence to the first three and gives each mention its ``name_key``; joined to
``resolutions`` by that, every mention has its body or is open. All joins are on equal columns; the query is in DuckDB's
dialect and ``sqlglot.transpile(sql, read="duckdb", write=…)`` tells it to PostgreSQL and Spark.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import duckdb
import pandas as pd

from orchestrator.errors import BadData, Problem
from orchestrator.matching.decisions import Verdict, in_force
from orchestrator.matching.identifiers import read_identifiers
from orchestrator.matching.mentions import parts_of
from orchestrator.matching.normal import VERSION, normalising_sql, text_sql
from orchestrator.matching.register import Register
from orchestrator.matching.rules import VERDICT_COLUMNS, Tables, claims_sql, resolving_sql
from orchestrator.tables.files import write_all
from orchestrator.tables.pack import Pack

__all__ = ["RESOLUTION_COLUMNS", "STORED", "Matcher", "Matching", "mentions_sql", "rows_of"]

RESOLUTION_COLUMNS: Final = (
    "name_key",
    "name",
    "town",
    "identifiers",
    "organisation_id",
    "how",
    "decided_by",
    "version",
)
#: The tables that are written beside the evidence.
STORED: Final = ("parts", "towns", "marks", "resolutions")

Progress = Callable[[str], None]


def mentions_sql(evidence: str = "evidence", parts: str = "parts", towns: str = "towns", marks: str = "marks") -> str:
    """The query, in DuckDB's dialect, that gives every mention of a body in the evidence.

    Columns: evidence_id, side (``from`` or ``to``), part, parts, part_of (the cell as written), name, share (whole
    millionths; those of a cell add up to 1,000,000), name_key. A cell that is blank mentions nobody. No order.
    """
    sides = " UNION ALL ".join(
        f"SELECT evidence_id, '{side}' AS side, {side}_name AS written, {side}_town AS town,"
        f" {side}_identifiers AS identifiers, starts FROM {evidence} WHERE {side}_name <> ''"
        for side in ("from", "to")
    )
    key = (
        "p.name_version || '|' || p.reading"
        " || CASE WHEN p.by_town AND t.strict <> '' THEN '|in ' || t.strict ELSE '' END"
        " || CASE WHEN p.by_day AND s.starts IS NOT NULL THEN '|on ' || CAST(s.starts AS VARCHAR) ELSE '' END"
        " || CASE WHEN p.parts = 1 AND m.public <> '' THEN '|' || m.public ELSE '' END"
    )
    return (
        f"SELECT s.evidence_id, s.side, p.part, p.parts, s.written AS part_of, p.name, p.share, {key} AS name_key"
        f" FROM ({sides}) AS s JOIN {parts} AS p ON p.written = s.written"
        f" LEFT JOIN {towns} AS t ON t.town = s.town LEFT JOIN {marks} AS m ON m.identifiers = s.identifiers"
    )


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries.

    >>> rows_of(pd.DataFrame({"a": ["x"]}))
    [{'a': 'x'}]
    """
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


@dataclass(frozen=True)
class Matching:
    """What the rules and the decisions make of all names of a store.

    The frames are as the module says. ``asked`` has a row a name_key: how it is read, how often it was written and for
    how much (whole pence of GBP, both signs counted up, and of its share only); ``claims`` holds the bodies that have
    an open name by the register (several, or it would not be open); ``names`` are the register's, as they are read.
    ``decisions`` are those in force.
    """

    parts: pd.DataFrame
    towns: pd.DataFrame
    marks: pd.DataFrame
    resolutions: pd.DataFrame
    asked: pd.DataFrame
    claims: pd.DataFrame
    names: pd.DataFrame
    register: Register
    decisions: tuple[Verdict, ...]

    def save(self, store: Path) -> None:
        """Write the four tables beside the evidence, all of them or none. Raises CannotWrite."""
        with tempfile.TemporaryDirectory() as aside, duckdb.connect() as connection:
            files = {}
            for name in STORED:
                connection.register("table_to_write", getattr(self, name))
                path = Path(aside) / f"{name}.parquet"
                connection.execute(f"COPY (SELECT * FROM table_to_write) TO {text_sql(str(path))} (FORMAT parquet)")
                connection.unregister("table_to_write")
                files[store / path.name] = path.read_bytes()
        write_all(files)


class Matcher:
    """A store and a pack, ready to be matched again after every decision. Threads may share it.

    Raises BadData where the folder holds no evidence.
    """

    def __init__(self, store: Path, pack: Pack) -> None:
        self.store, self.pack = store, pack
        files = sorted((store / "evidence").glob("*.parquet"))
        if not files:
            allowed = "Bring published files in first: orchestrator evidence FILE --into STORE."
            raise BadData([Problem("there is no evidence in this folder.", str(store), allowed=allowed)])
        self._lock = threading.Lock()
        self._connection = duckdb.connect()
        self._run("SET enable_progress_bar = false")  # standard output is for the result
        listed = ", ".join(text_sql(str(file)) for file in files)
        self._run(f"CREATE VIEW evidence AS SELECT * FROM read_parquet([{listed}])")
        self._run(
            "CREATE TABLE read_names (name VARCHAR, strict VARCHAR, loose VARCHAR, form VARCHAR, name_version VARCHAR)"
        )

    def match(self, decisions: Iterable[Verdict] = (), progress: Progress | None = None) -> Matching:
        """What do the rules and these decisions make of the names? ``progress`` is told each step before it starts."""
        tell = progress or _quiet
        holds = in_force(decisions)
        with self._lock:
            register = self.register(holds)
            tell("Reading the register")
            self._take_register(register)
            self._take_verdicts(holds)
            tell("Splitting joined names")
            self._take_parts()
            tell("Reading names")
            self._take_lookups()
            tell("Asking the rules")
            self._ask()
            parts, towns, marks, resolutions = (self._frame(f"SELECT * FROM {name} ORDER BY ALL") for name in STORED)
            return Matching(
                parts,
                towns,
                marks,
                resolutions,
                self._frame("SELECT * FROM asked_about ORDER BY name_key"),
                self._frame("SELECT c.* FROM claims AS c JOIN open_keys USING (name_key) ORDER BY ALL"),
                self._frame("SELECT * FROM register_names ORDER BY ALL"),
                register,
                holds,
            )

    def register(self, holds: Sequence[Verdict]) -> Register:
        """What the bodies can be known by, with what these decisions teach."""
        return Register.of(self.pack, holds)

    def records(self, name_keys: Sequence[str], most: int = 5) -> pd.DataFrame:
        """Where names were written: at most ``most`` records a key, the largest amounts first.

        Columns: name_key, side, name, part_of, other_name, evidence_id, kind, file, row, starts, amount_pence,
        currency, title. To be asked after ``match``.
        """
        keys = pd.DataFrame({"name_key": list(dict.fromkeys(name_keys))}, dtype=str)
        with self._lock:
            self._table("wanted_keys", keys)
            return self._frame(
                f"""SELECT m.name_key, m.side, m.name, m.part_of,
                  CASE WHEN m.side = 'from' THEN e.to_name ELSE e.from_name END AS other_name,
                  e.evidence_id, e.kind, e.file, e.row, CAST(e.starts AS VARCHAR) AS starts, e.amount_pence,
                  e.currency, e.title
                FROM ({mentions_sql()}) AS m JOIN wanted_keys USING (name_key) JOIN evidence AS e USING (evidence_id)
                QUALIFY row_number() OVER (PARTITION BY m.name_key
                  ORDER BY abs(e.amount_pence) DESC NULLS LAST, e.starts DESC NULLS LAST, e.evidence_id) <= {int(most)}
                ORDER BY m.name_key, abs(e.amount_pence) DESC NULLS LAST, e.starts DESC NULLS LAST, e.evidence_id"""
            )

    def mentions(self) -> pd.DataFrame:
        """Every mention with the body that is meant (blank: open), a row each: evidence_id, side, part, name, name_key,
        organisation_id, how. To be asked after ``match``."""
        with self._lock:
            return self._frame(
                f"SELECT m.evidence_id, m.side, m.part, m.name, m.name_key, r.organisation_id, r.how"
                f" FROM ({mentions_sql()}) AS m JOIN resolutions AS r ON r.name_key = m.name_key ORDER BY ALL"
            )

    def met_by(self, bodies: Iterable[str]) -> dict[str, int]:
        """For each open name, in how many records does one of these bodies stand on the other side?"""
        with self._lock:
            self._table("wanted_bodies", pd.DataFrame({"organisation_id": list(bodies)}, dtype=str))
            rows = self._connection.execute(
                f"""WITH m AS ({mentions_sql()})
                SELECT o.name_key, count(DISTINCT o.evidence_id) FROM m AS o JOIN open_keys USING (name_key)
                JOIN m AS other ON other.evidence_id = o.evidence_id AND other.side <> o.side
                JOIN resolutions AS r ON r.name_key = other.name_key
                JOIN wanted_bodies AS w ON w.organisation_id = r.organisation_id GROUP BY o.name_key"""
            ).fetchall()
        return dict(rows)

    # ── steps of ``match`` ──────────────────────────────────────────────────────────────────────────

    def _run(self, sql: str) -> None:
        self._connection.execute(sql)

    def _frame(self, sql: str) -> pd.DataFrame:
        frame: pd.DataFrame = self._connection.execute(sql).df()
        return frame

    def _table(self, name: str, frame: pd.DataFrame) -> None:
        self._connection.register("given_frame", frame)
        columns = ", ".join(f'CAST("{column}" AS {_type(frame[column])}) AS "{column}"' for column in frame)
        self._run(f"CREATE OR REPLACE TABLE {name} AS SELECT {columns} FROM given_frame")
        self._connection.unregister("given_frame")

    def _read(self, names: str) -> None:
        """Read the names of a query that were not read before."""
        new = f"(SELECT n.name FROM ({names}) AS n ANTI JOIN read_names AS r ON r.name = n.name)"
        self._run(f"INSERT INTO read_names {normalising_sql(new, 'name')}")

    def _take_register(self, register: Register) -> None:
        self._table("given_names", register.names)
        self._read("SELECT name FROM given_names UNION SELECT town AS name FROM given_names")
        self._run(
            """CREATE OR REPLACE TABLE register_names AS
            SELECT g.organisation_id, g.name, g.kind, g.source, CAST(nullif(g.starts, '') AS DATE) AS starts,
              CAST(nullif(g.ends, '') AS DATE) AS ends, t.strict AS town, n.strict, n.loose, n.form
            FROM given_names AS g JOIN read_names AS n ON n.name = g.name JOIN read_names AS t ON t.name = g.town"""
        )
        self._table("register_identifiers", register.identifiers)

    def _take_verdicts(self, holds: Sequence[Verdict]) -> None:
        rows = [(*each.about, each.verdict, each.organisation_id, each.told) for each in holds]
        self._table("verdicts", pd.DataFrame(rows, columns=list(VERDICT_COLUMNS), dtype=str))

    def _take_parts(self) -> None:
        cells = "SELECT DISTINCT from_name AS name FROM evidence UNION SELECT DISTINCT to_name AS name FROM evidence"
        written = [
            row[0] for row in self._connection.execute(f"SELECT name FROM ({cells}) WHERE name <> ''").fetchall()
        ]
        found = parts_of(written, self._known)
        rows = [
            (cell, each.part, each.parts, each.share, each.name, each.rule, each.also)
            for cell, parts in found.items()
            for each in parts
        ]
        columns = ["written", "part", "parts", "share", "name", "rule", "also"]
        self._table("given_parts", pd.DataFrame(rows, columns=columns))
        self._read("SELECT name FROM given_parts")
        self._run(
            """CREATE OR REPLACE TABLE parts AS
            WITH names AS (
              SELECT name, strict, loose, form, CASE WHEN strict = '' THEN '=' || name ELSE strict END AS reading
              FROM read_names),
            had AS (
              SELECT strict AS text, organisation_id, starts, ends, 1 AS rank FROM register_names UNION ALL
              SELECT loose, organisation_id, starts, ends, 2 FROM register_names),
            shared AS (
              SELECT text, rank FROM had WHERE text <> ''
              GROUP BY text, rank HAVING count(DISTINCT organisation_id) > 1),
            dated AS (SELECT DISTINCT text, rank FROM had WHERE starts IS NOT NULL OR ends IS NOT NULL),
            towned AS (SELECT DISTINCT reading FROM verdicts WHERE town <> '')
            SELECT g.*, n.strict, n.loose, n.form, n.reading,
              EXISTS (SELECT 1 FROM shared AS s WHERE s.text = n.strict AND s.rank = 1)
                OR EXISTS (SELECT 1 FROM shared AS s WHERE s.text = n.loose AND s.rank = 2)
                OR EXISTS (SELECT 1 FROM towned AS t WHERE t.reading = n.reading) AS by_town,
              EXISTS (SELECT 1 FROM dated AS d WHERE d.text = n.strict AND d.rank = 1)
                OR EXISTS (SELECT 1 FROM dated AS d WHERE d.text = n.loose AND d.rank = 2) AS by_day,
              """
            + text_sql(VERSION)
            + """ AS name_version
            FROM given_parts AS g JOIN names AS n ON n.name = g.name"""
        )

    def _known(self, names: set[str]) -> set[str]:
        """Those of these names that the register has, strictly or loosely."""
        self._table("maybe_parts", pd.DataFrame({"name": sorted(names)}))
        self._read("SELECT name FROM maybe_parts")
        rows = self._connection.execute(
            """SELECT DISTINCT m.name FROM maybe_parts AS m JOIN read_names AS n ON n.name = m.name
            WHERE EXISTS (SELECT 1 FROM register_names AS r WHERE r.strict = n.strict AND n.strict <> '')
              OR EXISTS (
                SELECT 1 FROM register_names AS r WHERE r.loose = n.loose AND n.loose <> '' AND r.kind <> 'acronym')"""
        ).fetchall()
        return {row[0] for row in rows}

    def _take_lookups(self) -> None:
        for name, column in (("towns", "town"), ("marks", "identifiers")):
            self._run(
                f"CREATE OR REPLACE TABLE given_{name} AS SELECT DISTINCT from_{column} AS {column} FROM evidence"
                f" UNION SELECT DISTINCT to_{column} FROM evidence"
            )
        self._read("SELECT town AS name FROM given_towns")
        self._run(
            "CREATE OR REPLACE TABLE towns AS SELECT g.town, n.strict"
            " FROM given_towns AS g JOIN read_names AS n ON n.name = g.town"
        )
        cells = [row[0] for row in self._connection.execute("SELECT identifiers FROM given_marks").fetchall()]
        public = ["|".join(sorted(each.text for each in read_identifiers(cell))) for cell in cells]
        self._table("marks", pd.DataFrame({"identifiers": cells, "public": public}, dtype=str))
        rows = [(each, *one) for each in sorted(set(public)) for one in read_identifiers(each)]
        self._table("mark_parts", pd.DataFrame(rows, columns=["public", "scheme", "identifier"], dtype=str))

    def _ask(self) -> None:
        self._run(
            f"""CREATE OR REPLACE TABLE asked_about AS
            WITH said AS (
              SELECT m.name_key, m.name, p.strict, p.loose, p.form, p.reading, p.by_town, p.by_day,
                CASE WHEN m.side = 'from' THEN e.from_town ELSE e.to_town END AS town, e.starts AS day,
                CASE WHEN m.parts > 1 THEN '' WHEN m.side = 'from' THEN e.from_identifiers ELSE e.to_identifiers END
                  AS identifiers,
                CASE WHEN e.currency = 'GBP' THEN abs(coalesce(e.amount_pence, 0)) * CAST(m.share AS HUGEINT) ELSE 0 END
                  AS millionths,
                p.also
              FROM ({mentions_sql()}) AS m JOIN evidence AS e ON e.evidence_id = m.evidence_id
              JOIN parts AS p ON p.written = m.part_of AND p.part = m.part),
            counted AS (
              SELECT name_key, name, strict, loose, form, reading, by_town, by_day, town, identifiers,
                CASE WHEN by_day THEN day END AS day, max(also) AS also, min(day) AS earliest, max(day) AS latest,
                count(*) AS records, sum(millionths) AS millionths
              FROM said GROUP BY ALL)
            SELECT c.name_key, arg_max(c.name, (c.records, c.name)) AS name,
              arg_max(c.strict, (c.records, c.name)) AS strict, arg_max(c.loose, (c.records, c.name)) AS loose,
              arg_max(c.form, (c.records, c.name)) AS form, any_value(c.reading) AS reading, max(c.also) AS also,
              arg_max(c.town, (c.records, c.town)) AS town_written, bool_or(c.by_town) AS by_town,
              max(CASE WHEN c.by_town THEN coalesce(t.strict, '') ELSE '' END) AS town, max(c.day) AS day,
              max(coalesce(m.public, '')) AS identifiers, CAST(sum(c.records) AS BIGINT) AS records,
              CAST(sum(c.millionths) // 1000000 AS BIGINT) AS pence, min(c.earliest) AS earliest,
              max(c.latest) AS latest
            FROM counted AS c LEFT JOIN towns AS t ON t.town = c.town
            LEFT JOIN marks AS m ON m.identifiers = c.identifiers
            GROUP BY c.name_key"""
        )
        self._run(
            "CREATE OR REPLACE TABLE asked AS"
            " SELECT name_key, name, strict, loose, form, reading, town, day FROM asked_about"
        )
        self._run(
            "CREATE OR REPLACE TABLE asked_identifiers AS SELECT a.name_key, p.scheme, p.identifier"
            " FROM asked_about AS a JOIN mark_parts AS p ON p.public = a.identifiers WHERE a.identifiers <> ''"
        )
        self._run(f"CREATE OR REPLACE TABLE claims AS {claims_sql(Tables())}")
        self._run(f"CREATE OR REPLACE TABLE decided AS {resolving_sql(Tables(), 'claims')}")
        self._run(
            f"""CREATE OR REPLACE TABLE resolutions AS
            SELECT a.name_key, a.name, a.town_written AS town, a.identifiers,
              coalesce(d.organisation_id, '') AS organisation_id, coalesce(d.how, '') AS how,
              coalesce(d.decided_by, '') AS decided_by, {text_sql(VERSION)} AS version
            FROM asked_about AS a LEFT JOIN decided AS d ON d.name_key = a.name_key"""
        )
        self._run("CREATE OR REPLACE TABLE open_keys AS SELECT name_key FROM resolutions WHERE how = ''")


def _quiet(_step: str) -> None:
    """Tell nobody."""


def _type(column: Any) -> str:
    kind = column.dtype.kind
    return "BIGINT" if kind in "iu" else "BOOLEAN" if kind == "b" else "VARCHAR"
