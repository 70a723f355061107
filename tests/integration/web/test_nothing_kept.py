"""What a visitor says, wherever they say it, is in no table afterwards and in no log; errors make no difference."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, MetaData, select
from sqlalchemy.orm import Session

from tests.factories import a_provider
from tests.pages import CheckedClient

CANARY = "xcanaryx"
HEADERS = {
    "User-Agent": CANARY,
    "Referer": f"https://{CANARY}.example/",
    "Accept-Language": CANARY,
    "Cookie": f"{CANARY}={CANARY}",
    "X-Forwarded-For": CANARY,
    "X-Request-ID": CANARY,
}
ASKED = (
    ("/search?near={0}&payment={0}", 422),
    ("/search?near=60601&q={0}&{0}={0}", 200),
    ("/search.json?near=60601&q={0}", 200),
    ("/search.csv?near=60601&q={0}", 200),
    ("/map?near=60601&q={0}", 200),
    ("/places.json?q={0}", 200),
    ("/shortlist?ids=1&{0}={0}", 200),
    ("/providers/{0}?q={0}", 404),
    ("/{0}?q={0}", 404),
    ("/es/topics/{0}", 404),
    ("/broken?q={0}", 500),
)


@pytest.fixture
def visitor(app: Flask, session: Session) -> CheckedClient:
    """A browser whose every header says the word, before a directory with a listing and a page that has a mistake."""

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError(CANARY)

    a_provider(session, name="Hope House")
    session.commit()
    app.testing = False
    client = CheckedClient(app, app.response_class)
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    return client


def everything_stored(engine: Engine) -> Iterator[str]:
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            yield from (repr(tuple(row)) for row in connection.execute(select(table)))


def test_no_table_and_no_log_has_what_a_visitor_said(
    visitor: CheckedClient, engine: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    for address, status in ASKED:
        visitor.get(address.format(CANARY), headers=HEADERS, expect=status)
    form = {"danger": CANARY, "asked": CANARY, "go": CANARY}
    visitor.post("/guide", data=form, headers=HEADERS)

    stored = "\n".join(everything_stored(engine))
    assert "Hope House" in stored
    for word in (CANARY, "203.0.113"):
        assert word not in stored
        assert word not in "".join(capfd.readouterr())
