"""A column as its distinct values and, for every row, which of them: what is read, checked and made once a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

__all__ = ["CodedColumn"]

V = TypeVar("V")


class _Codes(dict[Any, int]):
    """Numbers from 0 for whatever is looked up, in the order in which it first came."""

    def __missing__(self, value: Any) -> int:
        code = self[value] = len(self)
        return code


@dataclass(frozen=True, eq=False)
class CodedColumn(Generic[V]):
    """``distinct`` values in the order in which they first came; ``codes`` (int32) says which one stands in each row.

    >>> column = CodedColumn.of(["b", "a", "b"])
    >>> column.distinct, column.codes.tolist(), list(column)
    (['b', 'a'], [0, 1, 0], ['b', 'a', 'b'])
    """

    codes: np.ndarray
    distinct: list[V]

    @classmethod
    def of(cls, values: Sequence[V]) -> CodedColumn[V]:
        """The column of these values. Cost grows with the rows: one look-up each."""
        codes = _Codes()
        found = np.fromiter(map(codes.__getitem__, values), dtype=np.int32, count=len(values))
        return cls(found, list(codes))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> V:
        return self.distinct[int(self.codes[row])]

    def __iter__(self) -> Iterator[V]:
        return map(self.distinct.__getitem__, self.codes.tolist())

    def rows_with(self, codes: Collection[int]) -> Iterable[int]:
        """The rows in which one of these stands, ascending."""
        wanted = np.zeros(len(self.distinct), dtype=np.bool_)
        wanted[list(codes)] = True
        rows: list[int] = np.flatnonzero(wanted[self.codes]).tolist() if len(codes) else []
        return rows
