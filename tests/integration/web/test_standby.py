"""The pages where they are read from a standby. A second database takes its place, so that each page tells its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.phone import Phone
from finder.extensions import READER, db
from tests.databases import PostgresDatabases
from tests.factories import a_provider
from tests.forms import form_on
from tests.pages import CheckedClient
from tests.postgres import PostgresServer
from tests.staff import SECRET_KEY, Clock, StaffClient, an_account, client_of

PLACE = "/providers/hope-house-chicago-il"
STANDBY = "a_standby"
ON_THE_PRIMARY, ON_THE_STANDBY = "312-555-0100", "312-555-0155"


@pytest.fixture
def primary_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    with postgres_databases.migrated() as url:
        add_listing(url, phone=ON_THE_PRIMARY)
        yield url


@pytest.fixture
def app(
    primary_url: str, postgres_server: PostgresServer, make_app: Callable[[Settings], Flask], tmp_path: Path
) -> Iterator[Flask]:
    standby_url = postgres_server.create(STANDBY, "migrated")
    add_listing(standby_url, phone=ON_THE_STANDBY)
    settings = Settings(
        database_url=primary_url,
        database_read_url=standby_url,
        instance_folder=tmp_path,
        look_for_changes_seconds=0,
        secret_key=SECRET_KEY,
    )
    made = make_app(settings)
    made.extensions["clock"] = Clock()
    yield made
    with made.app_context():
        db.engines[READER].dispose()
    postgres_server.drop(STANDBY)


def add_listing(url: str, *, phone: str) -> None:
    engine = create_engine(url)
    with Session(engine) as session:
        a_provider(session, name="Hope House", phones=(Phone(f"+1{phone.replace('-', '')}"),))
        session.commit()
    engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> CheckedClient:
    return CheckedClient(app, app.response_class)


@pytest.fixture
def administrator(app: Flask) -> StaffClient:
    with app.app_context():
        account = an_account(db.session())
    client = client_of(app)
    client.sign_in(account)
    return client


def test_people_read_from_the_standby_and_while_it_is_away_from_the_primary(
    visitor: CheckedClient, postgres_server: PostgresServer
) -> None:
    for page in (PLACE, "/search?near=60601"):
        assert ON_THE_STANDBY in visitor.get(page).text

    postgres_server.drop(STANDBY)

    assert ON_THE_PRIMARY in visitor.get(PLACE).text


def test_what_people_send_and_what_staff_see_is_on_the_primary(
    visitor: CheckedClient, administrator: StaffClient
) -> None:
    form = form_on(visitor.get(f"{PLACE}/report").text, with_field="problems")
    form.setlist("problems", ["phone"])
    visitor.post(f"{PLACE}/report", data=form, expect=303)

    assert ON_THE_PRIMARY in administrator.get("/admin/listings/1").text
    assert "Hope House" in administrator.get("/admin/reports").text
