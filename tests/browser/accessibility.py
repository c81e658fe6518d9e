"""What does axe-core say about a page? Zero violations of WCAG 2.2 A and AA is what every page has to reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def axe_core() -> str:
    """The script axe-core, as the package of the lock brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Every violation on the page as it stands now: the rule, what it asks, and the elements that break it."""
    page.evaluate(axe_core())
    options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run(document, {options})")
    if not found["passes"] and not found["violations"]:
        raise AssertionError("axe-core found nothing to look at: the page is empty.")
    return [line for violation in found["violations"] for line in _told(violation)]


def _told(violation: dict[str, Any]) -> Iterator[str]:
    yield f"{violation['id']} ({violation['impact']}): {violation['help']}"
    for node in violation["nodes"]:
        yield f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}"
