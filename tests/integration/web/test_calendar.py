"""A group's meetings in the visitor's own calendar."""

import datetime as dt
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.schedule import Schedule, ScheduleKind
from tests.calendars import first_times, read_calendar, utc_offset
from tests.clock import set_clock
from tests.factories import NOW, a_provider

MONDAY = 0
AT_SEVEN = Schedule(MONDAY, dt.time(19), dt.time(20, 15), ScheduleKind.MEETING, "newcomers welcome")
OFFICE = Schedule(MONDAY, dt.time(9), dt.time(17))


def test_the_meetings_of_a_group_can_be_put_into_a_calendar(app: Flask, client: FlaskClient, session: Session) -> None:
    set_clock(app, NOW)
    group = a_provider(session, name="Monday Group", address_1="12 Example Street", schedules=(OFFICE, AT_SEVEN))
    session.commit()
    page = client.get(f"/providers/{group.slug}").text
    assert f'href="/providers/{group.slug}/calendar.ics"' in page
    answer = client.get(f"/providers/{group.slug}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{group.slug}.ics"'
    calendar = read_calendar(answer.data)
    (zone,), (event,) = calendar.of("VTIMEZONE"), calendar.of("VEVENT")
    (first,) = first_times(event, 1)
    assert (first - utc_offset(zone, first)).replace(tzinfo=dt.UTC) == dt.datetime(2026, 11, 3, 1, tzinfo=dt.UTC)
    assert event.properties["DURATION"] == "PT75M"
    assert event.text("SUMMARY") == "Monday Group"
    assert event.text("LOCATION") == "12 Example Street, Chicago, IL 60601"
    assert event.text("DESCRIPTION").startswith("newcomers welcome\nCall before you go: 312-555-0123.")
    assert event.properties["URL"] == f"http://localhost/providers/{group.slug}"


def test_a_spanish_calendar_leads_to_the_spanish_page(client: FlaskClient, session: Session) -> None:
    group = a_provider(session, schedules=(AT_SEVEN,))
    session.commit()
    (event,) = read_calendar(client.get(f"/es/providers/{group.slug}/calendar.ics").data).of("VEVENT")
    assert event.properties["URL"] == f"http://localhost/es/providers/{group.slug}"


@pytest.mark.parametrize(
    ("schedules", "time_zone"), [((OFFICE,), "America/Chicago"), ((), "America/Chicago"), ((AT_SEVEN,), "")]
)
def test_what_no_calendar_can_hold_is_not_offered(
    client: FlaskClient, session: Session, schedules: tuple[Schedule, ...], time_zone: str
) -> None:
    place = a_provider(session, schedules=schedules, time_zone=time_zone)
    session.commit()
    assert "calendar.ics" not in client.get(f"/providers/{place.slug}").text
    client.get(f"/providers/{place.slug}/calendar.ics", expect=HTTPStatus.NOT_FOUND)


def test_there_is_no_calendar_of_a_group_that_is_not_there(client: FlaskClient) -> None:
    client.get("/providers/nobody/calendar.ics", expect=HTTPStatus.NOT_FOUND)
