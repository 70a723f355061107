"""Every group of which a listing says something has a row that tells how it stands."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.domain.schedule import Schedule
from finder.listings import amend, save_all
from finder.listings.checks import record_checks
from finder.listings.standing import Stands, rebuild_standings
from finder.models import Standing
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source
from tests.saved import standing

TODAY = NOW.date()


def test_what_is_said_of_a_listing_for_the_first_time_is_due_at_once(session: Session) -> None:
    listing = a_provider(session, schedules=())
    amend(session, {listing.id: {"schedules": (Schedule(0, dt.time(8)),)}}, A_CHANGE)

    assert standing(session, listing)[FieldGroup.HOURS] == Stands(None, None, TODAY)


def test_what_is_no_longer_said_is_no_longer_due(session: Session) -> None:
    listing = a_provider(session)
    amend(session, {listing.id: {"schedules": ()}}, A_CHANGE)
    assert FieldGroup.HOURS not in standing(session, listing)

    amend(session, {listing.id: {"schedules": (Schedule(0, dt.time(8)),)}}, A_CHANGE)
    assert standing(session, listing)[FieldGroup.HOURS].checked_on is None


def test_no_listing_loses_its_rows_when_hundreds_come_in(session: Session) -> None:
    a_source(session)
    save_all(session, (a_draft(schedules=()) for _ in range(600)), A_CHANGE)

    count = session.scalar(select(func.count()).select_from(Standing))
    assert count == 600 * (len(FieldGroup) - len({FieldGroup.HOURS, FieldGroup.AVAILABILITY}))


def test_standings_follow_from_checks_alone(session: Session) -> None:
    listing = a_provider(session, verified_on=dt.date(2026, 6, 1))
    found = Finding(group=FieldGroup.PHONE, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=TODAY)
    record_checks(session, listing.id, [found], A_CHANGE)
    before = dict(standing(session, listing))

    rebuild_standings(session, listing.id, before.keys(), TODAY)

    assert standing(session, listing) == before
