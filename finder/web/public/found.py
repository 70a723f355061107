"""The listing that an address names, and the addresses that name it."""

from http import HTTPStatus
from typing import NoReturn

from flask import Response, abort, request

from finder.extensions import db
from finder.listings import moved_to, published_by_slug
from finder.models import Provider
from finder.web.languages import page_url


def found_listing(slug: str) -> Provider:
    """The published listing at this address; answers "not found" where there is none.

    Of one that was made part of another, every address leads to the same address of the other.
    """
    listing = published_by_slug(db.session(), slug)
    if listing is None:
        _lead_on(slug)
    return listing


def _lead_on(slug: str) -> NoReturn:
    kept = moved_to(db.session(), slug)
    if kept is None:
        abort(HTTPStatus.NOT_FOUND)
    view = (request.endpoint or "").rpartition(".")[2]
    # No page in it, since nobody sees one. Nor does a browser keep it: a merge can be taken back.
    headers = {"Location": page_url(view, slug=kept)}
    abort(Response(status=HTTPStatus.PERMANENT_REDIRECT, headers=headers, mimetype="text/plain"))


def listing_url(listing: Provider) -> str:
    """The whole address of the listing's page, in the language of the present page."""
    return page_url("provider", slug=listing.slug, _external=True)
