"""The page that a board reads: two sheets of paper, and a way from each finding to where it can be seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.test_pages import CLEAN_ENERGY, goto


@pytest.mark.parametrize("mission", ["clean-energy", "levelling-up-09-pride-in-place", "milestone-hospital-backlogs"])
def test_it_prints_on_two_sheets_at_most(mission: str, page: Page) -> None:
    goto(page, f"/mission/{mission}")
    assert not page.locator("#tiles details[open], #states details[open]").count()
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) <= 2
    width, height = printed.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    for part in ("Decisions asked of the board", "What to raise", "What is not known", "Where it comes from"):
        assert part in text
    assert "View as a table" not in text


def test_every_finding_and_decision_leads_to_where_it_can_be_seen(page: Page) -> None:
    goto(page, CLEAN_ENERGY)
    expect(page.locator(".app-finding a")).to_have_count(5)
    first = page.locator(".app-decision a").first
    expect(first).to_have_text("See what is on paper")
    first.click()
    page.wait_for_url("**/coverage?state=on-paper")
    expect(page.get_by_label("State", exact=True)).to_have_value("on-paper")
