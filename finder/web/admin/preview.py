"""A listing as the public would see it, drafts too."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from finder.domain.account import Action
from finder.extensions import db
from finder.models import Provider
from finder.web.admin import blueprint
from finder.web.admin.charge import the_listing
from finder.web.admin.facts import STATUSES
from finder.web.guard import for_who_may
from finder.web.public.provider import provider_page


@blueprint.get("/listings/<int:listing_id>/preview")
@for_who_may(Action.VIEW)
def preview_listing(listing_id: int) -> ResponseReturnValue:
    """The public page of the listing, whatever its status, under a banner."""
    listing = the_listing(listing_id)
    lists = (
        selectinload(each) for each in (Provider.phones, Provider.tags, Provider.schedules, Provider.other_sources)
    )
    db.session.scalars(select(Provider).where(Provider.id == listing_id).options(*lists)).one()
    return render_template(
        "admin/preview.html",
        listing=listing,
        page=provider_page(listing),
        status=STATUSES[listing.status],
    )
