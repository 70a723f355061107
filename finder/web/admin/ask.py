"""Asking a place by letter whether its facts are true: it answers on a page of its own, by a link that works once."""

import secrets
from http import HTTPStatus

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from finder.accounts import letters
from finder.accounts.keys import digest
from finder.accounts.people import email_of
from finder.config import Settings
from finder.domain.account import Action
from finder.extensions import db
from finder.listings import confirmation
from finder.models import Provider
from finder.models.account import LONGEST_EMAIL
from finder.web.account.forms import PlainForm
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, the_listing
from finder.web.guard import for_who_may
from finder.web.languages import gettext, lazy_gettext, page_url
from finder.web.security import post

_LONGEST_LETTER = 3000


class AskForm(PlainForm):
    """To whom the letter goes, and what it says; the link stands below that."""

    to = StringField(
        lazy_gettext("E-mail address"),
        [InputRequired(lazy_gettext("Enter an e-mail address")), Length(max=LONGEST_EMAIL)],
    )
    text = TextAreaField(
        lazy_gettext("Letter"),
        [
            InputRequired(lazy_gettext("Say in the letter what it is about")),
            Length(max=_LONGEST_LETTER, message=lazy_gettext("Use at most %(max)d characters")),
        ],
    )

    def validate_to(self, field: Field) -> None:
        """Refuse what is no address. Raises ``ValidationError`` with what to tell."""
        if email_of(field.data) is None:
            raise ValidationError(gettext("Enter an e-mail address, such as name@example.org"))


@blueprint.get("/listings/<int:listing_id>/ask")
@for_who_may(Action.VERIFY)
def ask(listing_id: int) -> ResponseReturnValue:
    """The letter, to the address that the listing tells."""
    listing = the_listing(listing_id, Action.VERIFY)
    return _page(listing, AskForm(data={"to": listing.email, "text": letters.about_facts(listing.name)}))


@blueprint.post("/listings/<int:listing_id>/ask")
@for_who_may(Action.VERIFY)
def send_question(listing_id: int) -> ResponseReturnValue:
    """Send the letter; where no mail server does that, show the link, so that it can be handed over."""
    listing, form = the_listing(listing_id, Action.VERIFY), AskForm(request.form)
    if not form.validate():
        return _page(listing, form), HTTPStatus.UNPROCESSABLE_ENTITY
    to, name, link = email_of(form.to.data) or "", listing.name, _new_link(listing, email_of(form.to.data) or "")
    db.session.commit()
    is_sent = post().send(letters.question(to, name, form.text.data, link))
    return render_template("admin/ask_sent.html", listing=listing, to=to, link="" if is_sent else link)


def _new_link(listing: Provider, to: str) -> str:
    """The address of the page where the place answers; never by the request's ``Host``, which anybody may claim."""
    settings: Settings = current_app.extensions["settings"]
    token = secrets.token_urlsafe(32)
    confirmation.ask(db.session(), listing.id, digest(token), to, my_change())
    return settings.base_url + page_url("confirm", token=token)


def _page(listing: Provider, form: AskForm) -> str:
    return render_template("admin/ask.html", listing=listing, form=form)
