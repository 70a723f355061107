"""The page of one place."""

from http import HTTPStatus

from flask import abort, render_template

from finder.extensions import db
from finder.listings import published_by_slug
from finder.web.public import blueprint
from finder.web.public.listing import listing_page


@blueprint.get("/providers/<slug>")
def provider(slug: str) -> str:
    """All that is known of one place."""
    listing = published_by_slug(db.session(), slug)
    if listing is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("public/provider.html", listing=listing, page=listing_page(listing))
