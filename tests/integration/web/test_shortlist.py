"""A list of places as a page, without JavaScript."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.extensions import db
from finder.listings import save_all
from finder.models import Provider
from tests.databases import counted_queries
from tests.factories import A_CHANGE, a_draft, a_provider, a_source, tags

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_QUERIES = 6  # the listings, what belongs to them, the directory's version, whether one is made up


@pytest.fixture
def slugs(session: Session) -> list[str]:
    """The slugs of twenty-one places, Harbor House 1 to 21."""
    a_source(session)
    save_all(session, [a_draft(name=f"Harbor House {number}.") for number in range(1, 22)], A_CHANGE)
    session.commit()
    return list(session.scalars(select(Provider.slug).order_by(Provider.id)))


@pytest.fixture
def open_list(client: FlaskClient) -> Callable[..., str]:
    """Opens the page of these places: ``open_list(slugs, compare=slugs[:2])``."""

    def opened(slugs: list[str], *, compare: Sequence[str] = (), expect: int = 200, start: str = "") -> str:
        chosen = "".join(f"&compare={slug}" for slug in compare)
        return client.get(f"{start}/shortlist?ids={','.join(slugs)}{chosen}", expect=expect).text

    return opened


def columns(page: str) -> list[str]:
    """The names at the head of the comparison."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    return ["".join(cell.itertext()).strip() for cell in root.iterfind(".//thead//th")]


def row(page: str, label: str) -> list[str]:
    """What the comparison says of each place under a label."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    for line in root.iterfind(".//tbody/tr"):
        head, *cells = ["; ".join(filter(None, map(str.strip, cell.itertext()))) for cell in line]
        if head == label:
            return cells
    raise AssertionError(f"no row {label}")


def test_a_list_shows_its_places_in_the_order_in_which_they_were_chosen(
    open_list: Callable[..., str], slugs: list[str]
) -> None:
    page = open_list([slugs[2], slugs[0], slugs[1]])
    places = [page.rindex(f"Harbor House {number}.") for number in (3, 1, 2)]
    assert places == sorted(places)
    assert "A list of 3 places" in page
    assert page.count('href="tel:+13125550123"') == 3 * 2


def test_a_place_named_twice_is_listed_once(open_list: Callable[..., str], slugs: list[str]) -> None:
    assert "A list of 1 place</h1>" in open_list([slugs[0], slugs[0]])


def test_a_place_that_is_gone_is_told_and_the_others_stay(
    open_list: Callable[..., str], session: Session, slugs: list[str]
) -> None:
    hidden = a_provider(session, name="Secret House", status=Status.HIDDEN).slug
    session.commit()
    page = open_list([slugs[0], hidden])
    assert "1 place is no longer listed" in page
    assert "Secret House" not in page
    assert "2 places are no longer listed" in open_list([slugs[0], hidden, "nobody"])


def test_a_list_of_nothing_tells_how_to_make_one(client: FlaskClient) -> None:
    for address in ("/shortlist", "/shortlist?ids=", "/shortlist?ids=,,", "/shortlist?ids=nobody"):
        assert "Nothing is on this list" in client.get(address).text


@pytest.mark.parametrize("hostile", ["<script>", "a b", "Ünï", "x" * 161, "%00", "'--"])
def test_a_part_of_the_address_that_can_be_no_place_is_told(
    open_list: Callable[..., str], slugs: list[str], hostile: str
) -> None:
    page = open_list([slugs[0], hostile], expect=REFUSED)
    assert "names no place" in page
    assert "Harbor House 1." in page


def test_a_list_holds_twenty_places_and_says_so(open_list: Callable[..., str], slugs: list[str]) -> None:
    assert "A list of 20 places" in open_list(slugs[:20])
    page = open_list(slugs, expect=REFUSED)
    assert "A list holds 20 places" in page
    assert "Harbor House 20." in page
    assert "Harbor House 21." not in page


def test_up_to_four_places_stand_side_by_side_at_once(open_list: Callable[..., str], slugs: list[str]) -> None:
    assert columns(open_list(slugs[:1])) == []
    assert columns(open_list(slugs[:2])) == ["Harbor House 1.", "Harbor House 2."]
    assert len(columns(open_list(slugs[:4]))) == 4


def test_of_more_than_four_a_visitor_chooses_which_to_compare(open_list: Callable[..., str], slugs: list[str]) -> None:
    assert columns(open_list(slugs[:5])) == []
    assert columns(open_list(slugs[:5], compare=[slugs[4], slugs[1]])) == ["Harbor House 2.", "Harbor House 5."]
    assert columns(open_list(slugs[:5], compare=["nobody"])) == []


def test_more_than_four_to_compare_are_told_and_the_first_shown(
    open_list: Callable[..., str], slugs: list[str]
) -> None:
    page = open_list(slugs[:6], compare=slugs[:5], expect=REFUSED)
    assert "Compare up to 4 places" in page
    assert len(columns(page)) == 4


def test_a_comparison_tells_what_people_ask_and_what_is_not_known(
    open_list: Callable[..., str], session: Session
) -> None:
    chosen = tags("level_of_care:detox", "payment:medicaid", "payment:medicare", "medication:buprenorphine")
    one = a_provider(session, tags=chosen, minimum_age=18).slug
    other = a_provider(session, tags=tags("level_of_care:outpatient"), phones=(), schedules=()).slug
    session.commit()

    page = open_list([one, other])

    assert row(page, "Kind of help") == ["Detox", "Outpatient"]
    assert row(page, "Ways to pay") == ["Medicaid; Medicare", "Not known: ask"]
    assert row(page, "Medication") == ["Buprenorphine", "Not known: ask"]
    assert row(page, "Age") == ["Ages 18 and older.", "Not known: ask"]
    assert row(page, "Days and times") == ["Monday: 9 AM to 5 PM", "Not known: ask"]
    assert row(page, "Phone")[1] == "Not known"
    assert row(page, "Last checked") == ["Last checked October 1, 2026."] * 2


def test_a_private_address_stays_private_side_by_side(open_list: Callable[..., str], session: Session) -> None:
    private = [a_provider(session, confidential=True, address_1="7 Secret Street").slug for _ in range(2)]
    session.commit()
    assert "Secret Street" not in open_list(private)


def test_a_place_is_taken_off_by_a_link_and_the_last_leaves_an_empty_address(
    open_list: Callable[..., str], slugs: list[str]
) -> None:
    page = html5lib.parse(open_list(slugs[:2]), namespaceHTMLElements=False)
    assert [link.get("href") for link in page.iter("a") if link.get("data-take-off")] == [
        f"/shortlist?ids={slugs[1]}",
        f"/shortlist?ids={slugs[0]}",
    ]
    assert f'href="/shortlist" data-take-off="{slugs[0]}"' in open_list(slugs[:1])


def test_the_link_to_share_carries_the_places_and_nothing_else(client: FlaskClient, slugs: list[str]) -> None:
    page = client.get(f"/shortlist?ids={slugs[0]},nobody&near=60601&compare={slugs[0]}").text
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (shared,) = (field.get("value") for field in root.iter("input") if field.get("id") == "share")
    assert shared == f"http://localhost/shortlist?ids={slugs[0]}"
    assert parse_qs(urlsplit(shared).query) == {"ids": [slugs[0]]}


def test_a_list_of_the_longest_names_fits_an_address(client: FlaskClient, session: Session) -> None:
    longest = [a_provider(session, name=f"{number:02}" + "x" * 198).slug for number in range(20)]
    session.commit()
    assert len(client.get(f"/shortlist?ids={','.join(longest)}").request.full_path) < 4094  # gunicorn's longest line


def test_a_list_is_there_in_spanish(open_list: Callable[..., str], slugs: list[str]) -> None:
    page = open_list(slugs[:2], start="/es")
    assert f'href="/es/providers/{slugs[0]}"' in page
    assert f'href="/shortlist?ids={slugs[0]},{slugs[1]}"' in page
    assert row(page, "Tipo de ayuda") == ["Ambulatorio"] * 2


def test_no_robot_lists_what_somebody_chose(client: FlaskClient, slugs: list[str]) -> None:
    assert client.get(f"/shortlist?ids={slugs[0]}").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("many", [1, 20])
def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(
    app: Flask, open_list: Callable[..., str], slugs: list[str], many: int
) -> None:
    open_list(slugs[:1])
    with app.app_context(), counted_queries(db.engine) as queries:
        open_list(slugs[:many])
    assert len(queries) <= _QUERIES
