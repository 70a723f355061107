"""What nobody sends by accident, into every public address and every field of the search."""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from finder.web.public.forms import SearchForm
from tests.factories import a_provider
from tests.samples.texts import HOSTILE, MARKUP

FOR_STAFF = ("/admin", "/account")
OTHER_PARAMETERS = ("ids", "places", "substances", "format", "per_page", "postcode", "proximity", "switcher", "asked")


@pytest.fixture(autouse=True)
def a_listing(session: Session) -> None:
    a_provider(session, name="Hope House")
    session.commit()


@pytest.fixture
def parameters(app: Flask) -> list[str]:
    """The names of everything that public pages read from an address."""
    with app.test_request_context("/search"):
        return [*(field.name for field in SearchForm()), *OTHER_PARAMETERS]


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    """The public's addresses that are read."""
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not is_for_staff(rule.rule)]


def is_for_staff(path: str) -> bool:
    return path.startswith((*FOR_STAFF, "/static"))


def in_an_address(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def query(values: dict[str, str]) -> str:
    return urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in values.items()})


def address(rule: Rule, text: str) -> str:
    """The rule's address with the text in each of its parts that vary."""
    parts = rule.rule.split("<")
    return parts[0] + "".join(in_an_address(text) + part.partition(">")[2] for part in parts[1:])


def ask(client: FlaskClient, url: str) -> TestResponse:
    return FlaskClient.open(client, url, buffered=True)


def expect_a_plain_answer(answer: TestResponse, what: Any) -> None:
    assert answer.status_code < 500, f"{what!r}: {answer.status}"
    if answer.mimetype == "text/html":
        assert MARKUP not in answer.text, f"{what!r} comes back as markup"
    if answer.location:
        assert urlsplit(answer.location).netloc in {"", "localhost"}, f"{what!r} leads to {answer.location}"


def test_no_address_breaks_and_none_leads_elsewhere(
    client: FlaskClient, rules: list[Rule], parameters: list[str]
) -> None:
    for text in HOSTILE:
        everywhere = query(dict.fromkeys(parameters, text))
        for rule in rules:
            expect_a_plain_answer(ask(client, f"{address(rule, text or 'x')}?{everywhere}"), (rule.rule, text))


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what is searched is in memory
def test_no_field_of_the_search_breaks_beside_good_ones(client: FlaskClient, parameters: list[str]) -> None:
    for name in parameters:
        for text in HOSTILE:
            expect_a_plain_answer(ask(client, f"/search?{query({'near': '60601', name: text})}"), (name, text))
