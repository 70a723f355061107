"""The demonstration's listings, drawn once."""

import pytest

from finder.importing.formats.demonstration import demonstration_listings
from finder.listings import ListingDraft


@pytest.fixture(scope="session")
def listings() -> list[ListingDraft]:
    """All of them; nobody changes any, for they are frozen."""
    return list(demonstration_listings())
