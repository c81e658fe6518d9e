"""Steps by layers are the steps of the kernel, however the members hang together."""

from __future__ import annotations

import numpy as np
import pytest

from orchestrator.kernels import rows_of, steps_by_layers, steps_from


@pytest.mark.parametrize(("members", "ties"), [(1, 0), (2, 1), (60, 40), (400, 2_000), (1_500, None)])
def test_layers_and_kernel_agree(members: int, ties: int | None) -> None:
    luck = np.random.default_rng(members)
    ends = np.column_stack([np.arange(members - 1), np.arange(1, members)])  # a chain of more layers than are looked at
    if ties is not None:
        drawn = np.sort(luck.integers(0, members, (ties, 2)), axis=1)
        ends = np.unique(drawn[drawn[:, 0] != drawn[:, 1]], axis=0).reshape(-1, 2)
    rows = rows_of(members, ends)
    found = steps_by_layers(rows.offsets, rows.neighbours, 0)
    told = steps_from(rows.offsets, rows.neighbours, np.array([0]), np.zeros(members, np.bool_))
    assert found.tolist() == told.tolist()
    assert found.dtype == told.dtype
