"""What is true of every answer, checked each time a test fetches one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HELPLINES = ("tel:911", "tel:988")
_OWN_HOSTS = {"", "localhost", "127.0.0.1"}
_SECURITY_POLICY = ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


class CheckedClient(FlaskClient):
    """A test client that fails on an answer of an unexpected status or with anything that no answer of ours may have.

    ``client.get(url)`` expects 200; ``client.get(url, expect=404)`` another status.
    """

    def open(self, *args: Any, expect: int = 200, **options: Any) -> TestResponse:
        # Read to its end, whatever a test looks at: an answer that is sent bit by bit holds a connection until then.
        response = super().open(*args, **{"buffered": True} | options)
        assert response.status_code == expect, f"{response.request.path}: {response.status}"
        if faults := list(faults_of(response)):
            raise AssertionError(f"{response.request.path}: " + "; ".join(faults))
        return response


def faults_of(response: TestResponse) -> Iterator[str]:
    """What is wrong with an answer, in words; nothing where all is well."""
    if response.request.path.startswith("/static/"):
        return
    yield from _header_faults(response)
    if response.mimetype == "text/html":
        yield from page_faults(response.get_data(as_text=True))


def _header_faults(response: TestResponse) -> Iterator[str]:
    headers = response.headers
    policy = [part.strip() for part in headers.get("Content-Security-Policy", "").split(";")]
    yield from (f"the security policy lacks {rule}" for rule in _SECURITY_POLICY if rule not in policy)
    yield from (f"the security policy has {part}" for part in policy if "unsafe" in part or "http" in part)
    for name, value in _HEADERS.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}, not {value}"
    if "Set-Cookie" in headers:
        yield "it sets a cookie"


def page_faults(html: str) -> Iterator[str]:
    """What is wrong with a page: its form, its names, what it would load, and helplines that it lacks."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    for (line, column), code, details in parser.errors:
        yield f"line {line}, column {column}: {code} {details}"
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    yield from _outline_faults(root, elements)
    yield from _id_faults(elements)
    yield from _inline_faults(elements)
    yield from (f"it loads {address}" for address in resources(elements) if urlsplit(address).netloc not in _OWN_HOSTS)
    links = {element.get("href") for element in elements if element.tag == "a"}
    yield from (f"no link to {helpline}" for helpline in HELPLINES if helpline not in links)


def _outline_faults(root: Element, elements: list[Element]) -> Iterator[str]:
    if not root.findtext("head/title", "").strip():
        yield "no title"
    if not root.get("lang"):
        yield "no language"
    for tag in ("h1", "main"):
        if (found := sum(element.tag == tag for element in elements)) != 1:
            yield f"{found} {tag}"


def _id_faults(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if "id" in element.attrib)
    yield from (f"the id {id_} stands {times} times" for id_, times in ids.items() if times > 1)
    for element in elements:
        for attribute in _REFERENCES:
            yield from (
                f"{attribute} names {id_}, which isn't there"
                for id_ in element.get(attribute, "").split()
                if id_ not in ids
            )
        address = element.get("href", "")
        if address.startswith("#") and address[1:] not in ids:
            yield f"a link leads to {address}, which isn't there"


def _inline_faults(elements: list[Element]) -> Iterator[str]:
    """Styles and scripts inside the page, which its security policy refuses; data in a script element is none."""
    for element in elements:
        is_data = element.get("type") == "application/ld+json"
        if element.tag == "style" or (element.tag == "script" and not element.get("src") and not is_data):
            yield f"an inline {element.tag}"
        yield from (f"an inline {name}" for name in element.attrib if name == "style" or name.startswith("on"))


def resources(elements: list[Element]) -> Iterator[str]:
    """Every address that a browser asks for by itself while it shows the page, and where the page's forms go."""
    for element in elements:
        yield from (element.get(name, "") for name in ("src", "data", "poster", "action", "formaction"))
        yield from (candidate.split()[0] for candidate in element.get("srcset", "").split(",") if candidate.strip())
        if element.tag == "link":
            yield element.get("href", "")
