"""What became of a listing, for people to read."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.phone import Phone
from finder.listings import Change, amend
from finder.listings.timeline import FieldChange, facts_at, the_stored, timeline
from finder.models import ImportRun
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source


def test_every_change_says_which_fact_changed_from_what_to_what_by_whom_and_why(session: Session) -> None:
    listing = a_provider(session, email="old@lakeview.example")
    change = Change(by="Ana", at=NOW, reason="They called")
    amend(session, {listing.id: {"email": "new@lakeview.example", "phones": (Phone("+13125550199"),)}}, change)

    newest, first = timeline(session, listing.id)

    assert (newest.version, newest.by, newest.at, newest.reason) == (2, "Ana", NOW, "They called")
    assert newest.fields == (
        FieldChange("email", "old@lakeview.example", "new@lakeview.example"),
        FieldChange(
            "phones",
            [["+13125550123", "main", ""], ["+13125550124", "intake", "7"]],
            [["+13125550199", "main", ""]],
        ),
    )
    assert first.version == 1
    assert (newest.source, newest.file_name) == ("", "")


def test_a_change_by_an_import_names_the_source_and_its_file(session: Session) -> None:
    listing = a_provider(session)
    a_source(session, "state-list")
    session.flush()
    run = ImportRun(source_key="state-list", file_name="list.xlsx", file_sha256="0" * 64, by="Ana", started_at=NOW)
    session.add(run)
    session.flush()
    amend(session, {listing.id: {"alert": "Moved"}}, Change(by="Ana", at=NOW, import_run_id=run.id))

    newest = timeline(session, listing.id)[0]

    assert (newest.source, newest.file_name) == ("state-list", "list.xlsx")


def test_a_long_history_is_read_a_page_at_a_time_in_one_query_each(engine: Engine, session: Session) -> None:
    listing = a_provider(session)
    for number in range(5):
        amend(session, {listing.id: {"alert": f"Note {number}"}}, A_CHANGE)
    provider_id = listing.id

    with counted_queries(engine) as queries:
        page = timeline(session, provider_id, limit=2)
        next_page = timeline(session, provider_id, limit=2, before_version=page[-1].version)

    assert [entry.version for entry in (*page, *next_page)] == [6, 5, 4, 3]
    assert len(queries) == 2


def test_what_a_listing_said_at_any_time_can_be_read(session: Session) -> None:
    draft = a_draft()
    listing = a_provider(session, source_ref=draft.source_ref, **draft.facts())
    amend(session, {listing.id: {"name": "Renamed", "phones": ()}}, A_CHANGE)
    amend(session, {listing.id: {"name": "Renamed again"}}, A_CHANGE)

    assert facts_at(session, the_stored(session, listing.id), 1) == draft.facts()
