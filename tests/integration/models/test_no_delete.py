"""A listing is retired, never deleted: `tests/integration/conftest.py` watches every statement of every test for it."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from finder.models import Provider, ProviderTag
from tests.factories import a_provider


def test_a_program_that_deletes_a_listing_fails_its_test(session: Session) -> None:
    a_provider(session)

    with pytest.raises(pytest.fail.Exception, match="a listing is deleted"):
        session.execute(delete(Provider))


def test_what_a_listing_offers_may_be_taken_away(session: Session) -> None:
    a_provider(session)

    assert session.scalars(delete(ProviderTag).returning(ProviderTag.provider_id)).all()
