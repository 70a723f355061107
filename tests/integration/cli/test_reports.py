"""``finder reports``: what visitors reported, until it is old."""

import datetime as dt

from flask import Flask
from sqlalchemy.orm import Session

from finder.domain.problem import Problem
from finder.listings import Change
from finder.listings.confirmation import ADDRESSES_ARE_KEPT, ask
from finder.listings.problems import WORDS_ARE_KEPT, Said, store_report
from tests.factories import a_provider


def test_open_reports_are_told_from_the_oldest_on(app: Flask, session: Session) -> None:
    now = dt.datetime.now(dt.UTC)
    place = a_provider(session, name="Harbor House")
    first = Said(problems=frozenset({Problem.PHONE, Problem.HOURS}), text="It rings.\nNo answer.", contact="Ann")
    store_report(session, place.id, first, now - dt.timedelta(hours=1))
    store_report(session, place.id, Said(problems=frozenset({Problem.CLOSED})), now)
    session.commit()
    told = run(app, "list")
    assert told.index("hours, phone") < told.index("closed") < told.index("2 open")
    for words in ("Harbor House", f"/providers/{place.slug}", "| It rings.", "| No answer.", "contact: Ann"):
        assert words in told


def test_a_directory_without_reports_says_so(app: Flask) -> None:
    assert run(app, "list") == "0 open\n"


def test_old_words_can_be_forgotten(app: Flask, session: Session) -> None:
    long_ago = dt.datetime.now(dt.UTC) - WORDS_ARE_KEPT - dt.timedelta(days=1)
    said = Said(problems=frozenset({Problem.OTHER}), text="It rings.")
    store_report(session, a_provider(session).id, said, long_ago)
    session.commit()
    assert "deleted: 1" in run(app, "forget")
    assert "It rings." not in run(app, "list")


def test_where_an_old_letter_went_can_be_forgotten(app: Flask, session: Session) -> None:
    long_ago = dt.datetime.now(dt.UTC) - ADDRESSES_ARE_KEPT - dt.timedelta(days=1)
    place = a_provider(session)
    asked = ask(session, place.id, "0" * 64, "desk@harbor.example", Change(by="ada", at=long_ago))
    session.commit()

    assert "addresses were deleted: 1" in run(app, "forget")

    session.refresh(asked)
    assert asked.sent_to == ""


def run(app: Flask, command: str) -> str:
    result = app.test_cli_runner().invoke(args=["reports", command], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout
