"""What a visitor reads of one place."""

import datetime as dt
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule
from tests.factories import a_provider, tags


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
    assert "<script" not in client.get(f"/providers/{provider.slug}").text
    assert "<script" not in client.get("/search?near=60601").text


def test_a_website_that_is_no_web_address_is_not_linked(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session, website="javascript:alert(1)")
    session.commit()
    assert "javascript:" not in client.get(f"/providers/{provider.slug}").text
