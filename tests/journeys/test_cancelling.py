"""Whoever cancels a long analysis is rid of it within about a second, and finds nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: A ring with shortcuts of nearly thirty thousand members: the exact figure is asked for, which takes a minute.
_LONG = """
import sys
import numpy as np
from orchestrator.kernels import betweenness
luck = np.random.default_rng(1)
n = 30_000
ends = np.unique(np.sort(luck.integers(0, n, (5 * n, 2)), axis=1), axis=0)
ends = ends[ends[:, 0] != ends[:, 1]]
betweenness(500, np.column_stack([np.arange(499), np.arange(1, 500)]), affordable=10**15)
betweenness(n, ends, affordable=-1)
def long():
    print("begun", flush=True)
    betweenness(n, ends, affordable=10**15)
    open("written", "w").close()

try:
    long()
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_long_betweenness_is_cancelled_within_about_a_second(tmp_path: Path) -> None:
    running = subprocess.Popen([sys.executable, "-c", _LONG], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "begun"
    time.sleep(1.5)
    asked = time.monotonic()
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130
    assert time.monotonic() - asked < 4  # a second, and the load of other work
    assert not (tmp_path / "written").exists()
