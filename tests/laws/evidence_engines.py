"""The engines that this machine has: a PostgreSQL of its own in a temporary folder, and Spark on two threads."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

#: Makes an engine that cannot run a failure, as in continuous integration.
REQUIRED: Final = "ORCHESTRATOR_REQUIRE_ENGINES"
SPARK: Final = "spark:local[2]"
_DEBIAN: Final = Path("/usr/lib/postgresql")
_USER: Final = "postgres"


def not_run(engine: str, why: str) -> None:
    """Say that this engine was not run, and why; where all are required, that is a failure."""
    said = f"{engine} was not run: {why}"
    if os.environ.get(REQUIRED, "") not in ("", "0"):
        pytest.fail(said)
    pytest.skip(said)


def why_not_spark() -> str | None:
    """Why can Spark not run here? None if it can."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (requirements-engines.lock)"
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        return "there is no Java (on Debian: default-jre-headless)"
    return None


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's own programs, which Debian keeps off the path."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL that is there for the tests and gone after them; its connection string.

    It refuses to be run by root: then its own user runs it. It listens to this machine only.
    """
    programs = postgres_programs()
    if programs is None:
        not_run("PostgreSQL", "its programs are not installed (on Debian: postgresql)")
        raise AssertionError
    as_user = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="orchestrator-postgres-") as name:
        folder, port = Path(name), _free_port()
        if as_user:
            shutil.chown(folder, _USER)
        data, log = folder / "data", folder / "log"
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        initdb = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "tester", "-E", "UTF8"]
        _run([*as_user, *initdb, "--locale=C.UTF-8"], folder)
        _run([*control, "-o", options, "-l", str(log), "start"], folder)
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)


def _unprivileged() -> list[str]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        not_run("PostgreSQL", "root may not run it, and there is no runuser to become somebody else")
    return ["runuser", "-u", _USER, "--"]


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.decode(errors='replace')[-2000:]}"


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
