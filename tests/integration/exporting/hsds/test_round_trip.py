"""Whatever is published comes back as it was, from JSON and from tables."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.domain.vocabulary import vocabulary
from finder.exporting.hsds import Telling, service, service_at_location_id, write_package
from finder.importing.bounds import Upload
from finder.importing.formats.hsds import Hsds
from finder.importing.report import ImportReport
from finder.listings import ListingDraft, save_all
from finder.listings.stored import load_stored
from finder.models import published_providers
from finder.models.connection import engine_options
from tests.databases import SqliteDatabases
from tests.factories import A_CHANGE, NOW, a_source
from tests.strategies import published_drafts

NOT_TOLD = {
    "review_due_on": "when a listing is due is each directory's own rule",
}
"""The facts that HSDS isn't given, with the reason. Beside them: the street of a confidential place, and what a place
said of its room once that has expired."""


@pytest.fixture
def session(sqlite_databases: SqliteDatabases) -> Iterator[Session]:
    """What is exported is the same from every kind of database."""
    with sqlite_databases.migrated() as url:
        engine = create_engine(url, **engine_options(url))
        with Session(engine) as opened:
            yield opened
        engine.dispose()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(listed=st.integers(1, 3).flatmap(lambda many: st.tuples(*(published_drafts(f"place {n}") for n in range(many)))))
def test_what_is_published_comes_back(session: Session, listed: tuple[ListingDraft, ...]) -> None:
    a_source(session)
    save_all(session, listed, A_CHANGE)
    published = session.scalars(published_providers()).all()
    telling = Telling(vocabulary(), NOW)
    lines = b"".join(orjson.dumps(service(each, telling), option=orjson.OPT_APPEND_NEWLINE) for each in published)
    tables = io.BytesIO()
    write_package(session, tables, NOW)
    ids = {each.id: str(service_at_location_id(each.public_id)) for each in published}
    stored = {ids[each.id]: _told(each.facts) for each in load_stored(session)}
    session.rollback()

    assert _read(lines) == stored
    assert _read(tables.getvalue()) == stored


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is expected back of a listing's facts."""
    expected = {name: value for name, value in facts.items() if name not in NOT_TOLD}
    if facts["confidential"]:
        expected |= {"address_1": "", "address_2": ""}
    if facts["availability_expires"] and facts["availability_expires"] <= NOW:
        expected |= dict.fromkeys(("accepting", "beds", "availability_as_of", "availability_expires"))
    return expected


def _read(content: bytes) -> dict[str, dict[str, Any]]:
    upload = Upload(file=io.BytesIO(content), name="hsds", max_megabytes=64)
    reading = Hsds(source="copy", as_of=None, today=NOW.date()).read(upload, ImportReport())
    return {
        draft.source_ref: {name: value for name, value in draft.facts().items() if name not in NOT_TOLD}
        for draft in reading.drafts
    }
