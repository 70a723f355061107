"""Nobody who opens an address of ours is sent to somebody else's."""

from itertools import product
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.staff import StaffClient, an_account

_BEFORE = (
    "http://",
    "https://",
    "ftp://",
    "//",
    "///",
    "////",
    "/\\",
    "\\\\",
    "/\\/\\",
    "/\t/",
    "/%09/",
    "/%2f",
    "/%5c",
    "%2f%2f",
    "https:",
    "https:/",
    "http:\\\\",
    "/..//",
    "/.//",
    "/;@",
    "/@",
    "%0d%0aLocation: //",
    " //",
    "javascript:alert(1)//",
    "data:text/html,//",
)
ELSEWHERE = [before + host for before, host in product(_BEFORE, ("evil.example", "localhost@evil.example"))]
NAMES = ("next", "url", "to", "back", "return_to", "redirect", "state", "page", "q", "sort")
THAT_REDIRECT = (
    "/admin/users",
    "/admin/listings/bulk",
    "/account/second-factor",
    "/providers/x",
    "/search",
    "/topics/",
)


def ask(client: FlaskClient, page: str, **options: Any) -> TestResponse:
    """Where an answer leads is looked at alone; its page would take most of the time."""
    return FlaskClient.open(client, page, buffered=True, **options)


def expect_our_host(answer: TestResponse, what: str) -> None:
    if answer.location:
        parts = urlsplit(answer.location.replace("\\", "/"))
        assert (parts.scheme, parts.netloc) in {("", ""), ("http", "localhost")}, f"{what!r}: {answer.location}"
        assert not answer.location.startswith(("//", "/\\")), f"{what!r}: {answer.location}"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what is asked is no question to the database
def test_fifty_ways_to_name_another_host_lead_to_none_before_and_after_the_sign_in(
    staff: StaffClient, session: Session
) -> None:
    assert len(ELSEWHERE) == 50
    account = an_account(session)
    redirected = 0
    for signed_in in (False, True):
        if signed_in:
            expect_our_host(staff.sign_in(account), "the page that was wanted")
        for target in ELSEWHERE:
            for path in (target if target.startswith("/") else f"/{target}", f"/admin{target}"):
                # As it stands: a client would take the host from it.
                expect_our_host(ask(staff, "/", environ_overrides={"PATH_INFO": unquote(path)}), path)
            for page in THAT_REDIRECT:
                answer = ask(staff, page, query_string=dict.fromkeys(NAMES, target))
                expect_our_host(answer, f"{page} with {target}")
                redirected += answer.location is not None
    assert redirected > len(ELSEWHERE)
