"""Administrators make sure of the helplines."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.orientation.helplines import load_helplines
from finder.orientation.topics import load_topics
from tests.clock import set_clock
from tests.staff import START, Clock, StaffClient, an_account

PAGE = "/admin/helplines"
LAST = max(line.last_checked for line in load_helplines())


@pytest.fixture(autouse=True)
def _ada(staff_app: Flask, session: Session, staff: StaffClient, clock: Clock) -> None:
    set_clock(staff_app, START)
    clock.time = at(LAST)
    staff.sign_in(an_account(session, email="ada@county.example"))


def at(day: dt.date) -> dt.datetime:
    """Noon of a day."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def check(staff: StaffClient, key: str, note: str = "", expect: int = 303) -> str:
    """Press the button of a helpline."""
    return staff.send(PAGE, helpline=key, **{f"{key}-note": note}, expect=expect).text


def test_a_check_that_is_long_ago_is_marked_until_somebody_checks(
    staff: StaffClient, session: Session, clock: Clock
) -> None:
    assert "Check is due" not in staff.get(PAGE).text
    clock.time = at(LAST + dt.timedelta(days=181))
    staff.sign_in(an_account(session, email="bob@county.example"))
    due = staff.get(PAGE).text.count("Check is due")
    assert due == len(load_helplines())
    assert "5 helplines and topics are due for a check" in staff.get("/admin/dashboard").text

    check(staff, "samhsa_national", "Spanish is press 2")

    page = staff.get(PAGE).text
    assert page.count("Check is due") == due - 1
    assert "by bob@county.example: Spanish is press 2" in page


def test_visitors_read_the_day_of_the_oldest_check(staff: StaffClient, session: Session, clock: Clock) -> None:
    clock.time = at(dt.date(2027, 3, 1))
    staff.sign_in(an_account(session))
    for line in load_helplines():
        assert "March 1, 2027" not in staff.get("/").text
        check(staff, line.key)

    assert "Numbers last checked March 1, 2027." in staff.get("/").text
    assert "1 de marzo de 2027" in staff.get("/es/").text


def test_a_note_that_is_too_long_is_told_beside_its_field(staff: StaffClient) -> None:
    page = check(staff, "emergency", "x" * 301, expect=422)

    assert 'id="emergency-note-error"' in page
    assert "x" * 301 in page


def test_an_unknown_helpline_is_not_found(staff: StaffClient) -> None:
    check(staff, "nobody", expect=404)


def test_topics_past_their_day_are_flagged(staff: StaffClient, session: Session, clock: Clock) -> None:
    first = min(topic.review_by for topic in load_topics())
    clock.time = at(first)
    staff.sign_in(an_account(session))

    due = re.findall(r"due for a review</h2>(.*?)</ul>", staff.get(PAGE).text, re.DOTALL)[0]

    expected = sum(topic.is_due(first) for language in ("en", "es") for topic in load_topics(language))
    assert expected
    assert due.count("<li>") == expected
