"""Whatever is saved comes back the same, and history tells how it came to be."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings import ListingDraft, save_all
from finder.listings.history import as_json
from finder.listings.stored import load_stored
from finder.models import Revision
from tests.factories import A_CHANGE, a_source
from tests.strategies import drafts

# Each example ends in a rollback: the session of the test may serve them all.
one_session = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _county_list(session: Session) -> None:
    a_source(session)
    session.commit()


def said(facts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Facts in JSON's types, without those that say nothing."""
    return {name: value for name, value in facts if value not in (None, "", [])}


@one_session
@given(draft=drafts())
def test_a_listing_comes_back_as_it_was_saved(session: Session, draft: ListingDraft) -> None:
    save_all(session, [draft], A_CHANGE)

    (stored,) = load_stored(session)
    session.rollback()

    assert stored.facts == draft.facts()


@one_session
@given(editions=st.lists(drafts(), min_size=1, max_size=4))
def test_the_changes_of_a_listing_lead_from_nothing_to_what_it_is(
    session: Session, editions: list[ListingDraft]
) -> None:
    for edition in editions:
        save_all(session, [edition], A_CHANGE)
    (stored,) = load_stored(session)
    history = session.execute(select(Revision.version, Revision.changes).order_by(Revision.version)).all()
    session.rollback()

    replayed: dict[str, Any] = {}
    for _, changes in history:
        for name, (before, after) in changes.items():
            assert said([(name, before)]) == said([(name, replayed.get(name))])
            replayed[name] = after
    assert said(replayed.items()) == said((name, as_json(value)) for name, value in stored.facts.items())
    assert [version for version, _ in history] == list(range(1, stored.version + 1))
