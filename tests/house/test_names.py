"""Public names are listed and explained, modules hold no state. Each rule is shown to find a planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import names
from tests.house.conftest import Plant, assert_none

Checker = Callable[[Path], Iterator[str]]
RULES: tuple[Checker, ...] = (
    names.forbidden_names,
    names.public_names,
    names.missing_docstrings,
    names.changeable_state,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Checker, checkout: Path) -> None:
    assert_none(rule(checkout))


@pytest.mark.parametrize(
    ("rule", "file", "text", "said"),
    [
        (names.forbidden_names, "orchestrator/utils.py", "", "'utils'"),
        (names.forbidden_names, "orchestrator/tables/row_helper.py", "", "'helper'"),
        (names.forbidden_names, "dashboards/data/__init__.py", "", "'data'"),
        (
            names.public_names,
            "orchestrator/tables/__init__.py",
            "from orchestrator.tables.check import check",
            "no __all__",
        ),
        (
            names.public_names,
            "orchestrator/tables/__init__.py",
            "from x import b, a\n__all__ = ['b', 'a']",
            "not sorted",
        ),
        (names.public_names, "orchestrator/tables/__init__.py", "from x import a\n__all__ = ['a', 'a']", "twice"),
        (
            names.public_names,
            "orchestrator/tables/__init__.py",
            "from x import a\n__all__ = ['a', 'b']",
            "not there: b",
        ),
        (
            names.public_names,
            "orchestrator/tables/__init__.py",
            "from x import a, b\n__all__ = ['a']",
            "not in __all__: b",
        ),
        (
            names.public_names,
            "orchestrator/tables/__init__.py",
            "from x import a\n__all__ = [n for n in 'a']",
            "written out once",
        ),
        (names.public_names, "orchestrator/errors.py", "__all__ = ['gone']", "not there: gone"),
        (names.missing_docstrings, "orchestrator/a.py", "", "orchestrator.a has no"),
        (names.missing_docstrings, "dashboards/a.py", "", "dashboards.a has no"),
        (names.missing_docstrings, "orchestrator/a.py", "'''Why.'''\ndef f(): ...", "orchestrator.a.f has no"),
        (names.missing_docstrings, "orchestrator/a.py", "'''Why.'''\nclass A: ...", "orchestrator.a.A has no"),
        (
            names.missing_docstrings,
            "orchestrator/a.py",
            "'''Why.'''\nclass A:\n    '''B.'''\n    def f(self): ...",
            "orchestrator.a.A.f has",
        ),
        (names.changeable_state, "orchestrator/a.py", "SEEN = []", "SEEN can be changed"),
        (names.changeable_state, "orchestrator/a.py", "SEEN: dict[str, int] = {}", "SEEN can be changed"),
        (
            names.changeable_state,
            "orchestrator/a.py",
            "import collections\nSEEN = collections.defaultdict(list)",
            "SEEN can be changed",
        ),
        (
            names.changeable_state,
            "orchestrator/a.py",
            "try:\n    SEEN = {n for n in 'a'}\nfinally:\n    pass",
            "SEEN can be changed",
        ),
        (
            names.changeable_state,
            "orchestrator/a.py",
            "seen = 0\ndef f():\n    global seen\n    seen = 1",
            "global seen",
        ),
    ],
)
def test_a_planted_fault_is_found(rule: Checker, file: str, text: str, said: str, plant: Plant) -> None:
    (message,) = rule(plant({file: text}))
    assert said in message


def test_a_sound_module_passes(plant: Plant) -> None:
    text = """
'''What this is for.'''
from types import MappingProxyType
from typing import Final

__all__ = ["LEVELS", "A", "f"]

LEVELS = MappingProxyType({1: "awareness"})
NAMES: Final = ["a"]
ORDER = ("a", "b")


class A:
    '''A.'''

    seen = 0

    def _hidden(self): ...
    def __str__(self): ...


def f():
    '''F.'''
    return []
"""
    root = plant({"orchestrator/model/words.py": text})
    assert [message for rule in RULES for message in rule(root)] == []
