"""Imports run downward only, in no circle; the wings stand apart. Each rule is first shown to find a planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import floors
from tests.house.conftest import Plant, assert_none
from tests.house.source import imports, read

Checker = Callable[[Path], Iterator[str]]
BY_NAME = "import importlib\ndef f(n):\n    importlib.import_module(f'orchestrator.cli.{n}')"
RULES: tuple[Checker, ...] = (floors.rooms_without_a_floor, floors.wrong_way, floors.late_imports, floors.circles)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Checker, checkout: Path) -> None:
    assert_none(rule(checkout))


def test_every_exemption_is_still_needed(checkout: Path) -> None:
    assert_none(floors.unused_exemptions(checkout))


def test_the_checkers_read_the_real_house(checkout: Path) -> None:
    names = {module.name for module in read(checkout)}
    assert {"orchestrator.errors", "orchestrator.tables", "dashboards"} <= names
    assert any(found.imported == "orchestrator.errors" for found in imports(checkout))


@pytest.mark.parametrize(
    ("rule", "file", "text", "said"),
    [
        (floors.wrong_way, "orchestrator/tables/check.py", "from orchestrator.model.graph import x", "upward"),
        (floors.wrong_way, "orchestrator/errors.py", "import orchestrator.tables", "upward"),
        (floors.wrong_way, "orchestrator/model/a.py", "from ..study import load", "upward"),
        (floors.wrong_way, "orchestrator/intake/a.py", "from orchestrator.analysis import hops", "wings"),
        (floors.wrong_way, "orchestrator/store/a.py", "def f():\n    from orchestrator.export import x", "wings"),
        (floors.wrong_way, "orchestrator/study.py", "import dashboards.app", "never imports dashboards"),
        (floors.wrong_way, "orchestrator/cli/serve.py", "import dashboards.views", "never imports dashboards"),
        (
            floors.wrong_way,
            "orchestrator/cli/missions.py",
            "import importlib\nimportlib.import_module('dashboards.app')",
            "never",
        ),
        (floors.wrong_way, "orchestrator/__init__.py", "from orchestrator.study import load", "nothing of the house"),
        (floors.wrong_way, "dashboards/views/a.py", "from dashboards.pages import x", "upward"),
        (floors.wrong_way, "dashboards/figures/a.py", "from dashboards.selection import x", "wings"),
        (
            floors.wrong_way,
            "dashboards/figures/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from dashboards.views import x",
            "upward",
        ),
        (floors.late_imports, "orchestrator/study.py", "def f():\n    import orchestrator.errors", "inside a function"),
        (
            floors.late_imports,
            "orchestrator/study.py",
            "class A:\n    def f(self):\n        import igraph",
            "inside a function",
        ),
        (floors.late_imports, "orchestrator/study.py", "def f(n):\n    __import__(n)", "computed"),
        (floors.late_imports, "orchestrator/study.py", "def f(n):\n    __import__(f'{n}.x')", "computed"),
        (floors.rooms_without_a_floor, "orchestrator/cellar/a.py", "", "no floor"),
        (floors.rooms_without_a_floor, "dashboards/attic.py", "", "no floor"),
    ],
)
def test_a_planted_fault_is_found(rule: Checker, file: str, text: str, said: str, plant: Plant) -> None:
    (message,) = rule(plant({file: text}))
    assert said in message


def test_a_module_imported_from_its_package_is_that_module(plant: Plant) -> None:
    root = plant({"orchestrator/study.py": "", "orchestrator/model/a.py": "from orchestrator import study"})
    (message,) = floors.wrong_way(root)
    assert "orchestrator.study" in message


@pytest.mark.parametrize("late", ["", "def f():\n    ", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "])
def test_a_planted_circle_is_found(late: str, plant: Plant) -> None:
    root = plant(
        {
            "orchestrator/model/__init__.py": "from orchestrator.model.graph import x",
            "orchestrator/model/graph.py": "from orchestrator.model import scenario",
            "orchestrator/model/scenario.py": f"{late}from orchestrator.model import x",
            "orchestrator/model/engines.py": "from orchestrator.model import x",
        }
    )
    (message,) = floors.circles(root)
    assert message == "A circle of imports: orchestrator.model, orchestrator.model.graph, orchestrator.model.scenario."


def test_a_circle_through_a_name_that_is_computed_is_found(plant: Plant) -> None:
    root = plant(
        {
            "orchestrator/cli/main.py": BY_NAME,
            "orchestrator/cli/missions.py": "from orchestrator.cli.main import f",
        }
    )
    assert list(floors.circles(root)) == ["A circle of imports: orchestrator.cli.main, orchestrator.cli.missions."]


def test_imports_that_run_downward_are_sound(plant: Plant) -> None:
    root = plant(
        {
            "orchestrator/errors.py": "import json",
            "orchestrator/tables/__init__.py": "from orchestrator.tables.check import x",
            "orchestrator/tables/check.py": "from orchestrator.errors import y",
            "orchestrator/cli/compare.py": "def f():\n    import orchestrator.study",
            "orchestrator/freezing.py": "def f():\n    import orchestrator.study",
            "orchestrator/export/docx.py": "def f():\n    import docx, docx.shared",
            "orchestrator/export/workbook.py": "def f():\n    import gptables",
            "orchestrator/export/pdf.py": "def f():\n    import typst",
            "orchestrator/evidence/postgres.py": "def f():\n    import psycopg",
            "orchestrator/evidence/spark.py": "def f():\n    import pyspark.sql",
            "orchestrator/kernels/compiled.py": "def f():\n    import numba",
            "orchestrator/model/engines.py": "def f():\n    import igraph, networkx, scipy.sparse",
            "orchestrator/partners/highs.py": "def f():\n    import scipy.optimize",
            "orchestrator/cli/main.py": BY_NAME,
            "orchestrator/cli/serve.py": "import orchestrator.study\ndef f():\n    import dashboards.app",
            "orchestrator/study.py": "from orchestrator import tables",
            "dashboards/views/a.py": "from orchestrator.study import z\nfrom dashboards import figures",
            "dashboards/figures/__init__.py": "",
            "dashboards/app.py": "from dashboards.views import a",
        }
    )
    assert [message for rule in RULES for message in rule(root)] == []
    assert_none(floors.unused_exemptions(root))


def test_an_exemption_that_nothing_needs_is_found(plant: Plant) -> None:
    assert list(floors.unused_exemptions(plant({"orchestrator/cli/serve.py": ""})))
