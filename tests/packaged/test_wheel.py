"""The wheel alone, in an empty environment outside the checkout: it brings its packs and pages, and the command works.

The environment is new and holds nothing but the wheel. What the wheel depends on is not installed a second time: a path
file points to where the environment of the tests keeps its packages. That is fast, needs no network, and stays honest:
path files of a folder added so are not read, so the checkout's editable install is not seen, and a test says so; and
tests/house holds what the source imports against what pyproject.toml asks for.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.slow

LARGEST = 10_000_000  # bytes


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command in a folder outside the checkout; its standard output. What it says on a failure is the message."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.args} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is not in the checkout."""
    folder = tmp_path_factory.mktemp("outside")
    assert not folder.is_relative_to(CHECKOUT)
    return folder


@pytest.fixture(scope="module")
def wheel(outside: Path) -> Path:
    """The wheel, built offline with the hatchling of the lock."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", outside / "dist", CHECKOUT, cwd=outside)
    (built,) = (outside / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def binaries(wheel: Path, outside: Path) -> Path:
    """The folder of commands of an empty environment that the wheel was installed into."""
    place = outside / "environment"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    folders = sysconfig.get_paths("venv", vars={"base": str(place), "platbase": str(place)})
    packages = Path(folders["purelib"])
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    scripts = Path(folders["scripts"])
    python = scripts / Path(sys.executable).name
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        wheel,
        cwd=outside,
    )
    return scripts


def test_the_wheel_is_small_and_brings_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert wheel.stat().st_size < LARGEST
    assert "orchestrator/packaged/tables.csv" in names
    assert any(re.fullmatch(r"orchestrator/packaged/.+/missions\.csv", name) for name in names)
    assert any(name.startswith("dashboards/assets/") and name.endswith(".css") for name in names)
    assert any(name.startswith("dashboards/assets/") and name.endswith(".js") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_brings_everything_that_the_checkout_has(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "orchestrator", "dashboards", "data"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    tracked = {name for name in listed.stdout.split("\0") if name and (CHECKOUT / name).is_file()}
    wanted = {re.sub(r"^data/", "orchestrator/packaged/", name) for name in tracked if not name.endswith(".scss")}
    with zipfile.ZipFile(wheel) as archive:
        assert wanted - set(archive.namelist()) == set()


def test_the_checkout_is_not_seen(binaries: Path, outside: Path) -> None:
    program = "import dashboards, orchestrator, pandas; print(orchestrator.__file__, dashboards.__file__, sep='\\n')"
    for place in run(binaries / "python", "-c", program, cwd=outside).splitlines():
        assert Path(place).is_relative_to(outside / "environment")


def test_the_missions_are_there(binaries: Path, outside: Path) -> None:
    assert "clean-energy" in run(binaries / "orchestrator", "missions", cwd=outside)


@pytest.fixture
def address(binaries: Path, outside: Path) -> Iterator[str]:
    """Where ``orchestrator serve`` of the installed wheel answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = outside / "serve.txt"
    with said.open("w") as told:
        command = [binaries / "orchestrator", "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=outside, stdout=told, stderr=told, stdin=subprocess.DEVNULL)
    try:
        until_somebody_listens(process, port, said)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def until_somebody_listens(process: subprocess.Popen[bytes], port: int, said: Path, seconds: float = 30) -> None:
    """Wait for the server, but not for one that has ended."""
    last = time.monotonic() + seconds
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > last:
            pytest.fail(f"orchestrator serve does not answer:\n{said.read_text()}", pytrace=False)
        time.sleep(0.05)


def answer(address: str) -> str:
    """The text at an address."""
    with urllib.request.urlopen(address, timeout=10) as page:
        return str(page.read().decode("utf-8"))


def test_the_dashboards_open(address: str) -> None:
    page = answer(f"{address}/")
    assert "<html" in page
    sheets = re.findall(r'href="(/[^"]+\.css[^"]*)"', page)
    assert sheets
    assert all("{" in answer(address + sheet) for sheet in sheets)
