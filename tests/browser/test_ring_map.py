"""The ring map in its page: by mouse, by keys, from the list, and back into the address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.test_pages import goto

NETWORK: Final = "/mission/clean-energy/network"
MAP: Final = "#ring-map"


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


# ── finding, filtering, surroundings ──────────────────────────────────────────────────────────────


def test_a_name_is_found_by_keyboard_lit_on_the_map_and_selected(page: Page, axe: Callable[[Page], None]) -> None:
    goto(page, NETWORK)
    field = page.get_by_role("searchbox", name="Find an organisation")
    field.focus()
    page.keyboard.type("citizens adv")
    box = page.get_by_role("combobox", name="Find an organisation")
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.locator("#find-options [data-item]")
    assert all("citizens adv" in name.casefold() for name in options.locator("span:first-child").all_inner_texts())
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "find-option-0")
    expect(page.locator("#ring-map .ringmap-tip")).to_contain_text("Citizens Advice")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("#picked-panel h3")).to_have_text("Citizens Advice")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert body_in_address(page) == "citizens-advice"


def test_who_is_not_in_the_mission_is_found_in_the_register(page: Page) -> None:
    goto(page, NETWORK)
    page.get_by_label("Find an organisation").fill("Adur District")
    expect(page.locator("#find-options")).to_contain_text("Nobody in this mission")
    page.keyboard.press("Enter")
    found = page.locator(".app-found")
    expect(found).to_contain_text("not in this mission")
    found.get_by_role("link", name="Adur District Council").click()
    expect(page.locator("h1")).to_have_text("Adur District Council takes part in no mission")


def test_a_filter_dims_the_others_says_how_many_are_shown_and_is_in_the_link(page: Page) -> None:
    goto(page, NETWORK)
    page.get_by_label("Show", exact=True).select_option("firm")
    expect(page.locator("#ring-map [aria-live]")).to_have_text("41 of 130 organisations are shown.")
    page.get_by_label("Show whom").select_option("relied-on")
    told = page.locator("#ring-map [aria-live]")
    expect(told).not_to_have_text("41 of 130 organisations are shown.")
    said = told.inner_text()
    assert page.evaluate("location.search") == "?sector=firm&only=relied-on"
    page.reload()
    goto(page, page.url)
    page.get_by_label("Show", exact=True).select_option("")
    page.get_by_label("Show", exact=True).select_option("firm")
    expect(page.locator("#ring-map [aria-live]")).to_have_text(said)


def test_surroundings_follow_the_selection_and_lead_from_body_to_body(page: Page) -> None:
    goto(page, NETWORK)
    expect(page.locator("#surroundings")).to_have_count(0)
    page.locator("[data-ring-pick=ofgem]").click()
    expect(page.locator("#surroundings h2")).to_have_text("Surroundings of Ofgem")
    page.wait_for_selector("#around-map[data-ring-ready=true]")
    around = page.locator("#around-map")
    around.focus()
    page.keyboard.press("ArrowUp")
    expect(around.locator("[aria-live]")).to_contain_text("step from Ofgem")
    page.keyboard.press("Enter")
    expect(page.locator("#surroundings h2")).not_to_have_text("Surroundings of Ofgem")
    assert page.locator("#ring-map").evaluate("(map) => window.ringmap.first().wanted") == body_in_address(page)
    page.locator("#surroundings").get_by_role("link", name="Two steps").click()
    expect(page.locator("#surroundings table").nth(1)).to_be_attached()
    assert "around=2" in page.evaluate("location.search")


def test_the_matrix_and_its_table_hold_the_same_ties_and_a_name_leads_to_its_page(page: Page) -> None:
    goto(page, f"{NETWORK}?body=ofgem")
    card = page.locator("#mixing")
    card.locator("summary").click()
    cells = [int(text.replace(",", "")) for text in card.locator(".mix__seen").all_inner_texts()]
    rows = card.locator("details tbody tr").all()
    listed = [(row.locator("td").nth(0).inner_text(), int(row.locator("td").nth(1).inner_text())) for row in rows]
    assert sum(cells) == sum(ties * (1 if other == "itself" else 2) for other, ties in listed)
    page.locator("#picked-panel h3 a").click()
    expect(page.locator("h1")).to_contain_text("Ofgem takes part in")
    expect(page.locator("#ties tbody tr").first).to_be_visible()


def test_missing_partners_stand_on_the_map_with_the_letters_of_the_list(page: Page) -> None:
    with page.expect_response(lambda response: "network.json" in response.url) as brought:
        goto(page, NETWORK)
    ring = json.loads(brought.value.body())
    names = {one["letter"]: one["name"] for one in ring["missing"]}
    names |= {letter: ring["bodies"]["name"][at] for at, letter in ring["lettered"]}
    entries = page.locator("[data-ring-pick]:has(.app-disc--missing)")
    listed = dict(
        zip(
            entries.locator(".app-disc").all_inner_texts(),
            entries.locator(".app-list__name").all_inner_texts(),
            strict=True,
        )
    )
    assert listed
    assert all(names.get(letter, name) == name for letter, name in listed.items())
    entries.first.click()
    expect(page.locator("#ring-map .ringmap-tip")).to_contain_text("Missing partner A")


# ── all of it by keyboard ─────────────────────────────────────────────────────────────────────────


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never came to {selector}")


def test_all_of_the_network_page_by_keyboard(page: Page) -> None:
    goto(page, NETWORK)
    tab_to(page, "#find")
    page.keyboard.type("ofgem")
    page.keyboard.press("Enter")
    expect(page.locator("#picked-panel h3")).to_have_text("Ofgem")
    tab_to(page, "#filter-sector")
    page.keyboard.type("Firms")
    expect(page.locator("#ring-map [aria-live]")).to_have_text("41 of 130 organisations are shown.")
    page.keyboard.press("Home")
    expect(page.locator("#ring-map [aria-live]")).to_have_text("All 130 organisations are shown.")
    tab_to(page, "#ring-map")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#picked-panel h3")).not_to_have_text("Ofgem")
    tab_to(page, "#network summary")
    page.keyboard.press("Enter")
    expect(page.locator("#network tbody tr").first).to_be_visible()
    page.evaluate("document.querySelector('#surroundings').scrollIntoView()")
    tab_to(page, "#around-map", most=400)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#around-map .ringmap-tip")).to_be_visible()
    tab_to(page, "#mixing .app-toggle a:not([aria-current])", most=60)
    page.keyboard.press("Enter")
    expect(page.locator("#mixing .app-toggle a[aria-current]")).to_have_text("By place")
    expect(page.locator("#mixing .app-toggle a[aria-current]")).to_be_focused()


# ── who is relied on ──────────────────────────────────────────────────────────────────────────────


def test_how_sure_it_is_is_worked_out_on_asking_and_the_answer_has_an_address(page: Page) -> None:
    goto(page, "/mission/levelling-up-11-crime/bottlenecks")
    expect(page.locator("#relied-on .govuk-tag")).to_have_count(0)
    page.get_by_role("link", name="How sure is this?").click()
    tags = page.locator("#relied-on .app-reliance__head .govuk-tag")
    expect(tags.first).to_be_visible(timeout=60_000)
    assert {word.casefold() for word in tags.all_inner_texts()} <= {"robust", "likely", "cannot tell"}
    assert page.evaluate("location.search") == "?worlds=200"
