"""``orchestrator analyse --worlds`` as it is typed: forms, refusals, progress, and stopping half-way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ORCHESTRATOR = Path(sys.executable).with_name("orchestrator")
MISSION = ("analyse", "clean-energy", "--as-of", "2026-11-23", "--only", "bottlenecks,coverage,load")


def typed(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ORCHESTRATOR, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def told() -> subprocess.CompletedProcess[str]:
    return typed(*MISSION, "--worlds", "20", "--seed", "5", "--format", "json")


def test_the_result_goes_out_and_progress_goes_aside(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 0, told.stderr
    assert "2 of 20 worlds" in told.stderr
    assert told.stderr.splitlines()[-1] == "20 of 20 worlds"
    said = json.loads(told.stdout)["worlds"]
    assert (said["count"], said["seed"]) == (20, 5)


def test_the_same_seed_prints_the_same(told: subprocess.CompletedProcess[str]) -> None:
    assert typed(*MISSION, "--worlds", "20", "--seed", "5", "--format", "json").stdout == told.stdout


def test_without_worlds_no_bounds_and_no_words(told: subprocess.CompletedProcess[str]) -> None:
    plain = json.loads(typed(*MISSION, "--format", "json").stdout)
    assert "worlds" not in plain
    assert all(finding["low"] is None and finding["high"] is None for finding in plain["findings"])
    assert not any("worlds" in finding["statement"] for finding in plain["findings"])
    assert set(json.loads(told.stdout)) == {*plain, "worlds"}


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_words_are_in_every_form(form: str) -> None:
    assert "of 20 worlds" in typed(*MISSION, "--worlds", "20", "--format", form).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--worlds", "0"),
        ("--worlds", "-5"),
        ("--worlds", "2.5"),
        ("--worlds", "many"),
        ("--worlds", "20000"),
        ("--worlds", "5", "--seed", "-1"),
        ("--worlds", "5", "--seed", "x"),
        ("--worlds",),
    ],
)
def test_what_is_no_number_of_worlds_or_no_seed_is_wrong_usage(words: tuple[str, ...]) -> None:
    refused = typed(*MISSION, *words)
    assert refused.returncode == 2, refused.stderr
    assert refused.stdout == ""
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_stops_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    words = [ORCHESTRATOR, *MISSION, "--worlds", "10000", "--format", "json", "--out", out]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        rest = running.communicate(timeout=60)
    assert line == "1,000 of 10,000 worlds\n"
    assert running.returncode == 130
    assert rest[1].endswith("Stopped.\n")
    assert "Traceback" not in rest[1]
    assert list(tmp_path.iterdir()) == []
