"""How deep JSON may be nested is told rightly, whatever stands in its texts."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import BadData
from orchestrator.tables.columns import MisfitError, column_of
from orchestrator.tables.strict_json import DEEPEST, read_json

TEXTS = st.text('[]{}"\\a,:', max_size=4)


@given(st.integers(DEEPEST - 3, DEEPEST + 3), TEXTS, TEXTS, st.booleans())
def test_brackets_in_texts_do_not_count(deep: int, before: str, after: str, object_: bool) -> None:
    value: Any = 1
    for _ in range(deep):
        value = {before: value, after + "!": after} if object_ else [before, value, after]
    data = json.dumps(value).encode()
    if deep > DEEPEST:
        with pytest.raises(BadData, match="too deeply"):
            read_json("x", data)
    else:
        assert read_json("x", data) == value


@pytest.mark.parametrize("wrong", [math.inf, -math.inf, math.nan, True])
def test_only_finite_numbers_and_blanks_stand_in_a_column_of_numbers(wrong: float) -> None:
    assert column_of("number", [1.5, None]).isna().tolist() == [False, True]
    with pytest.raises(MisfitError) as told:
        column_of("number", [1.5, None, wrong])
    assert told.value.row == 2
