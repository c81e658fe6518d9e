"""Evidence of our own making: rows of every kind, with joined names, refunds, copies and all that can be wrong."""

from __future__ import annotations

from pathlib import Path

import duckdb

#: Bodies of the made-up register, and how many names stand for each.
BODIES = 400
SPELLINGS = 3

_TECHNOLOGY = "['Wind Onshore', 'Solar Photovoltaics', 'Battery', 'Landfill Gas', 'Office rent', '']"
_KIND = "['payment', 'payment', 'payment', 'payment', 'grant', 'contract', 'consent', 'meeting', 'notice', 'tie']"
_STATUS = "['Operational', 'Under Construction', 'Application Refused', 'Application Granted']"
_TITLE = "['A grant for young people', '50% off_peak [solar] King''s', 'Élan VITAL', 'Chairs', 'Community Energy hub']"
_CODES = "['09310000', '45000000|85100000', '80100000', '79952000', '']"


def make_evidence(folder: Path, rows: int, seed: int = 1) -> dict[str, Path]:
    """Write the evidence and what its names stand for as Parquet; the same seed gives the same rows."""
    queries = {"evidence": evidence_query(rows, seed), "cells": cells_query(), "resolutions": resolutions_query()}
    files = {name: folder / f"{name}.parquet" for name in queries}
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}) as connection:
        for name, query in queries.items():
            connection.execute(f"COPY ({query}) TO '{files[name]}' (FORMAT parquet, COMPRESSION zstd)")
    return files


def evidence_query(rows: int, seed: int = 1) -> str:
    """Rows of evidence as a query. One in 97 is a copy of the row before it, as from a second file."""
    i = "(CASE WHEN j % 97 = 96 THEN j - 1 ELSE j END)"
    luck = ", ".join(
        f"CAST(hash({i} * 31 + {seed} * 1000003 + {at} * 7919) % {of} AS INTEGER) AS {name}"
        for at, (name, of) in enumerate(
            (
                ("a", 1000),
                ("b", BODIES * 5 // 4),
                ("c", BODIES * 5 // 4),
                ("d", 9000),
                ("e", 100_000_000),
                ("f", 60),
                ("g", 6),
                ("h", 20),
                ("k", 100),
            )
        )
    )
    return f"""
    SELECT
        md5('{seed} ' || i) AS evidence_id,
        {_KIND}[1 + a % 10] AS kind,
        'Body ' || b || ' ' || f % {SPELLINGS} AS from_name,
        CASE WHEN h = 0 THEN 'Body ' || c || ' 0 / Body ' || (c + 1) || ' 0'
            ELSE 'Body ' || c || ' ' || f % {SPELLINGS} END AS to_name,
        '' AS from_identifiers,
        CASE WHEN h = 1 THEN 'GB-COH-' || c ELSE '' END AS to_identifiers,
        '' AS from_town,
        CASE WHEN h = 2 THEN 'Leeds' ELSE '' END AS to_town,
        CASE WHEN k = 0 THEN NULL ELSE DATE '2002-01-01' + d END AS starts,
        CASE WHEN h < 4 AND k <> 1 THEN DATE '2002-01-01' + d + f * 30 END AS ends,
        CASE WHEN k = 2 THEN NULL WHEN k = 3 THEN 0 WHEN k < 8 THEN -e ELSE e * (1 + a % 7) END AS amount_pence,
        CASE WHEN k = 9 THEN 'EUR' ELSE 'GBP' END AS currency,
        '' AS place_name,
        CASE WHEN f < 9 THEN 'E08000009' ELSE '' END AS place_code,
        {_TITLE}[1 + f % 5] AS title,
        {_TECHNOLOGY}[1 + g] AS programme,
        CASE WHEN a % 10 = 6 THEN {_STATUS}[1 + f % 4] ELSE {_CODES}[1 + f % 5] END AS classification,
        '' AS record_id,
        'Publisher ' || f AS publisher,
        '' AS licence,
        'file ' || j % 7 || '.csv' AS file,
        md5('file ' || j % 7) || md5('more ' || j % 7) AS file_digest,
        'row ' || j AS row
    FROM (SELECT j, {i} AS i, {luck} FROM (SELECT range AS j FROM range({rows})))
    """


#: Which bodies the records in ``taken`` mention: a name alone or with its town, and joined names in parts.
MENTIONS = " UNION ALL ".join(
    f"""SELECT taken.evidence_id, '{side}' AS side, cells.part, cells.share, cells.name
    || CASE WHEN taken.{side}_town <> '' THEN ' in ' || taken.{side}_town ELSE '' END AS name_key
    FROM taken JOIN cells ON cells.written = taken.{side}_name"""
    for side in ("from", "to")
)


def cells_query() -> str:
    """What each cell as written names: itself, or both halves of a joined name."""
    last = BODIES * 5 // 4 + 1
    return f"""
    WITH bodies AS (SELECT range AS n FROM range({last}))
    SELECT 'Body ' || n || ' ' || s AS written, CAST(1 AS BIGINT) AS part, CAST(1000000 AS BIGINT) AS share,
        'Body ' || n || ' ' || s AS name FROM bodies, (SELECT range AS s FROM range({SPELLINGS}))
    UNION ALL
    SELECT 'Body ' || n || ' 0 / Body ' || (n + 1) || ' 0', p,
        CASE WHEN n % 4 = 0 THEN 500000 ELSE 333333 + (p = 1)::BIGINT END,
        'Body ' || (CASE WHEN p = 3 THEN n ELSE n + p - 1 END) || ' 0'
    FROM bodies, (SELECT range AS p FROM range(1, 4)) WHERE p < 3 OR n % 4 <> 0
    """


def resolutions_query() -> str:
    """Who is meant. Every fifth body is open; a name in Leeds is another body than the same name elsewhere."""
    known = f"CASE WHEN n % 5 = 4 OR n >= {BODIES} THEN '' ELSE 'body-' || n END"
    return f"""
    WITH spelt AS (SELECT n, s FROM (SELECT range AS n FROM range({BODIES} * 5 // 4 + 2)),
                                    (SELECT range AS s FROM range({SPELLINGS})))
    SELECT 'Body ' || n || ' ' || s AS name_key, {known} AS organisation_id FROM spelt
    UNION ALL
    SELECT 'Body ' || n || ' ' || s || ' in Leeds', CASE WHEN n % 3 = 0 THEN '' ELSE 'leeds-' || n END FROM spelt
    """
