"""Which listings the person who asks may see or change, and in whose name changes are written."""

from http import HTTPStatus

from flask import abort, g
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from finder.domain.account import EVERYWHERE, Action, in_charge_of, may
from finder.extensions import db
from finder.listings import Change
from finder.listings.scope import within
from finder.models import Provider
from finder.web.guard import me
from finder.web.security import now


def where_i_may(action: Action) -> ColumnElement[bool] | None:
    """The condition on `Provider` that is true of the listings to which I may do this; ``None`` for all of them."""
    scopes = in_charge_of(g.actor, action)
    return None if EVERYWHERE in scopes else within(scopes)


def the_listing(listing_id: int, action: Action = Action.VIEW) -> Provider:
    """A listing with its source and organization, or the answer 404 where I may not even see it, 403 to this action."""
    whole = select(Provider).options(joinedload(Provider.source), joinedload(Provider.organization))
    found = db.session.scalars(whole.where(Provider.id == listing_id)).one_or_none()
    if found is None or not may(g.actor, Action.VIEW, found):
        abort(HTTPStatus.NOT_FOUND)
    if not may(g.actor, action, found):
        abort(HTTPStatus.FORBIDDEN)
    return found


def i_may_here(action: Action, listing: Provider) -> bool:
    """Whether I may do this to this listing."""
    return may(g.actor, action, listing)


def my_change(reason: str = "") -> Change:
    """A change that I make now."""
    return Change(by=me().email, at=now(), reason=reason)
