"""What is typed: `make` sets up once and says what it lacks; CI asks whether browser tests ran. Installs nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout in a folder whose name has spaces, with everything that `make` looks at."""
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copyfile(CHECKOUT / name, folder / name)
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def would_set_up(folder: Path) -> bool:
    return "venv" in make(folder, "--dry-run", "setup").stdout


def pretend_it_is_set_up(folder: Path) -> Path:
    ready = folder / ".venv" / ".ready"
    ready.parent.mkdir(exist_ok=True)
    ready.write_text(f"{folder}\n")
    later = max((folder / name).stat().st_mtime for name in ("requirements.lock", "pyproject.toml")) + 5
    os.utime(ready, (later, later))
    return ready


@needs_make
def test_a_second_run_does_not_set_up_again(folder: Path) -> None:
    assert would_set_up(folder)
    pretend_it_is_set_up(folder)
    assert not would_set_up(folder)


@needs_make
@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_another_lock_is_set_up(name: str, folder: Path) -> None:
    later = pretend_it_is_set_up(folder).stat().st_mtime + 5
    os.utime(folder / name, (later, later))
    assert would_set_up(folder)


@needs_make
def test_a_checkout_that_was_moved_is_set_up_again(folder: Path) -> None:
    pretend_it_is_set_up(folder)
    assert would_set_up(folder.rename(folder.with_name("another folder")))


@needs_make
@pytest.mark.parametrize(
    ("python", "said"),
    [
        (
            "#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2\n[ $1 = --version ]",
            "is Python 3.9.2; this needs Python 3.11 or newer",
        ),
        (None, "Install Python 3.11 or newer"),
    ],
)
def test_an_old_python_or_none_is_told(python: str | None, said: str, folder: Path) -> None:
    old = folder / "old python"
    if python:
        old.write_text(python)
        old.chmod(0o755)
    done = make(folder, "setup", f"PYTHON={old}")
    assert done.returncode != 0
    assert said in done.stderr
    assert not (folder / ".venv").exists()


@needs_make
def test_help_names_every_target(folder: Path) -> None:
    told = {line.split()[1] for line in make(folder, "help").stdout.splitlines()}
    assert {"setup", "run", "test", "lint", "lock", "bench", "clean"} <= told


REPORT = '<testsuites><testsuite><testcase classname="a" name="b">{}</testcase></testsuite></testsuites>'
BROWSER = '<properties><property name="browser" value="{}"/></properties>'
THE_APP = BROWSER.format("the app")


@pytest.mark.parametrize(
    ("case", "code", "said"),
    [
        (THE_APP, 0, "1; skipped: none"),
        (THE_APP + "<skipped/>", 1, "skipped:\n  a.b"),
        (THE_APP + "<error/>", 1, "No test drove the app"),
        (BROWSER.format("a small site"), 1, "No test drove the app"),
        ("", 1, "No test drove the app"),
        (None, 1, "no such report"),
    ],
)
def test_ci_asks_whether_the_browser_tests_ran(case: str | None, code: int, said: str, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    if case is not None:
        report.write_text(REPORT.format(case))
    asked = [sys.executable, str(CHECKOUT / ".ci" / "browser_ran.py"), str(report)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
