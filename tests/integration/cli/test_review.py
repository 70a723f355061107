"""``finder review`` and ``finder duplicates``: the queues, for those who work in a terminal."""

import datetime as dt

from flask import Flask
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.listings.duplicates import suspects
from tests.factories import a_provider

LONG_AGO = {"verified_on": dt.date(2020, 1, 1), "review_due_on": dt.date(2021, 1, 1)}


def said(app: Flask, *args: str) -> str:
    result = app.test_cli_runner().invoke(args=args, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_overdue_are_shown_with_what_to_check(app: Flask, session: Session) -> None:
    a_provider(session, name="Lakeview [old]", **LONG_AGO)
    session.commit()

    shown = said(app, "review", "due")

    assert "Lakeview" in shown
    assert "[old]" in shown
    assert "phone" in shown
    assert "2020-01-01" in shown.replace("\n", "")


def test_one_state_can_be_asked_for(app: Flask, session: Session) -> None:
    a_provider(session, state="IL", **LONG_AGO)
    session.commit()

    assert said(app, "review", "due", "--state", "vt") == "Nothing is overdue.\n"
    assert "Lakeview" in said(app, "review", "due", "--state", "il")


def test_what_waits_for_a_person_is_shown_with_the_reason(app: Flask, session: Session) -> None:
    assert said(app, "review", "waiting") == "Nothing waits.\n"
    a_provider(session, status=Status.DRAFT, review_reason="No level")
    session.commit()

    assert "No level" in said(app, "review", "waiting")


def test_possible_duplicates_are_found_kept_and_shown(app: Flask, session: Session) -> None:
    for _ in range(2):
        a_provider(session, name="Lakeview", address_1="1 Example Street", phones=(Phone("+13125550150"),))
    session.commit()

    shown = said(app, "duplicates")

    assert shown.startswith("1 pairs wait for a decision: 1 new, 0 dropped")
    assert "same phone" in shown
    session.rollback()
    assert len(suspects(session)) == 1
    assert "0 new" in said(app, "duplicates")
