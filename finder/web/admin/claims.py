"""Representatives ask for the listings of an organization; administrators say yes or no."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from finder.accounts import claims as asked_for
from finder.accounts.log import Deed
from finder.domain.account import Action, Role
from finder.extensions import db
from finder.models import Claim, Organization
from finder.models.claim import LONGEST_WORDS
from finder.web.account.forms import PlainForm, complain
from finder.web.admin import blueprint
from finder.web.admin.own import STATES
from finder.web.guard import for_who_is_signed_in, for_who_may, i_may, me
from finder.web.languages import gettext, lazy_gettext
from finder.web.security import now

_LONGEST_NAME = 200


class ClaimForm(PlainForm):
    """Which organization, and how we can know."""

    organization = StringField(
        lazy_gettext("Organization"),
        [InputRequired(lazy_gettext("Enter the name of the organization")), Length(max=_LONGEST_NAME)],
    )
    words = TextAreaField(
        lazy_gettext("How can we make sure?"),
        [
            InputRequired(lazy_gettext("Say how we can make sure that you speak for it")),
            Length(max=LONGEST_WORDS, message=lazy_gettext("Use at most %(max)d characters")),
        ],
    )

    def wanted(self) -> Organization | None:
        """The organization, or ``None`` where a field says what is wrong with it."""
        if not self.validate():
            return None
        found = asked_for.organization_called(db.session(), self.organization.data)
        if found is None:
            complain(self.organization, gettext("No listing names this organization. Spell it as the listings do"))
        elif asked_for.is_pointless(db.session(), me(), found):
            complain(self.organization, gettext("You have it already, or have asked for it"))
        return None if self.errors else found


@blueprint.get("/claims")
@for_who_is_signed_in
def claims() -> ResponseReturnValue:
    """For representatives what they asked for and the form to ask; for administrators all that waits."""
    if me().role is Role.REPRESENTATIVE:
        return _own_page(ClaimForm())
    if not i_may(Action.USERS):
        abort(HTTPStatus.FORBIDDEN)
    return render_template("admin/claims_waiting.html", claims=asked_for.waiting(db.session()))


@blueprint.post("/claims")
@for_who_is_signed_in
def claim() -> ResponseReturnValue:
    """Ask for an organization."""
    if me().role is not Role.REPRESENTATIVE:
        abort(HTTPStatus.FORBIDDEN)
    form = ClaimForm(request.form)
    organization = form.wanted()
    if organization is None:
        return _own_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    asked_for.ask(db.session(), me(), organization, form.words.data.strip(), now())
    return _told(gettext("Thank you. An administrator will look at it."))


@blueprint.post("/claims/<int:claim_id>/approve")
@for_who_may(Action.USERS)
def approve_claim(claim_id: int) -> ResponseReturnValue:
    """Put somebody in charge of the organization that they asked for."""
    is_done = asked_for.approve(db.session(), _known(claim_id), _deed())
    return _told(gettext("They are in charge of it now.") if is_done else _LATE)


@blueprint.post("/claims/<int:claim_id>/decline")
@for_who_may(Action.USERS)
def decline_claim(claim_id: int) -> ResponseReturnValue:
    """Say no."""
    is_done = asked_for.decline(db.session(), _known(claim_id), _deed())
    return _told(gettext("Declined.") if is_done else _LATE)


_LATE = lazy_gettext("Somebody else has decided that already.")


def _known(claim_id: int) -> int:
    if db.session.get(Claim, claim_id) is None:
        abort(HTTPStatus.NOT_FOUND)
    return claim_id


def _deed() -> Deed:
    return Deed(now(), by=me().email)


def _told(words: object) -> ResponseReturnValue:
    db.session.commit()
    flash(str(words))
    return redirect(url_for("admin.claims"), HTTPStatus.SEE_OTHER)


def _own_page(form: ClaimForm) -> str:
    return render_template("admin/claims.html", form=form, claims=asked_for.of(db.session(), me()), states=STATES)
