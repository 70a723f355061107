"""The ids of everything that a listing becomes: made of its own public id, so that they stay the same."""

import uuid

from finder.domain.vocabulary import Tag
from finder.models import Provider

# Drawn once. Another one would give every term of every finder's taxonomies another id.
_VOCABULARY = uuid.UUID("6f2f3b0e-6a0b-4a86-9c0c-5d3e1f5b7c42")

# Added bit by bit, so that a listing is found by the id of its service at its location as well as by its own. The bits
# of a UUID that say what kind it is stay as they are.
_AT_LOCATION = uuid.UUID("3c5b9d17-e2a4-0f68-0b71-94d2c6e85a3f").int


def service_id(listing: Provider) -> uuid.UUID:
    """The id of a listing's service is the listing's own."""
    return listing.public_id


def service_at_location_id(public_id: uuid.UUID) -> uuid.UUID:
    """The id of the service at its location of the listing with this public id."""
    return uuid.UUID(int=public_id.int ^ _AT_LOCATION)


def listing_of_service_at_location(of_service_at_location: uuid.UUID) -> uuid.UUID:
    """The public id of the listing whose service at its location has this id."""
    return uuid.UUID(int=of_service_at_location.int ^ _AT_LOCATION)


def part_id(listing: Provider, part: str) -> uuid.UUID:
    """The id of a part of a listing: ``location``, ``phone 0``."""
    return uuid.uuid5(listing.public_id, part)


def taxonomy_id(facet: str) -> uuid.UUID:
    """The id of a facet; the same in every directory that this program serves."""
    return uuid.uuid5(_VOCABULARY, facet)


def term_id(tag: Tag) -> uuid.UUID:
    """The id of a code of a facet."""
    return uuid.uuid5(_VOCABULARY, str(tag))


def fact_id(name: str) -> uuid.UUID:
    """The id of the term for a fact of ours that tables name by one; no facet has its name."""
    return uuid.uuid5(_VOCABULARY, f"fact:{name}")
