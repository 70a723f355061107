"""When each fact of a listing last changed, and who said so."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.phone import Phone
from finder.listings import Change, ListingDraft, amend, save_all
from finder.listings.freshness import LastChange, last_changes
from finder.models import ImportRun, Provider
from tests.factories import NOW, a_draft, a_provider, a_source, tags

LATER = NOW + dt.timedelta(days=3)


def amended(session: Session, provider: Provider, **facts: Any) -> dict[str, LastChange]:
    amend(session, {provider.id: facts}, Change(by="ann", at=LATER, reason="a call"))
    return dict(last_changes(session, provider.id))


def test_what_came_in_first_is_the_sources_word(session: Session) -> None:
    latest = last_changes(session, a_provider(session, fees="Free.").id)
    assert latest["phones"] == latest["fees"] == latest["payment"] == LastChange(NOW, by_source=True)
    assert "alert" not in latest, "the source says nothing of it"


def test_what_was_changed_here_is_told_apart_from_the_rest(session: Session) -> None:
    latest = amended(session, a_provider(session), phones=(Phone("+13125550199"),))
    assert latest["phones"] == LastChange(LATER, by_source=False)
    assert latest["name"] == LastChange(NOW, by_source=True)


def test_of_the_tags_only_those_questions_changed_whose_answers_did(session: Session) -> None:
    provider = a_provider(session, tags=tags("level_of_care:outpatient", "payment:medicaid"))
    latest = amended(session, provider, tags=tags("level_of_care:outpatient", "payment:medicare"))
    assert latest["payment"].at == LATER
    assert latest["level_of_care"].at == NOW


def test_a_later_edition_is_the_sources_word_again(session: Session) -> None:
    provider = a_provider(session)
    run = an_import(session, provider, fees="Free.")
    assert last_changes(session, provider.id)["fees"] == LastChange(run.started_at, by_source=True)


def an_import(session: Session, provider: Provider, **facts: Any) -> ImportRun:
    a_source(session)
    run = ImportRun(source_key="county-list", file_name="list.csv", file_sha256="", by="ann", started_at=LATER)
    session.add(run)
    session.flush()
    drafts: list[ListingDraft] = [a_draft(source_ref=provider.source_ref, **facts)]
    save_all(session, drafts, Change(by="ann", at=LATER, import_run_id=run.id))
    return run
