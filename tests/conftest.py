"""What every test may use, and a last word on the browser tests that did not run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser.chromium import HOW_TO_GET_ONE

CHECKOUT = Path(__file__).resolve().parent.parent

# No time limit for one example: a busy machine is no fault. In CI the examples are the same every time.
settings.register_profile("orchestrator", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("orchestrator")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds the whole project."""
    return CHECKOUT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses a browser is a browser test. The report says so, and of what, to ``.ci/browser_ran.py``."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
            item.user_properties.append(("browser", "the app" if "server" in fixtures else "a small site"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly, above the closing line, which browser tests could not run."""
    skipped = [
        report.nodeid for report in terminalreporter.getreports("skipped") if "browser" in dict(report.user_properties)
    ]
    if skipped:
        terminalreporter.section("browser tests that did not run")
        for nodeid in skipped:
            terminalreporter.write_line(f"  {nodeid}")
        terminalreporter.write_line(f"{len(skipped)} browser tests did not run. {HOW_TO_GET_ONE}")
