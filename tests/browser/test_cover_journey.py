"""The journey of a strategist: find the empty region, see why and who could fill it; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.app import create_app
from tests.browser.serving import serving
from tests.browser.test_pages import goto, ready
from tests.browser.watching import Watch
from tests.packs import MISSION, library, mission

#: West is covered, East has a gap that Body G could fill: A works with it, and A works with the centre.
TABLES = mission(
    "ca cb ag",
    "s-w s-e t-w t-e",
    works="a:s-w b:t-w b:t-e",
    could="g:s-e",
    names={"w": "West", "e": "East", "s": "Skills", "t": "Transport"},
    tiles=("w", "e"),
)
TABLES["ties"][1] |= {"ends": "2099-01-01"}
for tie in TABLES["ties"]:
    tie.setdefault("ends", "")
    if tie["target_id"] == "g":
        tie["mission_id"] = ""  # a standing tie: whoever knows G takes part, G does not


@pytest.fixture(scope="module")
def small_server() -> Iterator[str]:
    with serving(create_app(library(TABLES)).server) as address:
        yield address


@pytest.fixture
def home(small_server: str) -> str:
    return small_server


START = f"/mission/{MISSION}/coverage"


def the_gap_is_understood(page: Page) -> None:
    """What the panel says of Skills in East, and whom to ask."""
    panel = page.locator("#picked")
    expect(panel.locator("h2")).to_have_text("Skills in East")
    expect(panel.locator("h2")).to_be_focused()
    expect(panel).to_contain_text("Nobody works on it.")
    could = panel.locator(".app-group--lit")
    expect(could.locator("h3")).to_have_text("Could come in (1)")
    expect(could).to_contain_text("Body G")
    expect(could).to_contain_text("Carries nothing yet; what it can carry is not recorded.")
    expect(could).to_contain_text("Ask Body A: it works with Body C and with it.")
    expect(page.locator("#need-grid a[aria-current]")).to_have_count(1)


def test_by_mouse(page: Page) -> None:
    goto(page, START)
    expect(page.locator("h1")).to_have_text("Nobody works on 1 of 4 requirements, in East; none is thin")
    worst = page.locator("#need-grid thead th").nth(1)
    expect(worst).to_have_text("East")
    tile = page.locator("#tiles .tile", has_text="East")
    tile.locator("a").click()
    expect(page.locator("#picked h2")).to_have_text("East")
    expect(page.locator("#picked details")).to_have_count(2)
    page.locator("#need-grid a.state--gap").click()
    the_gap_is_understood(page)
    page.get_by_role("link", name="Body G", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Body G")
    page.go_back()
    page.get_by_role("link", name="Try Body G in a what-if").click()
    page.wait_for_url("**/scenario?changes=*")
    expect(page.locator("main")).to_contain_text("Body G")
    page.go_back()
    the_gap_on_the_map(page)


def the_gap_on_the_map(page: Page) -> None:
    page.locator("#picked").get_by_role("link", name="Show them on the map").click()
    page.wait_for_url("**/network?**")
    assert page.evaluate("location.search") == "?capability=s&place=e"
    expect(page.get_by_role("heading", name="Could fill Skills in East")).to_be_visible()
    entry = page.get_by_role("button", name="A Body G")
    expect(entry).to_be_visible()
    ready(page)
    entry.click()
    page.wait_for_url("**body=g*")


def test_by_keyboard_alone(page: Page) -> None:
    goto(page, START)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#need-grid a.state--gap')"):
            break
    assert "Skills, East: gap" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    the_gap_is_understood(page)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText"))
        if reached[-1] == "Body G":
            break
    assert {"Clear the choice", "Show them on the map", "Body G"} <= set(reached)


def test_the_slider_moves_the_day_by_arrow_keys_and_keeps_the_focus(page: Page) -> None:
    goto(page, START)
    slider = page.get_by_label("Look ahead: months from today")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/coverage?on=*")
    ready(page)
    expect(page.locator(".app-ahead__steps a[aria-current]")).to_have_text("+6 months")
    expect(slider).to_be_focused()
    assert slider.input_value() == "6"
    page.keyboard.press("Home")
    page.wait_for_function("() => !location.search")
    expect(page.locator(".app-ahead__steps a[aria-current]")).to_have_text("Today")


def test_a_choice_is_an_address_and_can_be_taken_back(page: Page) -> None:
    goto(page, START)
    page.get_by_label("State", exact=True).select_option("gap")
    page.wait_for_url("**/coverage?state=gap")
    expect(page.locator("#need-grid td a")).to_have_count(1)
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#need-grid td a")).to_have_count(4)
    assert page.evaluate("location.search") == ""


def test_choice_slider_and_cell_work_without_scripts(browser: Browser, home: str) -> None:
    context = browser.new_context(base_url=home, java_script_enabled=False)
    watch = Watch(context, home)
    page = context.new_page()
    page.goto(START)
    page.get_by_label("State", exact=True).select_option("gap")
    page.get_by_role("button", name="Show", exact=True).nth(1).click()
    expect(page.locator("#need-grid td a")).to_have_count(1)
    page.locator("#need-grid a.state--gap").click()
    expect(page.locator("#picked")).to_contain_text("Ask Body A")
    page.get_by_label("Look ahead: months from today").fill("24")
    page.get_by_role("button", name="Show that day").click()
    expect(page.locator(".app-ahead__steps a[aria-current]")).to_have_text("+24 months")
    expect(page.locator("#picked h2")).to_have_text("Skills in East")
    assert watch.problems() == []
    context.close()


def test_below_700_pixels_the_tables_stand_in_place_of_the_pictures(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    goto(page, START)
    expect(page.locator("#need-grid .need-grid")).to_be_hidden()
    page.locator("#need-grid").get_by_role("link", name="Skills in East").click()
    expect(page.locator("#picked h2")).to_have_text("Skills in East")
