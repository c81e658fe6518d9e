"""The lock pins everything with hashes, names no place, keeps to the ranges. Each rule finds a planted fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import lock
from tests.house.conftest import Plant, assert_none

Checker = Callable[[Path], Iterator[str]]
RULES: tuple[Checker, ...] = (lock.unpinned, lock.places, lock.out_of_range)

HASHES = f" \\\n    --hash=sha256:{'0' * 64}\n"
SOUND = HASHES.join(
    (
        "numpy==2.4.6 ; python_full_version < '3.12'",
        "numpy==2.5.5 ; python_full_version >= '3.12'",
        "pytest==9.2.0",
        "",
    )
)
PROJECT = '[project]\ndependencies = ["numpy>=2.1"]\noptional-dependencies = {dev = ["pytest"]}\n'


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_lock_keeps_the_rule(rule: Checker, checkout: Path) -> None:
    assert_none(rule(checkout))


def test_the_lock_holds_what_builds_the_project(checkout: Path) -> None:
    assert {"hatchling", "pandas", "dash", "pytest"} <= set(lock.pins(checkout))


def test_the_source_imports_only_what_is_asked_for(checkout: Path) -> None:
    assert_none(lock.undeclared(checkout, sys.stdlib_module_names))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_lock_passes(rule: Checker, plant: Plant) -> None:
    assert_none(rule(plant({"requirements.lock": SOUND, "pyproject.toml": PROJECT})))


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        (lock.unpinned, "six>=1.16" + HASHES, "six>=1.16"),
        (lock.unpinned, "six==1.16.0\n", "six==1.16.0"),
        (lock.places, "--index-url https://packages.example/simple\n", "line 1"),
        (lock.places, "--find-links wheels\n", "line 1"),
        (lock.places, SOUND + "six @ https://packages.example/six.whl\n", "line 7"),
        (lock.places, SOUND + "-e .\n", "line 7"),
        (lock.places, "./six.whl\n", "line 1"),
        (lock.out_of_range, SOUND.replace("2.4.6", "1.26.4"), "numpy==1.26.4"),
        (lock.out_of_range, SOUND.replace("pytest", "pytest-mock"), "pytest: the lock has nothing"),
        (lock.out_of_range, SOUND.replace(">= '3.12'", ">= '3.13'"), "nothing for Python 3.12"),
    ],
)
def test_a_planted_fault_is_found(rule: Checker, text: str, said: str, plant: Plant) -> None:
    (message,) = rule(plant({"requirements.lock": text, "pyproject.toml": PROJECT}))
    assert said in message


def test_the_lock_of_the_engines_is_held_to_the_same_rules(plant: Plant) -> None:
    root = plant({"requirements.lock": SOUND, "requirements-engines.lock": "pyspark==4.1.4\n"})
    (message,) = lock.unpinned(root)
    assert message.startswith("requirements-engines.lock")


def test_an_extra_may_be_imported_where_it_is_needed_and_only_there(plant: Plant) -> None:
    with_extra = PROJECT.replace("{dev", '{spark = ["pyspark"], dev')
    files = {"orchestrator/late.py": "def f():\n    import pyspark.sql", "orchestrator/early.py": "import pyspark"}
    (message,) = lock.undeclared(plant({"pyproject.toml": with_extra, **files}), sys.stdlib_module_names)
    assert "orchestrator.early" in message


def test_an_import_that_nobody_asked_for_is_found(plant: Plant) -> None:
    root = plant(
        {"pyproject.toml": PROJECT, "orchestrator/errors.py": "import json\nimport numpy.linalg\nimport leftpad"}
    )
    (message,) = lock.undeclared(root, sys.stdlib_module_names)
    assert "leftpad" in message
