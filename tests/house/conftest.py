"""A small house to plant faults in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

Plant = Callable[[dict[str, str]], Path]


def assert_none(problems: Iterable[str]) -> None:
    """Fail with every problem that a checker found, a line each."""
    if found := list(problems):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write a small tree of source: file → text. It holds nothing else, so only the planted fault can be found."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
