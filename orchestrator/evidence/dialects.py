"""A query in DuckDB's dialect, told in the dialect of another engine."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot.errors import ErrorLevel

__all__ = ["CAPITALS", "DIALECTS", "told_in"]

#: The dialects that queries are told in, as sqlglot calls them.
DIALECTS: Final = ("duckdb", "postgres", "spark")
CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: ``small_letters(column)`` makes A to Z small and leaves every other letter. All engines can do it letter by letter.
#: In DuckDB that costs a microsecond a text, so plain text goes through ``lower``, which does the same to it there.
_SMALL_LETTERS: Final = re.compile(r"\bsmall_letters\((\w+)\)")
_BY_LETTER: Final = rf"translate(\1, '{CAPITALS}', '{CAPITALS.lower()}')"
_IN_DUCKDB: Final = rf"CASE WHEN bit_length(\1) = 8 * length(\1) THEN lower(\1) ELSE {_BY_LETTER} END"


@lru_cache(maxsize=256)
def told_in(query: str, dialect: str) -> str:
    """The query as that engine writes it. What sqlglot cannot tell is an error, never a guess.

    >>> told_in("SELECT date_diff('day', DATE '1970-01-01', starts) FROM evidence", "postgres")
    "SELECT (CAST(starts AS DATE) - CAST('1970-01-01' AS DATE)) FROM evidence"
    """
    query = _SMALL_LETTERS.sub(_IN_DUCKDB if dialect == "duckdb" else _BY_LETTER, query)
    if dialect == "duckdb":
        return query
    (told,) = sqlglot.transpile(query, read="duckdb", write=dialect, unsupported_level=ErrorLevel.RAISE)
    return told
