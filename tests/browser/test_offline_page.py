"""The offline page as it is opened from a folder: no barriers, nothing asked of anybody, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from orchestrator.export.formats import chosen_formats
from orchestrator.freezing import advised, freeze, marked
from orchestrator.model import MissionGraph
from orchestrator.model.snapshot import Snapshot
from orchestrator.study import analyse, open_pack
from tests.unit.export.test_documents import frozen

OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


def clean_energy() -> Snapshot:
    pack = open_pack()
    graph = MissionGraph.from_pack(pack, "clean-energy", date(2026, 11, 23))
    return advised(marked(freeze(pack, analyse(graph)), "OFFICIAL"))


@pytest.fixture
def home() -> str:
    """No host at all may be asked."""
    return "file://"


@pytest.mark.parametrize("which", ["clean-energy", "hostile", "nobody but the centre"])
def test_the_page_opens_from_a_folder_without_barriers(
    which: str, page: Page, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    snapshot = clean_energy() if which == "clean-energy" else frozen(which)
    (each,) = chosen_formats(["html"])
    ((name, write),) = each.files(snapshot).items()
    with (tmp_path / name).open("wb") as file:
        write(file)
    assert (tmp_path / name).stat().st_size < 3_000_000
    page.on("dialog", lambda dialog: pytest.fail("something ran"))
    page.goto((tmp_path / name).as_uri())
    page.evaluate(OPEN)
    axe(page)
    assert page.locator(".marking").count() == 2
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.querySelectorAll('a:not([href^=\"#\"]), img, iframe, [onerror]').length") == 0
    if which == "hostile":
        assert "</script><script>alert(1)</script>" in page.locator("main").inner_text()
    for width in (768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
