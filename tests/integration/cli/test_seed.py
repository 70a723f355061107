"""``finder seed``: a new directory shows the demonstration, which never gets in the way of real listings."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing.formats.demonstration import demonstration_size
from finder.listings import fictional_are_shown, retire_fictional
from finder.models import DirectoryVersion, Provider, Revision
from tests.factories import A_CHANGE, a_provider


def test_a_new_directory_gets_the_demonstration_once_and_for_all(app: Flask, session: Session) -> None:
    said = _seed(app)
    assert f"{demonstration_size():,} added" in said
    assert "fictional" in said
    assert _count_of_published(session) == demonstration_size()
    assert fictional_are_shown(session)
    before = _history(session)

    assert "nothing changed" in _seed(app)
    assert _history(session) == before

    retire_fictional(session, A_CHANGE)
    session.commit()
    assert "nothing changed" in _seed(app)
    assert _count_of_published(session) == 0


def test_a_directory_with_real_listings_gets_none(app: Flask, session: Session) -> None:
    a_provider(session)
    session.commit()

    assert "real listings" in _seed(app)
    assert _count_of_published(session) == 1
    assert not fictional_are_shown(session)


def _seed(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["seed"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def _count_of_published(session: Session) -> int:
    session.rollback()  # to see what the command committed
    count = session.scalar(select(func.count()).where(Provider.status == Status.PUBLISHED))
    return count or 0


def _history(session: Session) -> tuple[int | None, int | None]:
    session.rollback()
    return session.scalar(select(DirectoryVersion.version)), session.scalar(select(func.count()).select_from(Revision))
