"""What representatives see of the listings of their organization, and the changes that they propose."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, true

from finder.domain.account import Action
from finder.domain.proposal import ProposalState
from finder.extensions import db
from finder.listings import proposals
from finder.listings.timeline import facts_at, the_stored
from finder.models import Provider
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, the_listing, where_i_may
from finder.web.admin.facts import STATUSES
from finder.web.admin.propose_form import ProposalForm
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext, lazy_gettext
from finder.web.security import now

_PAGE = 50
_LARGEST_FORM = 400_000  # bytes: several times what the longest texts and all rows take

STATES = {
    ProposalState.OPEN: lazy_gettext("Nobody has decided yet"),
    ProposalState.ACCEPTED: lazy_gettext("Approved, all or a part"),
    ProposalState.REJECTED: lazy_gettext("Not approved"),
}


@blueprint.get("/own")
@for_who_may(Action.PROPOSE)
def own_listings() -> ResponseReturnValue:
    """The listings to which I may propose changes, and what became of what I proposed."""
    mine, page = where_i_may(Action.PROPOSE), max(request.args.get("page", 1, type=int), 1)
    query = select(Provider).where(true() if mine is None else mine).order_by(Provider.name, Provider.id)
    found = db.session.scalars(query.limit(_PAGE + 1).offset((page - 1) * _PAGE)).all()
    return render_template(
        "admin/own.html",
        listings=found[:_PAGE],
        page=page,
        has_more=len(found) > _PAGE,
        proposed=proposals.latest_of(db.session(), me().email),
        states=STATES,
        statuses=STATUSES,
    )


@blueprint.get("/listings/<int:listing_id>/propose")
@for_who_may(Action.PROPOSE)
def propose(listing_id: int) -> ResponseReturnValue:
    """The form, as the listing stands."""
    listing = the_listing(listing_id, Action.PROPOSE)
    stored = the_stored(db.session(), listing_id)
    return _page(listing, ProposalForm(stored.facts, stored.version))


@blueprint.post("/listings/<int:listing_id>/propose")
@for_who_may(Action.PROPOSE)
def send_proposal(listing_id: int) -> ResponseReturnValue:
    """Keep what somebody proposes, for somebody else to decide."""
    request.max_content_length = _LARGEST_FORM
    listing, form = the_listing(listing_id, Action.PROPOSE), _form_sent(listing_id)
    facts = form.facts(now())
    if facts is None:
        return _page(listing, form), HTTPStatus.UNPROCESSABLE_ENTITY
    stored = the_stored(db.session(), listing_id)
    if proposals.propose(db.session(), stored, form.version, facts, my_change(form.reason())) is None:
        form.complain(form.why, gettext("Nothing is different. Change what is wrong first"))
        return _page(listing, form), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(gettext("Thank you. Somebody will look at what you proposed."))
    return redirect(url_for("admin.own_listings"), HTTPStatus.SEE_OTHER)


def _form_sent(listing_id: int) -> ProposalForm:
    """The form as it was sent, over the facts that it was filled in with."""
    stored, version = the_stored(db.session(), listing_id), request.form.get("version", type=int)
    try:
        return ProposalForm(facts_at(db.session(), stored, version or 0), version or 0, request.form)
    except LookupError:
        abort(HTTPStatus.BAD_REQUEST)


def _page(listing: Provider, form: ProposalForm) -> str:
    return render_template("admin/propose.html", listing=listing, form=form)
