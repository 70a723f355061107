"""What a visitor reads of one place."""

import datetime as dt
import json
from http import HTTPStatus
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import vocabulary
from finder.extensions import db
from finder.listings import Change, amend
from finder.listings.checks import record_checks
from finder.models import KnownAs
from tests.clock import set_clock
from tests.databases import counted_queries
from tests.factories import NOW, a_provider, a_source, tags

MONDAY = 0
NINE = dt.time(9)
ZIP_60601 = Point(41.8858, -87.6181)


def test_a_place_tells_how_to_reach_it_and_what_it_offers(client: FlaskClient, session: Session) -> None:
    provider = a_provider(
        session,
        name="Harbor House",
        organization="Harbor Health",
        address_1="12 Example Street",
        phones=(Phone("+13125550123"), Phone("+13125550124", PhoneKind.INTAKE, "210")),
        tags=tags("level_of_care:detox", "detox_from:benzodiazepines", "payment:medicaid"),
        schedules=(Schedule(0, dt.time(9), dt.time(17, 30)),),
        fees="Fees depend on your income.",
    )
    session.commit()
    page = client.get(f"/providers/{provider.slug}").text
    for words in (
        "Harbor House",
        "Run by Harbor Health",
        "12 Example Street, Chicago, IL 60601",
        'href="tel:+13125550124;ext=210"',
        "312-555-0124 ext. 210",
        "Benzodiazepines",
        "Medicaid",
        "9 AM to 5:30 PM",
        "Fees depend on your income.",
        "Last checked October 1, 2026",
        "The county&#39;s list",
    ):
        assert words in page


def test_who_can_t_come_sees_beside_each_meeting_how_to_join_it(client: FlaskClient, session: Session) -> None:
    link, dial = "https://conference.example/j/1?pwd=a&b=c", "+13125550142,,867523#"
    seven = Schedule(MONDAY, dt.time(19), dt.time(20), ScheduleKind.MEETING, "", link, dial)
    group = a_provider(
        session, address_1="", address_2="", city="", state="", postal_code="", schedules=(seven, Schedule(1, NINE))
    )
    session.commit()
    page = client.get(f"/providers/{group.slug}").text
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (online,) = [each for each in root.iter("a") if each.get("href") == link]
    assert "".join(online.itertext()) == "Join online: 7 PM to 8 PM"
    assert online.get("rel") == "noopener noreferrer nofollow"
    (phone,) = [each for each in root.iter("a") if each.get("href") == "tel:+13125550142"]
    assert phone.text == "Join by phone, 312-555-0142"
    assert "Then enter: 867523#" in page
    assert "The ways to join stand beside the times." in page
    (event,) = data_of(page)["event"]
    assert event["location"] == {"@type": "VirtualLocation", "url": link}
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert "Participar en línea" in client.get(f"/es/providers/{group.slug}").text


def test_a_private_address_stays_private(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session, confidential=True, address_1="7 Secret Street")
    session.commit()
    page = client.get(f"/providers/{provider.slug}").text
    assert "Secret Street" not in page
    assert "The address is kept private" in page


def test_a_check_that_is_overdue_is_said(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session, verified_on=dt.date(2020, 1, 1), review_due_on=dt.date(2021, 1, 1))
    session.commit()
    assert "That is a while ago" in client.get(f"/providers/{provider.slug}").text


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.RETIRED])
def test_a_place_that_is_not_public_is_not_there(client: FlaskClient, session: Session, status: Status) -> None:
    provider = a_provider(session, status=status)
    session.commit()
    page = client.get(f"/providers/{provider.slug}", expect=HTTPStatus.NOT_FOUND).text
    assert "We can&#39;t find that page" in page


def test_what_a_source_wrote_is_text_and_never_markup(client: FlaskClient, session: Session) -> None:
    hostile = "<script>alert(1)</script>"
    provider = a_provider(session, name=hostile, description=hostile, organization=hostile, alert=hostile, fees=hostile)
    session.commit()
    assert "<script>" not in client.get(f"/providers/{provider.slug}").text
    assert "<script>" not in client.get("/search?near=60601").text


def test_a_website_that_is_no_web_address_is_not_linked(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session, website="javascript:alert(1)")
    session.commit()
    assert "javascript:" not in client.get(f"/providers/{provider.slug}").text


def data_of(page: str) -> dict[str, Any]:
    """The place in schema.org's words, as the page has it."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = (each for each in root.iter("script") if each.get("type") == "application/ld+json")
    data: dict[str, Any] = json.loads(script.text)
    return data


def links_of(page: str, relation: str) -> dict[str, str]:
    """The addresses of the page's links of one relation, by their language or type."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    links = [each for each in root.iter("link") if each.get("rel") == relation]
    return {link.get("hreflang") or link.get("type") or "": link.get("href", "") for link in links}


class TestNow:
    """What is on at this moment, by the clock of the place."""

    def test_the_next_meeting_is_told_first(self, app: Flask, client: FlaskClient, session: Session) -> None:
        set_clock(app, dt.datetime(2026, 11, 3, 0, 20, tzinfo=dt.UTC))
        seven = Schedule(MONDAY, dt.time(19), dt.time(20), ScheduleKind.MEETING)
        group = a_provider(session, schedules=(seven,), time_zone="America/Chicago")
        session.commit()
        page = client.get(f"/providers/{group.slug}").text
        assert "Next meeting: today 7 PM, in 40 minutes." in page
        assert "By the clock of the place: Central Time." in page

    def test_a_place_that_is_closed_says_when_it_opens(self, app: Flask, client: FlaskClient, session: Session) -> None:
        set_clock(app, dt.datetime(2026, 11, 2, 14, tzinfo=dt.UTC))
        place = a_provider(session, schedules=(Schedule(MONDAY, dt.time(9), dt.time(17)),))
        session.commit()
        assert "Closed now. Opens today 9 AM." in client.get(f"/providers/{place.slug}").text

    def test_room_for_new_people_is_told_until_it_expires(
        self, app: Flask, client: FlaskClient, session: Session
    ) -> None:
        until = NOW + dt.timedelta(hours=6)
        told = {"accepting": True, "beds": 2, "availability_as_of": NOW, "availability_expires": until}
        place = a_provider(session, **told)
        session.commit()
        set_clock(app, until - dt.timedelta(minutes=1))
        page = client.get(f"/providers/{place.slug}").text
        assert "Takes new people. 2 beds are free. They said so on November 2, 2026, 9:30 AM." in page
        assert data_of(page)["isAcceptingNewPatients"] is True
        set_clock(app, until)
        page = client.get(f"/providers/{place.slug}").text
        assert "Takes new people" not in page
        assert "isAcceptingNewPatients" not in data_of(page)


class TestFreshness:
    """Each group of facts tells where and when it comes from."""

    def test_facts_of_the_source_name_it_and_its_day(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session)
        session.commit()
        assert "From: The county&#39;s list. Checked on October 1, 2026." in client.get(f"/providers/{place.slug}").text

    def test_facts_without_a_check_say_when_they_were_read(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session, verified_on=None)
        session.commit()
        page = client.get(f"/providers/{place.slug}").text
        assert "From: The county&#39;s list. Read on November 2, 2026." in page
        assert "We don&#39;t know when this was last checked." in page

    def test_what_was_changed_here_says_so(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session)
        change = Change(by="ann@county.example", at=NOW + dt.timedelta(days=1), reason="they called")
        amend(session, {place.id: {"phones": (Phone("+13125550199"),)}}, change)
        session.commit()
        page = client.get(f"/providers/{place.slug}").text
        assert "Changed on November 3, 2026 by the people who keep this directory." in page
        assert "ann@county.example" not in page

    def test_what_somebody_checked_says_how_and_when(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session)
        called = Finding(group=FieldGroup.PHONE, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=NOW.date())
        record_checks(session, place.id, [called], Change(by="ann@county.example", at=NOW))
        session.commit()
        page = client.get(f"/providers/{place.slug}").text
        assert "Checked by phone on November 2, 2026." in page
        assert "From: The county&#39;s list. Checked on October 1, 2026." in page, "of the other facts"
        assert "ann@county.example" not in page

    @pytest.mark.parametrize(
        ("address", "license_"), [("/providers", "License: CC BY 4.0"), ("/es/providers", "Licencia: CC BY 4.0")]
    )
    def test_every_source_that_tells_of_the_place_is_named_as_it_wants(
        self, client: FlaskClient, session: Session, address: str, license_: str
    ) -> None:
        place = a_provider(session)
        wants = {"attribution": "Made by volunteers.", "licence": "CC BY 4.0", "url": "https://aa.example/"}
        a_source(session, "aa-lakeview", name="Lakeview Intergroup", **wants)
        a_source(session, "silent", name="Once the same place")
        session.flush()
        told = (("aa-lakeview", {"fees": "Free"}), ("silent", None))
        session.add_all(
            KnownAs(source_key=key, source_ref="7", provider_id=place.id, facts=facts) for key, facts in told
        )
        session.commit()

        page = client.get(f"{address}/{place.slug}").text

        assert '<a class="govuk-link" href="https://aa.example/" rel="noreferrer">Lakeview Intergroup</a>' in page
        assert '<a class="govuk-link" href="https://county.example/" rel="noreferrer">The county&#39;s list</a>' in page
        assert f"<br>Made by volunteers.<br>{license_}" in page
        assert "Once the same place" not in page


class TestNearby:
    """The nearest other places."""

    def test_the_same_help_and_the_next_step_are_named_from_the_nearest_on(
        self, client: FlaskClient, session: Session
    ) -> None:
        place = a_provider(session, name="Harbor House", **at_miles(0, "detox"))
        for miles, name, level in (
            (9, "Far Detox", "detox"),
            (2, "Near Detox", "detox"),
            (5, "Near Residence", "inpatient"),
            (1, "Clinic", "outpatient"),
        ):
            a_provider(session, name=name, **at_miles(miles, level))
        session.commit()
        same, following = nearby_of(client.get(f"/providers/{place.slug}").text)
        assert same == ["Near Detox", "Far Detox"]
        assert following == ["Near Residence"]

    def test_at_most_three_of_each_are_named(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session, **at_miles(0, "outpatient"))
        for miles in range(1, 6):
            a_provider(session, name=f"Clinic {miles}", **at_miles(miles, "outpatient"))
        session.commit()
        assert nearby_of(client.get(f"/providers/{place.slug}").text) == [["Clinic 1", "Clinic 2", "Clinic 3"]]

    def test_a_place_whose_position_is_not_known_has_those_near_its_zip_code(
        self, client: FlaskClient, session: Session
    ) -> None:
        place = a_provider(session, point=None, precision=Precision.NONE, postal_code="60601")
        a_provider(session, name="Clinic", **at_miles(1, "outpatient"))
        session.commit()
        assert nearby_of(client.get(f"/providers/{place.slug}").text) == [["Clinic"]]

    def test_the_alternatives_cost_no_query_but_for_their_listings(
        self, app: Flask, client: FlaskClient, session: Session
    ) -> None:
        place = a_provider(session, **at_miles(0, "detox"))
        for level in ("detox", "inpatient", "inpatient"):
            a_provider(session, **at_miles(2, level))
        session.commit()
        app.extensions["directory"].refresh()
        with app.app_context(), counted_queries(db.engine) as queries:
            client.get(f"/providers/{place.slug}")
        versions = [query for query in queries if "FROM directory_version" in query]
        others = [query for query in queries if query not in versions]
        assert len(others) == 12, (
            "the listing, 4; history; checks; other sources; two lists of others; any fictional?; our words, 2"
        )
        with app.app_context(), counted_queries(db.engine) as queries:
            client.get(f"/providers/{place.slug}")
        assert len([query for query in queries if "FROM directory_version" not in query]) == 7


class TestConfidential:
    """A place whose address is kept private."""

    def test_nothing_that_we_give_out_tells_where_it_is(self, client: FlaskClient, session: Session) -> None:
        seven = Schedule(MONDAY, dt.time(19), dt.time(20), ScheduleKind.MEETING)
        place = a_provider(session, schedules=(seven,), **SECRET)
        session.commit()
        pages = ("", ".jsonld", "/calendar.ics", "/report", "/report/sent")
        given_out = "".join(client.get(f"/providers/{place.slug}{page}").text for page in pages)
        for secret in ("Secret Street", "Back Door", "41.7", "-87.5", "latitude", "longitude"):
            assert secret not in given_out
        assert "The address is kept private" in given_out

    def test_the_distances_to_others_are_those_of_its_zip_code(self, client: FlaskClient, session: Session) -> None:
        secret = a_provider(session, name="Secret", **SECRET)
        open_place = a_provider(session, name="Open", **{**SECRET, "confidential": False, "point": ZIP_60601})
        a_provider(session, name="Clinic", **at_miles(3, "outpatient"))
        session.commit()
        distances = [clinic_distance(client.get(f"/providers/{place.slug}").text) for place in (secret, open_place)]
        assert distances[0] == distances[1]


SECRET: dict[str, Any] = {
    "confidential": True,
    "address_1": "7 Secret Street",
    "address_2": "Back Door",
    "postal_code": "60601",
    "point": Point(41.7654, -87.5432),
    "precision": Precision.ADDRESS,
}


def at_miles(north: float, level: str) -> dict[str, Any]:
    """The facts of a place so many miles north of the middle of 60601, with one level of care."""
    point = Point(ZIP_60601.latitude + north / 69, ZIP_60601.longitude)
    return {"point": point, "precision": Precision.ADDRESS, "tags": tags(f"level_of_care:{level}")}


def nearby_of(page: str) -> list[list[str]]:
    """The names in each list of other places."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    lists = [each for each in root.iter("ul") if each.get("class") == "nearby"]
    return [[item.findtext("a", "") for item in each.iter("li")] for each in lists]


def clinic_distance(page: str) -> str:
    """How far away the page says that the place called Clinic is."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (item,) = (item for item in root.iter("li") if item.findtext("a") == "Clinic")
    return item.findtext("p", "")


class TestForPrograms:
    """What search engines and other programs read of a place."""

    def test_the_page_has_one_address_in_each_language(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session)
        session.commit()
        english, spanish = (f"http://localhost{start}/providers/{place.slug}" for start in ("", "/es"))
        for address in (english, spanish):
            page = client.get(f"{address}?from=elsewhere").text
            assert links_of(page, "canonical") == {"": address}
            languages = links_of(page, "alternate")
            assert (languages["en"], languages["es"]) == (english, spanish)

    def test_the_place_is_told_in_the_words_of_schema_org(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(
            session,
            name="Harbor House",
            organization="Harbor Health",
            address_1="12 Example Street",
            precision=Precision.ADDRESS,
            tags=tags("level_of_care:detox"),
        )
        session.commit()
        page = client.get(f"/providers/{place.slug}").text
        data = data_of(page)
        assert data["@type"] == "MedicalOrganization"
        assert (data["name"], data["telephone"]) == ("Harbor House", "+13125550123")
        assert data["parentOrganization"]["name"] == "Harbor Health"
        assert data["address"]["streetAddress"] == "12 Example Street"
        assert data["location"]["geo"]["latitude"] == place.latitude
        assert data["location"]["openingHoursSpecification"][0]["opens"] == "09:00"
        answer = client.get(links_of(page, "alternate")["application/ld+json"])
        assert answer.mimetype == "application/ld+json"
        assert answer.json == data

    def test_a_rough_position_is_not_given_as_an_exact_one(self, client: FlaskClient, session: Session) -> None:
        place = a_provider(session, precision=Precision.ZIP)
        session.commit()
        assert "geo" not in data_of(client.get(f"/providers/{place.slug}").text)["location"]

    def test_a_group_has_its_meetings_in_its_own_time_zone(self, client: FlaskClient, session: Session) -> None:
        seven = Schedule(MONDAY, dt.time(19), None, ScheduleKind.MEETING)
        group = a_provider(session, tags=tags("level_of_care:support_group"), schedules=(seven,))
        session.commit()
        data = data_of(client.get(f"/providers/{group.slug}").text)
        assert data["@type"] == "Organization"
        assert data["event"][0]["eventSchedule"] == {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Monday",
            "startTime": "19:00",
            "scheduleTimezone": "America/Chicago",
        }

    def test_no_text_of_a_source_gets_out_of_the_data(self, client: FlaskClient, session: Session) -> None:
        hostile = "</script><script>alert(1)</script><!-- \u2028 & \" '"
        place = a_provider(session, name=hostile, description=hostile)
        session.commit()
        page = client.get(f"/providers/{place.slug}").text
        assert data_of(page)["name"] == hostile
        assert "alert(1)</script>" not in page


@pytest.mark.parametrize("level", ["detox", "inpatient", "outpatient", "support_group"])
def test_each_kind_of_help_has_its_questions_in_both_languages(
    client: FlaskClient, session: Session, level: str
) -> None:
    place = a_provider(session, tags=tags(f"level_of_care:{level}"))
    session.commit()
    for start in ("", "/es"):
        page = client.get(f"{start}/providers/{place.slug}").text
        assert f'href="{start}/topics/the-call"' in page
        assert vocabulary().label("level_of_care", level, "es" if start else "en") in page


def test_a_number_for_texts_opens_a_message(client: FlaskClient, session: Session) -> None:
    place = a_provider(session, phones=(Phone("+13125550123", PhoneKind.TEXT),))
    session.commit()
    assert 'href="sms:+13125550123"' in client.get(f"/providers/{place.slug}").text
