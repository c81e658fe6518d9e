"""What goes wrong in a browser with nobody looking: errors in the console, errors of a page, requests elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Route, WebError

NOWHERE = ("data", "blob", "about")  # addresses that no request leaves for


class Watch:
    """Notes everything that should not happen in any page of a browser context, and keeps requests on one host.

    ``expect`` names what a test brings about on purpose: a page that is not there says so in the console.
    """

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.seen: list[str] = []
        self.expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._page_error)
        context.on("request", self._request)
        context.route(self._is_elsewhere, self._refuse)

    def expect(self, text: str) -> None:
        """Let what contains ``text`` pass."""
        self.expected.append(text)

    def problems(self) -> list[str]:
        """What happened and was not expected, and what was expected and did not happen."""
        unexpected = [seen for seen in self.seen if not any(text in seen for text in self.expected)]
        missing = [
            f"expected, and did not happen: {text}"
            for text in self.expected
            if not any(text in seen for seen in self.seen)
        ]
        return unexpected + missing

    def _is_elsewhere(self, url: str) -> bool:
        address = urlsplit(url)
        return address.scheme not in NOWHERE and address.netloc != self.home

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _page_error(self, error: WebError) -> None:
        self.seen.append(f"page: {error.error}")

    def _request(self, request: Request) -> None:
        if self._is_elsewhere(request.url):
            self.seen.append(f"another host: {request.method} {request.url}")

    @staticmethod
    def _refuse(route: Route) -> None:
        route.abort()
