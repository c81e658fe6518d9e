"""The ring map in its page: by mouse, by keys, from the list, and back into the address."""

from __future__ import annotations

import json
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.test_pages import goto

NETWORK: Final = "/mission/clean-energy/network"
MAP: Final = "[data-ring-map]"


def body_in_address(page: Page) -> str:
    return str(page.evaluate("new URLSearchParams(location.search).get('body') || ''"))


def test_a_body_picked_in_the_list_is_picked_on_the_map_and_in_the_address(page: Page) -> None:
    goto(page, NETWORK)
    entry = page.locator("[data-ring-pick]").nth(2)
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    name = entry.locator(".app-list__name").inner_text()
    expect(page.locator("#picked-panel h3")).to_have_text(name)
    assert body_in_address(page) == entry.get_attribute("data-ring-pick")
    expect(page.locator("[data-ring-pick][aria-pressed=true]")).to_have_count(1)
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#picked-panel")).to_have_text("Nothing is selected.")
    assert body_in_address(page) == ""


def test_a_disc_picked_on_the_map_is_picked_in_the_list(page: Page) -> None:
    goto(page, f"{NETWORK}?body=ofgem")
    entry = page.locator("[data-ring-pick=ofgem]")
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#picked-panel h3")).to_have_text("Ofgem")
    page.locator(MAP).focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(entry).to_have_attribute("aria-pressed", "false")
    picked = pick_on_the_map(page, entry.get_attribute("data-ring-pick") or "")
    assert picked == "ofgem"
    expect(entry).to_have_attribute("aria-pressed", "true")


def pick_on_the_map(page: Page, body: str) -> str:
    """Walk there with the arrow keys: to the nearest in a direction until it is the one. Gives what is picked."""
    name = page.locator(f"[data-ring-pick='{body}'] .app-list__name").inner_text()
    for keys in (["ArrowUp"] * 6, ["ArrowLeft"] * 6, ["ArrowRight"] * 8, ["ArrowDown"] * 6):
        for key in keys:
            page.keyboard.press(key)
            if name in said(page):
                page.keyboard.press("Enter")
                page.wait_for_function("() => new URLSearchParams(location.search).get('body')")
                return body_in_address(page)
    raise AssertionError(f"the arrow keys never came to {name}")


def said(page: Page) -> str:
    """What was announced last, on the map or on the page."""
    return " ".join(page.locator(f"{MAP} [aria-live], #announcement").all_text_contents())


def test_arrow_keys_move_announce_and_enter_selects(page: Page) -> None:
    goto(page, NETWORK)
    page.locator(MAP).focus()
    heard = set()
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        before = said(page)
        page.keyboard.press(key)
        heard.add(said(page) or before)
    assert len(heard) > 2
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('body')")
    expect(page.locator("#picked-panel h3")).to_be_visible()
    assert page.locator("#picked-panel h3").inner_text() in said(page)


def test_the_selection_stays_when_the_page_is_left_and_came_back_to(page: Page) -> None:
    goto(page, NETWORK)
    page.locator("[data-ring-pick]").first.click()
    name = page.locator("[data-ring-pick] .app-list__name").first.inner_text()
    expect(page.locator("#picked-panel h3")).to_have_text(name)
    page.get_by_role("link", name="Coverage", exact=True).click()
    expect(page.locator("#need-grid")).to_be_visible()
    page.go_back()
    expect(page.locator("#picked-panel h3")).to_have_text(name)
    expect(page.locator("[data-ring-pick]").first).to_have_attribute("aria-pressed", "true")


def test_the_map_is_brought_once_and_shows_everyone_of_the_table(page: Page) -> None:
    with page.expect_response(lambda response: "network.json" in response.url) as brought:
        goto(page, NETWORK)
    ring = json.loads(brought.value.body())
    page.locator("#network summary").click()
    expect(page.locator("#network tbody tr")).to_have_count(len(ring["bodies"]["id"]))
    assert sum(wedge["count"] for wedge in ring["wedges"]) == len(ring["bodies"]["id"]) - 1


def test_an_overview_link_leads_to_its_body_on_the_map(page: Page) -> None:
    goto(page, "/mission/clean-energy")
    link = page.locator(".app-list__item").nth(1)
    name = link.locator(".app-list__name").inner_text()
    link.click()
    expect(page.locator("#picked-panel h3")).to_have_text(name)
    expect(page.locator("[data-ring-pick][aria-pressed=true] .app-list__name")).to_have_text(name)


# ── from one picture to another ───────────────────────────────────────────────────────────────────

_GLIDES: Final = """async (begin) => {
  const host = document.querySelector("[data-ring-map]"), seen = [];
  host.addEventListener("ringmap:gliding", (event) => seen.push(["sets off", event.detail.to, event.detail.ms]));
  const rested = (to) => new Promise((done) => host.addEventListener("ringmap:glided", function rest(event) {
    if (event.detail.to !== to) return;
    host.removeEventListener("ringmap:glided", rest);
    done(seen.push(["rests", to, host.dataset.ringShows]));
  }));
  if (begin) host.dataset.ringBegin = begin;
  const first = rested(begin || "after");
  host.dataset.ringTo = host.dataset.address + "?level=1";
  await first;
  const back = rested(begin ? "after" : "before");
  host.dispatchEvent(new CustomEvent("ringmap:glide", { bubbles: true, detail: { to: begin ? "after" : "before" } }));
  await back;
  return seen;
}"""


def test_a_map_with_two_pictures_glides_from_one_to_the_other_and_back(page: Page) -> None:
    goto(page, NETWORK)
    seen = page.evaluate(_GLIDES)
    assert [step[:2] for step in seen] == [
        ["sets off", "after"],
        ["rests", "after"],
        ["sets off", "before"],
        ["rests", "before"],
    ]
    assert seen[0][2] > 0
    assert (seen[1][2], seen[3][2]) == ("after", "before")


def test_with_reduced_motion_the_second_picture_is_there_at_once_and_waits_if_asked_to(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    goto(page, NETWORK)
    assert page.evaluate(_GLIDES, "before") == [
        ["rests", "before", "before"],
        ["sets off", "after", 0],
        ["rests", "after", "after"],
    ]
