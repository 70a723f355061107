"""What a visitor meets on /search."""

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from tests.factories import a_provider, a_source, tags

SEEN = HTTPStatus.OK
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def three_places(session: Session) -> None:
    """Three outpatient programs in Chicago, one of which also offers detox."""
    for number in range(2):
        a_provider(session, name=f"Harbor House {number}", tags=tags("level_of_care:outpatient", "payment:medicaid"))
    a_provider(session, name="Bridge Clinic", tags=tags("level_of_care:outpatient", "level_of_care:detox"))
    session.commit()


@pytest.mark.usefixtures("three_places")
def test_a_search_lists_what_is_near_and_how_to_call_it(client: FlaskClient) -> None:
    page = client.get("/search?near=60601&radius=25").text
    assert "3 places within 25 miles" in page
    assert "Harbor House 0" in page
    assert 'href="tel:+13125550123"' in page


@pytest.mark.usefixtures("three_places")
def test_a_need_leaves_only_the_places_that_meet_it_and_can_be_taken_off_again(
    client: FlaskClient, session: Session
) -> None:
    for number in range(2):
        a_provider(session, name=f"Quiet Water {number}", tags=tags("level_of_care:detox"))
    session.commit()
    page = client.get("/search?near=60601&level_of_care=detox").text
    assert "3 places within 25 miles" in page
    assert "Harbor House" not in page
    assert "Remove filter: " in page
    assert 'href="/search?near=60601&amp;radius=25"' in page


@pytest.mark.usefixtures("three_places")
def test_too_few_matches_widen_the_search_and_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/search?near=60601&level_of_care=outpatient&payment=medicaid").text
    assert "Few places match all that you asked for within 25 miles" in page
    assert "Bridge Clinic" in page


@pytest.mark.usefixtures("three_places")
def test_leaving_out_a_need_that_is_there_for_safety_is_said_loudly(client: FlaskClient) -> None:
    page = client.get("/search?near=60601&population=pregnant_postpartum").text
    assert "Important: these places may not offer" in page


def test_nothing_at_all_still_offers_a_phone_number(client: FlaskClient) -> None:
    page = client.get("/search?near=60601").text
    assert "No places" in page
    assert "They know places that are not in this list" in page


def test_a_hidden_place_is_never_shown(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Closed Doors", status=Status.HIDDEN)
    session.commit()
    assert "Closed Doors" not in client.get("/search?near=60601").text


def test_a_private_address_is_not_told(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Safe Harbor", confidential=True, address_1="7 Secret Street", precision=Precision.ZIP)
    session.commit()
    page = client.get("/search?near=60601").text
    assert "Safe Harbor" in page
    assert "Secret Street" not in page


def test_a_rough_position_gives_a_rough_distance(client: FlaskClient, session: Session) -> None:
    a_provider(session, precision=Precision.ZIP)
    session.commit()
    assert "about " in client.get("/search?near=60614").text


def test_a_state_is_searched_as_a_whole(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Prairie Center", city="Springfield", state="IL", point=None, precision=Precision.NONE)
    session.commit()
    page = client.get("/search?near=Illinois").text
    assert "Help in Illinois" in page
    assert "Prairie Center" in page


def test_a_place_without_a_position_is_mentioned(client: FlaskClient, session: Session) -> None:
    for _ in range(3):
        a_provider(session)
    a_provider(session, point=None, precision=Precision.NONE)
    session.commit()
    assert "1 more place has no mapped location" in client.get("/search?near=60601").text


def test_pages_hold_every_place_once(client: FlaskClient, session: Session) -> None:
    names = [f"Numbered Place {number:02}" for number in range(23)]
    for name in names:
        a_provider(session, name=name)
    session.commit()
    pages = "".join(client.get(f"/search?near=60601&page={number}").text for number in (1, 2, 3))
    assert [pages.count(f">{name}</a>") for name in names] == [1] * len(names)


def test_a_page_beyond_the_last_says_so_and_leads_back(client: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    page = client.get("/search?near=60601&page=1000000000", expect=HTTPStatus.NOT_FOUND).text
    assert "There is no page 1000000000" in page
    assert "Go to the first page" in page


def test_a_name_that_several_towns_have_offers_them(client: FlaskClient) -> None:
    page = client.get("/search?near=Springfield&level_of_care=detox").text
    assert "Which one?" in page
    assert "level_of_care=detox" in page
    assert "Springfield, MO" in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("near=", "Enter a ZIP code, a city and state, a county or a state"),
        ("near=%20%00", "Enter a ZIP code, a city and state, a county or a state"),
        ("near=00000", "We don&#39;t know that place"),
        ("near=%ff%fe", "We don&#39;t know that place"),
        ("near=Chicgo", "Chicago, IL"),
        ("near=" + "x" * 10_000, "That is too long for a place"),
        ("near=60601&radius=abc", "Choose a distance from the list"),
        ("near=60601&radius=-1", "Choose a distance from the list"),
        ("near=60601&page=abc", "There is no such page"),
        ("near=60601&page=0", "There is no such page"),
        ("near=60601&page=-1", "There is no such page"),
        ("near=60601&sort=loudest", "Choose an order from the list"),
        ("near=60601&q=" + "x" * 10_000, "Use at most 100 characters"),
        ("near=60601&level_of_care=magic", "We left out a choice that we don&#39;t know"),
    ],
)
def test_bad_input_is_told_next_to_its_field(client: FlaskClient, query: str, message: str) -> None:
    page = client.get(f"/search?{query}", expect=REFUSED).text
    assert "Please check this" in page
    assert message in page


def test_a_mistake_loses_nothing_of_what_was_asked(client: FlaskClient) -> None:
    page = client.get(
        "/search?near=Chicgo&level_of_care=detox&payment=medicaid&q=harbor&radius=50", expect=REFUSED
    ).text
    for kept in (
        'value="Chicgo"',
        'value="detox" checked',
        'value="medicaid" checked',
        'value="harbor"',
        '<option value="50" selected>',
    ):
        assert kept in page


def test_what_was_typed_is_shown_as_text_and_never_as_markup(client: FlaskClient) -> None:
    page = client.get("/search?near=%3Cscript%3Ealert(1)%3C/script%3E&q=%22%3E%3Cimg%20src=x%3E", expect=REFUSED).text
    assert "<script" not in page
    assert "<img" not in page


def test_who_is_sent_a_link_meets_the_orientation_first(client: FlaskClient) -> None:
    assert "Read the short guide first" in client.get("/search?near=60601").text


def test_who_comes_from_our_own_pages_has_read_it_already(client: FlaskClient) -> None:
    page = client.get("/search?near=60601", headers={"Sec-Fetch-Site": "same-origin"}).text
    assert "Read the short guide first" not in page


def test_search_engines_are_kept_out_of_searches(client: FlaskClient) -> None:
    assert client.get("/search?near=60601").headers["X-Robots-Tag"] == "noindex"


def test_the_demonstration_says_that_it_is_one_on_every_page(client: FlaskClient, session: Session) -> None:
    a_source(session, "made-up", fictional=True)
    provider = a_provider(session, source="made-up")
    session.commit()
    for address in ("/", "/search", "/search?near=60601", f"/providers/{provider.slug}", "/topics/alcohol"):
        assert "The places listed here are made up" in client.get(address).text


def test_real_listings_carry_no_such_banner(client: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    assert "made up" not in client.get("/").text


@pytest.mark.usefixtures("three_places")
def test_a_program_gets_the_same_answer_as_data(client: FlaskClient) -> None:
    answer = client.get("/search.json?near=60601&level_of_care=outpatient").json
    assert answer["total"] == 3
    assert {hit["name"] for hit in answer["hits"]} == {"Harbor House 0", "Harbor House 1", "Bridge Clinic"}
    assert answer["counts"]["level_of_care"]["detox"] == 1


def test_a_program_is_told_what_was_wrong(client: FlaskClient) -> None:
    answer = client.get("/search.json?near=Chicgo&radius=-1", expect=REFUSED).json
    assert set(answer["errors"]) == {"near", "radius"}
    assert "Chicago, IL" in answer["suggestions"]


def test_a_program_is_told_which_places_a_name_may_mean(client: FlaskClient) -> None:
    answer = client.get("/search.json?near=Springfield", expect=HTTPStatus.MULTIPLE_CHOICES).json
    assert "Springfield, IL" in answer["candidates"]
