"""The digest names content: order never matters, every fact does; and the order of rows is that of their values."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.model.digest import Coded, canonical, digest_of

_WEIGHTS = st.sampled_from([0.1, 0.1 + 2**-56, 0.3, 0.1 + 0.2, -1.0, float("nan"), 1e300, 1e-300])
_DAYS = st.sampled_from(["2024-01-01", "1850-02-03", "NaT", "2999-12-31"])
_ROWS = st.lists(st.tuples(st.sampled_from(["", "a", "ab", "b", "é", ","]), st.text(max_size=2), _WEIGHTS, _DAYS))


def _table(rows: list[tuple[str, str, float, str]]) -> pd.DataFrame:
    texts, others, weights, days = ([row[i] for row in rows] for i in range(4))
    return pd.DataFrame(
        {
            "a": pd.Series(texts, dtype="str"),
            "b": pd.Series(others, dtype="str"),
            "w": np.array(weights, dtype=float),
            "d": np.array(days, dtype="datetime64[s]"),
        }
    )


def _facts(rows: list[tuple[str, str, float, str]]) -> list[str]:
    return sorted(map(repr, rows))


@given(_ROWS, st.randoms())
def test_the_order_of_rows_and_columns_never_matters(rows: list[tuple[str, str, float, str]], luck: object) -> None:
    mixed = list(rows)
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    other = _table(mixed)[["d", "w", "b", "a"]]
    assert digest_of({"t": _table(rows)}, {"k": "v"}) == digest_of({"t": other}, {"k": "v"})


@given(_ROWS, _ROWS)
def test_two_contents_have_two_digests(
    one: list[tuple[str, str, float, str]], other: list[tuple[str, str, float, str]]
) -> None:
    alike = digest_of({"t": _table(one)}, {}) == digest_of({"t": _table(other)}, {})
    assert alike == (_facts(one) == _facts(other))


@given(_ROWS)
def test_rows_are_sorted_by_their_values_from_the_left(rows: list[tuple[str, str, float, str]]) -> None:
    table = _table(rows)
    expected = table.sort_values(list(table.columns), kind="stable").reset_index(drop=True)
    pd.testing.assert_frame_equal(canonical(table), expected)


def test_many_columns_of_many_values_are_still_sorted_and_told_apart() -> None:
    luck = np.random.default_rng(1)
    table = pd.DataFrame({f"c{i}": luck.integers(0, 900, 1000).astype(float) for i in range(12)})
    table.loc[500:, "c0":"c9"] = 1.0
    order = Coded.of(table).order(list(table.columns))
    expected = table.sort_values(list(table.columns), kind="stable").index
    assert order.tolist() == expected.tolist()
    changed = table.copy()
    changed.loc[999, "c11"] += 1
    assert digest_of({"t": table}, {}) != digest_of({"t": changed}, {})
