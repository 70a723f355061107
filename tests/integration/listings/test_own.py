"""Listings that people make here."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.listings.own import OWN_SOURCE, create, nothing_yet
from finder.models import Provider, Source
from tests.factories import A_CHANGE
from tests.saved import facts_of


def test_each_is_a_listing_of_its_own_from_this_directory(session: Session) -> None:
    facts = {**nothing_yet(), "name": "Harbor House", "review_reason": "No phone yet"}

    first, second = create(session, facts, A_CHANGE), create(session, facts, A_CHANGE)

    assert facts_of(session, first) == facts_of(session, second) == facts
    refs = session.scalars(select(Provider.source_ref).where(Provider.source_key == OWN_SOURCE)).all()
    assert len(set(refs)) == 2
    assert session.scalar(select(func.count()).select_from(Source)) == 1
