"""What the pages ask for and complain about."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Route


class Watch:
    """Notes what a page may not do: ask another host, or complain in the console (a broken security policy does)."""

    def __init__(self, server: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(server).netloc
        self._visited: set[str] = set()

    def on(self, page: Page) -> None:
        """Watch this page from now on; what it asks of another host is not sent."""
        page.route("**/*", self._route)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def _route(self, route: Route, request: Request) -> None:
        if request.is_navigation_request():
            self._visited.add(request.url)
        if urlsplit(request.url).netloc == self._host:
            route.continue_()
        else:
            self.faults.append(f"asked for {request.url}")
            route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        # An error page that the test went to on purpose is reported too; its status is the test's business.
        error_page = message.text.startswith("Failed to load resource") and message.location["url"] in self._visited
        if message.type in {"error", "warning"} and not error_page:
            self.faults.append(f"console: {message.text}")
