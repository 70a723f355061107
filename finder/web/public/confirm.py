"""The page on which a place says whether its facts are true, for who has the link of a letter. No account, no cookie.

The token in the address is all the authority there is: nobody else's browser has it, so no form can be forged.
"""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from finder.accounts.keys import digest
from finder.extensions import db
from finder.listings import Conflict
from finder.listings.confirmation import Verdict, asked_by_link, take_answer
from finder.models import Provider
from finder.models.connection import begin_writing
from finder.web.languages import gettext
from finder.web.public import blueprint
from finder.web.public.confirm_facts import facts_by_group
from finder.web.public.confirm_form import ConfirmForm
from finder.web.security import now

_LARGEST_FORM = 50_000  # bytes
_ADDRESS = "/confirm/<token>"


@blueprint.get(_ADDRESS)
def confirm(token: str) -> ResponseReturnValue:
    """The facts, and the form beside them."""
    listing = _listing(token)
    return _page(listing) if listing else _dead_link()


@blueprint.post(_ADDRESS)
def send_confirmation(token: str) -> ResponseReturnValue:
    """Keep the answer; the link works no more."""
    request.max_content_length = _LARGEST_FORM
    listing = _listing(token)
    if listing is None:
        return _dead_link()
    form = ConfirmForm(facts_by_group(listing, now()), listing.version, request.form)
    if not form.validate():
        return _page(listing, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        is_taken = _take(token, form)
    except Conflict:
        return _changed(token)
    return _thanks(form) if is_taken else _dead_link()


def _take(token: str, form: ConfirmForm) -> bool:
    db.session.rollback()  # what was read until now, so that what is written waits for its turn instead of failing
    begin_writing(db.session())
    asked = asked_by_link(db.session(), digest(token), now())
    try:
        is_taken = asked is not None and take_answer(db.session(), asked, form.answer(), now())
        db.session.commit()
    finally:
        db.session.rollback()
    return is_taken


def _changed(token: str) -> ResponseReturnValue:
    """The facts as they are by now, with what was said of those that were there."""
    listing = _listing(token)
    if listing is None:
        return _dead_link()
    again = ConfirmForm(facts_by_group(listing, now()), listing.version, request.form)
    again["version"].data = str(listing.version)
    notice = gettext("These facts changed while you were reading. Please look at them again, then send this.")
    return _page(listing, again, notice), HTTPStatus.CONFLICT


def _listing(token: str) -> Provider | None:
    """The listing that a link asks about, with all that belongs to it."""
    asked = asked_by_link(db.session(), digest(token), now())
    if asked is None:
        return None
    whole = (joinedload(Provider.organization), joinedload(Provider.source))
    rows = (selectinload(Provider.phones), selectinload(Provider.tags), selectinload(Provider.schedules))
    return db.session.scalars(select(Provider).where(Provider.id == asked.provider_id).options(*whole, *rows)).one()


def _page(listing: Provider, form: ConfirmForm | None = None, notice: str = "") -> str:
    facts = facts_by_group(listing, now())
    shown = form or ConfirmForm(facts, listing.version)
    return render_template("public/confirm.html", listing=listing, facts=facts, form=shown, notice=notice)


def _thanks(form: ConfirmForm) -> str:
    return render_template("public/confirm_thanks.html", is_wrong=bool(form.answer().groups(Verdict.WRONG)))


def _dead_link() -> ResponseReturnValue:
    return render_template("public/confirm_dead.html"), HTTPStatus.NOT_FOUND
