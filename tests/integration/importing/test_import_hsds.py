"""A directory's own export, imported into an empty one."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.exporting.hsds.ids import service_at_location_id
from finder.importing import Import, ImportReport, Rules, Upload, import_file
from finder.importing.formats.hsds import Hsds
from finder.listings import save_all
from finder.listings.stored import load_stored
from finder.listings.write import public_id
from finder.models import Source
from finder.models.connection import engine_options
from tests.databases import Databases
from tests.factories import A_CHANGE, NOW, a_source, drafts_of_several_towns, drafts_that_are_looked_for
from tests.hsds import ApiClient

FORMS = ("services?full=true&format=ndjson", "datapackage.zip")


@pytest.fixture
def exported(app: Flask, session: Session) -> dict[str, bytes]:
    """Places and a group, in all forms in which they can be taken away."""
    a_source(session)
    save_all(session, [*drafts_of_several_towns(12), *drafts_that_are_looked_for()], A_CHANGE)
    session.commit()
    app.test_client_class = ApiClient
    api = app.test_client()
    return {form: api.get(f"/hsds/{form}").get_data() for form in FORMS}


def test_an_export_fills_an_empty_directory_and_changes_nothing_the_second_time(
    session: Session, exported: dict[str, bytes], databases: Databases
) -> None:
    ours = {
        str(service_at_location_id(public_id("county-list", listing.source_ref))): listing.facts
        for listing in load_stored(session)
    }
    for form, content in exported.items():
        with databases.migrated() as url:
            engine = create_engine(url, **engine_options(url))
            with Session(engine) as empty:
                first, second = _imported(empty, content), _imported(empty, content)
                theirs = {listing.source_ref: listing.facts for listing in load_stored(empty)}
            engine.dispose()
        assert _compared(theirs) == _compared(ours), form
        assert (first.created, first.rows) == (14, 14), form
        assert (second.created, second.updated, second.unchanged) == (0, 0, 14), form


def _imported(session: Session, content: bytes) -> ImportReport:
    upload = Upload(file=io.BytesIO(content), name="export", max_megabytes=64)
    read = Hsds(source="neighbor", as_of=None, today=NOW.date())
    what = Import(file_format=read, source=Source(key="neighbor", name="Next county"), rules=Rules(whole=True))
    report = import_file(session, upload, what, A_CHANGE, progress=lambda _done, _all: None)
    session.commit()
    return report


def _compared(listings: dict[str, Any]) -> dict[str, Any]:
    return {ref: {**facts, "review_due_on": None} for ref, facts in listings.items()}
