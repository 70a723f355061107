"""Editing a listing in one form, and adding one."""

from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from finder.domain.account import Action
from finder.domain.review import FieldGroup
from finder.extensions import db
from finder.listings import Conflict
from finder.listings.own import nothing_yet
from finder.listings.policy import policy_in_force
from finder.listings.stored import Stored
from finder.listings.timeline import facts_at, the_stored
from finder.models import Organization, Provider
from finder.web.admin import blueprint
from finder.web.admin.charge import the_listing
from finder.web.admin.facts import STATUSES
from finder.web.admin.listing_conflict import Collision, conflict_page
from finder.web.admin.listing_form.constraints import explain
from finder.web.admin.listing_form.form import ListingForm, Pressed
from finder.web.admin.listing_form.saving import is_mine_to_save, save_edit, save_new
from finder.web.admin.position import find_position
from finder.web.guard import for_who_may, i_may
from finder.web.languages import gettext
from finder.web.security import now
from finder.web.wording import words

_MOST_SUGGESTED = 100


@blueprint.get("/listings/<int:listing_id>/edit")
@for_who_may(Action.EDIT)
def edit_listing(listing_id: int) -> ResponseReturnValue:
    """The form, filled in with what the listing says now."""
    listing = the_listing(listing_id, Action.EDIT)
    stored = the_stored(db.session(), listing_id)
    return _page(ListingForm(stored.facts, stored.version), listing)


@blueprint.post("/listings/<int:listing_id>/edit")
@for_who_may(Action.EDIT)
def save_listing(listing_id: int) -> ResponseReturnValue:
    """Save the form, show it again with more room, a position or what is wrong, or show what somebody else changed."""
    listing, stored = the_listing(listing_id, Action.EDIT), the_stored(db.session(), listing_id)
    form, pressed = _form_sent(stored), _pressed()
    if told := _worked_on(form, pressed):
        return _page(form, listing, told)
    mine = _facts_said(form, pressed)
    if mine is None:
        return _refused(form, listing)
    collision = Collision(form, stored, mine)
    if stored.version != form.version and not collision.is_settled:
        return conflict_page(listing, collision, pressed)
    return _saved(listing, collision, pressed)


@blueprint.get("/listings/new")
@for_who_may(Action.EDIT)
def new_listing() -> ResponseReturnValue:
    """The form, empty."""
    return _page(ListingForm(nothing_yet(), 0))


@blueprint.post("/listings/new")
@for_who_may(Action.EDIT)
def add_listing() -> ResponseReturnValue:
    """Save a new listing, or show the form again."""
    form, pressed = ListingForm(nothing_yet(), 0, request.form), _pressed()
    if told := _worked_on(form, pressed):
        return _page(form, told=told)
    facts = _facts_said(form, pressed)
    if facts is None or not is_mine_to_save(form, facts):
        return _refused(form)
    try:
        listing_id = save_new(form, facts)
        db.session.commit()
    except IntegrityError as error:
        return _refused_by_database(form, error)
    return _done(form, listing_id, gettext("Saved."))


def _saved(listing: Provider, collision: Collision, pressed: Pressed) -> ResponseReturnValue:
    form, stored = collision.form, collision.stored
    facts = collision.settled()
    if not is_mine_to_save(form, facts):
        return _refused(form, listing)
    try:
        is_changed = save_edit(form, stored.id, stored.facts, facts, stored.version)
        db.session.commit()
    except Conflict:
        db.session.rollback()
        again = Collision(form, the_stored(db.session(), stored.id), collision.mine)
        return conflict_page(the_listing(stored.id, Action.EDIT), again, pressed)
    except IntegrityError as error:
        return _refused_by_database(form, error, stored.id)
    return _done(form, stored.id, gettext("Saved.") if is_changed else gettext("Nothing was changed."))


def _form_sent(stored: Stored) -> ListingForm:
    """The form as it was sent, over the facts that it was filled in with."""
    try:
        version = int(request.form.get("version", ""))
        return ListingForm(facts_at(db.session(), stored, version), version, request.form)
    except (ValueError, LookupError):
        abort(HTTPStatus.BAD_REQUEST)


def _facts_said(form: ListingForm, pressed: Pressed) -> dict[str, Any] | None:
    form.usual_days = policy_in_force(db.session()).groups[FieldGroup.AVAILABILITY].days
    return form.facts(pressed, now())


def _pressed() -> Pressed:
    pressed = request.form.get("press", Pressed.SAVE)
    return Pressed(pressed) if pressed in set(Pressed) else Pressed.SAVE


def _worked_on(form: ListingForm, pressed: Pressed) -> str:
    """Do what a button says that saves nothing; gives what to tell of it, empty for the other buttons."""
    match pressed:
        case Pressed.MORE_PHONES:
            form.add_phones()
            return gettext("There is room for more phone numbers. Nothing is saved yet.")
        case Pressed.MORE_TIMES:
            form.add_times()
            return gettext("There is room for more days and times. Nothing is saved yet.")
        case Pressed.POSITION:
            db.session.commit()  # a geocoder may take its time, and nobody shall wait to write meanwhile
            return find_position(form)
    return ""


def _refused(form: ListingForm, listing: Provider | None = None) -> ResponseReturnValue:
    return _page(form, listing), HTTPStatus.UNPROCESSABLE_ENTITY


def _refused_by_database(form: ListingForm, error: IntegrityError, listing_id: int = 0) -> ResponseReturnValue:
    db.session.rollback()
    if not explain(form, error):
        raise error
    return _refused(form, the_listing(listing_id) if listing_id else None)


def _done(form: ListingForm, listing_id: int, told: str) -> ResponseReturnValue:
    flash(told)
    if form.is_roughly_placed:
        flash(gettext("The address is another one, so the position is now only the middle of its area."))
    return redirect(url_for("admin.listing", listing_id=listing_id), HTTPStatus.SEE_OTHER)


def _page(form: ListingForm, listing: Provider | None = None, told: str = "") -> str:
    return render_template(
        "admin/listing_form.html",
        form=form,
        listing=listing,
        told=told,
        pressed=_pressed(),
        buttons=Pressed,
        facets=words().facets,
        statuses=STATUSES,
        organizations=_organizations_near(form),
        may_publish=i_may(Action.PUBLISH),
    )


def _organizations_near(form: ListingForm) -> list[str]:
    """Names to choose from: of those who run places in the same city."""
    city, state = form.before["city"], form.before["state"]
    if not city:
        return []
    here = select(Provider.organization_id).where(Provider.state == state, Provider.city == city)
    named = select(Organization.name).where(Organization.id.in_(here)).order_by(Organization.name)
    return list(db.session.scalars(named.limit(_MOST_SUGGESTED)))
