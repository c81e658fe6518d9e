"""The rules that decide by themselves, as one query; whatever they leave open is a question for a person.

``resolving_sql`` gives the query in DuckDB's dialect, over tables whose names it is given, with joins on equal columns
only (and days, where a name is dated); ``sqlglot.transpile(sql, read="duckdb", write="spark")`` tells it to another
engine. In this order, the first that decides holds:

1. **identifier**   the name came with a public identifier that exactly one body has.
2. **decision**     a person decided about this name (in this town, or anywhere).
3. **strict**, **alias**, **former-name**, **acronym**   the strict name is that of exactly one body on that day. A
   body's own name goes before another body's undated alias. An acronym of two letters has to be written exactly so.
4. **loose**        the loose name is that of exactly one body on that day, and not both state different legal forms.

A body is never meant by its name where both name and body have an identifier of the same list and not the same one,
or where a person decided that it is not meant; nor by an alias of one word or an acronym where the name came with
public identifiers, none of them its own: there are many bodies for every such word. Where several bodies have the
name, the one in the town of the mention is meant, if it is one; else it is a question. So is the name of a body that
was split: it is the former name of several.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ASKED_COLUMNS", "VERDICT_COLUMNS", "Tables", "claims_sql", "resolving_sql"]

#: What is asked: a key; the name in its most frequent writing, as it is read; town (strict) and day, blank and NULL
#: where they make no difference; ``reading`` is the strict name, or ``=`` and the name where that is blank.
ASKED_COLUMNS: Final = ("name_key", "name", "strict", "loose", "form", "reading", "town", "day")
#: Decisions in force: reading and town (blank: any) they are about, verdict, body, who and when.
VERDICT_COLUMNS: Final = ("reading", "town", "verdict", "organisation_id", "decided_by")


class Tables(NamedTuple):
    """The names of the tables that the query reads.

    ``asked`` has ``ASKED_COLUMNS``, ``asked_identifiers`` name_key, scheme and identifier; ``names`` are those of the
    register: organisation_id, name, kind, starts and ends (DATE or NULL), source, town, strict, loose, form;
    ``identifiers`` organisation_id, scheme, identifier; ``verdicts`` ``VERDICT_COLUMNS``.
    """

    asked: str = "asked"
    asked_identifiers: str = "asked_identifiers"
    names: str = "register_names"
    identifiers: str = "register_identifiers"
    verdicts: str = "verdicts"


_HELD: Final = (
    "(r.starts IS NULL OR a.day IS NULL OR r.starts <= a.day) AND (r.ends IS NULL OR a.day IS NULL OR a.day < r.ends)"
)
_CLAIM: Final = (
    "a.name_key, r.organisation_id, r.kind, r.source,"
    " CASE WHEN r.starts IS NULL AND r.ends IS NULL THEN 0 ELSE 1 END AS dated,"
    " CASE WHEN a.town <> '' AND a.town = r.town THEN 1 ELSE 0 END AS here,"
    " CASE WHEN r.strict LIKE '% %' THEN 0 ELSE 1 END AS one_word"
)
_DISTINCT: Final = "count(DISTINCT CASE WHEN {when} THEN organisation_id END) AS {name}"
_FIRST: Final = "min(CASE WHEN {when} THEN organisation_id END) AS {name}"


def claims_sql(tables: Tables) -> str:
    """Which bodies have the name that is asked about? Rank 1 by the strict name, 2 by the loose one; rejected and
    contradicted ones are left out. Columns: name_key, organisation_id, kind, source, dated, here, rank."""
    return f"""
WITH claimed AS (
  SELECT {_CLAIM}, 1 AS rank FROM {tables.asked} AS a JOIN {tables.names} AS r ON a.strict = r.strict
  WHERE a.strict <> '' AND {_HELD} AND (r.kind <> 'acronym' OR length(r.strict) > 2 OR a.name = r.name)
  UNION ALL
  SELECT {_CLAIM}, 2 AS rank FROM {tables.asked} AS a JOIN {tables.names} AS r ON a.loose = r.loose
  WHERE a.loose <> '' AND a.strict <> r.strict AND r.kind <> 'acronym'
    AND (a.form = r.form OR a.form = '' OR r.form = '') AND {_HELD}),
another AS (
  SELECT c.name_key, c.organisation_id FROM claimed AS c
  JOIN {tables.asked_identifiers} AS a ON a.name_key = c.name_key
  JOIN {tables.identifiers} AS r ON r.organisation_id = c.organisation_id AND r.scheme = a.scheme
  GROUP BY c.name_key, c.organisation_id HAVING sum(CASE WHEN a.identifier = r.identifier THEN 1 ELSE 0 END) = 0),
short AS (
  SELECT DISTINCT c.name_key, c.organisation_id, c.rank FROM claimed AS c
  JOIN {tables.asked_identifiers} AS a ON a.name_key = c.name_key
  WHERE c.kind IN ('alias', 'acronym') AND c.one_word = 1),
rejected AS (
  SELECT DISTINCT a.name_key, v.organisation_id FROM {tables.asked} AS a
  JOIN {tables.verdicts} AS v ON v.reading = a.reading AND (v.town = '' OR v.town = a.town)
  WHERE v.verdict = 'reject')
SELECT c.name_key, c.organisation_id, c.kind, c.source, c.dated, c.here, c.rank FROM claimed AS c
LEFT JOIN short AS s ON s.name_key = c.name_key AND s.organisation_id = c.organisation_id AND s.rank = c.rank
  AND c.kind IN ('alias', 'acronym') AND c.one_word = 1
LEFT JOIN another AS n ON n.name_key = c.name_key AND n.organisation_id = c.organisation_id
LEFT JOIN rejected AS x ON x.name_key = c.name_key AND x.organisation_id = c.organisation_id
WHERE n.name_key IS NULL AND x.name_key IS NULL AND s.name_key IS NULL"""


def resolving_sql(tables: Tables, claims: str = "") -> str:
    """What do the rules decide? A row a decided key: name_key, organisation_id (blank: no body), how, decided_by.

    ``claims`` is the name of a table of what ``claims_sql`` gives, where that is there already. Keys that are left open
    have no row; where nothing is asked the result is empty. The cost grows with names and register together.
    """
    source = f"SELECT * FROM {claims}" if claims else claims_sql(tables)
    columns = ", ".join(
        [
            "count(DISTINCT organisation_id) AS bodies",
            "min(organisation_id) AS body",
            _DISTINCT.format(when="here = 1", name="bodies_here"),
            _FIRST.format(when="here = 1", name="body_here"),
            _DISTINCT.format(when="kind = 'name'", name="bodies_own"),
            _FIRST.format(when="kind = 'name'", name="body_own"),
            "max(dated) AS dated",
        ]
    )
    return f"""
WITH claims AS ({source}),
named AS (
  SELECT a.name_key, min(r.organisation_id) AS organisation_id, min(r.identifier) AS decided_by
  FROM {tables.asked_identifiers} AS a JOIN {tables.identifiers} AS r ON r.identifier = a.identifier
  GROUP BY a.name_key HAVING count(DISTINCT r.organisation_id) = 1),
decided AS (
  SELECT a.name_key, v.organisation_id, v.decided_by, v.town FROM {tables.asked} AS a
  JOIN {tables.verdicts} AS v ON v.reading = a.reading AND (v.town = '' OR v.town = a.town)
  WHERE v.verdict <> 'reject'),
nearest AS (
  SELECT name_key, max(town) AS town FROM decided GROUP BY name_key),
tallied AS (
  SELECT name_key, rank, {columns} FROM claims GROUP BY name_key, rank),
picked AS (
  SELECT name_key, rank, CASE WHEN bodies = 1 THEN body WHEN bodies_own = 1 AND dated = 0 AND rank = 1 THEN body_own
    WHEN bodies_here = 1 THEN body_here ELSE '' END AS organisation_id FROM tallied),
foremost AS (
  SELECT name_key, min(rank) AS rank FROM tallied GROUP BY name_key),
ruled AS (
  SELECT p.name_key, p.organisation_id, p.rank FROM picked AS p
  JOIN foremost AS f ON f.name_key = p.name_key AND f.rank = p.rank WHERE p.organisation_id <> ''),
why AS (
  SELECT c.name_key, r.organisation_id, max(c.rank) AS rank,
    min(CASE c.kind WHEN 'name' THEN '1' WHEN 'decision' THEN '2' WHEN 'former-name' THEN '3' WHEN 'alias' THEN '4'
      ELSE '5' END) AS kind, min(c.source) AS source
  FROM ruled AS r JOIN claims AS c
    ON c.name_key = r.name_key AND c.organisation_id = r.organisation_id AND c.rank = r.rank
  GROUP BY c.name_key, r.organisation_id)
SELECT name_key, organisation_id, 'identifier' AS how, decided_by FROM named
UNION ALL
SELECT d.name_key, d.organisation_id, 'decision' AS how, d.decided_by FROM decided AS d
JOIN nearest AS n ON n.name_key = d.name_key AND n.town = d.town
LEFT JOIN named AS i ON i.name_key = d.name_key WHERE i.name_key IS NULL
UNION ALL
SELECT w.name_key, w.organisation_id,
  CASE WHEN w.rank = 2 THEN 'loose' WHEN w.kind = '1' THEN 'strict' WHEN w.kind = '3' THEN 'former-name'
    WHEN w.kind = '5' THEN 'acronym' ELSE 'alias' END AS how, w.source AS decided_by
FROM why AS w LEFT JOIN named AS i ON i.name_key = w.name_key LEFT JOIN decided AS d ON d.name_key = w.name_key
WHERE i.name_key IS NULL AND d.name_key IS NULL"""
