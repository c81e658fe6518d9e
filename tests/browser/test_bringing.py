"""Journeys: compare two snapshots; upload a broken pack and mend it. In a real browser, with and without scripts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from dashboards import desk
from dashboards.app import create_app
from dashboards.index import DocumentDash
from dashboards.selection import Selection
from tests.browser.serving import serving
from tests.browser.test_pages import ready
from tests.browser.watching import Watch
from tests.packs import MISSION, SHAPES, library
from tests.unit.dashboards.test_working import busy

SOUND: Final = {
    "organisations": "organisation_id,name,sector\nunit,Delivery Unit,central\nnorth,Northern Authority,regional\n",
    "missions": "mission_id,title,centre_id\nretrofit,Warm homes,unit\n",
    "ties": "source_id,target_id,mission_id,kind,starts\nunit,north,retrofit,commissions,2026-06-01\n",
}
#: Milliseconds that a worker may take to start on a busy machine.
SLOW: Final = 60_000
BROKEN: Final = {**SOUND, "ties": SOUND["ties"].replace("north", "norht")}


def zipped(name: str, tables: dict[str, str]) -> FilePayload:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for table, text in tables.items():
            made.writestr(f"{table}.csv", text)
    return {"name": name, "mimeType": "application/zip", "buffer": into.getvalue()}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentDash]:
    made = create_app(library(SHAPES["many gaps"]), tmp_path_factory.mktemp("workspace"))
    yield made
    made.desk.close()


@pytest.fixture(scope="module")
def home(app: DocumentDash) -> Iterator[str]:
    with serving(app.server) as address:
        yield address


def test_upload_a_broken_pack_and_mend_it(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    page.get_by_role("link", name="Bring a pack of your own").click()
    ready(page)
    page.get_by_label("The pack").set_input_files(zipped("mine.zip", BROKEN))
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("h1")).to_have_text("Nothing of mine was taken: one problem to mend", timeout=SLOW)
    row = page.get_by_role("row").filter(has_text="ties.csv, row 2, column target_id")
    expect(row).to_contain_text("norht")
    expect(row).to_contain_text("north")
    axe(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Download all of it as CSV").click()
    assert "norht" in Path(file.value.path()).read_text()
    page.get_by_label("The pack").set_input_files(zipped("mine.zip", SOUND))
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("h1")).to_contain_text("mine can be opened", timeout=SLOW)
    axe(page)
    page.get_by_role("link", name="Open it").click()
    expect(page.locator("h1")).to_contain_text("One mission")
    ready(page)
    page.get_by_role("link", name="Warm homes").first.click()
    expect(page.get_by_role("note")).to_contain_text("You look at mine, a pack that was brought.")
    page.get_by_role("navigation", name="Mission", exact=True).get_by_role("link", name="Network").click()
    expect(page.locator(".ringmap-over")).to_be_visible()
    assert "pack=" in page.url
    page.get_by_role("link", name="Back to the packaged one").click()
    expect(page.get_by_role("link", name="Ours").first).to_be_visible()


def test_compare_two_snapshots(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(f"/mission/{MISSION}?on=2026-06-01")
    ready(page)
    page.get_by_role("link", name="Changes").click()
    expect(page.locator("h1")).to_have_text("No snapshot of Ours has been taken yet")
    page.get_by_role("button", name="Take a snapshot now").click()
    expect(page.locator("h1")).to_have_text("Since 1 June 2026: nothing that is recorded changed")
    page.goto(f"/mission/{MISSION}/changes?on=2026-07-01")
    page.get_by_role("button", name="Take a snapshot now").click()
    ready(page)
    before, after = page.get_by_label("From"), page.get_by_label("To")
    before.select_option(label=before.locator("option").filter(has_text="Snapshot of 1 June 2026").inner_text())
    after.select_option(label=after.locator("option").filter(has_text="Snapshot of 1 July 2026").inner_text())
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".app-lede")).to_contain_text("on 1 June 2026")
    assert "before=" in page.url
    assert "after=" in page.url
    axe(page)


def test_a_page_that_is_worked_out_fills_in_by_itself(
    page: Page, axe: Callable[[Page], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "SMALL", 0)
    page.goto(f"/mission/{MISSION}/bottlenecks?on=2026-06-03")
    expect(page.locator("h1")).to_contain_text("relied on", timeout=SLOW)
    page.goto(f"/mission/{MISSION}?on=2026-06-04")
    ready(page)
    page.get_by_role("link", name="Coverage").click()
    expect(page.locator("h1")).to_contain_text("requirements", timeout=SLOW)


def test_what_a_page_was_shown_without_fills_in_and_the_reader_stays(
    app: DocumentDash, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Selection("overview", MISSION, date(2026, 6, 9))
    app.desk.take_snapshot(day)
    app.desk.results(day)
    app.desk.advice(day)
    monkeypatch.setattr(desk, "SMALL", 0)
    with busy(app):
        page.goto(day.address())
        ready(page)
        since = page.get_by_role("region", name="Since the last snapshot")
        expect(since).to_contain_text("being worked out")
        page.get_by_role("link", name="What changed, and why").focus()
        before = page.evaluate("window.scrollY")
    expect(since).to_contain_text("Since 9 June 2026", timeout=SLOW)
    expect(page.get_by_role("link", name="What changed, and why")).to_be_focused()
    assert page.evaluate("window.scrollY") == before


def test_without_scripts_it_can_be_cancelled_and_fills_in(
    app: DocumentDash, browser: Browser, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "SMALL", 0)
    context = browser.new_context(base_url=home, java_script_enabled=False)
    context.set_default_timeout(SLOW)
    watch = Watch(context, home)
    page = context.new_page()
    with busy(app):
        page.goto(f"/mission/{MISSION}/partners?on=2026-06-05")
        expect(page.locator("h1")).to_have_text("Working it out…")
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator("h1")).to_have_text("This was not worked out")
    page.get_by_role("link", name="Work it out again").click()
    expect(page.locator("h1")).to_contain_text("close", timeout=SLOW)
    assert watch.problems() == []
    context.close()
