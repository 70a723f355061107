"""Somebody who edits a listing in a browser without JavaScript, for tests."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from finder.domain.account import Role, Scope
from finder.domain.geo import Point, Precision
from finder.domain.schedule import Schedule, ScheduleKind
from finder.listings import Change, amend
from finder.listings.timeline import the_stored
from finder.models import Provider
from tests.factories import NOW, a_provider, tags
from tests.forms import form_on
from tests.saved import facts_of
from tests.staff import StaffClient, an_account


def editor_of_illinois(session: Session, staff: StaffClient) -> StaffClient:
    """The browser of an editor of Illinois, signed in."""
    staff.sign_in(an_account(session, Role.EDITOR, Scope(state="IL"), email="ed@county.example"))
    return staff


def harbor_house(session: Session) -> Provider:
    """A published listing in Chicago of which everything is told; committed."""
    made = a_provider(
        session,
        name="Harbor House",
        description="Help for people.\n\nDay and night.",
        alert="Call first.",
        fees="By income",
        email="hello@lakeview.example",
        minimum_age=18,
        point=Point(41.885801234, -87.6229),
        precision=Precision.ADDRESS,
        accepting=True,
        beds=2,
        availability_as_of=NOW,
        availability_expires=NOW + dt.timedelta(days=3),
        tags=tags("level_of_care:detox", "payment:medicaid", "language:spanish"),
        schedules=(
            Schedule(0, dt.time(9), dt.time(17)),
            Schedule(3, dt.time(19, 30), None, ScheduleKind.MEETING, "Newcomers & friends"),
        ),
    )
    session.commit()
    return made


def edit(listing: Provider) -> str:
    """Where its form is."""
    return f"/admin/listings/{listing.id}/edit"


def form_at(browser: StaffClient, address: str) -> MultiDict[str, str]:
    """The form of a listing as it is there."""
    return form_on(browser.get(address).text, with_field="version")


def send(
    browser: StaffClient, address: str, form: MultiDict[str, str], expect: int = 303, **typed: Any
) -> TestResponse:
    """Type into a form, by names such as ``phones__0__number``, and send it."""
    filled_in = MultiDict(form)
    for name, value in typed.items():
        filled_in.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return browser.post(address, data=filled_in, expect=expect)


def facts_now(session: Session, listing: Provider) -> dict[str, Any]:
    """All that it says by now."""
    session.rollback()
    return facts_of(session, listing.id)


def version_now(session: Session, listing: Provider) -> int:
    """How often it was changed by now, its making included."""
    session.rollback()
    return the_stored(session, listing.id).version


def by_somebody_else(session: Session, listing: Provider, **facts: Any) -> None:
    """Somebody else saves these facts, too."""
    session.rollback()
    amend(session, {listing.id: facts}, Change(by="bob@county.example", at=NOW, reason="They called"))
    session.commit()
