"""The watch and axe-core find what they are there for: small pages, each with one planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.serving import serving
from tests.browser.watching import Watch

SOUND: Final = "<h1>Sound</h1><p>Nothing is wrong here.</p>"
PAGES: Final = {
    "/": SOUND,
    "/console": SOUND + "<script>console.error('the console knows')</script>",
    "/throws": SOUND + "<script>setTimeout(() => { throw new Error('nobody caught it') })</script>",
    "/rejects": SOUND + "<script>Promise.reject(new Error('nobody waited'))</script>",
    "/elsewhere": SOUND + "<img alt='' src='http://elsewhere.invalid/pixel.gif'>",
    "/asks": SOUND + "<script>fetch('http://127.0.0.2:9/').catch(() => 0)</script>",
    "/in-place": SOUND + "<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>",
    "/no-name": SOUND + "<button></button>",
    "/faint": SOUND + "<p style='color:#999;background:#fff'>Hard to read</p>",
    "/small": SOUND
    + "<div><button style='all:unset;width:9px;height:9px;display:inline-block' aria-label='a'></button>"
    "<button style='all:unset;width:9px;height:9px;display:inline-block' aria-label='b'></button></div>",
}


def small_site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A page for each fault, the same address always the same."""
    body = PAGES.get(environ["PATH_INFO"])
    start_response("200 OK" if body else "404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
    head = "<!doctype html><html lang='en'><head><title>A page</title><link rel='icon' href='data:,'></head>"
    return [f"{head}<body><main>{body or 'No such page'}</main></body></html>".encode()]


@pytest.fixture(scope="module")
def small_server() -> Iterator[str]:
    with serving(small_site) as address:
        yield address


@pytest.fixture
def home(small_server: str) -> str:
    return small_server


@pytest.mark.parametrize("path", ["/", "/in-place"])
def test_a_sound_page_passes(path: str, page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(path, wait_until="networkidle")
    axe(page)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/console", "the console knows"),
        ("/throws", "nobody caught it"),
        ("/rejects", "nobody waited"),
        ("/elsewhere", "another host: GET http://elsewhere.invalid/pixel.gif"),
        ("/asks", "another host: GET http://127.0.0.2:9/"),
        ("/missing", "404"),
    ],
)
def test_the_watch_sees_it(path: str, said: str, watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.goto(path, wait_until="networkidle")
    assert any(said in problem for problem in watch.problems())


def test_what_a_test_expects_passes(page: Page, watch: Watch) -> None:
    watch.expect("404")
    page.goto("/missing")


def test_what_was_expected_and_did_not_happen_is_told(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    watch.expect("404")
    page.goto("/")
    assert watch.problems() == ["expected, and did not happen: 404"]


@pytest.mark.parametrize(
    ("path", "rule"), [("/no-name", "button-name"), ("/faint", "color-contrast"), ("/small", "target-size")]
)
def test_axe_finds_it(path: str, rule: str, page: Page) -> None:
    page.goto(path)
    assert any(line.startswith(f"{rule} ") for line in violations(page))
