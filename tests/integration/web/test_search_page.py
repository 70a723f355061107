"""What a visitor meets on /search."""

import datetime as dt
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.schedule import Schedule, ScheduleKind
from tests.factories import a_provider, a_source, tags

SEEN = HTTPStatus.OK
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
NOT_FOUND = HTTPStatus.NOT_FOUND
JUST_NOW = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(minutes=5)


def listed_on(page: str) -> str:
    """The list of results alone."""
    return page.partition('<ul class="cards">')[2].partition("</ul>\n<section")[0]


def care_path_on(page: str) -> str:
    """The nearest of each level of care, empty where the page doesn't tell them."""
    return page.partition('<section class="care-path"')[2].partition("</section>")[0]


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
    assert "Harbor House" not in listed_on(page)
    assert "Remove filter:" in page
    assert 'href="/search?near=60601&amp;radius=25"' in page


@pytest.mark.usefixtures("three_places")
def test_too_few_matches_widen_the_search_and_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/search?near=60601&level_of_care=outpatient&payment=medicaid").text
    assert "Few places match all that you asked for within 25 miles" in page
    assert "Bridge Clinic" in page


@pytest.mark.usefixtures("three_places")
def test_where_needs_were_given_up_each_place_says_which_of_them_it_meets(client: FlaskClient) -> None:
    page = listed_on(client.get("/search?near=60601&level_of_care=outpatient&payment=medicaid").text)
    assert page.count("Meets all that you asked for.") == 2
    assert "Meets 1 of your 2 needs. Not listed here: “Ways to pay: Medicaid”." in page


@pytest.mark.usefixtures("three_places")
def test_a_search_that_was_not_widened_says_nothing_of_needs(client: FlaskClient) -> None:
    assert "your needs" not in client.get("/search?near=60601").text


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
        ("near=60601&not=level_of_care:magic", "Leave out: choose from the list"),
        ("near=60601&not=detox", "Leave out: choose from the list"),
        ("near=60601&day=someday", "When, and room for you: choose from the list"),
        ("near=60601&day=monday&time=25:00", "When, and room for you: choose from the list"),
        ("near=60601&open_now=perhaps", "When, and room for you: choose from the list"),
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
    assert "alert(1)</script" not in page
    assert "<img" not in page


def test_a_place_says_what_it_has_room_for_until_that_expires(client: FlaskClient, session: Session) -> None:
    said = {"accepting": True, "beds": 3, "availability_as_of": JUST_NOW}
    a_provider(session, **said, availability_expires=JUST_NOW + dt.timedelta(days=2))
    session.commit()
    told = f"Said on {JUST_NOW:%B} {JUST_NOW.day}, {JUST_NOW.year}: takes new people, 3 free beds"
    assert told in client.get("/search?near=60601").text


def test_what_a_place_said_long_ago_is_told_no_more(client: FlaskClient, session: Session) -> None:
    said = {"accepting": True, "beds": 3, "availability_as_of": JUST_NOW - dt.timedelta(days=9)}
    a_provider(session, **said, availability_expires=JUST_NOW - dt.timedelta(days=8))
    session.commit()
    assert "takes new people" not in listed_on(client.get("/search?near=60601").text)


class TestWhen:
    """A search for what is on at a time, and has room."""

    @pytest.fixture
    def groups(self, session: Session) -> None:
        """Three groups on Mondays in the evening, three on Tuesdays in the morning."""
        for number in range(3):
            for name, weekday, hour in (("Evening", 0, 19), ("Morning", 1, 8)):
                meeting = Schedule(weekday, dt.time(hour), dt.time(hour + 1), ScheduleKind.MEETING)
                kind = tags("level_of_care:support_group")
                a_provider(session, name=f"{name} Group {number}", schedules=(meeting,), tags=kind)
        session.commit()

    @pytest.mark.usefixtures("groups")
    def test_a_day_and_a_time_leave_the_groups_that_meet_then(self, client: FlaskClient) -> None:
        page = client.get("/search?near=60601&day=monday&day=sunday&time=evening").text
        assert "3 places within 25 miles" in page
        assert "Morning Group" not in page

    @pytest.mark.usefixtures("groups")
    def test_each_comes_off_with_one_link(self, client: FlaskClient) -> None:
        page = client.get("/search?near=60601&day=monday&day=sunday&time=evening").text
        assert 'href="/search?near=60601&amp;radius=25&amp;day=sunday&amp;time=evening"' in page
        assert 'href="/search?near=60601&amp;radius=25&amp;day=monday&amp;day=sunday"' in page
        assert 'value="monday" checked' in page
        assert '<option value="evening" selected>' in page

    @pytest.mark.usefixtures("groups")
    def test_the_next_meeting_can_come_first(self, client: FlaskClient) -> None:
        assert client.get("/search.json?near=60601&sort=next_meeting").json["criteria"]["sort"] == "next_meeting"

    def test_what_is_open_and_has_room_can_be_asked_for(self, client: FlaskClient) -> None:
        asked = client.get("/search.json?near=60601&open_now=yes&available=yes").json["asked"]
        assert (asked["open_now"], asked["available"]) == (True, True)


@pytest.mark.usefixtures("three_places")
def test_what_somebody_does_not_want_is_left_out_and_can_be_put_back(client: FlaskClient, session: Session) -> None:
    for number in range(3):
        a_provider(session, name=f"Profit Center {number}", tags=tags("ownership:for_profit"))
    session.commit()
    page = client.get("/search?near=60601&not=ownership:for_profit").text
    assert "3 places within 25 miles" in page
    assert "Profit Center" not in page
    assert "Not: " in page
    assert 'value="ownership:for_profit" checked' in page
    assert "6 places" in client.get("/search?near=60601").text


@pytest.mark.usefixtures("three_places")
@pytest.mark.parametrize(("radius", "area"), [("state", "in Illinois"), ("any", "at any distance")])
def test_a_search_may_reach_as_far_as_somebody_wants(client: FlaskClient, radius: str, area: str) -> None:
    page = client.get(f"/search?near=60601&radius={radius}").text
    assert f"3 places {area}" in page
    assert "miles</span>" in page, "and still says how far away each is"


class TestCarePath:
    """The nearest of each kind of help, above the list."""

    @pytest.fixture
    def _levels(self, session: Session) -> None:
        for number in range(3):
            a_provider(session, name=f"Detox {number}", tags=tags("level_of_care:detox"))
        a_provider(session, name="Long Stay", tags=tags("level_of_care:inpatient"), point=Point(42.5, -87.9))
        session.commit()

    @pytest.mark.usefixtures("_levels")
    def test_a_search_for_one_kind_shows_the_nearest_of_the_others(self, client: FlaskClient) -> None:
        path = care_path_on(client.get("/search?near=60601&level_of_care=detox").text)
        assert "Long Stay" in path
        assert "45 miles" in path
        assert path.count("We found no place that meets your other needs.") == 2

    @pytest.mark.usefixtures("_levels")
    @pytest.mark.parametrize("query", ["radius=100", "level_of_care=detox&page=2", "level_of_care=detox&q=detox"])
    def test_it_does_not_show_where_it_would_say_no_more(self, client: FlaskClient, query: str) -> None:
        page = client.get(f"/search?near=60601&{query}", expect=NOT_FOUND if "page" in query else SEEN).text
        assert not care_path_on(page)


def test_the_title_says_how_many_there_are_and_where(client: FlaskClient, session: Session) -> None:
    for _ in range(11):
        a_provider(session)
    session.commit()
    assert "<title>Help near Chicago, IL 60601: 11 places" in client.get("/search?near=60601").text
    assert "<title>Help near Chicago, IL 60601: 11 places, page 2" in client.get("/search?near=60601&page=2").text


@pytest.mark.usefixtures("three_places")
def test_often_used_filters_are_one_tap_away(client: FlaskClient) -> None:
    page = client.get("/search?near=60601").text
    assert 'href="/search?near=60601&amp;radius=25&amp;payment=medicaid"' in page
    assert 'href="/search?near=60601&amp;radius=25&amp;open_now=yes"' in page


@pytest.mark.usefixtures("three_places")
def test_the_page_gives_its_own_address_and_the_list_in_other_forms(client: FlaskClient) -> None:
    page = client.get("/search?near=60601&q=harbor&page=1").text
    assert ">http://localhost/search?near=60601&amp;radius=25&amp;q=harbor</a>" in page
    assert 'href="/search.csv?near=60601&amp;radius=25&amp;q=harbor"' in page
    assert 'href="/search.geojson?near=60601&amp;radius=25&amp;q=harbor"' in page


@pytest.mark.usefixtures("three_places")
def test_one_visitors_search_never_shows_on_the_page_of_another(client: FlaskClient) -> None:
    client.get("/search?near=60601&q=sunflower")
    page = client.get("/search?near=62701&radius=50").text
    assert "sunflower" not in page
    assert "near=60601" not in page
    assert 'href="/es/search?near=62701&amp;radius=50"' in page


@pytest.mark.usefixtures("three_places")
def test_a_page_in_spanish_has_its_choices_and_links_in_spanish(client: FlaskClient) -> None:
    page = client.get("/es/search?near=60601&level_of_care=outpatient").text
    assert "Tipo de ayuda" in page
    assert 'href="/es/search?near=60601&amp;radius=25"' in page
    assert 'href="/es/providers/harbor-house-0' in page


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
