"""Which names of the register are most like a written one? Found by the letters they share, then scored as wholes.

A name is its groups of three letters, each weighing the more the fewer names have it (TF-IDF); names are compared by
the cosine of these, a block of names at a time as sparse matrices. The nearest of each are scored again by how many
letters have to be changed (rapidfuzz), in the order written and with the words sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

__all__ = ["Nearest", "nearest_names"]

BLOCK: Final = 512
#: Names compared as wholes for each written one.
COMPARED: Final = 30
#: Groups of letters that more than this share of the names have tell nothing apart and are left out.
COMMON: Final = 0.03
_COMMON_FROM: Final = 2_000


class Nearest(NamedTuple):
    """Pairs of a written name and a register's name, by their positions, with a score from 0 to 100; per written name
    in no order."""

    written: NDArray[np.int64]
    named: NDArray[np.int64]
    score: NDArray[np.float64]


def nearest_names(
    written: Sequence[str], names: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> Nearest:
    """The ``COMPARED`` names most like each written one, scored. Both are names as they are read (loose).

    ``progress`` is told how many of how many written names are done; to cancel, let it raise. Empty where either is.
    The cost grows with the product of both, divided by how rare their letters are: 35,000 against 200,000 take half a
    minute on one core; memory grows with the names and with a block.

    >>> found = nearest_names(["apex crae"], ["apex care", "oak energy"])
    >>> found.named[found.score.argmax()]
    np.int64(0)
    """
    if not written or not names:
        return Nearest(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    weighed, asked = _weighed(names, written)
    turned = weighed.T.tocsr()
    pairs: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
    for start in range(0, len(written), BLOCK):
        alike = (asked[start : start + BLOCK] @ turned).tocsr()
        rows, columns, cosine = _best(alike)
        pairs.append((rows + start, columns, cosine))
        if progress is not None:
            progress(min(start + BLOCK, len(written)), len(written))
    rows, columns, cosine = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return Nearest(rows, columns, _scored(written, names, rows, columns, cosine))


def _best(alike: sparse.csr_matrix) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The largest ``COMPARED`` of each row."""
    rows, columns, values = [], [], []
    for row in range(alike.shape[0]):
        low, high = alike.indptr[row], alike.indptr[row + 1]
        cosine = alike.data[low:high]
        if high - low > COMPARED:
            kept = np.argpartition(cosine, high - low - COMPARED)[-COMPARED:]
        else:
            kept = np.arange(high - low)
        rows.append(np.full(len(kept), row, np.int64))
        columns.append(alike.indices[low:high][kept].astype(np.int64))
        values.append(cosine[kept].astype(np.float64))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)


def _scored(
    written: Sequence[str],
    names: Sequence[str],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    cosine: NDArray[np.float64],
) -> NDArray[np.float64]:
    one, other = [written[row] for row in rows], [names[column] for column in columns]
    if not one:
        return np.empty(0)
    as_written = process.cpdist(one, other, scorer=fuzz.ratio)
    sorted_words = process.cpdist(one, other, scorer=fuzz.token_sort_ratio)
    whole: NDArray[np.float64] = np.maximum(as_written, sorted_words).astype(np.float64)
    return np.asarray(0.5 * whole + 50 * np.minimum(cosine, 1), np.float64)


def _weighed(names: Sequence[str], written: Sequence[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Rows of names and of written names over groups of letters, each row of length one."""
    there, codes = _groups(names)
    asked_rows, asked_codes = _groups(written)
    known, columns = np.unique(codes, return_inverse=True)
    found = np.searchsorted(known, asked_codes)
    found[found == len(known)] = 0
    same = known[found] == asked_codes
    counted = _counts(there, columns, (len(names), len(known)))
    asked = _counts(asked_rows[same], found[same], (len(written), len(known)))
    having = np.bincount(counted.indices, minlength=len(known))
    weight = (np.log((1 + len(names)) / (1 + having)) + 1).astype(np.float32)
    if len(names) >= _COMMON_FROM:
        weight[having > COMMON * len(names)] = 0
    return _scaled(counted, weight), _scaled(asked, weight)


def _counts(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> sparse.csr_matrix:
    made = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    made.sum_duplicates()
    return made


def _scaled(counted: sparse.csr_matrix, weight: NDArray[np.float32]) -> sparse.csr_matrix:
    counted.data = np.sqrt(counted.data) * weight[counted.indices]
    counted.eliminate_zeros()
    length = np.sqrt(np.asarray(counted.multiply(counted).sum(axis=1)).ravel())
    length[length == 0] = 1
    counted.data /= np.repeat(length, np.diff(counted.indptr)).astype(np.float32)
    return counted


def _groups(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every group of three letters of every text: the text's position, and the group as a number."""
    joined = "\n".join(f" {text} " for text in texts) + "\n"
    letters = np.frombuffer(joined.encode("utf-16-le", "replace"), np.uint16).astype(np.int64)
    ends = letters == ord("\n")
    whole = ~(ends[:-2] | ends[1:-1] | ends[2:])
    rows = np.cumsum(ends)[:-2][whole]
    codes = (letters[:-2] << 32) + (letters[1:-1] << 16) + letters[2:]
    return rows, codes[whole]
