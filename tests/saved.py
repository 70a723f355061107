"""Saving as an import or a call does, and what then stands in the database."""

from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings import Change, ListingDraft, Outcome, save_all
from finder.listings.history import all_as_json
from finder.listings.standing import Stands, load_standings
from finder.listings.timeline import the_stored
from finder.models import ImportRun, Provider, Source
from tests.factories import NOW, a_source


def found(group: FieldGroup = FieldGroup.PHONE, **changes: Any) -> Finding:
    """That a call today confirmed a group; ``changes`` are fields of `Finding`."""
    usual = {"method": CheckMethod.CALL, "result": CheckResult.CONFIRMED, "on": NOW.date()}
    return Finding(group=group, **usual | changes)


def imported(session: Session, draft: ListingDraft) -> Outcome:
    """Save a draft as an import does."""
    if session.get(Source, draft.source) is None:
        a_source(session, draft.source)
        session.flush()
    run = ImportRun(source_key=draft.source, file_name="list.xlsx", file_sha256="0" * 64, by="Ana", started_at=NOW)
    session.add(run)
    session.flush()
    (outcome,) = save_all(session, [draft], Change(by="Ana", at=NOW, import_run_id=run.id))
    return outcome


def standing(session: Session, listing: Provider) -> dict[FieldGroup, Stands]:
    """How each group of the listing's facts stands."""
    return load_standings(session, [listing.id])[listing.id]


def the_listing(session: Session) -> Provider:
    """The only listing, as it is in the database."""
    return session.scalars(select(Provider).execution_options(populate_existing=True)).one()


def facts_of(session: Session, provider_id: int) -> dict[str, Any]:
    """All facts of a listing."""
    return dict(the_stored(session, provider_id).facts)


def bytes_of(session: Session, provider_id: int) -> bytes:
    """The whole listing as history sees it."""
    return orjson.dumps(all_as_json(facts_of(session, provider_id)), option=orjson.OPT_SORT_KEYS)
