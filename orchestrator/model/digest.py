"""A digest of content: the same facts give the same digest on any machine, in any order of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pandas as pd

__all__ = ["canonical", "digest_of"]

_UNIT = "\x1f"


def canonical(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table in the one order that their content gives: by every column from the left.

    >>> canonical(pd.DataFrame({"a": ["y", "x"]}))["a"].tolist()
    ['x', 'y']
    """
    return table.sort_values(list(table.columns), kind="stable").reset_index(drop=True)


def _column_bytes(column: pd.Series) -> bytes:
    if column.dtype.kind == "f":
        return (column.to_numpy(dtype="<f8") + 0.0).tobytes()
    if column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]").astype("<i8").tobytes()
    texts = column.astype("str").tolist()
    return (",".join(map(str, map(len, texts))) + _UNIT + "".join(texts)).encode("utf-8", "surrogatepass")


def digest_of(tables: Mapping[str, pd.DataFrame], parameters: Mapping[str, str]) -> str:
    """What names this content? A SHA-256 in hexadecimal over parameters and tables in canonical order.

    Every weight counts to its last bit. Cost grows with the size of the tables, and with sorting them.

    >>> one = {"ties": pd.DataFrame({"a": ["x", "y"], "w": [1.0, 2.0]})}
    >>> two = {"ties": pd.DataFrame({"w": [2.0, 1.0], "a": ["y", "x"]})}
    >>> digest_of(one, {}) == digest_of(two, {})
    True
    """
    digest = hashlib.sha256()
    for name, value in sorted(parameters.items()):
        digest.update(f"{name}={len(value)}:{value}{_UNIT}".encode())
    for name in sorted(tables):
        table = canonical(tables[name][sorted(tables[name].columns)])
        digest.update(f"{name}:{len(table)}{_UNIT}".encode())
        for column in table.columns:
            digest.update(f"{column}{_UNIT}".encode())
            digest.update(_column_bytes(table[column]))
    return digest.hexdigest()
