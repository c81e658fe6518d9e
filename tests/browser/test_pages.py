"""Every page as people meet it: without barriers, at three widths, by keyboard, without scripts, from a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote_plus, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.app import create_app
from tests.browser.serving import serving
from tests.browser.watching import Watch
from tests.packs import EMOJI, HTML, MISSION, RIGHT_TO_LEFT, SHAPES, library

CLEAN_ENERGY: Final = "/mission/clean-energy"
#: One change that can be applied, and one that cannot because of it.
CHANGES: Final = urlencode(
    {
        "changes": '[{change="abolish",organisation_id="neso"},{change="withdraw-engagement",organisation_id="neso"}]',
        "add": "abolish",
    }
)
#: Pages, and pages with something picked, by a name.
VIEWS: Final = {
    "missions": "/",
    "overview": CLEAN_ENERGY,
    "overview of a mission without requirements": "/mission/milestone-hospital-backlogs",
    "coverage": f"{CLEAN_ENERGY}/coverage",
    "coverage of a place": f"{CLEAN_ENERGY}/coverage?place=N92000002",
    "coverage of a cell": f"{CLEAN_ENERGY}/coverage?capability=onshore-renewables&place=E12000007",
    "coverage of one capability": f"{CLEAN_ENERGY}/coverage?only=skills&sector=local&state=gap",
    "coverage that falls": "/mission/levelling-up-09-pride-in-place/coverage?on=2028-11-27",
    "network": f"{CLEAN_ENERGY}/network",
    "network with a body": f"{CLEAN_ENERGY}/network?body=ofgem",
    "network, two steps, by place": f"{CLEAN_ENERGY}/network?body=ofgem&around=2&groups=place&only=relied-on",
    "network with a search": f"{CLEAN_ENERGY}/network?find=energy",
    "bottlenecks": f"{CLEAN_ENERGY}/bottlenecks",
    "bottlenecks in worlds": "/mission/levelling-up-11-crime/bottlenecks?worlds=10",
    "partners": f"{CLEAN_ENERGY}/partners",
    "partners within limits": f"{CLEAN_ENERGY}/partners?max-new=2&firm-most=1",
    "partners, wrong limits": f"{CLEAN_ENERGY}/partners?max-new=no&firm-least=x",
    "partners, limits that contradict": f"{CLEAN_ENERGY}/partners?firm-least=400",
    "export": f"{CLEAN_ENERGY}/export",
    "principles": f"{CLEAN_ENERGY}/principles",
    "principles of a mission without requirements": "/mission/milestone-hospital-backlogs/principles",
    "across missions": "/across",
    "across a set of missions": "/across?set=Five+missions+2024",
    "organisation": "/organisation/ofgem",
    "organisation in no mission": "/organisation/adur-district-council",
    "changes": f"{CLEAN_ENERGY}/changes",
    "changes of nothing": f"{CLEAN_ENERGY}/changes?before=",
    "words": "/words",
    "data": "/data",
    "bring a pack": "/data/bring",
    "names without evidence": "/data/match",
    "what if": f"{CLEAN_ENERGY}/scenario",
    "what if, a form": f"{CLEAN_ENERGY}/scenario?form=add-tie",
    "what if, a split": f"{CLEAN_ENERGY}/scenario?form=split&new-organisation_id=neso",
    "what if, in doubt": f"{CLEAN_ENERGY}/scenario?add=abolish&new-organisation_id=council",
    "what if, changes": f"{CLEAN_ENERGY}/scenario?{CHANGES}",
    "a wrong day": f"{CLEAN_ENERGY}?on=tomorrow",
    "a day before everything": f"{CLEAN_ENERGY}/network?on=1900-01-01",
}
#: Everybody with a name that is none has a part in it.
AWKWARD: Final = (
    '[{change="merge",organisation_ids=["a","d"],into="d"},{change="abolish",organisation_id="a"},'
    '{change="add-engagement",organisation_id="e",status="committed"},'
    '{change="add-tie",source_id="c",target_id="e",fund="<b>fund</b>"}]'
)
SCENARIOS: Final = (
    f"/scenario?changes={quote_plus(AWKWARD)}&form=split&new-organisation_id=b",
    "/scenario?add=abolish&new-organisation_id=s",
    "/partners?max-new=1",
)
WIDTHS: Final = (1440, 768, 320)
#: Views that look otherwise on a narrow page.
NARROW: Final = ("coverage", "network with a body")


def goto(page: Page, address: str) -> None:
    """Open a page, and wait until the script can bring the next and the map, where there is one, is painted."""
    page.goto(address)
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_function("() => document.documentElement.dataset.ready === 'true'")
    page.wait_for_function("() => !document.body.hasAttribute('aria-busy')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-ring-map]')].every((map) => map.dataset.ringReady)"
    )


def width_of(page: Page) -> tuple[int, int]:
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return wide, room


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_no_barriers_and_never_scrolls_sideways(view: str, page: Page, axe: Callable[[Page], None]) -> None:
    goto(page, VIEWS[view])
    page.wait_for_function("() => !document.querySelector('[data-working]')", timeout=60_000)
    page.eval_on_selector_all("details", "(all) => all.forEach((one) => { one.open = true; })")
    axe(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        ready(page)
        wide, room = width_of(page)
        assert wide <= room, f"{view} is {wide} pixels wide in {room}"
    if view in NARROW:
        axe(page)


def test_the_page_for_what_is_not_there_has_no_barriers(page: Page, watch: Watch, axe: Callable[[Page], None]) -> None:
    watch.expect("404")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/mission/clean-energi")
    expect(page.locator("h1")).to_have_text("There is no mission of this name")
    assert width_of(page) == (320, 320)
    axe(page)


@pytest.fixture(scope="module")
def awkward_server() -> Iterator[str]:
    with serving(create_app(library(SHAPES["awkward names"])).server) as address:
        yield address


ORGANISATIONS: Final = tuple(f"/organisation/{body}" for body in "ae")


class TestAwkwardNames:
    """Names with markup, of another direction, of four thousand letters."""

    @pytest.fixture
    def home(self, awkward_server: str) -> str:
        return awkward_server

    @pytest.mark.parametrize(
        "part",
        [
            "",
            "/coverage?capability=s&place=e",
            "/principles",
            "/network?capability=s&place=e",
            "/network?body=a",
            "/bottlenecks",
            *ORGANISATIONS,
            *SCENARIOS,
        ],
    )
    def test_they_stay_text_and_the_page_keeps_its_width(
        self, part: str, page: Page, axe: Callable[[Page], None]
    ) -> None:
        goto(page, part if part.startswith("/organisation") else f"/mission/{MISSION}{part}")
        assert page.locator("main img, main script, main a[href^=javascript]").count() == 0
        axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide, room = width_of(page)
            assert wide <= room, f"{wide} pixels wide in {room}"

    def test_a_search_offers_them_as_the_letters_they_are(self, page: Page, axe: Callable[[Page], None]) -> None:
        page.set_viewport_size({"width": 320, "height": 900})
        goto(page, f"/mission/{MISSION}/network")
        for words, name in (("<img", HTML), ("asa", EMOJI), (RIGHT_TO_LEFT[:4], RIGHT_TO_LEFT)):
            page.get_by_label("Find an organisation").fill(words)
            option = page.locator("#find-options [data-item] span:first-child")
            expect(option).to_have_text(name)
        assert page.locator("main img").count() == 0
        assert width_of(page) == (320, 320)
        axe(page)


# ── without scripts, without a mouse ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path", ["/", *(f"{CLEAN_ENERGY}{part}" for part in ("", "/coverage", "/network", "/bottlenecks", "/principles"))]
)
def test_a_page_can_be_read_and_left_without_scripts(path: str, browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    watch = Watch(context, server)
    page = context.new_page()
    page.goto(path)
    expect(page.locator("h1")).not_to_be_empty()
    for card in page.locator("section.app-card").all():
        expect(card.locator(".app-card__sentence")).not_to_be_empty()
        card.locator("summary", has_text="View as a table").click()
        expect(card.locator("tbody tr").first).to_be_visible()
    page.locator("main a[href^='/'], nav[aria-label=Mission] a").first.click()
    expect(page.locator("h1")).not_to_be_empty()
    assert watch.problems() == []
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    goto(page, CLEAN_ENERGY)
    page.keyboard.press("Tab")
    skip = page.locator(".govuk-skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_can_be_seen_and_has_a_name(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}/bottlenecks")
    stops = []
    for _ in range(14):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => {
                  const here = document.activeElement, style = getComputedStyle(here);
                  const box = here.getBoundingClientRect();
                  const label = here.labels && here.labels[0] ? here.labels[0].innerText : "";
                  const name = (here.getAttribute("aria-label") || here.innerText || label).trim();
                  const looks = [style.outlineStyle, style.boxShadow, style.backgroundColor];
                  const seen = looks.some((look) => !["none", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(look));
                  return [here.tagName + ":" + name, Boolean(name), seen, box.width > 0 && box.height > 0];
                }"""
            )
        )
    assert all(all(stop[1:]) for stop in stops), stops
    assert len({stop[0] for stop in stops}) > 10


# ── from page to page ─────────────────────────────────────────────────────────────────────────────


def test_a_new_page_comes_without_loading_and_the_heading_gets_the_focus(page: Page) -> None:
    goto(page, CLEAN_ENERGY)
    page.evaluate("window.stayed = true")
    page.get_by_role("navigation", name="Mission").get_by_role("link", name="Coverage").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Nobody works on")
    expect(heading).to_be_focused()
    expect(page).to_have_title("Coverage: Make Britain a clean energy superpower · Mission orchestrator")
    expect(page).to_have_url(f"{page.evaluate('location.origin')}{CLEAN_ENERGY}/coverage")
    assert page.evaluate("window.stayed")


def test_back_and_forward_show_what_was_there(page: Page) -> None:
    goto(page, CLEAN_ENERGY)
    first = page.locator("h1").inner_text()
    page.get_by_role("link", name="Coverage", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Nobody works on")
    second = page.locator("h1").inner_text()
    page.locator("#need-grid a.state").first.click()
    picked = page.locator("#picked-need")
    expect(picked).to_be_visible()
    page.go_back()
    expect(picked).to_have_count(0)
    page.go_back()
    expect(page.locator("h1")).to_have_text(first)
    page.go_forward()
    expect(page.locator("h1")).to_have_text(second)
    page.go_forward()
    expect(picked).to_be_visible()


def test_enter_on_a_cell_opens_what_is_behind_it(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}/coverage")
    cell = page.locator("#need-grid a.state--gap").first
    said = cell.inner_text()
    cell.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#picked")
    expect(panel).to_contain_text("Nobody works on it." if "gap" in said else "Working there")
    capability, _, place = said.split(". ", 1)[1].removesuffix(": gap").partition(", ")
    expect(panel.locator("h2")).to_have_text(f"{capability} in {place}")
    expect(panel.locator("h2")).to_be_focused()
    panel.get_by_role("link", name="Clear the choice").click()
    expect(panel).to_have_count(0)


def test_a_tile_opens_every_requirement_of_its_place(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}/coverage")
    tile = page.locator("#tiles .tile", has_text="Wales")
    wanted = tile.locator(".tile__of").inner_text().strip().removeprefix("at risk of ")
    tile.locator("a").click()
    expect(page.locator("#picked h2")).to_have_text("Wales")
    expect(page.locator("#picked details")).to_have_count(int(wanted))


def test_another_level_of_ties_is_another_view_with_its_own_address(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}/network")
    ties = page.locator(".app-figure__detail").first
    before = ties.inner_text()
    page.get_by_label("Ties", exact=True).select_option("4")
    expect(ties).not_to_have_text(before)
    assert page.evaluate("location.search") == "?level=4"
    expect(page.get_by_label("Ties", exact=True)).to_have_value("4")


class TestTwoMissions:
    """A pack of our own with a second mission, so that there is another one to choose."""

    @pytest.fixture
    def home(self) -> Iterator[str]:
        tables = {**SHAPES["many gaps"]}
        tables["missions"] = [*tables["missions"], {"mission_id": "n", "title": "Another one", "centre_id": "a"}]
        with serving(create_app(library(tables)).server) as address:
            yield address

    def test_choosing_another_mission_keeps_page_day_and_level(self, page: Page) -> None:
        goto(page, f"/mission/{MISSION}/bottlenecks?on=2026-01-02&level=1")
        page.get_by_role("combobox", name="Mission").select_option("n")
        expect(page).to_have_title("Relied on: Another one · Mission orchestrator")
        assert page.evaluate("location.pathname + location.search") == "/mission/n/bottlenecks?on=2026-01-02&level=1"
        expect(page.locator("h1")).to_be_focused()


def test_a_day_is_typed_and_a_wrong_one_is_told(page: Page) -> None:
    goto(page, CLEAN_ENERGY)
    day = page.get_by_label("Day")
    day.fill("1990-05-01")
    day.press("Enter")
    expect(page.locator(".app-lede")).to_contain_text("on 1 May 1990")
    assert page.evaluate("location.search") == "?on=1990-05-01"
    page.get_by_label("Day").fill("soon")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_have_text(
        "'soon' is not a day, so today is shown. Write a day like 2026-11-23."
    )


def test_the_day_goes_along_to_the_other_pages(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}?on=2030-01-02")
    page.get_by_role("link", name="Network", exact=True).click()
    expect(page.locator("#network")).to_be_visible()
    assert page.evaluate("location.pathname + location.search") == f"{CLEAN_ENERGY}/network?on=2030-01-02"
    expect(page.locator("footer")).to_contain_text("2 January 2030")


@pytest.mark.parametrize("view", ["coverage of a place", "network with a body", "a day before everything"])
def test_a_copied_link_restores_the_view(view: str, page: Page, browser: Browser, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    goto(page, VIEWS[view])
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    expect(page.locator("#announcement")).to_have_text("The link to this view is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    context = browser.new_context()
    other = context.new_page()
    goto(other, link)
    for part in ("h1", "main .app-picked", "#picked-panel", "select[name=level]", ".app-lede"):
        assert other.locator(part).all_inner_texts() == page.locator(part).all_inner_texts()
    chosen = "document.querySelector('[data-ring-map]')?.dataset.selected"
    assert other.evaluate(chosen) == page.evaluate(chosen)
    context.close()


# ── tables that are long ──────────────────────────────────────────────────────────────────────────


def test_a_long_table_scrolls_in_its_own_room_and_prints_whole(page: Page) -> None:
    goto(page, f"{CLEAN_ENERGY}/network")
    page.locator("#network summary").click()
    room = page.locator("#network details .app-scroll")
    high = "(room) => [room.clientHeight, room.scrollHeight]"
    shown, whole = room.evaluate(high)
    assert shown < 600 < whole
    room.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('#network details .app-scroll').scrollTop > 0")
    page.emulate_media(media="print")
    shown, whole = room.evaluate(high)
    assert shown >= whole - 1


def test_on_a_narrow_page_the_tables_of_the_grid_and_the_tiles_are_open(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    goto(page, f"{CLEAN_ENERGY}/coverage")
    expect(page.locator("#need-grid details tbody tr").first).to_be_visible()
    expect(page.locator("#tiles details tbody tr").first).to_be_visible()
    expect(page.locator("#tiles .tile").first).to_be_hidden()
