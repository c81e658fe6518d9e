"""What people set out to do with the what-if page and the missing partners, by mouse and by keyboard alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_pages import CLEAN_ENERGY, goto, ready
from tests.browser.watching import Watch

SCENARIO: Final = f"{CLEAN_ENERGY}/scenario"
PARTNERS: Final = f"{CLEAN_ENERGY}/partners"
BIGGEST: Final = "National Energy System Operator"
#: What the map told the page, in order: to which picture the dots set off, how long they take, where they rested.
LISTENS: Final = """
    window.told = [];
    for (const name of ["ringmap:gliding", "ringmap:glided"]) {
      document.addEventListener(name, (event) => window.told.push([name, event.detail.to, event.detail.ms ?? null]));
    }
"""
MOST_STOPS: Final = 150


class Hand(Protocol):
    """How somebody works a page: by mouse, or by keyboard alone."""

    def press(self, thing: Locator) -> None:
        """Follow a link, press a button, open a summary."""

    def type(self, field: Locator, text: str) -> None:
        """Put a text into a field."""


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, thing: Locator) -> None:
        thing.click()
        ready(self.page)

    def type(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)


class Keyboard:
    """Tab to it, then Enter; nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, thing: Locator) -> None:
        self._reach(thing)
        self.page.keyboard.press("Enter")
        ready(self.page)

    def type(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.type(text)

    def _reach(self, thing: Locator) -> None:
        expect(thing).to_be_visible()
        for _ in range(MOST_STOPS):
            if thing.evaluate("(thing) => thing === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{thing} is not reached within {MOST_STOPS} stops of the Tab key")


@pytest.fixture(params=[Mouse, Keyboard])
def hand(request: pytest.FixtureRequest, page: Page) -> Hand:
    found: Hand = request.param(page)
    return found


def undo(page: Page) -> Locator:
    return page.locator(".app-changes").get_by_role("link", name="Undo").first


def test_remove_the_biggest_body_and_read_what_breaks(page: Page, hand: Hand) -> None:
    goto(page, SCENARIO)
    hand.press(page.get_by_role("link", name="Abolish a body"))
    expect(page.get_by_role("heading", name="Abolish a body")).to_be_focused()
    field = page.get_by_label("Organisation", exact=True)
    hand.type(field, "national energy sys")
    options = page.locator("#new-organisation_id-names option")
    expect(options.first).to_have_attribute("value", BIGGEST)
    hand.type(field, "tem operator") if isinstance(hand, Keyboard) else field.fill(BIGGEST)
    hand.press(page.get_by_role("button", name="Add this change"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("requirements would be worse covered and one body would leave the network")
    expect(heading).to_be_focused()
    expect(page.locator("#changes-said")).to_have_text("Added. One change in the list.")
    assert "add=" not in page.url
    assert "new-" not in page.url
    worse = int(heading.inner_text().split("With this change, ")[1].split(" ")[0])
    expect(page.locator("#turns .change-grid__turn")).to_have_count(worse)
    hand.press(page.locator("#turns summary"))
    expect(page.locator("#turns tbody tr", has_text="worse")).to_have_count(worse)
    expect(page.locator(".app-outcome li").first).to_contain_text(f"{worse} requirements would be worse covered")
    expect(page.locator("#gone-findings")).to_contain_text(f"If {BIGGEST} left")
    hand.press(undo(page))
    expect(heading).to_have_text("What if? Try a change and see what it would do")
    assert page.evaluate("location.search") == ""


def test_take_the_advice_see_it_on_the_map_undo_it(page: Page, hand: Hand, axe: Callable[[Page], None]) -> None:
    page.add_init_script(LISTENS)
    goto(page, PARTNERS)
    first = page.locator("#bring-in .app-reliance > li").first
    name = first.get_by_role("heading").inner_text()
    hand.press(first.get_by_role("link", name="Try"))
    expect(page.locator(".app-changes__words")).to_have_text(f"{name} comes in: committed, with a tie to "
        "Department for Energy Security and Net Zero")  # fmt: skip
    page.wait_for_function("() => window.told.some(([name, to]) => name === 'ringmap:glided' && to === 'after')")
    told = page.evaluate("window.told.filter(([name, to]) => name === 'ringmap:gliding')")
    assert [(to, ms > 0) for _, to, ms in told] == [("after", True)]
    figure = page.locator(".app-figure", has_text="nobody works on").locator(".app-figure__value")
    before, after = (figure.get_attribute(f"data-count-{end}") or "" for end in ("from", "to"))
    assert int(after) < int(before)
    expect(figure).to_have_text(after)
    hand.press(page.get_by_role("button", name="Before", exact=True))
    expect(page.locator("#whatif-ring")).to_have_attribute("data-ring-shows", "before")
    expect(figure).to_have_text(before)
    hand.press(undo(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("What if? Try a change and see what it would do")

    goto(page, PARTNERS)
    first = page.locator("#bring-in .app-reliance > li").first
    hand.press(first.locator("summary", has_text="Accept or decline"))
    hand.type(first.get_by_label("Reason"), "Agreed by the board")
    hand.press(first.get_by_role("button", name="Accept"))
    expect(first.locator(".app-decided")).to_contain_text("Agreed by the board")
    expect(first.locator(".app-decided")).to_contain_text("It is in on paper only on")
    axe(page)
    hand.press(first.get_by_role("button", name="Undo this decision"))
    expect(first.locator("summary", has_text="Accept or decline")).to_be_visible()


def test_send_the_link(page: Page, hand: Hand, browser: Browser, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    goto(page, f"{SCENARIO}?on=2026-06-01&level=1")
    hand.press(page.get_by_role("link", name="Move the date"))
    day = page.get_by_label("Day", exact=True)
    hand.type(day, "06012027") if isinstance(hand, Keyboard) else day.fill("2027-06-01")
    hand.press(page.get_by_role("button", name="Add this change"))
    expect(page.locator(".app-changes__words")).to_have_text("The mission is looked at on 1 June 2027")
    hand.press(page.get_by_role("link", name="Make an introduction"))
    hand.type(page.get_by_label("One organisation"), "ofgem")
    hand.type(page.get_by_label("The other organisation"), "elexon")
    hand.press(page.get_by_role("button", name="Add this change"))
    expect(page.locator(".app-changes__words")).to_have_count(2)
    ready(page)
    hand.press(page.get_by_role("button", name="Copy link", exact=True))
    expect(page.locator("#announcement")).to_have_text("The link to this view is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    context = browser.new_context()
    other = context.new_page()
    goto(other, link)
    counted = (
        "() => [...document.querySelectorAll('[data-count-to]')].every((f) => f.textContent === f.dataset.countTo)"
    )
    words = "() => document.querySelector('main').innerText.replace('Link copied', 'Copy link')"
    said = "#changes-said"
    for view in (page, other):
        view.wait_for_function("() => document.querySelector('#whatif-ring').dataset.ringShows === 'after'")
        view.wait_for_function(counted)
        view.locator(said).evaluate("(one) => one.remove()")  # it also says that something was just added
    assert other.evaluate(words) == page.evaluate(words)
    assert other.url == page.url == link
    context.close()


# ── without a mouse there is a keyboard; without scripts there are forms ────────────────────────────────


def test_without_scripts_a_change_is_put_together_and_undone(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    watch = Watch(context, server)
    page = context.new_page()
    page.goto(SCENARIO)
    page.get_by_role("link", name="Strengthen a tie").click()
    page.get_by_label("One end").fill("energy system operator")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#error-summary")).to_contain_text("There is no organisation 'energy system operator'.")
    expect(page.get_by_role("group", name="Which one do you mean?")).to_be_visible()
    page.get_by_label(BIGGEST).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The other end").select_option(label="Elexon")
    page.get_by_role("button", name="Add this change").click()
    expect(page.locator("#error-summary")).to_contain_text("Enter how close.")
    page.get_by_label("How close").select_option("4")
    page.get_by_role("button", name="Add this change").click()
    expect(page.locator(".app-changes__words")).to_have_text(f"{BIGGEST} and Elexon work more closely: integration")
    expect(page.locator(".app-figure__value").first).not_to_be_empty()
    with page.expect_download() as found:
        page.get_by_role("link", name="Download the list").click()
    text = Path(found.value.path()).read_text(encoding="utf-8")
    assert tomllib.loads(text)["changes"] == [
        {"change": "strengthen-tie", "source_id": "neso", "target_id": "elexon", "level": 4}
    ]
    undo(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if? Try a change and see what it would do")
    assert watch.problems() == []
    context.close()


def test_what_goes_wrong_is_told_where_it_is_and_the_list_stays(page: Page) -> None:
    goto(page, f"{SCENARIO}?changes=%5B%7Bchange%3D%22abolish%22%2Corganisation_id%3D%22neso%22%7D%5D&form=introduce")
    page.get_by_label("One organisation").fill("neso")
    page.get_by_label("The other organisation").fill("elexon")
    page.get_by_role("button", name="Add this change").click()
    ready(page)
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(f"{BIGGEST} has ended already, by change 1.")
    expect(page.locator(".app-changes__words")).to_have_text(f"{BIGGEST} is abolished")
    expect(page.get_by_label("The other organisation")).to_have_value("Elexon")
    summary.get_by_role("link").click()
    page.get_by_label("One organisation").fill("")
    page.get_by_role("button", name="Add this change").click()
    ready(page)
    expect(summary).to_contain_text("Enter one organisation.")
    summary.get_by_role("link").click()
    expect(page.get_by_label("One organisation")).to_be_focused()


def test_who_wants_no_motion_sees_the_end_at_once(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(LISTENS)
    goto(page, f"{SCENARIO}?changes=%5B%7Bchange%3D%22abolish%22%2Corganisation_id%3D%22neso%22%7D%5D")
    page.wait_for_function("() => window.told.some(([name, to]) => name === 'ringmap:glided' && to === 'after')")
    assert [ms for name, _, ms in page.evaluate("window.told") if name == "ringmap:gliding"] == [0]


def test_it_prints_without_its_forms_and_with_what_would_be(page: Page) -> None:
    goto(page, f"{SCENARIO}?changes=%5B%7Bchange%3D%22abolish%22%2Corganisation_id%3D%22neso%22%7D%5D")
    page.emulate_media(media="print")
    expect(page.locator("#add-change")).to_be_hidden()
    expect(page.get_by_role("link", name="Undo all")).to_be_hidden()
    expect(page.locator(".app-changes__words")).to_be_visible()
    expect(page.locator("#turns .change-grid")).to_be_visible()


def test_a_change_of_the_day_keeps_the_list(page: Page) -> None:
    goto(page, f"{SCENARIO}?changes=%5B%7Bchange%3D%22abolish%22%2Corganisation_id%3D%22neso%22%7D%5D")
    page.get_by_role("combobox", name="Ties").select_option("1")
    ready(page)
    expect(page.get_by_role("combobox", name="Ties")).to_have_value("1")
    expect(page.locator(".app-changes__words")).to_have_text(f"{BIGGEST} is abolished")
    page.get_by_role("combobox", name="Mission").select_option("growth")
    ready(page)
    expect(page).to_have_title("What if: Kickstart economic growth · Mission orchestrator")
    expect(page.locator(".app-changes__words")).to_have_count(0)
