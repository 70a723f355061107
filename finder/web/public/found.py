"""The listing that an address names, and the addresses that name it."""

from http import HTTPStatus

from flask import abort

from finder.extensions import db
from finder.listings import published_by_slug
from finder.models import Provider
from finder.web.languages import page_url


def found_listing(slug: str) -> Provider:
    """The published listing at this address; answers "not found" where there is none."""
    listing = published_by_slug(db.session(), slug)
    if listing is None:
        abort(HTTPStatus.NOT_FOUND)
    return listing


def listing_url(listing: Provider) -> str:
    """The whole address of the listing's page, in the language of the present page."""
    return page_url("provider", slug=listing.slug, _external=True)
