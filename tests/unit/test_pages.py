"""The client notices what no page of ours may have."""

import pytest
from flask import Flask, Response

from tests.pages import CheckedClient, page_faults

GOOD_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Find treatment</title><link rel="stylesheet" href="/static/site.css"></head>
  <body>
    <a href="#main">Skip to main content</a>
    <main id="main">
      <h1>Find treatment</h1>
      <p>Call <a href="tel:911">911</a> or <a href="tel:988">988</a>. <a href="https://www.samhsa.gov/">Source</a></p>
      <form action="/search"><label for="near">ZIP code</label><input id="near" name="near"></form>
    </main>
  </body>
</html>
"""
GOOD_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def client_of(body: str = GOOD_PAGE, headers: dict[str, str] | None = None, status: int = 200) -> CheckedClient:
    """A visitor of a site that answers everything with this."""
    app = Flask("site")
    app.test_client_class = CheckedClient
    app.add_url_rule("/", view_func=lambda: Response(body, status, GOOD_HEADERS | (headers or {}), "text/html"))
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


def test_a_good_page_is_let_through() -> None:
    assert client_of().get("/").text == GOOD_PAGE


@pytest.mark.parametrize(
    ("there", "planted", "fault"),
    [
        ("<title>Find treatment</title>", "<title> </title>", "no title"),
        (' lang="en"', "", "no language"),
        ("<h1>Find treatment</h1>", "<h2>Find treatment</h2>", "0 h1"),
        ("<h1>", "<h1>One</h1><h1>", "2 h1"),
        ('<main id="main">', '<div id="main">', "0 main"),
        ('id="near"', 'id="main"', "the id main stands 2 times"),
        ('for="near"', 'for="nothing"', "for names nothing"),
        ('href="#main"', 'href="#nowhere"', "a link leads to #nowhere"),
        ("</p>", "</div></p>", "end-tag-too-early"),
        ("<p>", '<p style="color: red">', "an inline style"),
        ("<p>", '<p onclick="go()">', "an inline onclick"),
        ("<p>", "<p><script>go()</script>", "an inline script"),
        ("<p>", '<p><img alt="" src="https://example.org/pixel.png">', "it loads https://example.org/pixel.png"),
        ("<p>", '<p><img alt="" src="//example.org/pixel.png">', "it loads //example.org/pixel.png"),
        (
            "<p>",
            '<p><img alt="" srcset="/a.png 1x, https://example.org/b.png 2x">',
            "it loads https://example.org/b.png",
        ),
        ('href="/static/site.css"', 'href="https://example.org/site.css"', "it loads https://example.org/site.css"),
        ('action="/search"', 'action="https://example.org/"', "it loads https://example.org/"),
        ('href="tel:988"', 'href="/help"', "no link to tel:988"),
        ('href="tel:911"', 'href="/help"', "no link to tel:911"),
    ],
)
def test_a_planted_fault_of_a_page_is_found(there: str, planted: str, fault: str) -> None:
    assert there in GOOD_PAGE

    faults = list(page_faults(GOOD_PAGE.replace(there, planted, 1)))

    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("Content-Security-Policy", "default-src 'self'", "the security policy lacks default-src 'none'"),
        (
            "Content-Security-Policy",
            GOOD_HEADERS["Content-Security-Policy"] + "; style-src 'unsafe-inline'",
            "the security policy has style-src 'unsafe-inline'",
        ),
        ("Cache-Control", "public", "Cache-Control is public"),
        ("Referrer-Policy", "origin", "Referrer-Policy is origin"),
        ("X-Content-Type-Options", "", "X-Content-Type-Options is"),
        ("Cross-Origin-Opener-Policy", "unsafe-none", "Cross-Origin-Opener-Policy is unsafe-none"),
        ("Cross-Origin-Resource-Policy", "cross-origin", "Cross-Origin-Resource-Policy is cross-origin"),
        ("Set-Cookie", "visitor=1", "it sets a cookie"),
    ],
)
def test_a_planted_header_fails_the_test_that_fetched_the_page(name: str, value: str, fault: str) -> None:
    with pytest.raises(AssertionError) as caught:
        client_of(headers={name: value}).get("/")

    assert fault in str(caught.value)


def test_an_answer_of_another_status_than_expected_fails() -> None:
    with pytest.raises(AssertionError, match="404"):
        client_of(status=404).get("/")


def test_an_error_page_that_a_test_expects_is_checked_as_every_page() -> None:
    client = client_of(status=404)

    assert client.get("/", expect=404).text == GOOD_PAGE
