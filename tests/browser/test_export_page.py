"""Taking something away: tick, make, wait, download; and without scripts too."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_pages import goto

EXPORT = "/mission/clean-energy/export?on=2026-11-23"


def test_what_is_ticked_is_made_and_downloaded(page: Page, axe: Callable[[Page], None], tmp_path: Path) -> None:
    goto(page, EXPORT)
    page.get_by_label("html:").check()
    page.get_by_label("Protective marking").select_option("OFFICIAL")
    page.get_by_role("button", name="Make it").click()
    link = page.get_by_role("link", name="Download")
    expect(link).to_contain_text("clean-energy_2026-11-23_OFFICIAL.zip", timeout=60_000)
    axe(page)
    expect(page.get_by_label("html:")).to_be_checked()
    expect(page.get_by_label("Protective marking")).to_have_value("OFFICIAL")
    with page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(tmp_path / "taken.zip")
    with zipfile.ZipFile(tmp_path / "taken.zip") as parts:
        assert sorted(Path(name).suffix for name in parts.namelist()) == [".html", ".pdf"]
