"""Deciding about names as people do it: by keyboard, without scripts, at every width, without barriers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.app import create_app
from orchestrator.matching import read_decisions
from orchestrator.study import Library
from tests.browser.serving import serving
from tests.packs import EMOJI, HTML, LONG, RIGHT_TO_LEFT
from tests.unit.matching.evidence import record, register, store

ROWS: Final = (
    record("Apex Crae Ltd", 900_000),
    *(record(name, 100) for name in (HTML, EMOJI, RIGHT_TO_LEFT, LONG)),
)
MATCH: Final = "/data/match"


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decisions") / "matches.csv"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, decisions: Path) -> Iterator[str]:
    folder = store(tmp_path_factory.mktemp("store"), ROWS)
    app = create_app(Library(register("apex; Apex Care Limited;;; Leeds")), None, folder, decisions)
    with serving(app.server) as address:
        yield address
    app.desk.close()


def test_the_page_has_no_barriers_and_never_scrolls_sideways(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(MATCH)
    page.eval_on_selector_all("details", "(all) => all.forEach((one) => { one.open = true; })")
    axe(page)
    assert page.locator("main img, main script, main a[href^=javascript]").count() == 0
    for width in (1440, 768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, f"{wide} pixels wide in {room}"


def test_a_name_is_decided_and_taken_back_by_keyboard(page: Page, decisions: Path, axe: Callable[[Page], None]) -> None:
    page.goto(MATCH)
    page.get_by_label("Who decides").fill("AB")
    page.keyboard.press("Enter")  # remembers, and decides nothing
    expect(page.get_by_label("Who decides")).to_have_value("AB")
    assert not decisions.exists()
    page.get_by_role("button", name="It is this body").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("‘Apex Crae Ltd’ is Apex Care Limited.")
    axe(page)
    page.get_by_role("button", name="Undo").press("Space")
    expect(page.locator("h1")).to_have_text("Five names in the evidence are still open")
    assert [each.verdict for each in read_decisions(decisions)] == ["accept", "undo"]


def test_a_name_is_decided_without_scripts(browser: Browser, home: str, decisions: Path) -> None:
    context = browser.new_context(base_url=home, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{MATCH}?contains=apex")
    page.get_by_role("button", name="It is no body").click()
    expect(page.get_by_role("alert")).to_contain_text("Say who decides")
    page.goto(f"{MATCH}?contains=apex&by=CD")
    page.get_by_label("Not a body").select_option("heading")
    page.get_by_role("button", name="It is no body").click()
    expect(page.locator(".match-just")).to_contain_text("‘Apex Crae Ltd’ is no body: heading.")
    assert read_decisions(decisions)[-1].by == "CD"
    context.close()
