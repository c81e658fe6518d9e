"""Every example in a docstring runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.house.source import read

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def modules_with_examples(root: Path) -> list[str]:
    """The modules that show an example somewhere."""
    return [module.name for module in read(root) if ">>> " in module.path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", modules_with_examples(CHECKOUT))
def test_the_examples_run(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name), optionflags=OPTIONS)
    assert tried > 0
    assert failed == 0


def test_an_example_that_lies_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lying_example.py").write_text("def f():\n    '''\n    >>> f()\n    1\n    '''\n    return 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert doctest.testmod(importlib.import_module("lying_example"), optionflags=OPTIONS, report=False).failed == 1
