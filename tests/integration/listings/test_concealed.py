"""Which listings no map may show where they stand."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.listings.concealed import ids_to_conceal
from tests.factories import a_provider


@pytest.mark.parametrize("precision", [Precision.ADDRESS, Precision.STREET])
def test_a_private_address_that_is_known_exactly_is_to_be_concealed(session: Session, precision: Precision) -> None:
    provider = a_provider(session, confidential=True, precision=precision)
    assert ids_to_conceal(session) == {provider.id}


def test_what_is_public_or_stands_at_its_zip_already_needs_no_concealing(session: Session) -> None:
    a_provider(session, precision=Precision.ADDRESS)
    a_provider(session, confidential=True, precision=Precision.ZIP)
    a_provider(session, confidential=True, point=None, precision=Precision.NONE)
    assert ids_to_conceal(session) == frozenset()


def test_a_listing_that_nobody_sees_is_on_no_map_anyway(session: Session) -> None:
    a_provider(session, confidential=True, precision=Precision.ADDRESS, status=Status.HIDDEN)
    assert ids_to_conceal(session) == frozenset()
