"""What every test may use, and a last word on the browser tests that did not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import HOW_TO_GET_ONE

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds the whole project."""
    return CHECKOUT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses a browser is a browser test; the report says so, and ``.ci/browser_ran.py`` counts them."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.user_properties.append(("browser", "yes"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly, above the closing line, which browser tests could not run."""
    skipped = [
        report.nodeid
        for report in terminalreporter.getreports("skipped")
        if ("browser", "yes") in report.user_properties
    ]
    if skipped:
        terminalreporter.section("browser tests that did not run")
        for nodeid in skipped:
            terminalreporter.write_line(f"  {nodeid}")
        terminalreporter.write_line(f"{len(skipped)} browser tests did not run. {HOW_TO_GET_ONE}")
