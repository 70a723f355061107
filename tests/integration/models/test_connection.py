"""How we speak to each database."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from finder.models import Provider, ProviderTag
from finder.models.connection import begin_writing, engine_options
from tests.databases import SqliteDatabases
from tests.factories import a_provider


def answer(engine: Engine, question: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(question))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_every_connection_to_sqlite_survives_a_power_cut_and_keeps_references(
    sqlite_databases: SqliteDatabases, pragma: str, value: object
) -> None:
    with sqlite_databases.migrated() as url:
        engine = create_engine(url, **engine_options(url))
        with engine.connect() as first, engine.connect() as second:
            assert first.scalar(text(f"PRAGMA {pragma}")) == value
            assert second.scalar(text(f"PRAGMA {pragma}")) == value
        engine.dispose()


def test_a_reader_sees_one_state_until_its_transaction_ends(engine: Engine) -> None:
    with Session(engine) as writer:
        a_provider(writer)
        writer.commit()
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")

    with engine.connect() as reader, Session(engine) as writer:
        before = reader.scalar(text("SELECT count(*) FROM provider"))
        a_provider(writer)
        writer.commit()

        assert reader.scalar(text("SELECT count(*) FROM provider")) == before == 1
        reader.rollback()
        assert reader.scalar(text("SELECT count(*) FROM provider")) == 2


def test_who_reads_and_then_writes_waits_for_another_who_does(engine: Engine) -> None:
    with Session(engine) as session:
        id_ = a_provider(session, minimum_age=18).id
        session.commit()

    def raise_the_age() -> None:
        with Session(engine) as session:
            begin_writing(session)
            listing = session.get_one(Provider, id_, with_for_update=True)
            listing.minimum_age = (listing.minimum_age or 0) + 1
            session.commit()

    with Session(engine) as first, ThreadPoolExecutor() as pool:
        begin_writing(first)
        listing = first.get_one(Provider, id_, with_for_update=True)
        second = pool.submit(raise_the_age)
        listing.minimum_age = (listing.minimum_age or 0) + 1
        first.commit()
        second.result()
    with Session(engine) as session:
        assert session.get_one(Provider, id_).minimum_age == 20


def test_a_statement_that_never_ends_is_ended_on_postgresql(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        assert answer(engine, "SHOW statement_timeout") == "1min"


def test_the_folder_of_a_new_sqlite_file_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a/new/finder.db"
    engine = create_engine(url, **engine_options(url))

    assert answer(engine, "SELECT 1") == 1
    engine.dispose()


def test_an_error_message_quotes_no_statement_with_its_values(session: Session) -> None:
    listing = a_provider(session)
    session.add(ProviderTag(provider_id=listing.id, facet="payment", code="a-secret-need"))
    session.flush()
    session.expunge_all()
    session.add(ProviderTag(provider_id=listing.id, facet="payment", code="a-secret-need"))

    with pytest.raises(IntegrityError) as caught:
        session.flush()

    assert "parameters hidden" in str(caught.value)
