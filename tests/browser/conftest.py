"""The real app in a real browser.

``server`` is the address of the app with the packaged packs. ``page`` is a page of a fresh browser context: a test
that uses it fails when the console shows an error, the page throws one, or anything asks another host.
``axe(page)`` fails on any violation of WCAG 2.2 A or AA. Whatever uses the browser is marked ``browser`` by
tests/conftest.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.chromium import FLAGS, HOW_TO_GET_ONE, browser_is_required, find_chromium
from tests.browser.serving import serving
from tests.browser.watching import Watch


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless. Without one the test is skipped, or fails where a browser is required."""
    path = find_chromium()
    if path is None:
        if browser_is_required():
            pytest.fail(f"A browser is required, and there is none. {HOW_TO_GET_ONE}", pytrace=False)
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the app, with the packaged packs, without a slash at the end."""
    from dashboards.app import create_app  # here, so that the watch can be tried without the app
    from orchestrator.study import Library, open_pack

    with serving(create_app(Library(open_pack())).server) as address:
        yield address


@pytest.fixture
def home(server: str) -> str:
    """The one address that pages may ask. A test module that serves something else gives its own."""
    return server


@pytest.fixture
def watched(browser: Browser, home: str) -> Iterator[tuple[Page, Watch]]:
    """A page of a fresh context, 1440 × 900, and what watches it. ``page`` judges; a test may look for itself."""
    context = browser.new_context(base_url=home, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    watch = Watch(context, home)
    yield context.new_page(), watch
    context.close()


@pytest.fixture
def watch(watched: tuple[Page, Watch]) -> Watch:
    """What watches the page: ``watch.expect("404")`` lets pass what a test brings about on purpose."""
    return watched[1]


@pytest.fixture
def page(watched: tuple[Page, Watch]) -> Iterator[Page]:
    """A page. ``page.goto("/mission/…")`` is relative to the app. Errors and requests elsewhere fail the test."""
    yield watched[0]
    if problems := watched[1].problems():
        pytest.fail("In the browser:\n" + "\n".join(problems), pytrace=False)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)``: fail on any violation of WCAG 2.2 A or AA on the page as it stands now."""

    def check(page: Page) -> None:
        if found := violations(page):
            pytest.fail(f"{page.url} breaks WCAG 2.2:\n" + "\n".join(found), pytrace=False)

    return check
