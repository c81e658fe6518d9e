"""What the README tells one to type is there, and no command is left out of it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.house import documents
from tests.house.conftest import assert_none


@cache
def orchestrator(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, from the environment that the tests run in."""
    command = Path(sys.executable).with_name("orchestrator")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=False)


def commands() -> set[str]:
    return documents.listed(orchestrator("--help").stdout)


def targets() -> set[str]:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    return {
        line.split(":")[0] for line in makefile.splitlines() if ": " in line and "## " in line and line[0].isalpha()
    }


def test_the_command_line_lists_its_commands() -> None:
    assert {"serve", "missions", "check", "analyse"} <= commands()


def test_the_readme_is_true(checkout: Path) -> None:
    assert_none(documents.untrue((checkout / "README.md").read_text(encoding="utf-8"), commands(), targets()))


def test_every_command_shows_an_example() -> None:
    assert commands()
    for name in sorted(commands()):
        told = orchestrator(name, "--help")
        assert told.returncode == 0, told.stderr
        assert told.stdout.count(f"orchestrator {name}") >= 2, (
            f"orchestrator {name} --help has a usage line and no example"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Type `orchestrator missions` or `orchestrator dance`.", "`orchestrator dance`"),
        ("Type `orchestrator missions`.\n\n```sh\nmake tea\n```\n", "`make tea`"),
        ("Type `make run`. The orchestrator missions are many.", "does not mention `orchestrator missions`"),
    ],
)
def test_what_is_untrue_is_found(text: str, said: str) -> None:
    (message,) = documents.untrue(text, {"missions"}, {"run"})
    assert said in message


def test_what_is_true_passes() -> None:
    text = "Type `make run`:\n\n```sh\n.venv/bin/orchestrator missions --pack x\nmake run PORT=8051  # elsewhere\n```\n"
    assert list(documents.untrue(text, {"missions"}, {"run"})) == []
    assert documents.listed("  COMMAND\n    serve     open\n    missions  list\n              them\n") == {
        "serve",
        "missions",
    }
