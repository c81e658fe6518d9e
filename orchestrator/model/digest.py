"""A digest of content: the same facts give the same digest on any machine, in any order of rows.

Each column is written as its distinct values, sorted, and for every row the rank of its value among them. Rows are
put in order by the ranks, which says nothing that the content does not say. What is hashed can be read back into the
table, so that two contents give one digest only if SHA-256 itself is broken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Coded", "canonical", "digest_of", "digest_of_coded"]

_UNIT = "\x1f"
_MOST = 2**62
_NO_DAY = 2**63 - 1


@dataclass(frozen=True, eq=False)
class _Column:
    """Distinct values, ascending, as bytes; and the rank of each row's value among them, a missing one last."""

    values: bytes
    distinct: int
    ranks: np.ndarray


@dataclass(frozen=True, eq=False)
class Coded:
    """A table of which every column is written as ranks: sorting and hashing it never looks at a text again."""

    columns: Mapping[str, _Column]
    rows: int

    @classmethod
    def of(cls, table: pd.DataFrame) -> Coded:
        """Write a table in ranks. Cost grows with its cells, and with sorting the distinct values of each column."""
        return cls({name: _ranked(table[name]) for name in table.columns}, len(table))

    def order(self, by: Sequence[str]) -> np.ndarray:
        """The positions of the rows sorted by these columns, from the left; equal rows as they stand.

        >>> Coded.of(pd.DataFrame({"a": ["y", "x", "y"], "b": [1.0, 2.0, 0.0]})).order(["a", "b"]).tolist()
        [1, 2, 0]
        """
        key, span = np.zeros(self.rows, dtype=np.int64), 1
        for name in by:
            column = self.columns[name]
            if span * (column.distinct + 1) >= _MOST:
                key, span = _closer(key)
                if span == self.rows:
                    break
            key = key * (column.distinct + 1) + column.ranks
            span *= column.distinct + 1
        return np.argsort(key, kind="stable")


def _closer(key: np.ndarray) -> tuple[np.ndarray, int]:
    """The same order in numbers without gaps, and how many there are."""
    order = np.argsort(key, kind="stable")
    first = np.empty(len(key), dtype=np.int64)
    first[order] = np.cumsum(np.diff(key[order], prepend=key[order[:1]]) != 0)
    return first, int(first[order[-1]]) + 1


def _ranked(column: pd.Series) -> _Column:
    if column.dtype.kind == "f":
        return _of_numbers(column.to_numpy(dtype=np.float64) + 0.0, "<f8")
    if column.dtype.kind == "M":
        days = column.to_numpy().astype("datetime64[D]")
        return _of_numbers(np.where(np.isnat(days), _NO_DAY, days.astype(np.int64)), "<i8")
    codes, found = pd.factorize(column.astype("str").to_numpy(dtype=object))
    texts = found.tolist()
    by = sorted(range(len(texts)), key=texts.__getitem__)
    texts = [texts[at] for at in by]
    written = (",".join(map(str, map(len, texts))) + _UNIT + "".join(texts)).encode("utf-8", "surrogatepass")
    return _Column(written, len(texts), _ranks(codes, np.array(by, dtype=np.int64)))


def _of_numbers(numbers: np.ndarray, form: str) -> _Column:
    codes, found = pd.factorize(numbers)
    by = np.argsort(found, kind="stable")
    return _Column(found[by].astype(form).tobytes(), len(found), _ranks(codes, by))


def _ranks(codes: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Ranks from codes: ``by`` lists the codes as their values ascend. The code −1, a missing value, ranks last."""
    rank = np.full(len(by) + 1, len(by), dtype=np.int32)
    rank[by] = np.arange(len(by))
    return np.asarray(rank[codes])


def canonical(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table in the one order that their content gives: by every column from the left.

    >>> canonical(pd.DataFrame({"a": ["y", "x"]}))["a"].tolist()
    ['x', 'y']
    """
    return table.take(Coded.of(table).order(list(table.columns))).reset_index(drop=True)


def digest_of(tables: Mapping[str, pd.DataFrame], parameters: Mapping[str, str]) -> str:
    """What names this content? A SHA-256 in hexadecimal over parameters and tables in canonical order.

    Every weight counts to its last bit. Cost grows with the size of the tables, and with sorting them.

    >>> one = {"ties": pd.DataFrame({"a": ["x", "y"], "w": [1.0, 2.0]})}
    >>> two = {"ties": pd.DataFrame({"w": [2.0, 1.0], "a": ["y", "x"]})}
    >>> digest_of(one, {}) == digest_of(two, {})
    True
    """
    return digest_of_coded({name: Coded.of(table) for name, table in tables.items()}, parameters)


def digest_of_coded(tables: Mapping[str, Coded], parameters: Mapping[str, str]) -> str:
    """The same for tables that are written in ranks already."""
    digest = hashlib.sha256()
    for name, value in sorted(parameters.items()):
        digest.update(f"{name}={len(value)}:{value}{_UNIT}".encode())
    for name in sorted(tables):
        coded = tables[name]
        # Columns with most distinct values first: one or two of them settle the order, whatever else there is.
        order = coded.order(sorted(coded.columns, key=lambda each: (-coded.columns[each].distinct, each)))
        digest.update(f"{name}:{coded.rows}:{len(coded.columns)}{_UNIT}".encode())
        for title in sorted(coded.columns):
            column = coded.columns[title]
            digest.update(f"{len(title)}:{title}{_UNIT}{column.distinct}:{len(column.values)}{_UNIT}".encode())
            digest.update(column.values)
            digest.update(column.ranks[order].astype("<i8").tobytes())
    return digest.hexdigest()
